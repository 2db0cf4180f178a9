const MARKS = ['', '\u0304', '\u0301', '\u030c', '\u0300']

/** One syllable with the number of its tone, as the server writes it: chong2. */
export const SYLLABLE = /^([a-zü]+)([1-5])$/

/** chong2 as people write it: chóng. The fifth tone has no mark. */
export function marked(reading: string): string {
  return reading.split(' ').map(markedSyllable).join(' ')
}

function markedSyllable(syllable: string): string {
  const [, base, tone] = SYLLABLE.exec(syllable.replace(/u:|ü/g, 'v')) ?? []
  if (base === undefined) return syllable
  const letters = base.replace(/v/g, 'ü')
  const mark = MARKS[Number(tone)] ?? ''
  const at = bearer(letters)
  if (mark === '' || at === -1) return letters
  return (letters.slice(0, at + 1) + mark + letters.slice(at + 1)).normalize('NFC')
}

/** The letter that bears the mark: a or e, the o of ou, else the last vowel. */
function bearer(letters: string): number {
  const strong = letters.search(/[ae]/)
  if (strong !== -1) return strong
  const ou = letters.indexOf('ou')
  if (ou !== -1) return ou
  return Math.max(...['i', 'o', 'u', 'ü'].map((vowel) => letters.lastIndexOf(vowel)))
}

/**
 * What somebody typed, chóng or chong2, as the server writes it; null when it
 * is no syllable. Without a tone it is the fifth.
 */
export function plain(typed: string): string | null {
  let tone = 0
  const letters = Array.from(typed.trim().toLowerCase().replace(/u:|ü/g, 'v').normalize('NFD'), (c) => {
    if (c === '\u0308') return '\u0308'
    if (!MARKS.includes(c)) return c
    tone = MARKS.indexOf(c)
    return ''
  })
    .join('')
    .replace(/u\u0308/g, 'v')
  const syllable = tone > 0 ? `${letters}${tone}` : /\d$/.test(letters) ? letters : `${letters}5`
  return SYLLABLE.test(syllable) ? syllable : null
}
