import type { GoalColour, GoalView, RateView } from '../../resources'

/**
 * 97.9%, or a dash without turns. Cut off, never rounded up: 97.96% must not
 * read as if 98% were reached.
 */
export function percentOf(rate: Pick<RateView, 'instant' | 'total'>): string {
  if (rate.total === 0) return '—'
  return `${(Math.floor((rate.instant * 1000) / rate.total) / 10).toFixed(1)}%`
}

/** The interval, widened to whole tenths. */
export function intervalOf(rate: RateView): string {
  if (typeof rate.low !== 'number' || typeof rate.high !== 'number') return ''
  const low = Math.floor(rate.low * 1000) / 10
  const high = Math.ceil(rate.high * 1000) / 10
  return `${low.toFixed(1)}% – ${high.toFixed(1)}%`
}

/** How far the 28 days are from the target, in words. */
export function distanceOf(view: Pick<GoalView, 'month' | 'target'>): string {
  const { rate, total, instant } = view.month
  if (typeof rate !== 'number' || total === 0) return '还没有居民提问，现在说不出好坏。'
  const missed = `${total} 次常见提问里，有 ${total - instant} 次没有当场答好`
  return rate >= view.target
    ? `${missed}，达到目标。`
    : `${missed}，离 ${(view.target * 100).toFixed(0)}% 还差 ${Math.ceil((view.target - rate) * 1000 - 1e-6) / 10} 个百分点。`
}

const COLOURS: Record<GoalColour, { text: string; means: string }> = {
  none: { text: '没有预警', means: '近 7 天没答好的没有超过预算' },
  blue: { text: '蓝色预警', means: '近 7 天没答好的比预算多，留意下面的问题' },
  yellow: { text: '黄色预警', means: '近 7 天肯定低于目标，请这周就补' },
  red: { text: '红色预警', means: '28 天肯定低于目标，或者预算已经用完，请今天就补' },
}

export const colourWords = (colour: GoalColour) => COLOURS[colour]

/** What is left of the budget. */
export function budgetWords(left: number): string {
  return left >= 0
    ? `还可以错 ${Math.floor(left)} 次`
    : `已经多错 ${Math.ceil(-left)} 次`
}

/** How fast it is used up. */
export function burnWords(burn: number): string {
  const times = burn.toFixed(1)
  return burn > 1 ? `${times} 倍，比预算快` : `${times} 倍，在预算以内`
}

const OUTCOMES: Record<string, string> = {
  answered: '直接答了',
  chosen: '点选后答了',
  escalated: '转了人工',
  abandoned: '没答上，人走了',
  busy: '太忙没接上',
  failed: '系统出错',
}

const REASONS: Record<string, string> = {
  slow: '答得太慢',
  thumbs_down: '居民说没有帮助',
  rephrased: '居民换个说法又问',
  human: '居民接着找了人工',
}

export const outcomeWords = (outcome: string) => OUTCOMES[outcome] ?? outcome
/** Why a turn does not count: a reason of its own, or how it ended. */
export const whyWords = (why: string) => REASONS[why] ?? outcomeWords(why)

/** 320 毫秒, 1.2 秒 */
export const tookWords = (ms: number) => (ms < 1000 ? `${ms} 毫秒` : `${(ms / 1000).toFixed(1)} 秒`)
