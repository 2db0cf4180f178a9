import { computed, onScopeDispose, readonly, ref, watch, type ShallowRef } from 'vue'
import type { Act } from './acts'
import { faultOf } from './microphone/faults'
import { FRAME_MS } from './microphone/framer'
import { HUSH, meter, rms } from './microphone/level'
import { canRecord, openMicrophone, type Microphone } from './microphone/microphone'
import type { State } from './state'
import { turnId } from './turn-id'
import type { Request } from './wire'

/** The server ends an utterance long before; this is for one that does not. */
const LONGEST_MS = 20_000
/** After so long without any sound somebody is told to come nearer. */
const UNHEARD_MS = 4_000
/** After so long a silence somebody who spoke has probably finished. */
const SPOKEN_MS = 2_000

/** `unheard`: no sound came yet. `spoken`: it came, and then silence. */
export type Hush = 'unheard' | 'spoken' | null
/** The last word is still on its way through the microphone when it is over. */
const TAIL_MS = 250
/** What is left of the meter after a frame of silence. */
const FALL = 0.85
/** Who holds the button so long means to let go of it when they are done. */
const HELD_MS = 800
/** A click follows the finger that lifts within this time. */
const LIFT_MS = 300

export interface SpeechUse {
  state: Readonly<ShallowRef<State>>
  perform: (what: Act) => boolean
  /** What cannot be sent now is said when the connection is back. */
  tell: (request: Request) => void
  send: (request: Request) => boolean
  sendBytes: (bytes: ArrayBuffer) => boolean
  /** Replaces the connection, which does not take what is said. */
  renew: () => void
  /** Ends what the terminal says; for so many ms the room still sounds of it. */
  quiet: () => number
}

/** The turn that is being spoken; null when nobody speaks. */
const spokenTurn = ({ view, turn }: State) => (view.name === 'listening' ? (turn?.id ?? null) : null)

/** Speaking to the terminal. The microphone is open only while the state listens. */
export function useSpeech(use: SpeechUse) {
  const { state, perform } = use
  const able = canRecord()
  const level = ref(0)
  const hush = ref<Hush>(null)
  let microphone: Microphone | null = null
  let started = false
  let silent = 0
  let spoken = false
  let timers: ReturnType<typeof setTimeout>[] = []

  const turn = computed(() => spokenTurn(state.value))

  function release(): void {
    microphone?.close()
    microphone = null
    started = false
    timers.forEach(clearTimeout)
    timers = []
    level.value = 0
    hush.value = null
  }

  async function open(id: string): Promise<void> {
    // What the terminal itself said last must not become a question.
    const sounds = use.quiet()
    const from = Date.now()
    const mine = openMicrophone({ onFrame, onLost: fail })
    microphone = mine
    silent = 0
    spoken = false
    try {
      await mine.ready
    } catch (error) {
      if (microphone === mine) fail(faultOf(error))
      return
    }
    const left = from + sounds - Date.now()
    if (left > 0) await new Promise((resolve) => setTimeout(resolve, left))
    if (microphone !== mine) return
    if (!use.send({ type: 'listen', state: 'start', mode: 'auto', turn: id })) return fail('connection')
    started = true
    timers.push(setTimeout(() => perform({ do: 'said' }), LONGEST_MS))
    perform({ do: 'opened' })
  }

  function onFrame(frame: Int16Array<ArrayBuffer>): void {
    if (!started) return
    const loudness = meter(rms(frame))
    // It falls slowly: a pause between two words shall not look like a deaf machine.
    level.value = Math.max(loudness, level.value * FALL)
    silent = loudness < HUSH ? silent + FRAME_MS : 0
    spoken ||= silent === 0
    if (silent < (spoken ? SPOKEN_MS : UNHEARD_MS)) hush.value = null
    else hush.value = spoken ? 'spoken' : 'unheard'
    if (use.sendBytes(frame.buffer)) return
    fail('connection')
    use.renew()
  }

  function over(): void {
    if (started && turn.value) use.tell({ type: 'listen', state: 'cancel', mode: 'auto', turn: turn.value })
  }

  function fail(why: string): void {
    over()
    perform({ do: 'fail', why })
  }

  function cancel(): void {
    over()
    perform({ do: 'cancel' })
  }

  /** They are done. */
  function said(): void {
    if (started) timers.push(setTimeout(() => perform({ do: 'said' }), TAIL_MS))
  }

  const listen = () => perform({ do: 'listen', turn: turnId() })

  /**
   * A finger on the button. It listens from the first moment, since many keep
   * it down while they speak, as they do to send a voice message.
   */
  function press(): void {
    if (!listen()) return
    const since = Date.now()
    const touch = new AbortController()
    const whileHeld = { signal: touch.signal, capture: true }
    // The screen has changed under the finger: where it lifts it presses nothing.
    const swallow = (event: Event) => {
      event.preventDefault()
      event.stopPropagation()
    }
    const lift = (event: Event) => {
      setTimeout(() => touch.abort(), LIFT_MS)
      if (event.type === 'pointerup' && Date.now() - since >= HELD_MS) said()
    }
    ;['click', 'contextmenu'].forEach((name) => window.addEventListener(name, swallow, whileHeld))
    window.addEventListener('pointerdown', () => touch.abort(), whileHeld)
    ;['pointerup', 'pointercancel'].forEach((name) => window.addEventListener(name, lift, { ...whileHeld, once: true }))
  }

  // However it ends, by a touch, the server, the wipe or a broken line, the
  // microphone does not outlive it.
  watch(
    turn,
    (id) => {
      release()
      if (id !== null) void open(id)
    },
    { flush: 'sync' },
  )
  onScopeDispose(release)

  const offered = computed(() => able && state.value.house?.speech.available === true)
  /** Why one cannot speak here, for residents. */
  const refusal = computed(() => {
    const speech = state.value.house?.speech
    if (!speech || offered.value) return null
    if (!speech.available) return speech.reason ?? '这里还不能说话提问，请打字。'
    return '这台机器还不能用话筒，请打字提问。'
  })

  return {
    able,
    offered,
    refusal,
    level: readonly(level),
    hush: readonly(hush),
    listening: computed(() => turn.value !== null),
    press,
    listen,
    said,
    cancel,
    fail,
  }
}
