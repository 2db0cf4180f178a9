import { describe, expect, it } from 'vitest'
import { marked, plain } from './pinyin'

describe('a syllable', () => {
  it.each([
    ['chong2', 'chóng'],
    ['ban4', 'bàn'],
    ['xue2', 'xué'],
    ['jiao4', 'jiào'],
    ['dou1', 'dōu'],
    ['gui4', 'guì'],
    ['jiu3', 'jiǔ'],
    ['lv4', 'lǜ'],
    ['lü4', 'lǜ'],
    ['lve4', 'lüè'],
    ['de5', 'de'],
    ['er2', 'ér'],
    ['yi1 bai3', 'yī bǎi'],
    ['', ''],
    ['A', 'A'],
  ])('%s is written %s', (reading, shown) => {
    expect(marked(reading)).toBe(shown)
  })

  it.each([
    ['chong2', 'chong2'],
    [' Chóng ', 'chong2'],
    ['lǜ', 'lv4'],
    ['lü4', 'lv4'],
    ['nu:3', 'nv3'],
    ['de', 'de5'],
    ['chong6', null],
    ['重', null],
    ['', null],
    ['chong2 ban4', null],
  ])('typed %j is %j', (typed, reading) => {
    expect(plain(typed)).toBe(reading)
  })
})
