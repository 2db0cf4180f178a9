import { describe, expect, it } from 'vitest'
import { act, type Act } from './acts'
import { answer, choices, hello } from './samples'
import { receive } from './session'
import { fresh, mayAsk, type State } from './state'
import type { Message } from './wire'

type Step = Act | Message

const after = (...steps: Step[]): State =>
  steps.reduce(
    (state, step) => ('do' in step ? act(state, step) : receive(state, step)),
    receive(fresh(), hello({ speech: { available: true } })),
  )

const turn = 't1'
const listen: Act = { do: 'listen', turn }
const opened: Act = { do: 'opened' }
const said: Act = { do: 'said' }
const stt = (text: string, final: boolean, seq: number, of = turn): Message => ({ type: 'stt', seq, turn: of, text, final })
const heard = (seq = 3) => stt('居住证怎么办', true, seq)
const stop = { type: 'listen', state: 'stop', mode: 'auto', turn }
const typed: Act[] = [{ do: 'ask', turn: 't0', text: '别的' }]
const nothing: Message = { type: 'nothing_heard', seq: 3, turn, reason: 'silence' }
const wrong = (over: Partial<Message> = {}): Message =>
  ({ type: 'error', seq: 3, turn, code: 'speech_unavailable', message: '还不能说话', ...over }) as Message

describe('a spoken question', () => {
  it('opens the microphone, listens, shows what it hears so far', () => {
    expect(after(listen).view).toMatchObject({ name: 'listening', open: false })
    expect(after(listen, opened).view).toMatchObject({ name: 'listening', open: true, partial: '' })
    expect(after(listen, opened, stt('居住', false, 2), stt('居住证', false, 3)).view).toMatchObject({ partial: '居住证' })
  })

  it.each<[string, Step[]]>([
    ['by the server', [listen, opened, stt('居住', false, 2), heard(), answer(turn, 4)]],
    ['by a tap', [listen, opened, said, heard(), answer(turn, 4)]],
    ['by an answer without its words', [listen, opened, answer(turn, 4)]],
    ['by choices', [listen, opened, heard(), choices(turn, 4)]],
  ])('ended %s gets its outcome', (_how, steps) => {
    const state = after(...steps)
    expect(['answer', 'choices']).toContain(state.view.name)
    expect(state).toMatchObject({ pending: null, turn: { id: turn, spoken: true } })
  })

  it('ended by a tap waits for the server, and sends one thing', () => {
    const state = after(listen, opened, said)
    expect(state).toMatchObject({ pending: stop, view: { name: 'asking' }, turn: { asked: '' } })
    expect(act(state, said)).toBe(state)
  })

  it('shows what was heard while the answer is looked for', () => {
    expect(after(listen, opened, heard())).toMatchObject({
      view: { name: 'asking' },
      turn: { asked: '居住证怎么办', spoken: true },
      pending: { type: 'ask', turn, text: '居住证怎么办' },
    })
  })

  it('a partial text is never a question', () => {
    const state = after(listen, opened, stt('居住', false, 2), said)
    expect(state.turn?.asked).toBe('')
    expect(after(listen, opened, said, stt('居住', false, 2)).turn?.asked).toBe('')
  })

  it('put right, becomes a typed one', () => {
    const state = after(listen, opened, heard(), answer(turn, 4), { do: 'ask', turn: 't2', text: '居民证' })
    expect(state).toMatchObject({ turn: { id: 't2', spoken: false }, pending: { type: 'ask', turn: 't2' } })
  })

  it.each<[string, Step[], Step]>([
    ['a second one', [listen], { do: 'listen', turn: 't2' }],
    ['a typed one meanwhile', [listen, opened], { do: 'ask', turn: 't2', text: '别的' }],
    ['a form meanwhile', [listen, opened], { do: 'open_form' }],
    ['going home meanwhile', [listen, opened], { do: 'home' }],
    ['one while another waits', typed, listen],
    ['being done before it began', [listen], said],
    ['words of another turn', [listen, opened], stt('旧的', true, 0, 't0')],
    ['opening without asking for it', typed, opened],
    ['cancelling nothing', typed, { do: 'cancel' }],
    ['failing at nothing', typed, { do: 'fail', why: 'unplugged' }],
  ])('%s changes nothing', (_what, steps, step) => {
    const state = after(...steps)
    const next = 'do' in step ? act(state, step) : receive(state, step)
    expect(next).toBe(state)
  })

  it('cancelled, leaves everything as it was', () => {
    const before = after(...typed, answer('t0', 2), { do: 'feedback', helpful: true })
    const cancelled = [listen, opened, { do: 'cancel' } as Act].reduce(act, before)
    expect(cancelled).toEqual(before)
    expect(mayAsk(cancelled)).toBe(true)
  })
})

