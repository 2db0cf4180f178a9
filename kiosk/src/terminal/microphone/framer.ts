/** What the server is told of the audio, and gets. */
export const RATE = 16_000
export const FRAME_MS = 60
export const FRAME_SAMPLES = (RATE * FRAME_MS) / 1000

const FULL = 32_767

/** Takes samples as they come and gives the frames that are full. */
export type Framer = (samples: Float32Array) => Int16Array<ArrayBuffer>[]

/** Cuts a stream into frames of 16-bit samples, `size` each. */
export function framer(size = FRAME_SAMPLES): Framer {
  let frame = new Int16Array(size)
  let filled = 0
  return (samples) => {
    const full: Int16Array<ArrayBuffer>[] = []
    for (const sample of samples) {
      frame[filled] = Math.round(Math.max(-1, Math.min(1, sample)) * FULL)
      filled += 1
      if (filled < size) continue
      full.push(frame)
      frame = new Int16Array(size)
      filled = 0
    }
    return full
  }
}
