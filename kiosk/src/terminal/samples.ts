// Messages for tests, with the least that the wire types ask for.
import type { ClipRef, Message, MessageOf } from './wire'

export const hello = (over: Partial<MessageOf<'hello'>> = {}): MessageOf<'hello'> => ({
  type: 'hello',
  seq: 1,
  version: 1,
  session: 's1',
  edition: 3,
  place: '幸福里',
  speech: { available: false },
  popular: [{ entry: 'e1', question: '居住证怎么办理？' }],
  idle_seconds: 90,
  ...over,
})

export const answer = (turn: string, seq = 2): MessageOf<'answer'> => ({
  type: 'answer',
  seq,
  turn,
  entry: 'e1',
  question: '居住证怎么办理？',
  text: '带身份证到派出所办理。',
  spoken: '带身份证到派出所办理。',
  source: { title: '居住证暂行条例' },
  confidence: 0.97,
  related: [],
  took_ms: 2,
})

export const choices = (turn: string, seq = 2): MessageOf<'choices'> => ({
  type: 'choices',
  seq,
  turn,
  options: [{ option: 1, entry: 'e1', question: '居住证怎么办理？' }],
})

export const noAnswer = (turn: string, seq = 2): MessageOf<'no_answer'> => ({
  type: 'no_answer',
  seq,
  turn,
  reason: 'unknown',
  workers_online: 1,
  nearest: [],
})

export const escalation = (
  over: Partial<MessageOf<'escalation'>> = {},
): MessageOf<'escalation'> => ({
  type: 'escalation',
  seq: 3,
  escalation: 'k1',
  turn: 't1',
  state: 'waiting',
  code: '482913',
  ahead: 2,
  wait_seconds: [120, 480],
  due: 1_000_000,
  ...over,
})

export const says = (text: string, seq: number, at = seq): Message => ({
  type: 'worker_says',
  seq,
  escalation: 'k1',
  text,
  at,
})

/** A sound with these sentences, whose times are not known. */
export const clip = (src: string, ...sentences: string[]): ClipRef => ({
  src,
  sentences: sentences.map((text) => ({ at_ms: 0, text })),
})
