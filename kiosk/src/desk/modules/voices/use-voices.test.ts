import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import type { VoicesView } from '../../resources'
import { useVoices } from './use-voices'

const voices = vi.hoisted(() => ({ now: vi.fn(), choose: vi.fn() }))
const readings = vi.hoisted(() => ({ forget: vi.fn() }))
vi.mock('../../use-api', () => ({ useApi: () => ({ voices, readings }) }))
vi.mock('../../use-act', () => ({
  useAct: () => ({ busy: { value: false }, act: (work: () => Promise<unknown>) => work().then(() => true) }),
}))

const view = (left: number) => ({ wanted: 10, left }) as VoicesView
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)
let scope: EffectScope

beforeEach(() => {
  vi.useFakeTimers()
  voices.now.mockReset()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

it('asks every three seconds while something is left, and no longer', async () => {
  voices.now.mockResolvedValueOnce(view(2)).mockResolvedValueOnce(view(1)).mockResolvedValue(view(0))
  const { data } = scope.run(useVoices)!
  await pass(0)
  expect(data.value?.left).toBe(2)
  await pass(3_000)
  expect(data.value?.left).toBe(1)
  await pass(30_000)
  expect(data.value?.left).toBe(0)
  expect(voices.now).toHaveBeenCalledTimes(3)
})

it('begins again when another voice is chosen or a reading forgotten', async () => {
  voices.now.mockResolvedValue(view(0))
  voices.choose.mockResolvedValue(view(10))
  readings.forget.mockResolvedValue(view(3))
  const { data, choose, forget } = scope.run(useVoices)!
  await pass(0)
  await choose({ voice: 'zm_yunxi', speed: 0.9 })
  expect(data.value?.left).toBe(10)
  await pass(3_000)
  expect(voices.now).toHaveBeenCalledTimes(2)
  await forget('重办')
  expect(readings.forget).toHaveBeenCalledWith('重办')
  expect(data.value?.left).toBe(3)
  scope.stop()
  await pass(30_000)
  expect(voices.now).toHaveBeenCalledTimes(2)
})
