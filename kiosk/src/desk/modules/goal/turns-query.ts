/** Which turns behind the number are shown. */
export interface TurnsFilter {
  days: 1 | 7 | 28
  missed: boolean
  topic: string
}

export const query = (filter: TurnsFilter) => ({
  days: filter.days,
  ...(filter.missed && { missed: true }),
  ...(filter.topic && { topic: filter.topic }),
})

/** The same turns as a file for Excel. */
export function csvUrl(filter: TurnsFilter): string {
  const parameters = Object.entries(query(filter)).map(([name, value]) => [name, String(value)])
  return `/api/goal/turns.csv?${new URLSearchParams(parameters)}`
}
