import { describe, expect, it } from 'vitest'
import { act, type Act } from './acts'
import { answer, choices, escalation, hello, noAnswer, says } from './samples'
import { receive } from './session'
import { fresh, newsCase, shownCase, untouched, type State } from './state'
import type { Message } from './wire'

type Step = Act | Message

/** A story of acts and messages, told from the first hello. */
const after = (...steps: Step[]): State =>
  steps.reduce(
    (state, step) => ('do' in step ? act(state, step) : receive(state, step)),
    receive(fresh(), hello()),
  )

const ask = (text = '居住证怎么办', turn = 't1'): Act => ({ do: 'ask', turn, text })
const escalate: Act = { do: 'escalate', note: '', contact: '' }
const inCase = () => [ask(), noAnswer('t1'), { do: 'open_form' } as Act, escalate, escalation()]

describe('what a message makes of a question', () => {
  const turn = 't1'
  it.each<[string, Message, string]>([
    ['answer', answer(turn), 'answer'],
    ['choices', choices(turn), 'choices'],
    ['no_answer', noAnswer(turn), 'no_answer'],
    ['small talk', { type: 'notice', seq: 2, turn, kind: 'small_talk', text: '您好' }, 'notice'],
    ['a command', { type: 'notice', seq: 2, turn, kind: 'command', text: '好的' }, 'notice'],
    ['danger', { type: 'notice', seq: 2, turn, kind: 'emergency', text: '1. 跑', phone: '119' }, 'emergency'],
    ['nothing_heard', { type: 'nothing_heard', seq: 2, turn, reason: 'no_voice' }, 'unheard'],
    ['busy', { type: 'busy', seq: 2, turn, retry_seconds: 3 }, 'busy'],
    ['an error', { type: 'error', seq: 2, turn, code: 'internal', message: '出错了' }, 'trouble'],
    ['an error without a turn', { type: 'error', seq: 2, code: 'slow_down', message: '慢点' }, 'trouble'],
    ['a fetched escalation', escalation({ seq: 2 }), 'case'],
  ])('%s', (_name, message, view) => {
    const state = after(ask(), message)
    expect(state.view.name).toBe(view)
    expect(state.pending).toBeNull()
    expect(state.seq).toBe(2)
  })

  it.each<[string, Message]>([
    ['an answer to another question', answer('t0')],
    ['what was seen before', answer('t1', 1)],
    ['an error about another question', { type: 'error', seq: 2, turn: 't0', code: 'duplicate_turn', message: '' }],
  ])('%s changes nothing on the screen', (_name, message) => {
    const state = after(ask(), message)
    expect(state.view.name).toBe('asking')
    expect(state.pending).not.toBeNull()
  })

  it('a second answer to a settled question is too late', () => {
    const state = after(ask(), answer('t1'), { do: 'feedback', helpful: true }, choices('t1', 3))
    expect(state.view).toMatchObject({ name: 'answer', feedback: 'helpful' })
  })

  it('speech shows its words', () => {
    const state = after(ask('…'), { type: 'stt', seq: 2, turn: 't1', text: '居住证', final: true })
    expect(state.turn?.asked).toBe('居住证')
  })

  it('a late answer is still shown after giving up', () => {
    expect(after(ask(), { do: 'give_up' }).view.name).toBe('trouble')
    expect(after(ask(), { do: 'give_up' }, answer('t1')).view.name).toBe('answer')
  })

  it('an error that belongs to nothing passes by as a word', () => {
    const state = after({ type: 'error', seq: 2, code: 'slow_down', message: '慢一点' })
    expect(state).toMatchObject({ message: '慢一点', view: { name: 'idle' } })
  })
})

