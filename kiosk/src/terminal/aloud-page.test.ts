// What the whole page says aloud: a loudspeaker and a socket of straw.
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import App from './App.vue'
import { Loudspeaker } from './loudspeaker'
import { answer, choices, clip, escalation, hello, noAnswer, says } from './samples'
import { Straw } from './straw'
import type { ClipRef, Message } from './wire'

const socket = () => Straw.all[Straw.all.length - 1]!
const LABEL = clip('/audio/label')
const AUDIO = [LABEL, { src: '/audio/a', sentences: [{ at_ms: 0, text: '到派出所办。' }, { at_ms: 1500, text: '带身份证。' }] }]
let page: VueWrapper
let speaker: Loudspeaker
let missing: string[]

const pass = (ms = 0) => vi.advanceTimersByTimeAsync(ms)
const button = (words: string) => page.findAll('button').find((one) => one.text().includes(words))
const press = (words: string) => button(words)!.trigger('click')

async function tell(message: Message): Promise<void> {
  socket().tell(message)
  await pass()
}

async function ask(): Promise<string> {
  await page.find('#first-question, #next-question').setValue('居住证怎么办')
  await page.find('form.ask').trigger('submit')
  const asked = socket().sent.filter((request) => request.type === 'ask')
  return asked[asked.length - 1]!.turn
}

async function answered(audio: ClipRef[] = AUDIO, seq = 2): Promise<void> {
  await tell({ ...answer(await ask(), seq), audio })
}

/** The browser's own voice. */
function ownVoice(): string[] {
  const spoken: string[] = []
  vi.stubGlobal('speechSynthesis', {
    getVoices: () => [{ lang: 'zh-CN', localService: true }],
    speak: (utterance: { text: string }) => spoken.push(utterance.text),
    cancel: () => {},
  })
  vi.stubGlobal('SpeechSynthesisUtterance', class { constructor(readonly text: string) {} })
  return spoken
}

async function begin(): Promise<void> {
  page = mount(App, { attachTo: document.body })
  socket().open()
  await tell(hello())
}

