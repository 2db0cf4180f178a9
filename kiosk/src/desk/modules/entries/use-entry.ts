import { useAct } from '../../use-act'
import { useApi } from '../../use-api'
import { useLoad } from '../../use-load'

/** One entry, and what an admin may propose for it. */
export function useEntry(id: () => string) {
  const { candidates, entries } = useApi()
  const loaded = useLoad(() => entries.one(id()), [id])
  const { busy, act } = useAct()

  return {
    ...loaded,
    busy,
    retire: () =>
      act(() => candidates.propose({ kind: 'retire', target: id(), version: 0 }), {
        done: '已提议停用，在候选知识里等审核。',
      }),
    addPhrasing: (phrasing: string) =>
      act(() => candidates.propose({ kind: 'phrasing', target: id(), phrasing, version: 0 }), {
        done: '已提议新的问法，在候选知识里等审核。',
      }),
  }
}
