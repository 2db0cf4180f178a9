/** A part of an answer: a paragraph, or a list. */
export type Block =
  | { kind: 'words'; text: string }
  | { kind: 'list'; ordered: boolean; start: number; items: string[] }

// A blank must follow the dot: 1.5 万元 is an amount.
const NUMBERED = /^\s*(\d{1,2})(?:\.\s+|[、．]\s*)(.+)$/
const DOTTED = /^\s*[-•·]\s+(.+)$/

/**
 * Plain text as blocks. Lines that start with `1. ` or `- ` are list items;
 * nothing else is markup, since answers are shown word for word.
 */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue
    const numbered = NUMBERED.exec(line)
    const item = numbered?.[2] ?? DOTTED.exec(line)?.[1]
    if (item === undefined) {
      blocks.push({ kind: 'words', text: line.trim() })
      continue
    }
    const ordered = numbered !== null
    const start = Number(numbered?.[1] ?? 1)
    const last = blocks[blocks.length - 1]
    if (goesOn(last, ordered, start)) last.items.push(item.trim())
    else blocks.push({ kind: 'list', ordered, start, items: [item.trim()] })
  }
  return blocks
}

type List = Extract<Block, { kind: 'list' }>

/** Whether an item belongs to the list before it. Numbers are kept as they are written. */
function goesOn(last: Block | undefined, ordered: boolean, number: number): last is List {
  if (last?.kind !== 'list' || last.ordered !== ordered) return false
  return !ordered || number === last.start + last.items.length
}
