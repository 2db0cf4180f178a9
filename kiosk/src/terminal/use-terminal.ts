import { computed, inject, provide, readonly, ref, shallowRef, type InjectionKey } from 'vue'
import { useSocket } from '../shared/use-socket'
import { act, type Act } from './acts'
import { receive } from './session'
import { fresh, mayAsk } from './state'
import { FRAME_MS, RATE } from './microphone/framer'
import { turnId } from './turn-id'
import { usePatience } from './use-patience'
import { useSpeech } from './use-speech'
import type { Adjustment, Message, Request, RequestOf } from './wire'

const VERSION = 1
const AUDIO: NonNullable<RequestOf<'hello'>['audio_params']> = {
  format: 'pcm_s16le',
  sample_rate: RATE,
  channels: 1,
  frame_duration: FRAME_MS,
}

export interface TerminalUse {
  /** See `SpeechUse`. */
  quiet: () => number
  /** The resident said how the page shall be. */
  adjust: (how: Adjustment) => void
}

/** The terminal: its state, its socket, its timers. */
export function useTerminal({ quiet, adjust }: TerminalUse) {
  const state = shallowRef(fresh())
  /** Counts residents: screens are keyed by it, so that no field outlives its writer. */
  const resident = ref(0)
  /** What stands in the field for the next question. */
  const draft = ref('')
  /** Counts what was put into the field by the terminal, to be changed there. */
  const corrections = ref(0)
  /** The session that was wiped here and may not be over on the server yet. */
  let ending: { session: string; seq: number } | null = null
  /** Said while the connection was down. */
  let unsent: Request[] = []

  const socket = useSocket<Message, Request>({
    path: '/ws/terminal',
    onOpen: greet,
    onMessage,
    onLost: () => speech.fail('connection'),
  })
  const { send, sendBytes, renew } = socket
  const speech = useSpeech({ state, perform, tell, send, sendBytes, renew, quiet })

  function hello(resume?: RequestOf<'hello'>['resume']): void {
    const audio = speech.able && { audio_params: AUDIO, features: { aec: true } }
    socket.send({ type: 'hello', version: VERSION, ...audio, ...(resume && { resume }) })
  }

  function greet(): void {
    if (ending) {
      hello(ending)
      leave()
      return
    }
    const { session, seq } = state.value
    hello(session === null ? null : { session, seq })
  }

  /** Ends the old session and asks for a new one, on the same connection. */
  function leave(): void {
    socket.send({ type: 'end' })
    hello()
  }

  function onMessage(message: Message): void {
    if (message.type === 'hello') {
      if (message.session === ending?.session) return
      ending = null
    }
    // Before the same is shown and said again.
    if ('adjust' in message && message.adjust) adjust(message.adjust)
    const before = state.value
    state.value = receive(before, message)
    if (message.type === 'hello') {
      if (state.value.pending) socket.send(state.value.pending)
      if (before.session === message.session) unsent.forEach((request) => socket.send(request))
      unsent = []
    } else if (before.session !== null && state.value.session === null) {
      // The server wiped the session by itself and waits for a new hello.
      cleared()
      hello()
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
    draft.value = ''
    resident.value += 1
  }

  const ask = (text: string) => perform({ do: 'ask', turn: turnId(), text })

  /** What was heard goes into the field, to be put right there. */
  function correct(): void {
    draft.value = state.value.turn?.asked ?? ''
    corrections.value += 1
  }

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

  const greeted = () => socket.state.value !== 'open' || state.value.session !== null
  usePatience({ state, perform, ask, renew, greeted })

  socket.open()

  return {
    state,
    resident,
    connected: computed(() => socket.state.value === 'open' && state.value.session !== null),
    failures: socket.failures,
    free: computed(() => mayAsk(state.value)),
    draft,
    corrections: readonly(corrections),
    speech,
    send,
    perform,
    ask,
    correct,
    feedback,
    say,
    wipe,
  }
}

export type Terminal = ReturnType<typeof useTerminal>

const KEY: InjectionKey<Terminal> = Symbol('terminal')

export const provideTerminal = (terminal: Terminal) => provide(KEY, terminal)

/** The terminal, for the parts of its page, which alone is there to provide it. */
export const useThisTerminal = () => inject(KEY) as Terminal
