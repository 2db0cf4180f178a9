import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { KIT } from '../kit'
import { Refused } from '../refused'
import HearButton from './HearButton.vue'

const preview = vi.hoisted(() => vi.fn())
vi.mock('../use-api', () => ({ useApi: () => ({ voices: { preview } }) }))

let played: HTMLAudioElement[]
let pages: VueWrapper[]

const show = (text: string, voice?: string) => {
  const page = mount(HearButton, { props: { text, voice }, global: { stubs: KIT } })
  pages.push(page)
  return page
}
const press = async (page: VueWrapper) => {
  await page.find('button').trigger('click')
  await new Promise((resolve) => setTimeout(resolve))
}

beforeEach(() => {
  played = []
  pages = []
  preview.mockReset().mockResolvedValue(new Blob(['sound']))
  URL.createObjectURL = () => 'blob:1'
  URL.revokeObjectURL = () => {}
  vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(() => {})
  vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(function (this: HTMLMediaElement) {
    played.push(this as HTMLAudioElement)
    return Promise.resolve()
  })
})
afterEach(() => pages.forEach((page) => page.unmount()))

it('has the text made, plays it to the end, and stops it', async () => {
  let made: (sound: Blob) => void = () => {}
  preview.mockReturnValueOnce(new Promise((resolve) => (made = resolve)))
  const page = show('重办身份证', 'zf_xiaoyi')
  expect(page.text()).toBe('试听')
  await press(page)
  expect(page.text()).toBe('正在合成…')
  made(new Blob(['sound']))
  await new Promise((resolve) => setTimeout(resolve))
  expect(preview).toHaveBeenCalledWith('重办身份证', 'zf_xiaoyi')
  expect(page.text()).toBe('停下')
  played[0]?.dispatchEvent(new Event('ended'))
  await page.vm.$nextTick()
  expect(page.text()).toBe('试听')
  await press(page)
  await press(page)
  expect(page.text()).toBe('试听')
})

it('says why it cannot be heard', async () => {
  preview.mockRejectedValue(new Refused('offline', '最多念 200 个字。'))
  const page = show('很长')
  await press(page)
  expect(page.text()).toContain('最多念 200 个字。')
  preview.mockResolvedValue(new Blob(['sound']))
  await press(page)
  expect(page.text()).toBe('停下')
  played[0]?.dispatchEvent(new Event('error'))
  await page.vm.$nextTick()
  expect(page.text()).toContain('放不出')
})

it('is one voice at a time', async () => {
  const [first, second] = [show('一'), show('二')]
  await press(first)
  await press(second)
  expect([first.text(), second.text()]).toEqual(['试听', '停下'])
})

it('drops what comes after it was stopped', async () => {
  let made: (sound: Blob) => void = () => {}
  preview.mockReturnValue(new Promise((resolve) => (made = resolve)))
  const page = show('一')
  await press(page)
  await press(page)
  made(new Blob())
  await new Promise((resolve) => setTimeout(resolve))
  expect(played).toEqual([])
  expect(page.text()).toBe('试听')
})

it('has nothing to say without a text', () => {
  expect(show(' ').find('button').attributes('disabled')).toBeDefined()
})
