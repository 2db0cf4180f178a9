// Times in words, always China's: a desk's clock may be set to anything, the
// office is in China. China has kept UTC+8 without summer time since 1991.
const OFFSET = 8 * 3_600_000
const MINUTE = 60_000
const DAY = 86_400_000

const two = (n: number) => String(n).padStart(2, '0')

const inChina = (ms: number) => new Date(ms + OFFSET)

const dayNumber = (ms: number) => Math.floor((ms + OFFSET) / DAY)

/** 17:30 */
export function clock(ms: number): string {
  const date = inChina(ms)
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`
}

/** 今天, 明天, 昨天, 11月26日, 2025年11月26日 */
export function dayWords(ms: number, now: number): string {
  const away = dayNumber(ms) - dayNumber(now)
  if (away === 0) return '今天'
  if (away === 1) return '明天'
  if (away === -1) return '昨天'
  const date = inChina(ms)
  const day = `${date.getUTCMonth() + 1}月${date.getUTCDate()}日`
  return date.getUTCFullYear() === inChina(now).getUTCFullYear()
    ? day
    : `${date.getUTCFullYear()}年${day}`
}

/** 今天 17:30 */
export const moment = (ms: number, now: number) => `${dayWords(ms, now)} ${clock(ms)}`

/** 25 分钟, 2 小时 5 分, 3 天. Less than a minute counts as one. */
export function span(ms: number): string {
  const minutes = Math.max(1, Math.floor(ms / MINUTE))
  if (minutes < 60) return `${minutes} 分钟`
  const hours = Math.floor(minutes / 60)
  if (hours >= 48) return `${Math.floor(hours / 24)} 天`
  return minutes % 60 === 0 ? `${hours} 小时` : `${hours} 小时 ${minutes % 60} 分`
}
