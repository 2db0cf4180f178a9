import worklet from './capture-worklet.js?url'
import type { MicrophoneFault } from './faults'
import { framer, RATE } from './framer'
import { resampler } from './resampler'

export interface MicrophoneUse {
  /** A frame of 16-bit samples, 16,000 a second. */
  onFrame: (frame: Int16Array<ArrayBuffer>) => void
  /** It was pulled out, or taken away by the system. */
  onLost: (fault: MicrophoneFault) => void
}

export interface Microphone {
  /** Fulfilled when sound flows; refused with what the browser says (see `faultOf`). */
  ready: Promise<void>
  /** Lets go of it at any time, even before it is ready: the recording light goes out. */
  close: () => void
}

const WANTED: MediaTrackConstraints = {
  channelCount: 1,
  // The terminal reads answers aloud right beside the microphone: without
  // this it would hear the end of its own words as a question.
  echoCancellation: true,
  // Recognisers learn from noisy recordings; what a suppressor for telephone
  // calls takes out, soft consonants above all, they then miss.
  noiseSuppression: false,
  // Residents stand near and far, and old voices are often low: without this
  // a quiet question drowns before the server can tell it from silence.
  autoGainControl: true,
}

/**
 * Whether this page may ask for a microphone at all. Browsers give one only
 * to https and to pages of the same machine.
 */
export const canRecord = (): boolean =>
  window.isSecureContext === true &&
  typeof navigator.mediaDevices?.getUserMedia === 'function' &&
  typeof AudioWorkletNode === 'function'

/** Opens the microphone. */
export function openMicrophone(use: MicrophoneUse): Microphone {
  let closed = false
  let stream: MediaStream | undefined
  let context: AudioContext | undefined

  // The very first touch of a page counts only once the finger lifts.
  const wake = () => void context?.resume()

  function close(): void {
    closed = true
    window.removeEventListener('pointerup', wake)
    stream?.getTracks().forEach((track) => track.stop())
    if (context && context.state !== 'closed') void context.close()
  }

  function pass(context: AudioContext, stream: MediaStream): void {
    const capture = new AudioWorkletNode(context, 'linli-capture', {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: 'explicit',
    })
    const atRate = resampler(context.sampleRate, RATE)
    const inFrames = framer()
    capture.port.onmessage = (event: MessageEvent<Float32Array>) => {
      if (!closed) inFrames(atRate(event.data)).forEach(use.onFrame)
    }
    context.createMediaStreamSource(stream).connect(capture)
    stream.getTracks().forEach((track) => (track.onended = () => use.onLost('unplugged')))
  }

  async function open(): Promise<void> {
    stream = await navigator.mediaDevices.getUserMedia({ audio: WANTED })
    // Somebody may have thought better of it while the browser asked.
    if (closed) return close()
    context = new AudioContext()
    window.addEventListener('pointerup', wake)
    await context.audioWorklet.addModule(worklet)
    if (closed) return
    await context.resume()
    if (!closed) pass(context, stream)
  }

  const ready = open().catch((error: unknown) => {
    close()
    throw error
  })
  return { ready, close }
}
