import type { EscalationDetail, LineView } from '../../resources'

/** The talk with a line more. The same line may come twice: by the live
 *  channel and as the answer to `say`. */
export function withLine(detail: EscalationDetail, line: LineView): EscalationDetail {
  if (detail.lines.some((known) => known.number === line.number)) return detail
  const lines = [...detail.lines, line].sort((a, b) => a.number - b.number)
  return { ...detail, lines }
}
