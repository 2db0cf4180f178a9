import { describe, expect, it } from 'vitest'
import { currentItem } from './current-item'

const items = [{ to: '/desk' }, { to: '/console' }, { to: '/console/gaps' }]

describe('the current menu item', () => {
  it.each([
    ['/desk', '/desk'],
    ['/desk/history/e1', '/desk'],
    ['/console', '/console'],
    ['/console/gaps', '/console/gaps'],
    ['/console/entries', '/console'],
    ['/desktop', undefined],
  ])('of %s is %s', (path, to) => {
    expect(currentItem(items, path)).toBe(to)
  })
})
