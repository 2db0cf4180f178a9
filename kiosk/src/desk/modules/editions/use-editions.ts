import { computed } from 'vue'
import { useApi } from '../../use-api'
import { useLoad } from '../../use-load'

/** Every published edition, the newest first. */
export function useEditions() {
  const { data, loading, trouble, reload } = useLoad(() => useApi().editions.list())
  const shown = computed(() => [...(data.value ?? [])].sort((a, b) => b.number - a.number))
  return { shown, loading, trouble, reload }
}
