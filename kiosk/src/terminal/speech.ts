import type { Pending, State, Turn, View } from './state'

// What speech does to the state, apart from typing. Pure, like the rest.

const asking: View = { name: 'asking', slow: false }

/** No question came of it. */
export const unheard = (why: string, seconds: number | null = null): View => ({
  name: 'unheard',
  why,
  seconds,
})

/** Somebody pressed the button; the microphone is opened for this turn. */
export function listen(state: State, id: string): State {
  const { view, turn } = state
  return {
    ...state,
    turn: { id, asked: '', spoken: true, stale: false },
    view: { name: 'listening', before: { view, turn }, open: false, partial: '' },
    message: null,
  }
}

export function opened(state: State): State {
  const { view } = state
  return view.name === 'listening' ? { ...state, view: { ...view, open: true } } : state
}

const stop = (turn: string): Pending => ({ type: 'listen', state: 'stop', mode: 'auto', turn })

/** They are done, before the server noticed. */
export function said(state: State): State {
  const { view, turn } = state
  if (view.name !== 'listening' || !view.open || !turn) return state
  return { ...state, pending: stop(turn.id), view: asking }
}

/** They thought better of it: everything is as it was. */
export function cancel(state: State): State {
  return state.view.name === 'listening' ? { ...state, ...state.view.before } : state
}

/** The microphone or the connection failed them. */
export function fail(state: State, why: string): State {
  return state.view.name === 'listening' ? { ...state, view: unheard(why) } : state
}

/** What the server makes of it so far, or for good. */
export function hear(state: State, turn: string, text: string, final: boolean): State {
  const { view } = state
  if (state.turn?.id !== turn) return state
  const heard: Turn = { ...state.turn, asked: text }
  if (!final) {
    return view.name === 'listening' ? { ...state, view: { ...view, partial: text } } : state
  }
  const waited = view.name === 'listening' || state.pending?.type === 'listen'
  if (!waited) return { ...state, turn: heard }
  // The server goes on to answer by itself. These words are for a server that
  // begins anew in between: it is asked by them.
  const pending: Pending = text === '' ? stop(turn) : { type: 'ask', turn, text }
  return { ...state, turn: heard, pending, view: asking }
}

/** The server began anew: of what was being said nothing is left. */
export function cutOff(state: State): State {
  const { pending, view } = state
  const lost = view.name === 'listening' || pending?.type === 'listen'
  return lost ? { ...state, pending: null, view: unheard('connection') } : state
}
