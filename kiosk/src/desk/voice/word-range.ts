import type { CharacterView } from '../resources'
import { SYLLABLE } from './pinyin'

/** A word in a text: its first character and its last. */
export interface WordRange {
  from: number
  to: number
}

/** Whether one syllable is heard for it: only such characters make words. */
export const isRead = (character: CharacterView | undefined): boolean =>
  character !== undefined && SYLLABLE.test(character.reading)

/** A character alone is read in many ways; with its neighbours it is a word. */
export function wordAround(characters: readonly CharacterView[], at: number): WordRange {
  return {
    from: isRead(characters[at - 1]) ? at - 1 : at,
    to: isRead(characters[at + 1]) ? at + 1 : at,
  }
}

/** Characters that can be chosen for the word, a few on each side. */
export function choosable(characters: readonly CharacterView[], at: number, reach = 6): number[] {
  const run = [at]
  for (let i = at - 1; i >= at - reach && isRead(characters[i]); i -= 1) run.unshift(i)
  for (let i = at + 1; i <= at + reach && isRead(characters[i]); i += 1) run.push(i)
  return run
}

/**
 * The word after somebody touched character `i`: it grows to it, or ends
 * there. The character in question, `at`, always stays in it.
 */
export function stretched(range: WordRange, at: number, i: number): WordRange {
  if (i < at) return { ...range, from: i === range.from ? i + 1 : i }
  if (i > at) return { ...range, to: i === range.to ? i - 1 : i }
  return { from: at, to: at }
}

export const wordOf = (characters: readonly CharacterView[], { from, to }: WordRange): string =>
  characters.slice(from, to + 1).map((c) => c.text).join('')

/** How the word is read when the character in question is read like this. */
export const readingOf = (
  characters: readonly CharacterView[],
  { from, to }: WordRange,
  at: number,
  syllable: string,
): string =>
  characters
    .slice(from, to + 1)
    .map((c, i) => (from + i === at ? syllable : c.reading))
    .join(' ')

const END = /[。！？!?；;\n]/

/** The sentence in which a character stands. */
export function sentenceAround(characters: readonly CharacterView[], at: number): string {
  const texts = characters.map((c) => c.text)
  let from = at
  while (from > 0 && !END.test(texts[from - 1] ?? '')) from -= 1
  let to = at
  while (to < texts.length - 1 && !END.test(texts[to] ?? '')) to += 1
  return texts.slice(from, to + 1).join('').trim()
}
