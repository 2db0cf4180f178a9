import { describe, expect, it } from 'vitest'
import { pageAfter } from './page-after'

describe('the page after sign-in', () => {
  it.each([
    ['/console/gaps', '/console/gaps'],
    ['/desk/abc?x=1', '/desk/abc?x=1'],
    ['/console?days=7', '/console?days=7'],
    ['https://elsewhere.example', '/desk'],
    ['//elsewhere.example', '/desk'],
    ['/deskelsewhere', '/desk'],
    [undefined, '/desk'],
    [['/console', '/desk'], '/desk'],
  ])('of %s is %s', (wanted, page) => {
    expect(pageAfter(wanted)).toBe(page)
  })
})
