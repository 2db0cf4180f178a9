import { computed, ref } from 'vue'
import type { CandidateStateName } from '../../resources'
import { useApi } from '../../use-api'
import { useLoad } from '../../use-load'
import { STATES } from './words'

/** All candidates, by state. */
export function useCandidates() {
  const { candidates } = useApi()
  const state = ref<CandidateStateName>('in_review')
  const { data, loading, trouble, reload } = useLoad(() =>
    Promise.all(STATES.map((s) => candidates.list(s.name))),
  )
  const tabs = computed(() => STATES.map((s, i) => ({ ...s, all: data.value?.[i] ?? [] })))
  return {
    state,
    tabs,
    shown: computed(() => tabs.value.find((tab) => tab.name === state.value)?.all ?? []),
    approved: computed(() => tabs.value.find((tab) => tab.name === 'approved')?.all.length ?? 0),
    loading,
    trouble,
    reload,
  }
}