beforeEach(() => {
  vi.useFakeTimers()
  Straw.all = []
  missing = []
  vi.stubGlobal('WebSocket', Straw)
  vi.stubGlobal('fetch', (src: string) =>
    Promise.resolve(missing.includes(src) ? new Response('', { status: 404 }) : new Response(src)),
  )
  let blobs = 0
  URL.createObjectURL = () => `blob:${(blobs += 1)}`
  URL.revokeObjectURL = () => {}
  Element.prototype.scrollTo = () => {}
  speaker = new Loudspeaker()
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('an answer with sound', () => {
  it('is spoken at once, sound after sound, and can be heard again', async () => {
    await begin()
    await answered()
    expect(speaker.played).toEqual(['/audio/label'])
    expect(button('停下')).toBeUndefined()
    await speaker.happens('playing')
    expect(button('停下，不用念了')).toBeDefined()
    await speaker.happens('ended')
    // Fetched while the first one played.
    expect(speaker.played).toEqual(['/audio/label', 'blob:1'])
    await speaker.happens('ended')
    expect(button('停下')).toBeUndefined()
    expect(speaker.holds).toBe(false)
    await press('念给我听')
    expect(speaker.played.slice(2)).toEqual(['/audio/label'])
  })

  it('shows what is said, with the sentence that is heard', async () => {
    await begin()
    await answered()
    await speaker.happens('playing')
    expect(page.find('.line').attributes('aria-hidden')).toBe('true')
    expect(page.findAll('.now')).toHaveLength(0)
    await speaker.happens('ended')
    await speaker.happens('playing')
    expect(page.find('.line .now').text()).toBe('到派出所办。')
    await speaker.at(1.6)
    expect(page.find('.line .now').text()).toBe('带身份证。')
    await speaker.happens('ended')
    expect(page.findAll('.now')).toHaveLength(0)
    expect(page.find('.line').text()).toContain('到派出所办。')
  })

  it('is marked in the text where it says the same', async () => {
    await begin()
    await answered([clip('/audio/a', '带身份证到派出所办理。')])
    await speaker.happens('playing')
    expect(page.find('.line').exists()).toBe(false)
    expect(page.find('.text .now').text()).toBe('带身份证到派出所办理。')
  })

  it('is interrupted by a touch, and the server told', async () => {
    await begin()
    await answered()
    await speaker.happens('playing')
    await press('停下，不用念了')
    expect(speaker.holds).toBe(false)
    expect(socket().sent.slice(-1)).toEqual([{ type: 'abort', reason: 'touch' }])
    await speaker.happens('ended')
    expect(speaker.played).toHaveLength(1)
  })

  it.each(['ask', '找人帮忙', '结束', '关'])('is ended by %s', async (how) => {
    await begin()
    await answered()
    await speaker.happens('playing')
    if (how === 'ask') await ask()
    else if (how === '关') {
      await press('声音 开')
      await press('关')
    } else await press(how)
    expect(speaker.holds).toBe(false)
    await speaker.happens('ended')
    await pass(10_000)
    expect(speaker.played).toHaveLength(1)
  })

  it('never speaks over the next one', async () => {
    await begin()
    await answered()
    await speaker.happens('playing')
    await answered([clip('/audio/new', '新的。')], 3)
    expect(speaker.played).toEqual(['/audio/label', '/audio/new'])
    await speaker.happens('playing')
    await speaker.happens('ended')
    expect(speaker.played).toHaveLength(2)
  })

  it('comes late and is not spoken', async () => {
    await begin()
    const turn = await ask()
    await press('结束')
    await tell({ ...answer(turn), audio: AUDIO })
    expect(speaker.played).toEqual([])
  })

  it('does not speak by itself when somebody comes back to it', async () => {
    await begin()
    await answered()
    await press('找人帮忙')
    await press('返回')
    await pass()
    expect(speaker.played).toHaveLength(1)
  })

  it('keeps the countdown waiting', async () => {
    await begin()
    await answered()
    await speaker.happens('playing')
    for (let i = 0; i < 30; i += 1) {
      await pass(4_000)
      await speaker.happens('timeupdate')
    }
    expect(page.text()).not.toContain('您还在吗')
  })
})

describe('other things that are said', () => {
  it.each<[string, (turn: string) => Message]>([
    ['choices', (turn) => ({ ...choices(turn), audio: [clip('/audio/c', '居住证怎么办理？')] })],
    ['no answer', (turn) => ({ ...noAnswer(turn), audio: AUDIO })],
    ['a notice', (turn) => ({ type: 'notice', seq: 2, turn, kind: 'small_talk', text: '您好', audio: AUDIO })],
    ['danger', (turn) => ({ type: 'notice', seq: 2, turn, kind: 'emergency', text: '快跑', phone: '119', audio: AUDIO })],
    ['an escalation', (turn) => ({ ...escalation({ turn, seq: 2 }), audio: AUDIO })],
  ])('%s is spoken, stopped, and heard again', async (_what, message) => {
    await begin()
    await tell(message(await ask()))
    expect(speaker.played).toHaveLength(1)
    await speaker.happens('playing')
    await press('停下')
    await press('念给我听')
    expect(speaker.played).toHaveLength(2)
  })

  it('an option is marked while it is named', async () => {
    await begin()
    const turn = await ask()
    await tell({ ...choices(turn), audio: [clip('/audio/c', '居住证怎么办理？')] })
    await speaker.happens('playing')
    expect(page.find('.option').classes()).toContain('named')
  })

  it('a worker is heard over what was said before', async () => {
    await begin()
    const turn = await ask()
    await tell(escalation({ turn, seq: 2 }))
    await tell({ ...says('请稍等。', 3), audio: [clip('/audio/w', '请稍等。')] })
    expect(speaker.played).toEqual(['/audio/w'])
  })
})

describe('sounds that are not there', () => {
  it.each(['error', 'stall'])('are passed over (%s)', async (how) => {
    await begin()
    missing = ['/audio/b']
    await answered([clip('/audio/a', '一。'), clip('/audio/b', '二。'), clip('/audio/c', '三。')])
    if (how === 'error') await speaker.happens('error')
    else await pass(8_000)
    expect(speaker.played).toEqual(['/audio/a', 'blob:1'])
    await speaker.happens('playing')
    await speaker.happens('ended')
    expect(button('停下')).toBeUndefined()
  })

  it('at all: the browser speaks', async () => {
    const spoken = ownVoice()
    await begin()
    missing = ['/audio/a']
    await answered()
    await speaker.happens('playing')
    await speaker.happens('ended')
    expect(spoken).toEqual(['到派出所办。带身份证。'])
    await press('停下，不用念了')
    expect(button('停下')).toBeUndefined()
  })

  it('at all, without a voice of its own: silence, and not a word about it', async () => {
    await begin()
    await answered([clip('/audio/a', '一。')])
    const before = page.text()
    await speaker.happens('error')
    expect(page.text()).toBe(before)
    expect(button('念给我听')).toBeDefined()
  })

  it('because nobody touched the page yet are no fault', async () => {
    const spoken = ownVoice()
    await begin()
    speaker.refusal = new DOMException('', 'NotAllowedError')
    await answered()
    expect(spoken).toEqual([])
    speaker.refusal = null
    await press('念给我听')
    await speaker.happens('playing')
    expect(button('停下，不用念了')).toBeDefined()
  })

  it('since the server has no voice: the button is there where the browser has one', async () => {
    await begin()
    await answered([])
    expect(button('念给我听')).toBeUndefined()
    expect(button('声音')).toBeUndefined()
  })
})

describe('how it sounds', () => {
  it.each(['louder', 'slower', 'larger'] as const)('said %s, it says the same again in that way', async (adjust) => {
    await begin()
    await answered()
    await press('声音 开')
    await press('关')
    await press('好了')
    await tell({ ...answer(await ask(), 3), audio: AUDIO, adjust })
    const { audio } = speaker
    expect(speaker.played).toHaveLength(adjust === 'louder' ? 2 : 1)
    expect(audio!.volume).toBeCloseTo(adjust === 'louder' ? 1 : 0.6)
    await press('念给我听')
    expect(audio!.playbackRate).toBeCloseTo(adjust === 'slower' ? 0.85 / 0.95 : 1)
    expect(document.documentElement.dataset.size).toBe(adjust === 'larger' ? 'large' : 'normal')
    await press('结束')
    expect(document.documentElement.dataset.size).toBe('normal')
  })

  it('is chosen by one resident, and taken back at the wipe', async () => {
    await begin()
    await answered()
    await press('声音 开')
    expect(speaker.audio!.volume).toBeCloseTo(0.6)
    expect(speaker.audio!.playbackRate).toBe(1)
    expect(speaker.audio!.preservesPitch).toBe(true)
    await press('慢')
    await press('大声')
    expect(speaker.audio!.playbackRate).toBeCloseTo(0.85 / 0.95)
    expect(speaker.audio!.volume).toBe(1)
    await press('快')
    expect(speaker.audio!.playbackRate).toBeCloseTo(1.1 / 0.95)
    await press('关')
    await press('好了')
    expect(page.find('[aria-label=声音].panel').exists()).toBe(false)
    await answered(AUDIO, 3)
    expect(speaker.played).toHaveLength(1)

    await press('结束')
    await tell(hello({ session: 's2' }))
    expect(button('声音 开')).toBeDefined()
    await answered()
    expect(speaker.played).toHaveLength(2)
    expect(speaker.audio!.volume).toBeCloseTo(0.6)
    expect(speaker.audio!.playbackRate).toBe(1)
  })

  it('switched on again, says what is on the screen', async () => {
    await begin()
    await answered()
    await press('声音 开')
    await press('关')
    await press('开')
    expect(speaker.played).toEqual(['/audio/label', '/audio/label'])
  })

  it('a touch elsewhere closes the panel', async () => {
    await begin()
    await answered()
    await press('声音 开')
    window.dispatchEvent(new Event('pointerdown'))
    await nextTick()
    expect(page.find('[aria-label=声音].panel').exists()).toBe(true)
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }))
    await nextTick()
    expect(page.find('[aria-label=声音].panel').exists()).toBe(false)
  })
})
