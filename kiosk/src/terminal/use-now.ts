import { onScopeDispose, readonly, ref } from 'vue'

/** The time, renewed every half minute. */
export function useNow() {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 30_000)
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}
