import { computed, inject, onScopeDispose, provide, ref, shallowRef, watch, type InjectionKey } from 'vue'
import { useSocket } from '../shared/use-socket'
import { act, type Act } from './acts'
import { receive } from './session'
import { fresh, mayAsk } from './state'
import { turnId } from './turn-id'
import type { Message, Request } from './wire'

/** After so long the words of the waiting screen change. */
const SLOW_MS = 3_000
/** After so long the connection is suspected, and replaced by a new one. */
const SUSPECT_MS = 8_000
/** After so long the resident gets the truth and a way on. */
const GIVE_UP_MS = 20_000
/** A server that does not greet within this time is tried anew. */
const GREETING_MS = 5_000

const VERSION = 1

/** The terminal: its state, its socket, its timers. */
export function useTerminal() {
  const state = shallowRef(fresh())
  /** Counts residents: screens are keyed by it, so that no field outlives its writer. */
  const resident = ref(0)
  /** The session that was wiped here and may not be over on the server yet. */
  let ending: { session: string; seq: number } | null = null
  /** Said while the connection was down. */
  let unsent: Request[] = []

  const socket = useSocket<Message, Request>({ path: '/ws/terminal', onOpen: greet, onMessage })

  function greet(): void {
    if (ending) {
      socket.send({ type: 'hello', version: VERSION, resume: ending })
      leave()
      return
    }
    const { session, seq } = state.value
    const resume = session === null ? undefined : { session, seq }
    socket.send({ type: 'hello', version: VERSION, ...(resume && { resume }) })
  }

  /** Ends the old session and asks for a new one, on the same connection. */
  function leave(): void {
    socket.send({ type: 'end' })
    socket.send({ type: 'hello', version: VERSION })
  }

  function onMessage(message: Message): void {
    if (message.type === 'hello') {
      if (message.session === ending?.session) return
      ending = null
    }
    const before = state.value
    state.value = receive(before, message)
    if (message.type === 'hello') {
      if (state.value.pending) socket.send(state.value.pending)
      if (before.session === message.session) unsent.forEach((request) => socket.send(request))
      unsent = []
    } else if (before.session !== null && state.value.session === null) {
      // The server wiped the session by itself and waits for a new hello.
      cleared()
      socket.send({ type: 'hello', version: VERSION })
    }
  }

  function perform(what: Act): boolean {
    const before = state.value
    state.value = act(before, what)
    const { pending, session } = state.value
    // Without a session it goes out with the next hello.
    if (pending && pending !== before.pending && session !== null) socket.send(pending)
    return state.value !== before
  }

  function tell(request: Request): void {
    if (!socket.send(request)) unsent.push(request)
  }

  function cleared(): void {
    unsent = []
    resident.value += 1
  }

  const ask = (text: string) => perform({ do: 'ask', turn: turnId(), text })

  function feedback(helpful: boolean): void {
    const turn = state.value.turn?.id
    if (perform({ do: 'feedback', helpful }) && turn) tell({ type: 'feedback', turn, helpful })
  }

  function say(text: string): void {
    const { view } = state.value
    if (view.name !== 'case' || !perform({ do: 'say', text, at: Date.now() })) return
    tell({ type: 'say', escalation: view.escalation, text: text.trim() })
  }

  /** Nothing of the resident stays, here or there. */
  function wipe(): void {
    const { session, seq } = state.value
    if (session !== null) ending = { session, seq }
    perform({ do: 'wipe' })
    cleared()
    if (socket.state.value === 'open') leave()
  }

  // One question at a time: these timers belong to the one that is pending.
  let timers: ReturnType<typeof setTimeout>[] = []
  const stopTimers = () => timers.forEach(clearTimeout)
  watch(
    () => state.value.pending,
    (pending) => {
      stopTimers()
      timers = !pending
        ? []
        : [
            setTimeout(() => perform({ do: 'slow' }), SLOW_MS),
            setTimeout(() => socket.renew(), SUSPECT_MS),
            setTimeout(() => perform({ do: 'give_up' }), GIVE_UP_MS),
          ]
    },
    { flush: 'sync' },
  )

  // Busy passes: the question is asked again when the server said to.
  let retry: ReturnType<typeof setTimeout> | undefined
  watch(
    () => state.value.view,
    (view) => {
      clearTimeout(retry)
      const asked = state.value.turn?.asked
      if (view.name === 'busy' && asked) retry = setTimeout(() => ask(asked), view.seconds * 1000)
    },
    { flush: 'sync' },
  )

  let greeting: ReturnType<typeof setTimeout> | undefined
  watch(
    () => socket.state.value === 'open' && state.value.session === null,
    (waits) => {
      clearTimeout(greeting)
      if (waits) greeting = setTimeout(() => socket.renew(), GREETING_MS)
    },
    { flush: 'sync' },
  )

  onScopeDispose(() => {
    stopTimers()
    clearTimeout(retry)
    clearTimeout(greeting)
  })

  socket.open()

  return {
    state,
    resident,
    connected: computed(() => socket.state.value === 'open' && state.value.session !== null),
    failures: socket.failures,
    free: computed(() => mayAsk(state.value)),
    perform,
    ask,
    feedback,
    say,
    wipe,
  }
}

export type Terminal = ReturnType<typeof useTerminal>

const KEY: InjectionKey<Terminal> = Symbol('terminal')

export const provideTerminal = (terminal: Terminal) => provide(KEY, terminal)

/** The terminal, for the parts of its page. */
export function useThisTerminal(): Terminal {
  const terminal = inject(KEY)
  if (!terminal) throw new Error('outside of the terminal page')
  return terminal
}
