import { describe, expect, it } from 'vitest'
import { emptyDraft, fill, request } from './draft'
import { dialable } from './words'

const permit = { entry: 'permit.apply', question: '居住证怎么办', text: '带身份证。', confidence: 0.8 }
const school = { entry: 'school.apply', question: '上学', text: '看通知。', confidence: 0.5 }

describe('an answer that is being written', () => {
  it('is filled by one click, and by another instead', () => {
    const first = fill(emptyDraft(), permit)
    expect(request(first)).toEqual({ text: '带身份证。', entry: 'permit.apply', learn: true })
    expect(fill(first, school).text).toBe('看通知。')
  })

  it('keeps what the worker wrote', () => {
    const draft = fill({ ...emptyDraft(), text: '大爷您好，' }, permit)
    expect(draft.text).toBe('大爷您好，\n带身份证。')
    expect(draft.entry).toBe('permit.apply')
  })

  it('does not say the same thing twice', () => {
    expect(fill({ ...emptyDraft(), text: '带身份证。' }, permit).text).toBe('带身份证。')
  })
})

describe('small words', () => {
  it.each([
    ['138 1234 5678', '13812345678'],
    ['021-12345678', '02112345678'],
    ['138****5678', undefined],
    ['三号楼王阿姨', undefined],
    [null, undefined],
  ])('dial %s as %s', (contact, number) => {
    expect(dialable(contact)).toBe(number)
  })
})
