import { describe, expect, it } from 'vitest'
import { dueWords, waitedWords } from './due'

const now = Date.parse('2026-11-24T10:00:00+08:00')
const minutes = (n: number) => now + n * 60_000

describe('due words', () => {
  it.each([
    [-130, 'late', '已超时 2 小时 10 分'],
    [-0.1, 'late', '已超时 1 分钟'],
    [0, 'soon', '还剩 1 分钟'],
    [15, 'soon', '还剩 15 分钟'],
    [16, 'ok', '还剩 16 分钟'],
    [90, 'ok', '今天 11:30 前'],
    [24 * 60, 'ok', '明天 10:00 前'],
  ])('%i minutes from now', (away, urgency, text) => {
    expect(dueWords(minutes(away), now)).toEqual({ urgency, text })
  })

  it('say how long somebody waits', () => {
    expect(waitedWords(now - 59_000, now)).toBe('刚刚')
    expect(waitedWords(minutes(-7), now)).toBe('等了 7 分钟')
  })
})
