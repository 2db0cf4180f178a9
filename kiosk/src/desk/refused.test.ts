import { describe, expect, it } from 'vitest'
import { isOvertaken, Refused, refusedBy, wordsOf } from './refused'

describe('a refusal', () => {
  it('keeps the code and the words of the server', () => {
    const refused = refusedBy({ code: 'conflict', message: '别人刚刚处理过。' }, 409)
    expect(refused.code).toBe('conflict')
    expect(wordsOf(refused)).toBe('别人刚刚处理过。')
    expect(isOvertaken(refused)).toBe(true)
  })

  it.each([
    ['<html>', 502, 'unavailable'],
    [undefined, 500, 'unavailable'],
    [{ code: 7 }, 418, 'internal'],
  ])('of %j with status %i is %s', (body, status, code) => {
    expect(refusedBy(body, status).code).toBe(code)
  })

  it('has words for what nobody foresaw', () => {
    expect(wordsOf(new TypeError('x'))).toBe('页面出了点问题，请刷新后再试。')
    expect(isOvertaken(new Refused('offline', ''))).toBe(false)
  })
})
