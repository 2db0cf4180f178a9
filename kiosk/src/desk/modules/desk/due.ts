import { moment, span } from '../../times'

export type Urgency = 'ok' | 'soon' | 'late'

const SOON = 15 * 60_000
const HOUR = 60 * 60_000

/** How urgent something due at `due` is, in words that stand without colour. */
export function dueWords(due: number, now: number): { urgency: Urgency; text: string } {
  const left = due - now
  if (left < 0) return { urgency: 'late', text: `已超时 ${span(-left)}` }
  const urgency = left <= SOON ? 'soon' : 'ok'
  return left < HOUR
    ? { urgency, text: `还剩 ${span(left)}` }
    : { urgency, text: `${moment(due, now)} 前` }
}

/** How long somebody waits. */
export function waitedWords(since: number, now: number): string {
  const waited = now - since
  return waited < 60_000 ? '刚刚' : `等了 ${span(waited)}`
}
