import { describe, expect, it } from 'vitest'
import { act, type Act } from './acts'
import { answer, choices, hello, noAnswer } from './samples'
import { receive } from './session'
import { fresh, mayAsk, type State } from './state'

const ready = () => receive(fresh(), hello())
const ask: Act = { do: 'ask', turn: 't1', text: ' 居住证 ' }
const asked = () => act(ready(), ask)
const answered = () => receive(asked(), answer('t1'))
const form = () => act(receive(asked(), noAnswer('t1')), { do: 'open_form' })

describe('acts', () => {
  it('a question is sent as it is meant', () => {
    expect(asked()).toMatchObject({
      pending: { type: 'ask', turn: 't1', text: '居住证' },
      turn: { id: 't1', asked: '居住证' },
      view: { name: 'asking', slow: false },
    })
  })

  it.each<[string, () => State, Act]>([
    ['an empty question', ready, { do: 'ask', turn: 't', text: '  ' }],
    ['a second question', asked, { do: 'ask', turn: 't2', text: '别的' }],
    ['going home while a question waits', asked, { do: 'home' }],
    ['a choice without choices', answered, { do: 'choose', option: 1 }],
    ['feedback without an answer', asked, { do: 'feedback', helpful: true }],
    ['handing over without a form', answered, { do: 'escalate', note: '', contact: '' }],
    ['words without an escalation', answered, { do: 'say', text: '在吗', at: 1 }],
    ['opening an unknown escalation', answered, { do: 'open_case', escalation: 'k9' }],
    ['closing a form that is not open', answered, { do: 'close_form' }],
    ['slowness without a question', answered, { do: 'slow' }],
    ['giving up without a question', answered, { do: 'give_up' }],
    ['a form over the form', form, { do: 'open_form' }],
  ])('%s does nothing', (_name, state, what) => {
    const before = state()
    expect(act(before, what)).toBe(before)
  })

  it('feedback counts once', () => {
    const once = act(answered(), { do: 'feedback', helpful: false })
    expect(once.view).toMatchObject({ feedback: 'unhelpful' })
    expect(act(once, { do: 'feedback', helpful: true })).toBe(once)
  })

  it.each([1, 'none'] as const)('choosing %s is sent', (option) => {
    const state = act(receive(asked(), choices('t1')), { do: 'choose', option })
    expect(state.pending).toEqual({ type: 'choose', turn: 't1', option })
    expect(mayAsk(state)).toBe(false)
  })

  it('the form goes back to where it came from', () => {
    expect(act(form(), { do: 'close_form' }).view.name).toBe('no_answer')
  })

  it.each([
    ['', '', { type: 'escalate', turn: 't1' }],
    [' 急 ', '138', { type: 'escalate', turn: 't1', note: '急', contact: '138' }],
  ])('a hand-over with note %j and phone %j', (note, contact, pending) => {
    expect(act(form(), { do: 'escalate', note, contact }).pending).toEqual(pending)
  })

  it('a hand-over from the idle screen names no turn', () => {
    const open = act(ready(), { do: 'open_form' })
    const sent = act(open, { do: 'escalate', note: '想找人', contact: '' })
    expect(sent.pending).toEqual({ type: 'escalate', note: '想找人' })
  })

  it('a hand-over that gets no reply gives the form back', () => {
    const sent = act(form(), { do: 'escalate', note: '', contact: '' })
    expect(act(sent, { do: 'close_form' })).toBe(sent)
    expect(act(sent, { do: 'give_up' })).toMatchObject({ pending: null, view: { name: 'form', sending: false } })
  })
})