describe('a question that was not heard', () => {
  it.each<[string, Step[], object]>([
    ['silence', [listen, opened, nothing], { why: 'silence', seconds: null }],
    ['silence after a tap', [listen, opened, said, nothing], { why: 'silence' }],
    ['a full queue', [listen, opened, said, { type: 'busy', seq: 3, turn, retry_seconds: 4 }], { why: 'busy', seconds: 4 }],
    ['no microphone', [listen, { do: 'fail', why: 'missing' }], { why: 'missing' }],
    ['a broken line', [listen, opened, { do: 'fail', why: 'connection' }], { why: 'connection' }],
    ['a server that began anew', [listen, opened, hello({ session: 's2' })], { why: 'connection' }],
    ['a server that began anew after a tap', [listen, opened, said, hello({ session: 's2' })], { why: 'connection' }],
  ])('because of %s: says so, and lets ask again', (_why, steps, view) => {
    const state = after(...steps)
    expect(state.view).toMatchObject({ name: 'unheard', ...view })
    expect(mayAsk(state)).toBe(true)
    expect(act(state, { do: 'listen', turn: 't2' }).view.name).toBe('listening')
  })

  it.each<[string, Step[]]>([
    ['at the start', [listen, opened, wrong()]],
    ['without a turn', [listen, opened, wrong({ turn: null })]],
    ['after a tap', [listen, opened, said, wrong({ code: 'internal' })]],
  ])('an error %s is told in the words of the server', (_when, steps) => {
    expect(after(...steps)).toMatchObject({ pending: null, view: { name: 'trouble', message: '还不能说话' } })
  })

  it.each<[string, Step[]]>([
    ['nothing was heard', [listen, opened, nothing]],
    ['the microphone is missing', [listen, { do: 'fail', why: 'missing' }]],
    ['the server cannot', [listen, opened, wrong()]],
  ])('when %s, help is asked for in words of their own', (_why, steps) => {
    const state = after(...steps, { do: 'open_form' }, { do: 'escalate', note: '想问低保', contact: '' })
    expect(state.pending).toEqual({ type: 'escalate', note: '想问低保' })
  })

  it('known words are asked again by themselves when it was busy', () => {
    const state = after(listen, opened, heard(), { type: 'busy', seq: 4, turn, retry_seconds: 4 })
    expect(state).toMatchObject({ view: { name: 'busy' }, turn: { asked: '居住证怎么办' } })
  })

  it('a late answer is shown after all', () => {
    expect(after(listen, opened, { do: 'fail', why: 'connection' }, answer(turn, 4)).view.name).toBe('answer')
  })

  it('final words without a text wait for what the server says next', () => {
    const state = after(listen, opened, stt('', true, 2))
    expect(state).toMatchObject({ view: { name: 'asking' }, pending: stop })
    expect(receive(state, nothing).view.name).toBe('unheard')
  })
})

describe('after a drop', () => {
  it('what was heard is asked by its words in another session', () => {
    const state = receive(after(listen, opened, heard()), hello({ session: 's2' }))
    expect(state.pending).toEqual({ type: 'ask', turn, text: '居住证怎么办' })
    expect(receive(state, answer(turn, 2)).turn?.spoken).toBe(true)
  })

  it('in the same session a repetition does not disturb the answer', () => {
    const waiting = receive(after(listen, opened, heard()), hello({ seq: 3 }))
    const told = receive(waiting, wrong({ seq: 4, code: 'duplicate_turn' }))
    expect(told.view.name).toBe('asking')
    expect(receive(told, answer(turn, 5)).view.name).toBe('answer')
  })

  it('the wipe forgets what was said', () => {
    const state = after(listen, opened, stt('我叫张桂兰', false, 2), { do: 'wipe' })
    expect(state).toEqual(fresh(state.house))
    expect(receive(state, heard(9))).toBe(state)
  })
})
