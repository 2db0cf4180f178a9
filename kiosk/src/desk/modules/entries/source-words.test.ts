import { expect, it } from 'vitest'
import { sourceWords } from './source-words'

it.each([
  [{ title: '居住证暂行条例' }, '《居住证暂行条例》'],
  [{ title: '《居住证暂行条例》' }, '《居住证暂行条例》'],
  [
    { title: '居住证暂行条例', number: '国务院令第663号', issuer: '国务院', effective: '2016-01-01', expires: null },
    '《居住证暂行条例》（国务院令第663号），国务院，自 2016-01-01 起施行',
  ],
])('the source %j in words', (source, words) => {
  expect(sourceWords({ source })).toBe(words)
})
