// A network in numbers, layer by layer: sizes with their formula, parameters, connections before
// and after sharing weights, multiply–adds, receptive fields. Plain data that prints as a table.
import { displayed, type Node, resolvePads, type Shape, sizeOf } from '@backprove/graph'
import type { Window, Work } from './layers/layer.ts'
import type { Model, RecordedLayer } from './model.ts'
import { type Field, fieldAfter, START, widest } from './receptive-field.ts'
import { type Summary, type SummaryRow, tableOf } from './summary-table.ts'

/** The summary of a model recorded for one sample. */
export function summarize(model: Model): Summary {
  const input = model.spec.input
  const image: [number, number] = [input.at(-2) ?? 1, input.at(-1) ?? 1]
  const { rows } = rowsOf(model.layers, START, image, 0)
  const total = (count: (row: SummaryRow) => number): number =>
    rows.reduce((sum, row) => sum + count(row), 0)
  const summary: Summary = {
    rows,
    parameters: total((row) => row.parameters),
    connections: total((row) => row.connections),
    multiplyAdds: total((row) => row.multiplyAdds),
    toString: () => tableOf(input, summary),
  }
  return displayed(summary, () => ({ text: summary.toString() }))
}

interface Walked {
  readonly rows: SummaryRow[]
  readonly field: Field
}

function rowsOf(
  layers: readonly RecordedLayer[],
  start: Field,
  image: readonly [number, number],
  depth: number,
): Walked {
  const rows: SummaryRow[] = []
  let field = start
  for (const recorded of layers) {
    const inside = insideOf(recorded, field, image, depth)
    const work = recorded.layer.work?.(recorded.y, recorded.from) ?? {}
    field = inside?.field ?? fieldAfter(field, work, image)
    rows.push(rowOf(recorded, work, field, image, depth), ...(inside?.rows ?? []))
  }
  return { rows, field }
}

/** The branches of a block start from the same place; what follows sees what any of them saw. */
function insideOf(
  { layer, inside }: RecordedLayer,
  field: Field,
  image: readonly [number, number],
  depth: number,
): Walked | undefined {
  if (!layer.branches) return undefined
  let next = 0
  const walks = layer.branches.map((branch) => {
    const from = next
    next += branch.length
    return rowsOf(inside.slice(from, next), field, image, depth + 1)
  })
  return { rows: walks.flatMap((walk) => walk.rows), field: widest(walks.map((w) => w.field)) }
}

function rowOf(
  { layer, from, y, parameters, inside }: RecordedLayer,
  work: Work,
  field: Field,
  [height, width]: readonly [number, number],
  depth: number,
): SummaryRow {
  const own = inside.length > 0 ? [] : parameters
  const count = (nodes: readonly Node[]): number =>
    nodes.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  // The first parameter of a layer with connections is its weight, the second its bias.
  const connected = work.fanIn !== undefined
  const connections = sizeOf(y.shape) * (work.fanIn ?? 0)
  const [first = 1, second = 1] = field.reach
  return {
    layer: layer.kind,
    depth,
    output: y.shape,
    ...(work.window && { size: sizeFormula(work.window, from) }),
    parameters: count(own),
    ...(work.parameters !== undefined && { counted: work.parameters }),
    full: connected ? sizeOf(from) * sizeOf(y.shape) : 0,
    connections,
    weights: connected ? count(own.slice(0, 1)) : 0,
    multiplyAdds: connections,
    receptiveField: [Math.min(first, height), Math.min(second, width)],
  }
}

/** ⌊(n+2p−f)/s⌋+1 with numbers, once where both axes agree; a dilated window spans d(f−1)+1. */
function sizeFormula(window: Window, from: Shape): string {
  const image = from.slice(-2) as [number, number]
  const pads = resolvePads(window, image, window.kernel)
  const round = (window as { ceil?: boolean }).ceil ? '⌈⌉' : '⌊⌋'
  const along = (axis: 0 | 1): string => {
    const [before, after] = pads[axis]
    const padding = before === after ? `2·${before}` : `${before}+${after}`
    const [gap, f] = [window.dilation[axis], window.kernel[axis]]
    const span = gap === 1 ? `${f}` : `(${gap}·${f - 1}+1)`
    const steps = `(${image[axis]}+${padding}−${span})/${window.stride[axis]}`
    return `${round[0]}${steps}${round[1]}+1`
  }
  const [rows, columns] = [along(0), along(1)]
  return rows === columns ? rows : `${rows} × ${columns}`
}
