const FULL = 32_768

/** Decibels below full scale: a quiet room, and somebody who speaks up. */
const QUIET_DB = -55
const LOUD_DB = -15

/** Below this nobody speaks into the microphone, or it is switched off. */
export const HUSH = 0.15

/** The loudness of a frame, 0 to 1, as root of the mean square. */
export function rms(frame: Int16Array): number {
  if (frame.length === 0) return 0
  const sum = frame.reduce((all, sample) => all + (sample / FULL) ** 2, 0)
  return Math.sqrt(sum / frame.length)
}

/** How far the meter goes out, 0 to 1: even steps for the ear, not for the sample. */
export function meter(loudness: number): number {
  const db = 20 * Math.log10(Math.max(loudness, 1e-6))
  return Math.max(0, Math.min(1, (db - QUIET_DB) / (LOUD_DB - QUIET_DB)))
}
