import { describe, expect, it } from 'vitest'
import { act, type Act } from './acts'
import { aloudIn, aloudOf } from './aloud'
import { answer, choices, clip, escalation, hello, noAnswer, says } from './samples'
import { receive } from './session'
import { fresh, type State } from './state'
import type { Message } from './wire'

const turn = 't1'
const ask: Act = { do: 'ask', turn, text: '居住证怎么办' }
const audio = [clip('/audio/label'), clip('/audio/a', '到派出所。', '带身份证。')]
const heard: Message = { ...answer(turn), audio }

const after = (...steps: (Act | Message)[]): State =>
  steps.reduce(
    (state, step) => ('do' in step ? act(state, step) : receive(state, step)),
    receive(fresh(), hello()),
  )

describe('what is said with a message', () => {
  it('has the words of its sounds', () => {
    expect(aloudOf(heard)).toEqual({ id: 'answer/t1/2', clips: audio, words: '到派出所。带身份证。' })
  })

  it.each<[Message, string | undefined]>([
    [answer(turn), '带身份证到派出所办理。'],
    [choices(turn), '您是不是想问：居住证怎么办理？'],
    [noAnswer(turn), '这个问题我还不会，不敢乱说。'],
    [{ type: 'notice', seq: 2, turn, kind: 'small_talk', text: '您好！' }, '您好！'],
    [says('请稍等。', 4), '请稍等。'],
    [escalation(), undefined],
    [{ type: 'stt', seq: 2, turn, text: '居住证', final: true }, undefined],
  ])('%j without sound has words of its own', (message, words) => {
    expect(aloudOf(message)?.words).toBe(words)
  })
})

describe('what is said with the screen', () => {
  it.each<[string, (Act | Message)[], string | undefined]>([
    ['the answer on it', [ask, heard], 'answer/t1/2'],
    ['nothing while the next is asked', [ask, heard, { ...ask, turn: 't2' } as Act], undefined],
    ['nothing in the form', [ask, heard, { do: 'open_form' }], undefined],
    ['the same answer after the form', [ask, heard, { do: 'open_form' }, { do: 'close_form' }], 'answer/t1/2'],
    ['nothing while somebody speaks', [ask, heard, { do: 'listen', turn: 't2' }], undefined],
    ['nothing when the microphone fails', [ask, heard, { do: 'listen', turn: 't2' }, { do: 'fail', why: 'missing' }], undefined],
    ['nothing of an answer that comes too late', [ask, { do: 'wipe' }, heard], undefined],
    ['danger', [ask, { type: 'notice', seq: 2, turn, kind: 'emergency', text: '马上打119', audio }], 'notice/t1/2'],
    ['a graded answer', [ask, heard, { do: 'feedback', helpful: true }], 'answer/t1/2'],
  ])('is %s', (_what, steps, id) => {
    expect(aloudIn(after(...steps))?.id).toBe(id)
  })

  it('is what a worker said last, also when it is opened later', () => {
    const handed = [ask, noAnswer(turn), { do: 'open_form' }, { do: 'escalate', note: '', contact: '' }] as const
    const waiting = { ...escalation(), audio }
    expect(aloudIn(after(...handed, waiting))?.id).toBe('escalation/t1/3')
    const claimed = escalation({ seq: 4, state: 'claimed' })
    expect(aloudIn(after(...handed, waiting, claimed))?.id).toBe('escalation/t1/3')
    const said = [...handed, waiting, claimed, says('请稍等。', 5)]
    expect(aloudIn(after(...said))?.id).toBe('worker_says/k1/5')
    const away = after(...handed, waiting, { do: 'home' }, says('请稍等。', 5))
    expect(aloudIn(away)).toBeNull()
    expect(aloudIn(act(away, { do: 'open_case', escalation: 'k1' }))?.words).toBe('请稍等。')
  })
})