describe('escalations', () => {
  it('an accepted one is shown with its code', () => {
    const state = after(...inCase())
    expect(shownCase(state)).toMatchObject({ code: '482913', asked: '居住证怎么办', ahead: 2, unseen: false })
  })

  it('a refused one keeps the form, and what was written in it', () => {
    const state = after(ask(), noAnswer('t1'), { do: 'open_form' }, escalate, {
      type: 'error', seq: 3, turn: 't1', code: 'unavailable', message: '记不了',
    })
    expect(state).toMatchObject({ view: { name: 'form', sending: false }, message: '记不了', pending: null })
  })

  it('a code that was typed is shown, with every line once', () => {
    const state = after(ask('482 913', 't2'), escalation({ seq: 2, turn: 'other', state: 'answered' }), says('可以', 3), says('可以', 4, 3))
    expect(shownCase(state)?.lines).toHaveLength(1)
  })

  it("a worker's words come in while something else is read", () => {
    const state = after(...inCase(), ask('别的', 't2'), answer('t2', 4), says('马上', 5))
    expect(state.view.name).toBe('answer')
    expect(newsCase(state)?.lines.map((l) => l.text)).toEqual(['马上'])
    const opened = act(state, { do: 'open_case', escalation: 'k1' })
    expect(newsCase(opened)).toBeNull()
    expect(shownCase(opened)?.unseen).toBe(false)
  })

  it('a change of state is news, a place in the queue is not', () => {
    const elsewhere = after(...inCase(), ask('别的', 't2'), answer('t2', 4), escalation({ seq: 5, ahead: 1 }))
    expect(newsCase(elsewhere)).toBeNull()
    expect(newsCase(receive(elsewhere, escalation({ seq: 6, state: 'claimed' })))).not.toBeNull()
  })

  it('news of an older one does not settle a new one', () => {
    const state = after(...inCase(), ask('别的', 't2'), noAnswer('t2', 4), { do: 'open_form' }, escalate, escalation({ seq: 5 }))
    expect(state.view).toMatchObject({ name: 'form', sending: true })
  })
})

describe('after a drop', () => {
  it('the same session goes on: what was missed is shown, what was seen is not', () => {
    const asked = after(ask())
    const back = receive(asked, hello({ seq: 1 }))
    expect(back.pending).toEqual(asked.pending)
    const told = receive(back, answer('t1', 2))
    expect(told.view.name).toBe('answer')
    expect(receive(told, hello({ seq: 2 }))).toEqual({ ...told })
    expect(receive(told, noAnswer('t1', 2))).toBe(told)
  })

  it('a server that forgot what came between still counts on', () => {
    const state = receive(after(ask(), answer('t1', 7)), hello({ seq: 0 }))
    expect(state.seq).toBe(7)
  })

  it.each<[string, Step[], Partial<State>]>([
    ['an unanswered question is asked again', [ask()], { pending: { type: 'ask', turn: 't1', text: '居住证怎么办' } }],
    ['a choice becomes its question', [ask(), choices('t1'), { do: 'choose', option: 1 }], { pending: { type: 'ask', turn: 't1', text: '居住证怎么办' } }],
    ['choices are fetched again', [ask(), choices('t1')], { pending: { type: 'ask', turn: 't1+', text: '居住证怎么办' } }],
    ['an escalation is fetched by its code', inCase(), { pending: { type: 'ask', turn: 't1+', text: '482913' } }],
    ['a hand-over takes its question along', [ask(), noAnswer('t1'), { do: 'open_form' }, { do: 'escalate', note: '急', contact: '' }], { pending: { type: 'escalate', note: '居住证怎么办\n急' } }],
    ['an answer stays to be read', [ask(), answer('t1')], { pending: null, turn: { id: 't1', asked: '居住证怎么办', spoken: false, stale: true } }],
    ['an idle screen stays idle', [], { pending: null, turn: null, view: { name: 'idle' } }],
  ])('in another session %s', (_name, steps, expected) => {
    const state = receive(after(...steps), hello({ session: 's2', seq: 1 }))
    expect(state).toMatchObject(expected)
    expect(state).toMatchObject({ session: 's2', seq: 1 })
  })

  it('a stale answer takes no feedback, and its hand-over names no turn', () => {
    const stale = receive(after(ask(), answer('t1')), hello({ session: 's2' }))
    expect(act(stale, { do: 'feedback', helpful: true })).toBe(stale)
    const form = act(act(stale, { do: 'open_form' }), escalate)
    expect(form.pending).toEqual({ type: 'escalate', note: '居住证怎么办' })
  })
})

describe('the wipe', () => {
  it('leaves nothing but the house', () => {
    const state = after(...inCase(), { do: 'say', text: '我住三号楼', at: 1 }, { do: 'wipe' })
    expect(state).toEqual(fresh(state.house))
    expect(untouched(state)).toBe(true)
    expect(JSON.stringify(state)).not.toMatch(/居住证怎么办[^理]|三号楼|482913/)
  })

  it('what still arrives for the one who left is nobody else’s to see', () => {
    const wiped = after(...inCase(), { do: 'wipe' })
    for (const late of [answer('t1', 9), says('您好', 10), escalation({ seq: 11 })]) {
      expect(receive(wiped, late)).toBe(wiped)
    }
  })

  it('by the server is the same', () => {
    const state = after(ask(), answer('t1'), { type: 'ended', seq: 3, reason: 'idle' })
    expect(state).toEqual(fresh(state.house))
  })

  it('a server that stops wipes nothing: it comes back', () => {
    const state = after(ask(), answer('t1'), { type: 'ended', seq: 3, reason: 'stopping' })
    expect(state.view.name).toBe('answer')
  })
})
