// What is said with a message. Pure: `use-aloud.ts` decides when, and
// `use-player.ts` plays it.
import type { State } from './state'
import { shownCase } from './state'
import type { ClipRef, Message } from './wire'
import { noAnswerWords } from './words'

export interface Aloud {
  /** Another one for every message, in every session. */
  id: string
  /** Sounds from the server, one after the other; none where it does not speak. */
  clips: ClipRef[]
  /** The same in words, for the browser's own voice. */
  words: string
}

/** What is said with this message; null when there is nothing to say. */
export function aloudOf(message: Message): Aloud | null {
  const clips = message.audio ?? []
  const said = sentencesOf(clips).join('')
  const words = said || wordsOf(message)
  if (clips.length === 0 && words === '') return null
  const about = 'turn' in message ? message.turn : 'escalation' in message ? message.escalation : ''
  return { id: `${message.type}/${about ?? ''}/${message.seq}`, clips, words }
}

/** What is said with what is on the screen. */
export function aloudIn(state: State): Aloud | null {
  return (state.view.name === 'case' ? shownCase(state)?.aloud : state.view.aloud) ?? null
}

/** Every sentence of these sounds, in order. */
export const sentencesOf = (clips: readonly ClipRef[]): string[] =>
  clips.flatMap((clip) => clip.sentences.map((sentence) => sentence.text))

/** Words for messages that came without sound. */
function wordsOf(message: Message): string {
  switch (message.type) {
    case 'answer':
      return message.spoken || message.text
    case 'choices':
      return `您是不是想问：${message.options.map((one) => one.question).join('；')}`
    case 'no_answer':
      return noAnswerWords(message.reason)
    case 'notice':
      return message.spoken || message.text
    case 'worker_says':
      return message.text
    default:
      return ''
  }
}
