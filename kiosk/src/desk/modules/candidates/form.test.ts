import { describe, expect, it } from 'vitest'
import type { EntryBody } from '../../resources'
import { blankForm, entryOf, formOf, lengthOf, problemsOf, spokenFrom } from './form'

const entry: EntryBody = {
  id: 'residence-permit.apply',
  area: '户籍与身份',
  topic: '居住证',
  aliases: ['暂住证', '居住卡'],
  facet: 'how',
  question: '居住证怎么办理',
  phrasings: ['怎么办居住证', '暂住证在哪办啊'],
  text: '住满半年可以申领。\n1. 带材料；\n2. 等受理。',
  spoken: '住满半年可以申领。',
  scope: null,
  source: { title: '居住证暂行条例', number: '国务院令第663号', issuer: '国务院', effective: '2016-01-01', expires: null },
  effective: null,
  expires: '2027-01-01',
  related: ['residence-permit.renew'],
  review: null,
}

describe('the form of an entry', () => {
  it('gives back what it was made of', () => {
    expect(entryOf(formOf(entry))).toEqual(entry)
    expect(problemsOf(formOf(entry))).toEqual({})
  })

  it('tidies lists', () => {
    const form = { ...formOf(entry), phrasings: ' 甲 \n\n乙\n甲\n居住证怎么办理', aliases: '一,二，三 四、一' }
    expect(entryOf(form).phrasings).toEqual(['甲', '乙'])
    expect(entryOf(form).aliases).toEqual(['一', '二', '三', '四'])
  })

  it('names everything that a new entry still needs', () => {
    const form = blankForm('电动车能上楼吗', 1_800_000_000_000)
    expect(form.id).toMatch(/^local\.[a-z0-9]+$/)
    expect(Object.keys(problemsOf(form)).sort()).toEqual(['area', 'spoken', 'text', 'title', 'topic'])
  })

  it.each([
    [{ id: '居住证' }, 'id'],
    [{ id: 'A.b' }, 'id'],
    [{ id: 'a..b' }, 'id'],
    [{ spoken: '字'.repeat(81) }, 'spoken'],
    [{ effective: '2027-01-01' }, 'expires'],
    [{ sourceExpires: '2015-01-01' }, 'sourceExpires'],
  ])('%j is wrong in %s', (change, field) => {
    expect(Object.keys(problemsOf({ ...formOf(entry), ...change }))).toEqual([field])
  })

  it('counts characters, not code units', () => {
    expect(lengthOf(' 𠮷野家 ')).toBe(3)
  })

  it('speaks whole sentences only', () => {
    expect(spokenFrom('可以办。带上身份证！\n1. 到大厅')).toBe('可以办。带上身份证！1. 到大厅')
    expect(spokenFrom(`可以办。${'字'.repeat(90)}。`)).toBe('可以办。')
    expect(spokenFrom('')).toBe('')
  })
})
