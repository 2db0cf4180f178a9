import { describe, expect, it } from 'vitest'
import { piecesOf, standIn } from './sentences'

const text = '带身份证到派出所办理。免费。节假日不办。'

describe('the spoken sentences in a text', () => {
  it.each([
    [['免费。'], ['带身份证到派出所办理。', '[免费。]', '节假日不办。']],
    [['带身份证到派出所办理。', '节假日不办。'], ['[带身份证到派出所办理。]', '免费。', '[节假日不办。]']],
    [['另外的话。'], [text]],
    [['', ' '], [text]],
    [[], [text]],
    [[text], [`[${text}]`]],
  ])('%j stand there', (sentences, expected) => {
    const pieces = piecesOf(text, sentences)
    expect(pieces.map((p) => (p.sentence === null ? p.text : `[${p.text}]`))).toEqual(expected)
    expect(pieces.map((p) => p.text).join('')).toBe(text)
  })

  it('keep their numbers', () => {
    expect(piecesOf(text, ['没有', '免费。'])[1]).toEqual({ text: '免费。', sentence: 1 })
  })

  it('are all there, or not', () => {
    expect(standIn(text, ['免费。', '节假日不办。'])).toBe(true)
    expect(standIn(text, ['免费。', '不要钱。'])).toBe(false)
  })
})
