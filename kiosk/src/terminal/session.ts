import { movedToNewSession } from './acts'
import { aloudOf } from './aloud'
import { cutOff, hear, unheard } from './speech'
import type { Case, State, View } from './state'
import { fresh } from './state'
import type { Message, MessageOf } from './wire'

/**
 * The state after a message. Pure: the screens show the state, and
 * `use-terminal.ts` sends what is pending.
 */
export function receive(state: State, message: Message): State {
  if (message.type === 'hello') return hello(state, message)
  // Between the wipe and the next hello, what still arrives belongs to the
  // resident who left. And what was missed may come twice after a resume.
  if (state.session === null || message.seq <= state.seq) return state
  return received({ ...state, seq: message.seq }, message)
}

function received(state: State, message: Exclude<Message, { type: 'hello' }>): State {
  switch (message.type) {
    case 'answer':
      return settle(state, message, { name: 'answer', answer: message, feedback: 'none' })
    case 'choices':
      return settle(state, message, { name: 'choices', options: message.options })
    case 'no_answer':
      return settle(state, message, {
        name: 'no_answer',
        reason: message.reason,
        workersOnline: message.workers_online,
        nearest: message.nearest,
      })
    case 'notice':
      return settle(
        state,
        message,
        message.kind === 'emergency'
          ? { name: 'emergency', text: message.text, phone: message.phone ?? null }
          : { name: 'notice', text: message.text },
      )
    case 'stt':
      return hear(state, message.turn, message.text, message.final)
    case 'nothing_heard':
      return settle(state, message, unheard(message.reason))
    case 'busy':
      return busy(state, message)
    case 'escalation':
      return escalation(state, message)
    case 'worker_says':
      return workerSays(state, message)
    case 'ended':
      return ended(state, message)
    case 'error':
      return refused(state, message)
    // Told to devices without a page; here the screen says it.
    case 'tts':
      return state
  }
}

function hello(state: State, message: MessageOf<'hello'>): State {
  const house = {
    place: message.place,
    popular: message.popular,
    speech: { available: message.speech.available, reason: message.speech.reason ?? null },
    idleSeconds: message.idle_seconds,
  }
  // The same session goes on; what was missed follows. Its number is the one
  // we named, or less when the server has forgotten what came between.
  if (state.session === message.session) return { ...state, house }
  const { session, seq } = message
  return { ...moved(state), house, session, seq, message: null }
}

/**
 * The server began anew (a restart, a long break) while somebody stands here.
 * What they read stays; what they wait for is asked again; what only the old
 * session knew is fetched again by its words.
 */
function moved(was: State): State {
  const state = cutOff(was)
  const { turn, view } = state
  const stale = turn && { ...turn, stale: true }
  if (state.pending) {
    const pending = movedToNewSession(state.pending, turn?.asked ?? '')
    return { ...state, pending, turn: turn && { ...turn, stale: pending?.type !== 'ask' } }
  }
  if (view.name === 'case') {
    const code = state.cases.find((c) => c.id === view.escalation)?.code
    if (code) return askAgain(state, code)
  }
  if (view.name === 'choices' && turn) return askAgain(state, turn.asked)
  return { ...state, turn: stale }
}

function askAgain(state: State, text: string): State {
  const id = `${state.turn?.id ?? 'again'}+`
  return {
    ...state,
    turn: { id, asked: text, spoken: state.turn?.spoken ?? false, stale: false },
    pending: { type: 'ask', turn: id, text },
    view: { name: 'asking', slow: false },
  }
}

/** The outcome of the question on the screen; an outcome of any other comes too late. */
function settle(state: State, message: Extract<Message, { turn: string }>, view: View): State {
  const waits = ['asking', 'trouble', 'listening', 'unheard'].includes(state.view.name)
  if (state.turn?.id !== message.turn || !waits) return state
  return { ...state, pending: null, view: { ...view, aloud: aloudOf(message) } }
}

/** A question whose words are known is asked again by itself; speech must be said again. */
function busy(state: State, message: MessageOf<'busy'>): State {
  const seconds = message.retry_seconds
  const again: View = { name: 'busy', seconds }
  return settle(state, message, state.turn?.asked ? again : unheard('busy', seconds))
}

const digits = (text: string) => text.replace(/\D/g, '')

/** Whether this is what the resident waits for: just handed over, or fetched by its code. */
function awaited(state: State, message: MessageOf<'escalation'>): boolean {
  const { pending } = state
  if (pending === null) return false
  if (message.turn != null && message.turn === state.turn?.id) return true
  if (pending.type === 'ask') return digits(pending.text) === message.code
  return pending.type === 'escalate' && !state.cases.some((c) => c.id === message.escalation)
}

function escalation(state: State, message: MessageOf<'escalation'>): State {
  const id = message.escalation
  const shown = awaited(state, message)
  const known = state.cases.find((c) => c.id === id)
  const inView = shown || (state.view.name === 'case' && state.view.escalation === id)
  const now: Case = {
    id,
    asked: known?.asked ?? (state.pending?.type === 'escalate' ? (state.turn?.asked ?? '') : ''),
    state: message.state,
    code: message.code,
    ahead: message.ahead ?? null,
    wait: message.wait_seconds ? [message.wait_seconds[0] ?? 0, message.wait_seconds[1] ?? 0] : null,
    due: message.due ?? null,
    worker: message.worker ?? null,
    lines: known?.lines ?? [],
    unseen: !inView && (known?.unseen === true || known?.state !== message.state),
    aloud: aloudOf(message) ?? known?.aloud,
  }
  const cases = known ? state.cases.map((c) => (c.id === id ? now : c)) : [...state.cases, now]
  return shown
    ? { ...state, cases, pending: null, view: { name: 'case', escalation: id } }
    : { ...state, cases }
}

function workerSays(state: State, message: MessageOf<'worker_says'>): State {
  const { at, text } = message
  const inView = state.view.name === 'case' && state.view.escalation === message.escalation
  const cases = state.cases.map((c) => {
    // Fetching by code brings every line again.
    const heard = c.lines.some((l) => l.from === 'worker' && l.at === at && l.text === text)
    if (c.id !== message.escalation || heard) return c
    const lines = [...c.lines, { from: 'worker' as const, text, at }]
    return { ...c, lines, unseen: !inView, aloud: aloudOf(message) }
  })
  return { ...state, cases }
}

function ended(state: State, message: MessageOf<'ended'>): State {
  // A server that stops comes back, and the resident is still here.
  return message.reason === 'stopping' ? state : fresh(state.house)
}

function refused(state: State, message: MessageOf<'error'>): State {
  const { view, pending, turn } = state
  const mine = message.turn == null || message.turn === turn?.id
  if (view.name === 'form' && view.sending && mine) {
    return { ...state, pending: null, view: { ...view, sending: false }, message: message.message }
  }
  // It is the question that was heard, named again after a resume: it is being answered.
  if (message.code === 'duplicate_turn' && turn?.spoken) return state
  if ((pending || view.name === 'listening') && mine) {
    return { ...state, pending: null, view: { name: 'trouble', message: message.message } }
  }
  // About a turn that is settled: a repetition after a resume, say.
  return message.turn == null ? { ...state, message: message.message } : state
}
