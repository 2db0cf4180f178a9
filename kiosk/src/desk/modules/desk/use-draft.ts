import { computed, reactive, watch } from 'vue'
import type { Suggestion } from '../../resources'
import { emptyDraft, fill, request, type Draft } from './draft'

// Kept while the page lives, so that a worker may look at another case and
// come back; never stored, since it may hold a resident's words.
const drafts = reactive(new Map<string, Draft>())

/** The answer being written for an escalation. */
export function useDraft(id: () => string) {
  const begin = (now: string) => drafts.has(now) || drafts.set(now, emptyDraft())
  watch(id, begin, { immediate: true, flush: 'sync' })

  const draft = computed(() => drafts.get(id()) ?? emptyDraft())
  return {
    draft,
    ready: computed(() => draft.value.text.trim() !== ''),
    fillWith: (suggestion: Suggestion) => drafts.set(id(), fill(draft.value, suggestion)),
    forget: (which: string) => drafts.delete(which),
    body: () => request(draft.value),
  }
}
