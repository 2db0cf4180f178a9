// Dates and times in Chinese words. Always China's time: the machine's clock
// zone may be set to anything, the office is in China, which has kept UTC+8
// without summer time since 1991.
const OFFSET = 8 * 3_600_000
const DAY = 86_400_000

const inChina = (ms: number) => new Date(ms + OFFSET)
const dayNumber = (ms: number) => Math.floor((ms + OFFSET) / DAY)
const WEEKDAYS = '日一二三四五六'

/** `2024-05-01` as 2024年5月1日; anything else stays as it is. */
export function dateWords(date: string): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  return found ? `${found[1]}年${Number(found[2])}月${Number(found[3])}日` : date
}

/** 上午9点, 下午5点30分, 晚上8点5分 */
export function clockWords(ms: number): string {
  const date = inChina(ms)
  const hour = date.getUTCHours()
  const minute = date.getUTCMinutes()
  const part = hour < 6 ? '凌晨' : hour < 12 ? '上午' : hour < 13 ? '中午' : hour < 18 ? '下午' : '晚上'
  return `${part}${hour > 12 ? hour - 12 : hour}点${minute > 0 ? `${minute}分` : ''}`
}

/** 今天, 明天, 后天, 昨天, else 11月26日星期四 */
export function dayWords(ms: number, now: number): string {
  const near = ['昨天', '今天', '明天', '后天']
  const away = dayNumber(ms) - dayNumber(now)
  const date = inChina(ms)
  const full = `${date.getUTCMonth() + 1}月${date.getUTCDate()}日星期${WEEKDAYS[date.getUTCDay()]}`
  return near[away + 1] ?? full
}

/** 今天下午5点30分 */
export function momentWords(ms: number, now: number): string {
  return `${dayWords(ms, now)}${clockWords(ms)}`
}

/** Expected seconds as 1 分钟以内, 大约 3 到 8 分钟, 大约 1 到 2 小时. */
export function waitWords([low, high]: readonly [number, number]): string {
  if (high <= 60) return '1 分钟以内'
  const [unit, seconds] = high > 90 * 60 ? ['小时', 3600] : ['分钟', 60]
  const from = Math.max(1, Math.round(low / Number(seconds)))
  const to = Math.max(1, Math.ceil(high / Number(seconds)))
  return from < to ? `大约 ${from} 到 ${to} ${unit}` : `大约 ${to} ${unit}`
}

/** A pick-up code in two groups: 123 456. */
export function codeGroups(code: string): string {
  return code.replace(/^(\d{3})(\d{3})$/, '$1 $2')
}
