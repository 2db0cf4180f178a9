import { describe, expect, it } from 'vitest'
import { clock, dayWords, moment, span } from './times'

const at = (iso: string) => Date.parse(`${iso}+08:00`)
const now = at('2026-11-24T10:00:00')

describe('times in words', () => {
  it.each([
    ['2026-11-24T00:00:00', '今天 00:00'],
    ['2026-11-24T23:59:59', '今天 23:59'],
    ['2026-11-25T09:05:00', '明天 09:05'],
    ['2026-11-23T17:30:00', '昨天 17:30'],
    ['2026-11-27T17:30:00', '11月27日 17:30'],
    ['2025-12-31T17:30:00', '2025年12月31日 17:30'],
  ])('%s', (iso, words) => {
    expect(moment(at(iso), now)).toBe(words)
  })

  it('are those of China, wherever the desk stands', () => {
    expect(clock(Date.parse('2026-11-24T16:30:00Z'))).toBe('00:30')
    expect(dayWords(Date.parse('2026-11-24T16:30:00Z'), now)).toBe('明天')
  })

  it.each([
    [0, '1 分钟'],
    [61_000, '1 分钟'],
    [25 * 60_000, '25 分钟'],
    [120 * 60_000, '2 小时'],
    [125 * 60_000, '2 小时 5 分'],
    [47 * 3_600_000, '47 小时'],
    [72 * 3_600_000, '3 天'],
  ])('%i ms last %s', (ms, words) => {
    expect(span(ms)).toBe(words)
  })
})
