import type { DayView } from '../../resources'

export const WIDTH = 840
export const HEIGHT = 228
const LEFT = 48
const RIGHT = 12
const TOP = 12
const MIDDLE = 150
const BOTTOM = 200

export interface Column {
  day: string
  label: string
  x: number
  width: number
  /** Top of the bar of questions, and of the missed ones inside it. */
  barY: number
  missedY: number
  /** Height of the rate's point; none on a day without turns. */
  pointY: number | null
  instant: number
  total: number
}

export interface Chart {
  columns: Column[]
  /** Runs of days with turns: the line breaks where nobody asked. */
  lines: string[]
  targetY: number
  ticks: { y: number; text: string }[]
  bottom: number
  left: number
  right: number
}

/** The scale begins at the next lower tenth, so that 97% and 99% differ. */
function floorOf(days: DayView[], target: number): number {
  const rates = days.flatMap((d) => (typeof d.rate.rate === 'number' ? [d.rate.rate] : []))
  return Math.max(0, Math.floor(Math.min(target - 0.08, ...rates) * 10 + 1e-9) / 10)
}

/** Where everything of the days' chart lies. */
export function chartOf(days: DayView[], target: number): Chart {
  const floor = floorOf(days, target)
  const most = Math.max(1, ...days.map((d) => d.rate.total))
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, days.length)
  const rateY = (rate: number) => TOP + ((1 - rate) / (1 - floor)) * (MIDDLE - TOP)
  const countY = (count: number) => BOTTOM - (count / most) * (BOTTOM - MIDDLE - 8)

  const columns = days.map((d, i): Column => {
    const { instant, total, rate } = d.rate
    const [, month, day] = d.day.split('-').map(Number)
    return {
      day: d.day,
      label: `${month}/${day}`,
      x: LEFT + step * (i + 0.5),
      width: Math.min(18, step * 0.6),
      barY: countY(total),
      missedY: countY(total - instant),
      pointY: typeof rate === 'number' ? rateY(rate) : null,
      instant,
      total,
    }
  })

  const lines: string[] = []
  let run: string[] = []
  for (const column of columns) {
    if (column.pointY !== null) run.push(`${column.x.toFixed(1)},${column.pointY.toFixed(1)}`)
    else if (run.length > 0) [lines[lines.length], run] = [run.join(' '), []]
  }
  if (run.length > 0) lines.push(run.join(' '))

  const ticks = [floor, (1 + floor) / 2, 1].map((rate) => ({
    y: rateY(rate),
    text: `${Math.round(rate * 100)}%`,
  }))
  return { columns, lines, targetY: rateY(target), ticks, bottom: BOTTOM, left: LEFT, right: WIDTH - RIGHT }
}
