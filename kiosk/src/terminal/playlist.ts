// The order of sounds, and where one is in them. Pure.
import type { ClipRef, SentenceRef } from './wire'

/** Sounds that are played one after the other. */
export interface Playlist {
  readonly clips: readonly ClipRef[]
  readonly at: number
  /** Whether any of it was heard that says something. */
  readonly heard: boolean
}

/** `mute`: nothing of it could be played. */
export type Step = { do: 'play'; list: Playlist; clip: ClipRef } | { do: 'over' } | { do: 'mute' }

/** How the sound at hand ended. */
export type End = 'ended' | 'failed'

const stepTo = (list: Playlist): Step => {
  const clip = list.clips[list.at]
  if (clip) return { do: 'play', list, clip }
  return { do: list.heard ? 'over' : 'mute' }
}

export const begin = (clips: readonly ClipRef[]): Step => stepTo({ clips, at: 0, heard: false })

/** What follows on a sound. One that is not there, or is no sound, is passed over. */
export function goOn(list: Playlist, how: End): Step {
  return stepTo({ ...list, at: list.at + 1, heard: list.heard || (how === 'ended' && says(list)) })
}

/** The rhythm that marks made speech says nothing: alone it would be a riddle. */
function says({ clips, at }: Playlist): boolean {
  const worded = clips.some((clip) => clip.sentences.length > 0)
  return !worded || (clips[at]?.sentences.length ?? 0) > 0
}

/** Characters a second at the house's pace, where nothing better is known. */
const PACE = 4.5

/**
 * The sentence that is heard `seconds` into a sound, by its number in the
 * whole list; null in a sound without words. `duration` may be unknown (NaN).
 */
export function sentenceAt({ clips, at }: Playlist, seconds: number, duration: number): number | null {
  const sentences = clips[at]?.sentences ?? []
  if (sentences.length === 0) return null
  const before = clips.slice(0, at).reduce((sum, clip) => sum + clip.sentences.length, 0)
  const begins = beginnings(sentences, duration)
  return before + Math.max(0, begins.filter((begin) => begin <= seconds).length - 1)
}

/** When each sentence begins, in seconds: as the server says, or by its length. */
function beginnings(sentences: readonly SentenceRef[], duration: number): number[] {
  if (sentences.some((sentence) => sentence.at_ms > 0)) return sentences.map((s) => s.at_ms / 1000)
  const all = sentences.reduce((sum, sentence) => sum + sentence.text.length, 0)
  const whole = Number.isFinite(duration) && duration > 0 ? duration : all / PACE
  let passed = 0
  return sentences.map(({ text }) => {
    const begin = all === 0 ? 0 : (passed / all) * whole
    passed += text.length
    return begin
  })
}

/** The room still sounds for so long when the loudspeaker is silent. */
export const GUARD_MS = 450

/** How long the microphone must still wait. `quietSince`: null when nothing was said. */
export function guardLeft(quietSince: number | null, now: number): number {
  return quietSince === null ? 0 : Math.max(0, quietSince + GUARD_MS - now)
}
