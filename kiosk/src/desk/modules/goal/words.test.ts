import { describe, expect, it } from 'vitest'
import type { RateView } from '../../resources'
import { budgetWords, burnWords, distanceOf, intervalOf, percentOf, tookWords, whyWords } from './words'

const rate = (instant: number, total: number, low?: number, high?: number): RateView => ({
  instant,
  total,
  rate: total ? instant / total : null,
  low,
  high,
})

describe('the goal in words', () => {
  it.each([
    [0, 0, '—'],
    [0, 3, '0.0%'],
    [98, 100, '98.0%'],
    [4898, 5000, '97.9%'],
    [9799, 10000, '97.9%'],
    [983, 1000, '98.3%'],
    [9999, 10000, '99.9%'],
    [7, 7, '100.0%'],
  ])('%i of %i is %s', (instant, total, words) => {
    expect(percentOf(rate(instant, total))).toBe(words)
  })

  it('widens the interval', () => {
    expect(intervalOf(rate(98, 100, 0.93001, 0.99449))).toBe('93.0% – 99.5%')
    expect(intervalOf(rate(0, 0))).toBe('')
  })

  it('says what is missing', () => {
    expect(distanceOf({ month: rate(0, 0), target: 0.98 })).toContain('还没有居民提问')
    expect(distanceOf({ month: rate(97, 100), target: 0.98 })).toContain('还差 1 个百分点')
    expect(distanceOf({ month: rate(979, 1000), target: 0.98 })).toContain('还差 0.1 个百分点')
    expect(distanceOf({ month: rate(99, 100), target: 0.98 })).toContain('有 1 次没有当场答好，达到目标')
  })

  it.each([
    [12.9, '还可以错 12 次'],
    [0, '还可以错 0 次'],
    [-0.4, '已经多错 1 次'],
  ])('budget of %d', (left, words) => {
    expect(budgetWords(left)).toBe(words)
  })

  it('names burn, reasons and times', () => {
    expect(burnWords(0.5)).toBe('0.5 倍，在预算以内')
    expect(burnWords(3.5)).toBe('3.5 倍，比预算快')
    expect(whyWords('slow')).toBe('答得太慢')
    expect(whyWords('abandoned')).toBe('没答上，人走了')
    expect(tookWords(320)).toBe('320 毫秒')
    expect(tookWords(1240)).toBe('1.2 秒')
  })
})
