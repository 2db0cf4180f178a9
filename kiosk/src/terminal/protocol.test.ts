// The same literal JSON that the server's tests read: both sides mean the same.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { act } from './acts'
import { hello } from './samples'
import { receive } from './session'
import { fresh } from './state'
import type { Message, Request } from './wire'

type Example =
  | { direction: 'server'; message: Message }
  | { direction: 'client'; message: Request }

const FOLDER = '../tests/data/protocol/terminal'
const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.json')) : []
const examples = files.map(
  (name) => [name, JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8')) as Example] as const,
)

/** Something that the screen or the next message shows of it. */
const FIELDS_READ: { [T in Message['type']]: string[] } = {
  hello: ['session', 'place', 'speech', 'popular', 'idle_seconds'],
  stt: ['turn', 'text'],
  answer: ['turn', 'question', 'text', 'spoken', 'source', 'related'],
  choices: ['turn', 'options'],
  no_answer: ['turn', 'reason', 'workers_online', 'nearest'],
  nothing_heard: ['turn'],
  notice: ['turn', 'kind', 'text'],
  escalation: ['escalation', 'state', 'code'],
  worker_says: ['escalation', 'text', 'at'],
  busy: ['turn', 'retry_seconds'],
  ended: ['reason'],
  error: ['message'],
  tts: [],
}

const SENT = ['hello', 'ask', 'listen', 'choose', 'feedback', 'escalate', 'say', 'abort', 'end']

describe.skipIf(examples.length === 0)('protocol examples', () => {
  it.each(examples)('%s', (_name, { direction, message }) => {
    if (direction === 'client') return expect(SENT).toContain(message.type)
    expect(Object.keys(FIELDS_READ)).toContain(message.type)
    FIELDS_READ[message.type].forEach((field) => expect(message).toHaveProperty(field))

    const turn = 'turn' in message && message.turn ? message.turn : 't1'
    const asked = act(receive(fresh(), hello({ session: 'another', seq: 0 })), {
      do: 'ask',
      turn,
      text: '居住证怎么办',
    })
    const state = receive(asked, { ...message, seq: message.seq || 1 })
    expect(state).not.toBe(asked)
    expect(state.seq).toBe(message.type === 'ended' && message.reason !== 'stopping' ? 0 : message.seq || 1)
  })
})
