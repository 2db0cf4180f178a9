import { describe, expect, it } from 'vitest'
import { leftWords, percentOf, progressWords, speedWords } from './words'

describe('how far the sounds are', () => {
  it.each([
    [0, 0, 100],
    [1000, 1000, 0],
    [1000, 1, 99],
    [1000, 0, 100],
  ])('of %i with %i left: %i%%', (wanted, left, percent) => {
    expect(percentOf({ wanted, left })).toBe(percent)
  })

  it.each([
    [null, ''],
    [undefined, ''],
    [20, '还要不到一分钟'],
    [600, '还要约 10 分钟'],
    [3600, '还要约 1 小时'],
    [7500, '还要约 2 小时 5 分钟'],
  ])('%s seconds: %s', (seconds, words) => {
    expect(leftWords(seconds)).toBe(words)
  })

  it.each([
    [{ wanted: 0, left: 0 }, '还没有要合成的声音。'],
    [{ wanted: 5, left: 0 }, '5 段声音都好了。'],
    [{ wanted: 5, left: 2 }, '5 段声音，好了 3 段，还差 2 段。'],
    [{ wanted: 5, left: 2, seconds_left: 90 }, '5 段声音，好了 3 段，还差 2 段，还要约 2 分钟。'],
  ])('%j in words', (view, words) => {
    expect(progressWords(view)).toBe(words)
  })

  it.each([
    [0.95, '比平常说话慢 5%'],
    [1, '平常说话的快慢'],
    [1.1, '比平常说话快 10%'],
  ])('a pace of %f: %s', (speed, words) => {
    expect(speedWords(speed)).toBe(words)
  })
})
