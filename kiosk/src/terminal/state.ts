import type { Aloud } from './aloud'
import type { EntryRef, EscalationStateName, MessageOf, OptionRef, RequestOf } from './wire'

/** What the terminal knows of its house. It is no resident's, so it survives the wipe. */
export interface House {
  place: string
  popular: EntryRef[]
  /** Whether one can speak to the server, and why not. */
  speech: { available: boolean; reason: string | null }
  idleSeconds: number
}

/** The question on the screen. */
export interface Turn {
  id: string
  /** The resident's words. */
  asked: string
  /** Said and not typed: its words are what the machine heard. */
  spoken: boolean
  /** The server forgot it (a new session): no feedback, no choice any more. */
  stale: boolean
}

export type Answer = MessageOf<'answer'>
export type Feedback = 'none' | 'helpful' | 'unhelpful'

/** What was sent and is not answered yet. Never more than one. */
export type Pending =
  | RequestOf<'ask'>
  | RequestOf<'listen'>
  | RequestOf<'choose'>
  | RequestOf<'escalate'>

/** Where somebody stood before they began to speak. */
export interface Before {
  view: View
  turn: Turn | null
}

/** What the resident sees, and what is said with it. */
export type View = Seen & { aloud?: Aloud | null }

type Seen =
  | { name: 'idle' }
  | { name: 'code' }
  /** `open`: the microphone is, and what is said goes out. `partial`: heard so far. */
  | { name: 'listening'; before: Before; open: boolean; partial: string }
  /** No question came of what was said; `why` is a reason of the server or of ours. */
  | { name: 'unheard'; why: string; seconds: number | null }
  | { name: 'asking'; slow: boolean }
  | { name: 'answer'; answer: Answer; feedback: Feedback }
  | { name: 'choices'; options: OptionRef[] }
  | { name: 'no_answer'; reason: string; workersOnline: number; nearest: EntryRef[] }
  | { name: 'notice'; text: string }
  | { name: 'emergency'; text: string; phone: string | null }
  | { name: 'form'; back: View; sending: boolean }
  | { name: 'case'; escalation: string }
  | { name: 'busy'; seconds: number }
  | { name: 'trouble'; message: string }

export interface Line {
  from: 'worker' | 'me'
  text: string
  at: number
}

/** An escalation of this session, as the resident may see it. */
export interface Case {
  id: string
  asked: string
  state: EscalationStateName
  code: string
  ahead: number | null
  wait: readonly [number, number] | null
  due: number | null
  worker: string | null
  lines: Line[]
  /** Something is new that was not on the screen yet. */
  unseen: boolean
  /** What was said of it last. */
  aloud?: Aloud | null
}

export interface State {
  house: House | null
  /** Null until the server's hello: what arrives before belongs to somebody else. */
  session: string | null
  /** The last number seen. */
  seq: number
  turn: Turn | null
  pending: Pending | null
  view: View
  cases: Case[]
  /** A passing word from the server, such as "too fast". */
  message: string | null
}

export function fresh(house: House | null = null): State {
  return {
    house,
    session: null,
    seq: 0,
    turn: null,
    pending: null,
    view: { name: 'idle' },
    cases: [],
    message: null,
  }
}

/** Whether a question may be asked now. */
export const mayAsk = (state: State): boolean =>
  state.pending === null && state.view.name !== 'listening'

/** Whether there is anything of a resident on this terminal. */
export const untouched = (state: State): boolean =>
  state.view.name === 'idle' && state.turn === null && state.cases.length === 0

/** The escalation on the screen. */
export function shownCase(state: State): Case | null {
  const { view } = state
  return view.name === 'case' ? (state.cases.find((c) => c.id === view.escalation) ?? null) : null
}

/** An escalation that has news while something else is on the screen. */
export function newsCase(state: State): Case | null {
  if (state.view.name === 'case') return null
  return state.cases.find((c) => c.unseen) ?? null
}
