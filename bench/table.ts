// Results as a Markdown table, for a terminal and for the committed record alike.

import { arch, cpus, platform } from 'node:os'
import type { Result } from './harness.ts'
import { workload } from './workloads.ts'

/** What was measured on, and when: without it the figures mean nothing. */
export function circumstances(now = new Date()) {
  const [cpu] = cpus()
  return {
    date: now.toISOString().slice(0, 10),
    machine: `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores`,
    system: `${platform()} ${arch()}`,
    node: process.version,
  }
}

/** Rows of one workload, fastest first; the ratio is the first entrant's rate over the row's. */
export function table(results: readonly Result[], ours: string): string {
  const [first] = results
  if (!first) return ''
  const reference = results.find((result) => result.name === ours)
  const costed = results.some((result) => result.costs.length > 0)
  const rows = results
    .toSorted((a, b) => b.rate - a.rate)
    .map((result) => [
      `${result.name} ${result.version}`,
      quantity(result.rate),
      reference ? `${quantity(reference.rate / result.rate)}×` : '',
      ...(costed ? [result.costs.map((cost) => cost.toFixed(4)).join(' → ')] : []),
    ])
  const head = ['engine', first.unit, reference ? `${ours} is` : '', ...(costed ? ['cost'] : [])]
  return `${workload(first.workload).title}\n\n${aligned([head, ...rows])}`
}

/** Three significant digits, thousands in k and M. */
export function quantity(value: number): string {
  const [scale, suffix] = value >= 1e6 ? [1e6, ' M'] : value >= 1e4 ? [1e3, ' k'] : [1, '']
  const scaled = value / scale
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(scaled, 1e-3))))
  return scaled.toFixed(Math.min(digits, 4)) + suffix
}

function aligned(rows: readonly string[][]): string {
  const used = rows[0]?.map((_, i) => rows.some((row) => row[i] !== '')) ?? []
  const kept = rows.map((row) => row.filter((_, i) => used[i]))
  const widths = kept[0]?.map((_, i) => Math.max(...kept.map((row) => row[i]?.length ?? 0))) ?? []
  const lines = kept.map((row) => {
    const cells = row.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
    )
    return `| ${cells.join(' | ')} |`
  })
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [lines[0], `| ${rule.join(' | ')} |`, ...lines.slice(1)].join('\n')
}
