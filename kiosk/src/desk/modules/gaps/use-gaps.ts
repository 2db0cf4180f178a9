import { computed, ref } from 'vue'
import { useApi } from '../../use-api'
import { useLoad } from '../../use-load'

/** Questions without an answer, most asked first. */
export function useGaps() {
  const closedToo = ref(false)
  const { data, loading, trouble, reload } = useLoad(() => useApi().gaps.list())
  const shown = computed(() =>
    (data.value ?? [])
      .filter((gap) => closedToo.value || !gap.closed_by)
      .sort((a, b) => b.count - a.count || b.last_at - a.last_at),
  )
  return { shown, closedToo, loading, trouble, reload }
}
