// Speaking on the whole page: a microphone and a socket of straw.
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import App from './App.vue'
import type { MicrophoneUse } from './microphone/microphone'
import { Loudspeaker } from './loudspeaker'
import { answer, clip, hello } from './samples'
import { Straw } from './straw'
import type { Message } from './wire'

interface Fake extends MicrophoneUse {
  closed: boolean
  open: () => void
  refuse: (error: unknown) => void
}

const fakes = vi.hoisted(() => ({ all: [] as Fake[], able: true }))

vi.mock('./microphone/microphone', () => ({
  canRecord: () => fakes.able,
  openMicrophone: (use: MicrophoneUse) => {
    const fake: Fake = { ...use, closed: false, open: () => {}, refuse: () => {} }
    const ready = new Promise<void>((resolve, reject) => {
      fake.open = resolve
      fake.refuse = reject
    })
    fakes.all.push(fake)
    return { ready, close: () => (fake.closed = true) }
  },
}))

const FRAME = 960
const socket = () => Straw.all[Straw.all.length - 1]!
const microphone = () => fakes.all[fakes.all.length - 1]!
const listens = () => socket().sent.flatMap((one) => (one.type === 'listen' ? [one.state] : []))
const turn = () => socket().sent.flatMap((one) => (one.type === 'listen' ? [one.turn ?? ''] : []))[0] ?? ''
let page: VueWrapper

async function tell(message: Message): Promise<void> {
  socket().tell(message)
  await nextTick()
}

const button = (words: string) => page.findAll('button').find((one) => one.text().includes(words))
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

async function press(words: string): Promise<void> {
  await pass(700)
  await button(words)!.trigger('click')
}

function speak(frames = 1, loud = true): void {
  for (let i = 0; i < frames; i += 1) microphone().onFrame(new Int16Array(FRAME).fill(loud ? 8_000 : 3))
}

async function listen(): Promise<void> {
  await press('按一下说话')
  microphone().open()
  await pass(0)
}

/** Time passes, and somebody speaks all the while. */
async function passSpeaking(seconds: number): Promise<void> {
  for (let i = 0; i < seconds * 10; i += 1) {
    await pass(100)
    if (!microphone().closed) speak()
  }
}

async function begin(over: Parameters<typeof hello>[0] = { speech: { available: true } }): Promise<void> {
  page = mount(App, { attachTo: document.body })
  socket().open()
  await tell(hello(over))
}

