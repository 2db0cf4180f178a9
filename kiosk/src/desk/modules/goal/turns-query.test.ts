import { expect, it } from 'vitest'
import { csvUrl, query } from './turns-query'

it('list and file are asked for with the same parameters', () => {
  expect(query({ days: 28, missed: false, topic: '' })).toEqual({ days: 28 })
  expect(csvUrl({ days: 28, missed: false, topic: '' })).toBe('/api/goal/turns.csv?days=28')
  expect(csvUrl({ days: 7, missed: true, topic: 'entry:a.b' })).toBe(
    '/api/goal/turns.csv?days=7&missed=true&topic=entry%3Aa.b',
  )
})
