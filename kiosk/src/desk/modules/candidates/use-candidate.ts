import { computed, ref } from 'vue'
import { Refused, wordsOf } from '../../refused'
import type { CandidateRequest, CandidateView, EntryBody } from '../../resources'
import { useAct } from '../../use-act'
import { useApi } from '../../use-api'
import { blankForm, entryOf, formOf, problemsOf, type Form } from './form'

/** Where a new proposal begins. */
export interface Beginning {
  /** A question without an answer. */
  question?: string
  /** An entry to be changed. */
  entry?: string
}

/** One candidate in the editor; `id` is `new` for one that does not exist yet. */
export function useCandidate(id: string, beginning: Beginning) {
  const { candidates, entries } = useApi()
  const { busy, act } = useAct()
  const candidate = ref<CandidateView>()
  /** The entry that answers now, which this would change. */
  const current = ref<EntryBody>()
  const form = ref<Form>(blankForm(beginning.question ?? '', Date.now()))
  const phrasing = ref('')
  const areas = ref<string[]>([])
  const trouble = ref('')
  const ready = ref(false)
  const saved = ref('')

  const kind = computed(() => candidate.value?.kind ?? 'entry')
  const written = computed(() => JSON.stringify([form.value, phrasing.value]))
  const dirty = computed(() => ready.value && written.value !== saved.value)
  const editable = computed(() =>
    ['in_review', 'approved', undefined].includes(candidate.value?.state),
  )
  const problems = computed(() => {
    if (kind.value === 'entry') return problemsOf(form.value)
    return kind.value === 'phrasing' && !phrasing.value.trim() ? { question: '请写问法' } : {}
  })

  function take(view: CandidateView): void {
    candidate.value = view
    if (view.entry) form.value = formOf(view.entry)
    phrasing.value = view.phrasing ?? ''
    saved.value = written.value
  }

  async function entryNow(entry: string): Promise<EntryBody | undefined> {
    try {
      return await entries.one(entry)
    } catch (failure) {
      if (failure instanceof Refused && failure.code === 'not_found') return undefined
      throw failure
    }
  }

  async function load(): Promise<void> {
    trouble.value = ''
    try {
      areas.value = (await entries.page({ page: 1 })).areas
      if (id === 'new') {
        current.value = beginning.entry ? await entryNow(beginning.entry) : undefined
        if (current.value) form.value = formOf(current.value)
        saved.value = written.value
      } else {
        take(await candidates.one(id))
        current.value = await entryNow(candidate.value?.target ?? form.value.id)
      }
      ready.value = true
    } catch (failure) {
      trouble.value = wordsOf(failure)
    }
  }

  function request(): CandidateRequest {
    return {
      kind: kind.value,
      entry: kind.value === 'entry' ? entryOf(form.value) : null,
      target: candidate.value?.target ?? null,
      phrasing: kind.value === 'phrasing' ? phrasing.value.trim() : null,
      version: candidate.value?.version ?? 0,
    }
  }

  async function store(): Promise<CandidateView> {
    const known = candidate.value
    const view = await (known ? candidates.change(known.id, request()) : candidates.propose(request()))
    take(view)
    return view
  }

  void load()
  return {
    candidate, current, form, phrasing, areas, trouble, ready, busy, kind, dirty, editable, problems, load,
    save: () => act(store, { done: '已保存。' }),
    approve: () =>
      act(
        async () => {
          const view = dirty.value || !candidate.value ? await store() : candidate.value
          take(await candidates.approve(view.id, view.version))
        },
        { done: '已通过，发布以后居民就能问到。' },
      ),
    reject: (reason: string) =>
      act(
        async () =>
          candidate.value &&
          take(await candidates.reject(candidate.value.id, reason, candidate.value.version)),
        { done: '已记下，不采用。' },
      ),
  }
}
