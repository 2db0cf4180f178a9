import { describe, expect, it } from 'vitest'
import type { CharacterView } from '../resources'
import { choosable, readingOf, sentenceAround, stretched, wordAround, wordOf } from './word-range'

const READ: Record<string, string> = { 要: 'yao4', 重: 'zhong4', 办: 'ban4', 身: 'shen1', 份: 'fen4', 证: 'zheng4', 好: 'hao3' }
const characters: CharacterView[] = Array.from('好。要重办身份证3次！好', (text) => ({
  text,
  reading: READ[text] ?? (text === '3' ? 'san1 ge4' : ''),
  others: text === '重' ? ['chong2'] : [],
}))
const at = 3

describe('the word of a wrong reading', () => {
  it('is the character with its neighbours', () => {
    expect(wordOf(characters, wordAround(characters, at))).toBe('要重办')
  })

  it.each([
    [0, '好'],
    [2, '要重'],
    [7, '份证'],
  ])('at %i ends where nothing is read alone: %s', (i, word) => {
    expect(wordOf(characters, wordAround(characters, i))).toBe(word)
  })

  it('can be made of the characters around, up to the next sign or number', () => {
    expect(choosable(characters, at)).toEqual([2, 3, 4, 5, 6, 7])
    expect(choosable(characters, at, 1)).toEqual([2, 3, 4])
  })

  it.each([
    ['shorter in front', 2, '重办'],
    ['shorter behind', 4, '要重'],
    ['longer behind', 6, '要重办身份'],
    ['the character alone', 3, '重'],
  ])('is made %s', (_how, i, word) => {
    expect(wordOf(characters, stretched({ from: 2, to: 4 }, at, i))).toBe(word)
  })

  it('is read as before, but for the one character', () => {
    expect(readingOf(characters, { from: 2, to: 4 }, at, 'chong2')).toBe('yao4 chong2 ban4')
  })

  it('stands in a sentence', () => {
    expect(sentenceAround(characters, at)).toBe('要重办身份证3次！')
    expect(sentenceAround(characters, 0)).toBe('好。')
    expect(sentenceAround(characters, 11)).toBe('好')
  })
})
