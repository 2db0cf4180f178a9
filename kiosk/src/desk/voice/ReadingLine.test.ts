import { mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { KIT } from '../kit'
import ReadingLine from './ReadingLine.vue'

const readings = vi.hoisted(() => ({ of: vi.fn(), correct: vi.fn() }))
vi.mock('../use-api', () => ({ useApi: () => ({ readings }) }))
vi.mock('../use-act', () => ({
  useAct: () => ({ busy: { value: false }, act: (work: () => Promise<unknown>) => work().then(() => true) }),
}))

const READ: [string, string, string[]][] = [
  ['重', 'zhong4', ['chong2']],
  ['办', 'ban4', []],
  ['证', 'zheng4', []],
  ['。', '', []],
]
let page: VueWrapper

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const press = (words: string) =>
  page.findAll('button').find((one) => one.text().includes(words))!.trigger('click')

beforeEach(() => {
  vi.useFakeTimers()
  readings.of.mockReset().mockResolvedValue({
    characters: READ.map(([text, reading, others]) => ({ text, reading, others })),
  })
  readings.correct.mockReset().mockResolvedValue({})
  page = mount(ReadingLine, { props: { text: '重办证。' }, global: { stubs: KIT } })
})
afterEach(() => {
  page.unmount()
  vi.useRealTimers()
})

it('asks nothing until somebody looks, then shows tone marks', async () => {
  await pass(1_000)
  expect(readings.of).not.toHaveBeenCalled()
  await press('看读音')
  await pass(0)
  expect(readings.of).toHaveBeenCalledWith('重办证。')
  expect(page.findAll('rt').map((one) => one.text())).toEqual(['zhòng', 'bàn', 'zhèng', ''])
  expect(page.findAll('.character')).toHaveLength(3)
})

it('waits for a pause in typing', async () => {
  await press('看读音')
  await pass(0)
  await page.setProps({ text: '重办证' })
  await page.setProps({ text: '重办身份证' })
  await pass(499)
  expect(readings.of).toHaveBeenCalledTimes(1)
  await pass(1)
  expect(readings.of).toHaveBeenLastCalledWith('重办身份证')
  expect(readings.of).toHaveBeenCalledTimes(2)
})

it('puts a reading right, with the sentence as its test', async () => {
  await press('看读音')
  await pass(0)
  await page.find('.character').trigger('click')
  expect(page.find('[role=dialog]').attributes('aria-label')).toBe('“重”怎么读')
  expect(page.text()).toContain('chóng bàn')
  await press('保存读音')
  expect(readings.correct).toHaveBeenCalledWith({ word: '重办', reading: 'chong2 ban4', sample: '重办证。' })
  await pass(0)
  expect(readings.of).toHaveBeenCalledTimes(2)
})

it('takes a typed reading for a longer word', async () => {
  await press('看读音')
  await pass(0)
  await page.findAll('.character')[1]!.trigger('click')
  const save = () => page.findAll('button').find((one) => one.text() === '保存读音')!
  expect(save().attributes('disabled')).toBeDefined()
  await page.find('input:not([type=radio])').setValue('bàn')
  expect(save().attributes('disabled')).toBeDefined()
  await page.find('input:not([type=radio])').setValue('bān9')
  expect(page.text()).toContain('请写一个音节')
  await page.find('input:not([type=radio])').setValue('bān')
  expect(page.text()).toContain('zhòng bān zhèng')
  await save().trigger('click')
  expect(readings.correct).toHaveBeenCalledWith({
    word: '重办证',
    reading: 'zhong4 ban1 zheng4',
    sample: '重办证。',
  })
})
