import { onScopeDispose, readonly, ref } from 'vue'

/** The time, renewed every `every` ms: words like "还剩 5 分钟" stay true. */
export function useNow(every = 10_000) {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), every)
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}
