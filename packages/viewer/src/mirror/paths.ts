// Every way from an array to the cost: what lights up when somebody asks where a weight counts.
import type { Row } from './rows.ts'

/** The rows on some path from `from` to `to`, both ends included; none where there is no path. */
export function rowsBetween(rows: readonly Row[], from: Row, to: Row): ReadonlySet<Row> {
  const reached = new Set<Row>([from])
  for (const row of rows) if (row.sources.some((source) => reached.has(source))) reached.add(row)
  if (!reached.has(to)) return new Set()
  const between = new Set<Row>()
  const waiting = [to]
  for (let row = waiting.pop(); row; row = waiting.pop()) {
    if (between.has(row)) continue
    between.add(row)
    waiting.push(...row.sources.filter((source) => reached.has(source)))
  }
  return between
}
