import { describe, expect, it } from 'vitest'
import { mayEnter } from './module'

describe('who may enter', () => {
  it.each([
    [null, undefined, true],
    [null, 'worker', false],
    ['worker', 'worker', true],
    ['worker', 'admin', false],
    ['admin', 'worker', true],
    ['admin', 'admin', true],
  ] as const)('%s where %s is needed: %s', (role, needed, may) => {
    expect(mayEnter(role && { role }, needed)).toBe(may)
  })
})
