import type { AnswerRequest, Suggestion } from '../../resources'

/** An answer that is being written. */
export interface Draft {
  text: string
  /** The entry whose answer it is. */
  entry: string | null
  /** What was filled in last: only that may be replaced without asking. */
  filled: string
  learn: boolean
}

export const emptyDraft = (): Draft => ({ text: '', entry: null, filled: '', learn: true })

/** Takes a suggestion over. Words that the worker wrote stay in front of it. */
export function fill(draft: Draft, suggestion: Suggestion): Draft {
  const own = draft.text.trim() === draft.filled.trim() ? '' : draft.text.trim()
  const kept = own === suggestion.text.trim() ? '' : own
  return {
    ...draft,
    text: kept ? `${kept}\n${suggestion.text}` : suggestion.text,
    entry: suggestion.entry,
    filled: kept ? '' : suggestion.text,
  }
}

export function request(draft: Draft): AnswerRequest {
  return { text: draft.text.trim(), entry: draft.entry, learn: draft.learn }
}
