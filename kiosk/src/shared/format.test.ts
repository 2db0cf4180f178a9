import { describe, expect, it } from 'vitest'
import { clockWords, codeGroups, dateWords, dayWords, momentWords, waitWords } from './format'

const at = (iso: string) => Date.parse(`${iso}+08:00`)
const NOW = at('2026-11-24T18:30:00')

describe('words of time', () => {
  it.each([
    ['2024-05-01', '2024年5月1日'],
    ['2020-12-31', '2020年12月31日'],
    ['长期', '长期'],
  ])('the date %s is %s', (date, words) => expect(dateWords(date)).toBe(words))

  it.each([
    ['00:05', '凌晨0点5分'],
    ['09:00', '上午9点'],
    ['12:30', '中午12点30分'],
    ['17:30', '下午5点30分'],
    ['20:05', '晚上8点5分'],
  ])('%s is %s', (clock, words) => expect(clockWords(at(`2026-11-24T${clock}:00`))).toBe(words))

  it.each([
    ['2026-11-23T23:59:00', '昨天'],
    ['2026-11-24T00:00:00', '今天'],
    ['2026-11-25T00:00:00', '明天'],
    ['2026-11-26T12:00:00', '后天'],
    ['2026-11-27T12:00:00', '11月27日星期五'],
  ])('%s is %s', (iso, words) => expect(dayWords(at(iso), NOW)).toBe(words))

  it('joins day and clock', () => {
    expect(momentWords(at('2026-11-25T09:30:00'), NOW)).toBe('明天上午9点30分')
  })

  it.each([
    [[10, 45], '1 分钟以内'],
    [[60, 300], '大约 1 到 5 分钟'],
    [[170, 180], '大约 3 分钟'],
    [[3600, 7200], '大约 1 到 2 小时'],
  ] as [[number, number], string][])('%j seconds are %s', (seconds, words) => {
    expect(waitWords(seconds)).toBe(words)
  })

  it('groups a code', () => expect(codeGroups('123456')).toBe('123 456'))
})
