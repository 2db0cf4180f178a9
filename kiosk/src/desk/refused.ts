import type { Code, Problem } from './resources'

/** A call that the server refused, or that never reached it. */
export class Refused extends Error {
  constructor(
    readonly code: Code | 'offline',
    message: string,
  ) {
    super(message)
    this.name = 'Refused'
  }
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    typeof (body as Partial<Problem>).code === 'string' &&
    typeof (body as Partial<Problem>).message === 'string'
  )
}

/** What a refusal says. A proxy in between may answer with a page of its own. */
export function refusedBy(body: unknown, status: number): Refused {
  if (isProblem(body)) return new Refused(body.code, body.message)
  return status >= 500
    ? new Refused('unavailable', '服务器现在忙不过来，请稍后再试。')
    : new Refused('internal', `服务器没有接受这次操作（${status}）。`)
}

/** Words for any failure, for a person. */
export function wordsOf(failure: unknown): string {
  return failure instanceof Refused ? failure.message : '页面出了点问题，请刷新后再试。'
}

/** Whether somebody else was first, so that the newest state must be shown. */
export function isOvertaken(failure: unknown): boolean {
  return (
    failure instanceof Refused &&
    (failure.code === 'conflict' || failure.code === 'invalid_transition')
  )
}
