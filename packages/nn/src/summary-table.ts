// The summary of a network: its rows as data, and as a table for people.
import type { Shape } from '@backprove/graph'

/** One layer, for one sample. */
export interface SummaryRow {
  readonly layer: string
  /** How deep inside blocks: 0 outside of them. */
  readonly depth: number
  readonly output: Shape
  /** Of a layer with a window: ⌊(n+2p−f)/s⌋+1 with its numbers, once for each different axis. */
  readonly size?: string
  readonly parameters: number
  /** Of a layer with parameters: how they are counted, such as `P·D·m·n+P = 3·1·3·3+3`. */
  readonly counted?: string
  /** Weighted connections if every output saw every input: n·n′ (note 004). */
  readonly full: number
  /** Those there are: each output sees its window only. */
  readonly connections: number
  /** Different weights among them: what sharing leaves. */
  readonly weights: number
  /** Products summed, biases apart: one for each connection. */
  readonly multiplyAdds: number
  /** The part of the input that one output value sees, in pixels. */
  readonly receptiveField: readonly [height: number, width: number]
}

/** A network in numbers, layer by layer, as plain data; as text it is a table. */
export interface Summary {
  readonly rows: readonly SummaryRow[]
  readonly parameters: number
  readonly connections: number
  readonly multiplyAdds: number
  toString(): string
}

const HEAD = ['layer', 'output', 'size', 'parameters', 'connections', 'multiply–adds', 'sees']
/** Numbers read better flush right. */
const RIGHT = new Set([5])

export function tableOf(input: readonly number[], summary: Summary): string {
  const body = summary.rows.map(cellsOf)
  const rows = [HEAD, ['input', input.join('×'), '', '', '', '', ''], ...body]
  const widths = HEAD.map((_, k) => Math.max(...rows.map((row) => widthOf(row[k] ?? ''))))
  const lines = rows.map((row) => row.map((cell, k) => pad(cell, widths[k]!, RIGHT.has(k))))
  const table = lines.map((cells) => cells.join('  ').trimEnd())
  const rule = '─'.repeat(Math.max(...table.map(widthOf)))
  const { parameters, connections, multiplyAdds } = summary
  return [
    table[0],
    rule,
    ...table.slice(1),
    rule,
    `${group(parameters)} parameters, ${group(connections)} connections, ` +
      `${group(multiplyAdds)} multiply–adds for one sample`,
  ].join('\n')
}

function cellsOf(row: SummaryRow): string[] {
  const { layer, depth, output, parameters, counted, full, connections, weights } = row
  const counts =
    parameters === 0 ? '' : counted ? `${group(parameters)}: ${counted}` : `${parameters}`
  // What local connection and then shared weights save (note 004).
  const saved = [full, connections, weights].filter((n, k, all) => n !== all[k - 1])
  return [
    `${'  '.repeat(depth)}${layer}`,
    output.join('×'),
    row.size === undefined ? '' : `${row.size} = ${output.at(-2)}`,
    counts,
    full === 0 ? '' : saved.map(group).join(' → '),
    row.multiplyAdds === 0 ? '' : group(row.multiplyAdds),
    row.receptiveField.join('×'),
  ]
}

/** 61706 → 61 706, with a thin space. */
const group = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, '\u2009')

const widthOf = (text: string): number => [...text.replace(/\p{M}/gu, '')].length

const pad = (text: string, width: number, right: boolean): string => {
  const blank = ' '.repeat(Math.max(0, width - widthOf(text)))
  return right ? blank + text : text + blank
}
