// The whole page against a socket of straw: what is sent, what is shown, and
// that nothing of a resident outlives the wipe.
import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import App from './App.vue'
import { answer, escalation, hello, noAnswer } from './samples'
import { Straw } from './straw'
import type { Message } from './wire'

const socket = () => Straw.all[Straw.all.length - 1]!
const types = () => socket().sent.map((request) => request.type)
let page: VueWrapper

async function type(selector: string, text: string): Promise<void> {
  await page.find(selector).setValue(text)
}

async function ask(text: string): Promise<string> {
  await type('#first-question, #next-question', text)
  await page.find('form.ask').trigger('submit')
  const asked = socket().sent.filter((request) => request.type === 'ask')
  return asked[asked.length - 1]!.turn
}

async function tell(message: Message): Promise<void> {
  socket().tell(message)
  await nextTick()
}

const press = (words: string) =>
  page.findAll('button').find((button) => button.text().includes(words))!.trigger('click')

describe('the terminal page', () => {
  beforeEach(async () => {
    vi.useFakeTimers()
    Straw.all = []
    vi.stubGlobal('WebSocket', Straw)
    Element.prototype.scrollTo = () => {}
    page = mount(App, { attachTo: document.body })
    socket().open()
    await tell(hello())
  })
  afterEach(() => {
    page.unmount()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  it('greets, asks, shows the answer word for word', async () => {
    expect(socket().url).toMatch(/^ws:\/\/.*\/ws\/terminal$/)
    expect(socket().sent).toEqual([{ type: 'hello', version: 1 }])
    const turn = await ask('居住证怎么办')
    expect(page.text()).toContain('正在找答案')
    await tell(answer(turn))
    expect(page.text()).toContain('带身份证到派出所办理。')
    expect(page.text()).toContain('《居住证暂行条例》')
    await press('有帮助')
    expect(socket().sent[2]).toEqual({ type: 'feedback', turn, helpful: true })
  })

  it('asks again after a drop, and resumes where it was', async () => {
    const turn = await ask('居住证怎么办')
    socket().break()
    await vi.advanceTimersByTimeAsync(600)
    socket().open()
    expect(socket().sent).toEqual([{ type: 'hello', version: 1, resume: { session: 's1', seq: 1 } }])
    await tell(hello({ seq: 1 }))
    expect(socket().sent[1]).toEqual({ type: 'ask', turn, text: '居住证怎么办' })
  })

  it('replaces a connection that went silent, then tells the truth', async () => {
    await ask('居住证怎么办')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(page.text()).toContain('请再等一下')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(Straw.all).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(12_000)
    expect(page.text()).toContain('再试一次')
  })

  it('asks by itself again when it was busy', async () => {
    const turn = await ask('居住证怎么办')
    await tell({ type: 'busy', seq: 2, turn, retry_seconds: 3 })
    await vi.advanceTimersByTimeAsync(3_000)
    expect(types()).toEqual(['hello', 'ask', 'ask'])
  })

  it('says that it reconnects only when it takes long, and is quiet afterwards', async () => {
    socket().break()
    await vi.advanceTimersByTimeAsync(400)
    expect(page.text()).not.toContain('正在重新连接')
    await vi.advanceTimersByTimeAsync(1_500)
    expect(page.text()).toContain('正在重新连接')
    socket().open()
    await tell(hello({ seq: 1 }))
    expect(page.text()).not.toContain('正在重新连接')
  })

  it('leaves nothing behind', async () => {
    const turn = await ask('我叫张桂兰')
    await tell(noAnswer(turn))
    await press('请工作人员帮忙')
    await type('#note', '住三号楼')
    await type('#phone', '13812345678')
    await page.find('form.sheet').trigger('submit')
    expect(socket().sent[2]).toEqual({ type: 'escalate', turn, note: '住三号楼', contact: '13812345678' })
    await tell(escalation({ turn }))
    expect(page.text()).toContain('482 913')
    await type('#next-question', '还有一件事')
    await press('特大')
    await press('结束')
    await nextTick()

    expect(types().slice(-2)).toEqual(['end', 'hello'])
    const html = document.documentElement.outerHTML
    const fields = Array.from(document.querySelectorAll('input, textarea'), (e) => (e as HTMLInputElement).value)
    for (const secret of ['张桂兰', '三号楼', '138', '482', '还有一件事']) {
      expect(html + fields.join()).not.toContain(secret)
    }
    expect(document.documentElement.dataset.size).toBe('normal')
    expect(localStorage.length + sessionStorage.length).toBe(0)
    await tell(answer(turn, 9))
    expect(page.text()).not.toContain('派出所')
    await tell(hello({ session: 's2' }))
    await ask('新的问题')
    expect(types().slice(-1)).toEqual(['ask'])
  })

  it('ends the old session later, when it was wiped without a connection', async () => {
    const turn = await ask('居住证怎么办')
    await tell(answer(turn))
    socket().break()
    await press('结束')
    await vi.advanceTimersByTimeAsync(600)
    socket().open()
    expect(socket().sent).toEqual([
      { type: 'hello', version: 1, resume: { session: 's1', seq: 2 } },
      { type: 'end' },
      { type: 'hello', version: 1 },
    ])
    await tell(hello({ seq: 2 }))
    await tell({ type: 'ended', seq: 3, reason: 'end' })
    await tell(hello({ session: 's2' }))
    await ask('新的问题')
    expect(types().slice(-1)).toEqual(['ask'])
  })

  it('wipes itself when nobody is there', async () => {
    const turn = await ask('居住证怎么办')
    await tell(answer(turn))
    await vi.advanceTimersByTimeAsync(91_000)
    expect(page.text()).toContain('您还在吗？')
    await press('我还在')
    expect(page.text()).toContain('派出所')
    await vi.advanceTimersByTimeAsync(121_000)
    expect(types().slice(-2)).toEqual(['end', 'hello'])
    expect(page.text()).not.toContain('派出所')
  })
})
