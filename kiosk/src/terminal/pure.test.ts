import { describe, expect, it } from 'vitest'
import { blocksOf } from './blocks'
import { turnId } from './turn-id'
import type { Case } from './state'
import { caseFacts, caseTitle, greeting, noAnswerWords, phoneGroups, sourceWords, unheardWords } from './words'

describe('blocks', () => {
  it.each([
    ['', []],
    ['一句话', [{ kind: 'words', text: '一句话' }]],
    ['材料：\n1. 身份证\n2. 照片\n\n到派出所办。', [
      { kind: 'words', text: '材料：' },
      { kind: 'list', ordered: true, start: 1, items: ['身份证', '照片'] },
      { kind: 'words', text: '到派出所办。' },
    ]],
    ['1. 甲\n3. 丙', [
      { kind: 'list', ordered: true, start: 1, items: ['甲'] },
      { kind: 'list', ordered: true, start: 3, items: ['丙'] },
    ]],
    ['- 周一\n- 周二', [{ kind: 'list', ordered: false, start: 1, items: ['周一', '周二'] }]],
    ['1. 先\n说明\n2. 后', [
      { kind: 'list', ordered: true, start: 1, items: ['先'] },
      { kind: 'words', text: '说明' },
      { kind: 'list', ordered: true, start: 2, items: ['后'] },
    ]],
    ['2024年起\n1.5 万元', [{ kind: 'words', text: '2024年起' }, { kind: 'words', text: '1.5 万元' }]],
    ['**<b>不是标记</b>**', [{ kind: 'words', text: '**<b>不是标记</b>**' }]],
  ])('of %j', (text, blocks) => expect(blocksOf(text)).toEqual(blocks))
})

describe('turn ids', () => {
  it('no two are the same', () => {
    const ids = new Set(Array.from({ length: 100 }, turnId))
    expect(ids.size).toBe(100)
    ids.forEach((id) => expect(id).toMatch(/^[0-9a-f]{32}$/))
  })
})

describe('words', () => {
  it.each([
    [{ title: '居住证暂行条例' }, '《居住证暂行条例》'],
    [
      { title: '《办法》', number: '京政发〔2016〕1号', issuer: '市政府', effective: '2016-10-01', expires: '2026-12-31' },
      '《办法》京政发〔2016〕1号，市政府，自2016年10月1日起施行，有效期至2026年12月31日',
    ],
  ])('of the source %j', (source, words) => expect(sourceWords(source)).toBe(words))

  const now = Date.parse('2026-11-24T10:00:00+08:00')
  const shown: Case = {
    id: 'k', asked: '', state: 'waiting', code: '1', ahead: 2, wait: [120, 480],
    due: Date.parse('2026-11-25T09:30:00+08:00'), worker: null, lines: [], unseen: false,
  }
  it.each<[Partial<Case>, string[]]>([
    [{}, ['您前面还有 2 位。', '预计等待：大约 2 到 8 分钟。', '最晚明天上午9点30分前答复。']],
    [{ ahead: 0, wait: null }, ['您排在第一位。', '最晚明天上午9点30分前答复。']],
    [{ state: 'claimed' }, ['最晚明天上午9点30分前答复。']],
    [{ state: 'answered', due: null }, []],
    [{ state: 'closed' }, ['如果还有疑问，请再问一次，或者到社区服务站。']],
  ])('of a case with %j', (over, facts) => expect(caseFacts({ ...shown, ...over }, now)).toEqual(facts))

  it('of who has it', () => {
    expect(caseTitle('claimed', '李敏')).toBe('李敏正在看您的问题')
    expect(caseTitle('claimed', null)).toBe('工作人员正在看您的问题')
  })

  it.each(['unknown', 'unsure', 'unclear', 'none_of_these', 'something new'])(
    'for no answer because of %s are honest',
    (reason) => expect(noAnswerWords(reason)).toContain('不敢乱说'),
  )

  it.each([
    ['no_voice', null, '没有听到您说话', '再说一次'],
    ['silence', null, '没有听到您说话', '再说一次'],
    ['sound', null, '只听到一些声响', '再说一次'],
    ['unsure', null, '没有听清楚', '再说一次'],
    ['something new', null, '没有听清楚', '再说一次'],
    ['busy', 4, '现在问的人多', '再说一次'],
    ['connection', null, '刚才断线了', '再说一次'],
    ['missing', null, '没有找到话筒', '再试一次'],
    ['forbidden', null, '话筒没有打开', '再试一次'],
    ['taken', null, '话筒这会儿用不了', '再试一次'],
    ['unplugged', null, '话筒断开了', '再试一次'],
  ])('of speech that failed by %s', (why, seconds, title, again) => {
    const words = unheardWords(why, seconds)
    expect(words.title).toContain(title)
    expect(words.again).toBe(again)
    // What to do next stands in every one of them.
    expect(words.advice).toMatch(/请.*(说|打字)/)
    expect(words.advice).not.toContain('null')
  })

  it('of a full queue name the wait', () => expect(unheardWords('busy', 4).advice).toContain('4秒'))

  it.each([
    ['03:00', '您好'],
    ['09:00', '早上好'],
    ['12:00', '中午好'],
    ['15:00', '下午好'],
    ['20:00', '晚上好'],
  ])('at %s: %s', (clock, words) => expect(greeting(Date.parse(`2026-11-24T${clock}:00+08:00`))).toBe(words))

  it.each([
    ['', ''],
    ['138', '138'],
    ['13812345678', '138 1234 5678'],
  ])('of the phone %j', (digits, words) => expect(phoneGroups(digits)).toBe(words))
})
