import { onScopeDispose, watch } from 'vue'
import { useRoute } from 'vue-router'

/** Shows in the tab's title how many wait for somebody. */
export function useBadge(waiting: () => number): void {
  const route = useRoute()
  const plain = () => `${route.meta.title ?? '值班台'} · 邻里`
  watch(
    [waiting, () => route.fullPath],
    ([count]) => {
      document.title = count > 0 ? `(${count}) ${plain()}` : plain()
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => {
    document.title = plain()
  })
}