describe('speaking', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    Straw.all = []
    fakes.all = []
    fakes.able = true
    vi.stubGlobal('WebSocket', Straw)
    Element.prototype.scrollTo = () => {}
  })
  afterEach(() => {
    page.unmount()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('says what it will send, then sends frames between start and stop', async () => {
    await begin()
    expect(socket().sent[0]).toEqual({
      type: 'hello',
      version: 1,
      audio_params: { format: 'pcm_s16le', sample_rate: 16_000, channels: 1, frame_duration: 60 },
      features: { aec: true },
    })
    await press('按一下说话')
    expect(page.text()).toContain('正在打开话筒')
    expect(listens()).toEqual([])
    microphone().open()
    await pass(0)
    expect(page.text()).toContain('请说，我在听')
    speak(3)
    expect(socket().frames).toEqual([1920, 1920, 1920])
    await press('说完了')
    speak()
    await pass(250)
    expect(listens()).toEqual(['start', 'stop'])
    expect(socket().frames).toHaveLength(4)
    expect(microphone().closed).toBe(true)
    speak()
    expect(socket().frames).toHaveLength(4)
  })

  it('shows the meter, what was heard, and the answer', async () => {
    await begin()
    await listen()
    expect(page.findAll('.meter .lit')).toHaveLength(0)
    speak()
    await nextTick()
    expect(page.findAll('.meter .lit').length).toBeGreaterThan(5)
    await tell({ type: 'stt', seq: 2, turn: turn(), text: '居住', final: false })
    expect(page.find('.partial').text()).toContain('居住……')
    await tell({ type: 'stt', seq: 3, turn: turn(), text: '居住正', final: true })
    expect(microphone().closed).toBe(true)
    await tell(answer(turn(), 4))
    expect(page.text()).toContain('听到的是：')
    await press('改一改')
    expect((page.find('#next-question').element as HTMLInputElement).value).toBe('居住正')
    await page.find('#next-question').setValue('居住证')
    await page.find('form.ask').trigger('submit')
    expect(socket().sent[socket().sent.length - 1]).toMatchObject({ type: 'ask', text: '居住证' })
    expect(listens()).toEqual(['start'])
  })

  it.each([
    ['a tap goes on listening', 200, 'pointerup', ['start']],
    ['a finger that was held down ends it when it lifts', 1_500, 'pointerup', ['start', 'stop']],
    ['a finger that slid away goes on listening', 1_500, 'pointercancel', ['start']],
  ])('%s', async (_how, held, end, expected) => {
    await begin()
    await button('按一下说话')!.trigger('pointerdown')
    microphone().open()
    await pass(held)
    speak()
    window.dispatchEvent(new Event(end))
    await pass(600)
    expect(listens()).toEqual(expected)
  })

  it('a finger that lifts presses nothing on the new screen, the next one does', async () => {
    await begin()
    await button('按一下说话')!.trigger('pointerdown')
    microphone().open()
    await pass(700)
    window.dispatchEvent(new Event('pointerup'))
    await button('取消')!.trigger('click')
    expect(listens()).toEqual(['start'])
    await button('取消')!.trigger('pointerdown')
    await button('取消')!.trigger('click')
    expect(listens()).toEqual(['start', 'cancel'])
  })

  it('the second of two taps ends nothing', async () => {
    await begin()
    await press('按一下说话')
    microphone().open()
    await pass(300)
    await button('取消')!.trigger('click')
    await button('说完了')!.trigger('click')
    await pass(500)
    expect(listens()).toEqual(['start'])
  })

  it('cancelled, tells the server and lets go', async () => {
    await begin()
    await listen()
    await press('取消')
    expect(listens()).toEqual(['start', 'cancel'])
    expect(microphone().closed).toBe(true)
    expect(button('按一下说话')).toBeDefined()
  })

  it('cancelled while the browser still asks, never opens', async () => {
    await begin()
    await press('按一下说话')
    await press('取消')
    expect(microphone().closed).toBe(true)
    microphone().open()
    await pass(0)
    expect(listens()).toEqual([])
    expect(page.text()).not.toContain('我在听')
  })

  it.each([
    ['NotAllowedError', '话筒没有打开'],
    ['NotFoundError', '没有找到话筒'],
    ['NotReadableError', '话筒这会儿用不了'],
    ['EncodingError', '话筒这会儿用不了'],
  ])('%s is told plainly, and typing goes on', async (name, words) => {
    await begin()
    await press('按一下说话')
    microphone().refuse(new DOMException('', name))
    await pass(0)
    expect(page.text()).toContain(words)
    expect(listens()).toEqual([])
    await page.find('#next-question').setValue('居住证')
    await page.find('form.ask').trigger('submit')
    expect(socket().sent[1]).toMatchObject({ type: 'ask' })
  })

  it('pulled out, says so', async () => {
    await begin()
    await listen()
    microphone().onLost('unplugged')
    await nextTick()
    expect(page.text()).toContain('话筒断开了')
    expect(listens()).toEqual(['start', 'cancel'])
  })

  it('a broken line stops it, the session goes on, and so does speaking', async () => {
    await begin()
    await listen()
    const lost = turn()
    socket().break()
    await nextTick()
    expect(microphone().closed).toBe(true)
    expect(page.text()).toContain('刚才断线了')
    await pass(600)
    socket().open()
    await tell(hello({ seq: 1, speech: { available: true } }))
    expect(socket().sent).toMatchObject([
      { type: 'hello', resume: { session: 's1', seq: 1 } },
      { type: 'listen', state: 'cancel', turn: lost },
    ])
    await press('再说一次')
    microphone().open()
    await pass(0)
    expect(page.text()).toContain('请说，我在听')
  })

  it('a line that takes nothing any more is a broken one', async () => {
    await begin()
    await listen()
    socket().bufferedAmount = 100_000
    speak()
    await nextTick()
    expect(page.text()).toContain('刚才断线了')
    expect(Straw.all).toHaveLength(2)
  })

  it('a server that does not notice the end is told', async () => {
    await begin()
    await listen()
    await passSpeaking(19)
    expect(listens()).toEqual(['start'])
    await passSpeaking(2)
    expect(listens()).toEqual(['start', 'stop'])
  })

  it('nobody is taken for gone while they speak', async () => {
    await begin({ speech: { available: true }, idle_seconds: 5 })
    await listen()
    await passSpeaking(15)
    expect(page.text()).not.toContain('您还在吗')
    await press('取消')
    await pass(4_000)
    expect(page.text()).not.toContain('您还在吗')
  })

  it('silence is asked to come nearer', async () => {
    await begin()
    await listen()
    speak(60, false)
    await nextTick()
    expect(page.text()).not.toContain('靠近一点')
    speak(10, false)
    await nextTick()
    expect(page.text()).toContain('请靠近一点')
    speak()
    await nextTick()
    expect(page.text()).not.toContain('靠近一点')
  })

  it('silence after words is told to wait, never that nothing was heard', async () => {
    await begin()
    await listen()
    speak(10)
    speak(30, false)
    await nextTick()
    expect(page.text()).not.toContain('听到您说话了')
    speak(60, false)
    await nextTick()
    expect(page.text()).toContain('听到您说话了')
    expect(page.text()).not.toContain('没有听到')
  })

  it.each(['结束', 'ended'])('nothing outlives the wipe by %s', async (how) => {
    await begin()
    await listen()
    await tell({ type: 'stt', seq: 2, turn: turn(), text: '我叫张桂兰', final: false })
    if (how === 'ended') await tell({ type: 'ended', seq: 3, reason: 'idle' })
    else await press('结束')
    await nextTick()
    expect(microphone().closed).toBe(true)
    expect(document.documentElement.outerHTML).not.toContain('张桂兰')
  })

  it('what stands in the field is wiped with the rest', async () => {
    await begin()
    await page.find('#first-question').setValue('我叫张桂兰')
    await press('结束')
    await tell(hello({ session: 's2', speech: { available: true } }))
    expect((page.find('#first-question').element as HTMLInputElement).value).toBe('')
  })

  it.each([
    [true, { available: false, reason: '语音提问还没有开通，请打字提问。' }, '语音提问还没有开通，请打字提问。'],
    [true, { available: false }, '这里还不能说话提问，请打字。'],
    [false, { available: true }, '这台机器还不能用话筒，请打字提问。'],
  ])('is not offered (a microphone: %s, the server: %j), and why stands there', async (able, speech, words) => {
    fakes.able = able
    await begin({ speech })
    expect(button('按一下说话')).toBeUndefined()
    expect(page.text()).toContain(words)
  })

  it.each([['while it speaks', 0, 450], ['just after it spoke', 300, 150], ['long after', 2_000, 0]])(
    'the microphone never hears the terminal: pressed %s',
    async (_when, since, wait) => {
      const speaker = new Loudspeaker()
      await begin()
      await page.find('#first-question').setValue('居住证怎么办')
      await page.find('form.ask').trigger('submit')
      const asked = socket().sent[1]
      await tell({ ...answer(asked?.type === 'ask' ? asked.turn : ''), audio: [clip('/audio/a', '到派出所办。')] })
      await pass(0)
      await speaker.happens('playing')
      if (since > 0) {
        await speaker.happens('ended')
        await pass(since)
      }
      await button('按一下说话')!.trigger('click')
      expect(speaker.holds).toBe(false)
      microphone().open()
      await pass(0)
      if (wait > 0) {
        await pass(wait - 10)
        speak(5)
        expect(listens()).toEqual([])
        expect(socket().frames).toEqual([])
        expect(page.text()).toContain('正在打开话筒')
        await pass(10)
      }
      expect(listens()).toEqual(['start'])
      speak()
      expect(socket().frames).toHaveLength(1)
    },
  )

  it('cancelled before the room is quiet, never listens', async () => {
    const speaker = new Loudspeaker()
    await begin()
    await page.find('#first-question').setValue('居住证怎么办')
    await page.find('form.ask').trigger('submit')
    const asked = socket().sent[1]
    await tell({ ...answer(asked?.type === 'ask' ? asked.turn : ''), audio: [clip('/audio/a', '到派出所办。')] })
    await pass(0)
    await speaker.happens('playing')
    await button('按一下说话')!.trigger('click')
    microphone().open()
    await pass(100)
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
    await pass(2_000)
    expect(listens()).toEqual([])
    expect(microphone().closed).toBe(true)
    expect(speaker.played).toHaveLength(1)
  })
})
