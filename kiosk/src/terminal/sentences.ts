/** A piece of a text: a sentence that is spoken, or what lies between. */
export interface Piece {
  text: string
  /** The sentence's number; null for what is not spoken. */
  sentence: number | null
}

/**
 * The text in pieces, with the spoken sentences that stand in it word for
 * word. All of it is there again when the pieces are joined.
 */
export function piecesOf(text: string, sentences: readonly string[]): Piece[] {
  const pieces: Piece[] = []
  let rest = text
  sentences.forEach((said, sentence) => {
    const words = said.trim()
    const at = words === '' ? -1 : rest.indexOf(words)
    if (at === -1) return
    if (at > 0) pieces.push({ text: rest.slice(0, at), sentence: null })
    pieces.push({ text: words, sentence })
    rest = rest.slice(at + words.length)
  })
  if (rest !== '') pieces.push({ text: rest, sentence: null })
  return pieces
}

/** Whether each of these sentences can be read in the text as it is spoken. */
export const standIn = (text: string, sentences: readonly string[]): boolean =>
  sentences.every((said) => text.includes(said.trim()))
