import { describe, expect, it } from 'vitest'
import { delayBefore } from './back-off'

describe('the delay before another attempt', () => {
  it.each([
    [0, 0, 500],
    [0, 1, 500],
    [1, 0, 500],
    [1, 1, 1000],
    [2, 0.5, 1500],
    [3, 1, 4000],
    [4, 1, 5000],
    [9, 0, 2500],
    [5000, 1, 5000],
  ])('after %i failures, with the dice at %f: %i ms', (failures, dice, delay) => {
    expect(delayBefore(failures, () => dice)).toBe(delay)
  })
})
