import { expect, it } from 'vitest'
import type { EscalationDetail, LineView } from '../../resources'
import { withLine } from './talk'

const line = (number: number): LineView => ({ number, speaker: 'worker', text: String(number), at: 1 })

it('a line is there once and in order, however it comes', () => {
  const detail = { lines: [line(1)] } as EscalationDetail
  const talk = [line(3), line(2), line(3)].reduce(withLine, detail)
  expect(talk.lines.map((l) => l.number)).toEqual([1, 2, 3])
})
