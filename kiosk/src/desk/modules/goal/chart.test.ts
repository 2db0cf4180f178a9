import { describe, expect, it } from 'vitest'
import type { DayView } from '../../resources'
import { chartOf } from './chart'

const day = (date: string, instant: number, total: number): DayView => ({
  day: date,
  rate: { instant, total, rate: total ? instant / total : null, low: null, high: null },
})

describe('the chart of days', () => {
  it('breaks the line where nobody asked', () => {
    const chart = chartOf(
      [day('2026-11-01', 9, 10), day('2026-11-02', 10, 10), day('2026-11-03', 0, 0), day('2026-11-04', 5, 5)],
      0.98,
    )
    expect(chart.lines).toHaveLength(2)
    expect(chart.columns[2]?.pointY).toBeNull()
    expect(chart.columns.map((c) => c.label)).toEqual(['11/1', '11/2', '11/3', '11/4'])
  })

  it('puts the better day higher and the target between', () => {
    const { columns, targetY } = chartOf([day('2026-11-01', 90, 100), day('2026-11-02', 100, 100)], 0.98)
    const [worse, better] = columns.map((column) => column.pointY)
    expect(better).toBeLessThan(targetY)
    expect(worse).toBeGreaterThan(targetY)
  })

  it.each([
    [99, '90%'],
    [90, '90%'],
    [61, '60%'],
    [0, '0%'],
  ])('begins its scale for %i of 100 at %s', (instant, lowest) => {
    expect(chartOf([day('2026-11-01', instant, 100)], 0.98).ticks[0]?.text).toBe(lowest)
  })

  it('stands on days without any turn', () => {
    const chart = chartOf([day('2026-11-01', 0, 0)], 0.98)
    expect(chart.lines).toEqual([])
    expect(chart.columns[0]?.barY).toBe(chart.bottom)
    expect(chartOf([], 0.98).columns).toEqual([])
  })
})
