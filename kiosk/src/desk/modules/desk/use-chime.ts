import { ref, watch } from 'vue'

const KEY = 'linli.desk.chime'

function remembered(): boolean {
  try {
    return localStorage.getItem(KEY) !== 'off'
  } catch {
    return true
  }
}

const on = ref(remembered())
let context: AudioContext | undefined

watch(on, (now) => {
  try {
    localStorage.setItem(KEY, now ? 'on' : 'off')
  } catch {
    // Storage may be forbidden; the choice then holds for this page only.
  }
})

function tone(audio: AudioContext, frequency: number, from: number): void {
  const oscillator = audio.createOscillator()
  const volume = audio.createGain()
  oscillator.frequency.value = frequency
  volume.gain.setValueAtTime(0, from)
  volume.gain.linearRampToValueAtTime(0.12, from + 0.03)
  volume.gain.exponentialRampToValueAtTime(0.001, from + 0.7)
  oscillator.connect(volume).connect(audio.destination)
  oscillator.start(from)
  oscillator.stop(from + 0.75)
}

/** A gentle two-tone sound for something new, and the switch for it. */
export function useChime() {
  async function ring(): Promise<void> {
    if (!on.value || typeof AudioContext === 'undefined') return
    context ??= new AudioContext()
    // Browsers keep a page silent until it was touched once; then it stays so.
    if (context.state === 'suspended') await context.resume().catch(() => undefined)
    if (context.state !== 'running') return
    tone(context, 659, context.currentTime)
    tone(context, 880, context.currentTime + 0.18)
  }

  return { on, ring }
}
