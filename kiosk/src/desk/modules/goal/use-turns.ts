import { computed, reactive } from 'vue'
import { useApi } from '../../use-api'
import { useLoad } from '../../use-load'
import { csvUrl, query, type TurnsFilter } from './turns-query'

/** The turns behind the number. */
export function useTurns() {
  const filter = reactive<TurnsFilter>({ days: 28, missed: true, topic: '' })
  const loaded = useLoad(() => useApi().goal.turns(query(filter)), [() => ({ ...filter })])
  return { ...loaded, filter, csv: computed(() => csvUrl(filter)) }
}
