import type { Pending, State, View } from './state'
import { fresh, mayAsk } from './state'
import { cancel, fail, listen, opened, said } from './speech'
import type { RequestOf } from './wire'

/** What a resident does, and what time does. */
export type Act =
  | { do: 'ask'; turn: string; text: string }
  | { do: 'listen'; turn: string }
  | { do: 'opened' }
  | { do: 'said' }
  | { do: 'cancel' }
  | { do: 'fail'; why: string }
  | { do: 'choose'; option: number | 'none' }
  | { do: 'feedback'; helpful: boolean }
  | { do: 'open_form' }
  | { do: 'close_form' }
  | { do: 'escalate'; note: string; contact: string }
  | { do: 'say'; text: string; at: number }
  | { do: 'open_code' }
  | { do: 'open_case'; escalation: string }
  | { do: 'home' }
  | { do: 'slow' }
  | { do: 'give_up' }
  | { do: 'message_read' }
  | { do: 'wipe' }

const asking: View = { name: 'asking', slow: false }

/** The state after an act. What is to be sent stands in `pending`. */
export function act(state: State, what: Act): State {
  switch (what.do) {
    case 'ask':
      return mayAsk(state) && what.text.trim() !== '' ? ask(state, what.turn, what.text.trim()) : state
    case 'listen':
      return mayAsk(state) ? listen(state, what.turn) : state
    case 'opened':
      return opened(state)
    case 'said':
      return said(state)
    case 'cancel':
      return cancel(state)
    case 'fail':
      return fail(state, what.why)
    case 'choose':
      return choose(state, what.option)
    case 'feedback':
      return state.view.name === 'answer' && state.view.feedback === 'none' && mayGrade(state)
        ? { ...state, view: { ...state.view, feedback: what.helpful ? 'helpful' : 'unhelpful' } }
        : state
    case 'open_form':
      return mayAsk(state) && state.view.name !== 'form'
        ? { ...state, view: { name: 'form', back: state.view, sending: false } }
        : state
    case 'close_form':
      return state.view.name === 'form' && !state.view.sending
        ? { ...state, view: state.view.back }
        : state
    case 'escalate':
      return escalate(state, what.note.trim(), what.contact.trim())
    case 'say':
      return say(state, what.text.trim(), what.at)
    case 'open_code':
      return mayAsk(state) ? { ...state, view: { name: 'code' } } : state
    case 'open_case':
      return openCase(state, what.escalation)
    case 'home':
      return mayAsk(state) ? { ...state, turn: null, view: { name: 'idle' } } : state
    case 'slow':
      return state.view.name === 'asking' ? { ...state, view: { name: 'asking', slow: true } } : state
    case 'give_up':
      return giveUp(state)
    case 'message_read':
      return { ...state, message: null }
    case 'wipe':
      return fresh(state.house)
  }
}

const mayGrade = (state: State) => state.turn !== null && !state.turn.stale

function ask(state: State, turn: string, text: string): State {
  return {
    ...state,
    turn: { id: turn, asked: text, spoken: false, stale: false },
    pending: { type: 'ask', turn, text },
    view: asking,
    message: null,
  }
}

function choose(state: State, option: number | 'none'): State {
  const { turn, view } = state
  if (view.name !== 'choices' || !turn || turn.stale || !mayAsk(state)) return state
  return { ...state, pending: { type: 'choose', turn: turn.id, option }, view: asking }
}

function escalate(state: State, note: string, contact: string): State {
  const { turn, view } = state
  if (view.name !== 'form' || !mayAsk(state)) return state
  // What was not heard is no question that could be handed over.
  const named = turn !== null && !turn.stale && turn.asked !== ''
  const pending = escalation(named ? turn.id : null, note, contact)
  // A turn that the server forgot cannot be named: then its words go along.
  if (turn?.stale) pending.note = [turn.asked, note].filter(Boolean).join('\n')
  return { ...state, pending, view: { ...view, sending: true }, message: null }
}

function escalation(turn: string | null, note: string, contact: string): RequestOf<'escalate'> {
  return {
    type: 'escalate',
    ...(turn !== null && { turn }),
    ...(note !== '' && { note }),
    ...(contact !== '' && { contact }),
  }
}

function say(state: State, text: string, at: number): State {
  const { view } = state
  if (view.name !== 'case' || text === '') return state
  const cases = state.cases.map((c) =>
    c.id === view.escalation ? { ...c, lines: [...c.lines, { from: 'me' as const, text, at }] } : c,
  )
  return { ...state, cases }
}

function openCase(state: State, id: string): State {
  if (!mayAsk(state) || !state.cases.some((c) => c.id === id)) return state
  const cases = state.cases.map((c) => (c.id === id ? { ...c, unseen: false } : c))
  return { ...state, cases, view: { name: 'case', escalation: id } }
}

/** No answer came for long. The turn stays named: a late answer is still shown. */
function giveUp(state: State): State {
  const { view } = state
  if (view.name === 'asking') {
    return { ...state, pending: null, view: { name: 'trouble', message: '这会儿有点慢，没有等到回答。' } }
  }
  if (view.name === 'form' && view.sending) {
    return {
      ...state,
      pending: null,
      view: { ...view, sending: false },
      message: '没有送到。请再按一次“请工作人员帮忙”。',
    }
  }
  return state
}

/** What an unanswered request becomes in a session that does not know its turn. */
export function movedToNewSession(pending: Pending | null, asked: string): Pending | null {
  if (pending?.type === 'listen') return null
  if (pending?.type === 'choose') return { type: 'ask', turn: pending.turn, text: asked }
  if (pending?.type === 'escalate' && pending.turn !== undefined && pending.turn !== null) {
    const { turn: _forgotten, ...rest } = pending
    return { ...rest, note: [asked, pending.note].filter(Boolean).join('\n') }
  }
  return pending
}
