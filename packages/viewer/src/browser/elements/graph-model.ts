// What a graph page is about, without anything on a page: the rows, the blocks, the numbers, and
// the questions that are asked of them.
import { label, type Node } from '@backprove/graph'
import { readView, type View } from '../../document.ts'
import type { Cell, Mirror } from '../../mirror/cells.ts'
import { type Row, rowsOf } from '../../mirror/rows.ts'
import { type Block, blocksOf } from '../../mirror/scopes.ts'
import { type Live, liveOf } from '../live.ts'

export interface GraphModel {
  readonly view: View
  readonly rows: readonly Row[]
  readonly blocks: readonly Block[]
  readonly live: Live
}

/** @throws ViewError, DocumentError, GradError */
export function graphModel(given: unknown): GraphModel {
  const view = readView(given)
  const rows = rowsOf(view.cost, view.output)
  return { view, rows, blocks: blocksOf(rows, view.document.scopes), live: liveOf(view.values) }
}

/** Every array that a row shows. */
export const nodesOf = ({ node, chips, adjoint, gradients }: Row): Node[] => [
  node,
  ...chips,
  ...(adjoint ? [adjoint] : []),
  ...gradients,
]

export const namesIn = (rows: readonly Row[]): string[] => [
  ...new Set(rows.flatMap(nodesOf).map((node) => label(node).text)),
]

/** The array called that, or the first whose name holds it. */
export function nodeCalled(rows: readonly Row[], text: string): Node | undefined {
  const wanted = normal(text)
  if (wanted === '') return undefined
  const nodes = rows.flatMap(nodesOf)
  const texts = nodes.map((node) => normal(label(node).text))
  const exact = texts.indexOf(wanted)
  return nodes[exact >= 0 ? exact : texts.findIndex((each) => each.includes(wanted))]
}

const normal = (text: string): string => text.toLowerCase().replaceAll(/[\s{}^_\\]/g, '')

export const rowHolding = (rows: readonly Row[], node: Node): Row | undefined =>
  rows.find((row) => nodesOf(row).includes(node))

/** Finer paper than this has no cells that a pointer could meet. */
const FINEST = 64

/** The inputs that can be drawn on. */
export const sheetsIn = (rows: readonly Row[]): Node[] =>
  rows
    .map(({ node }) => node)
    .filter(({ op, shape }) => {
      const [columns = 1, rows = 1] = [...shape].reverse()
      return op.name === 'input' && shape.length >= 2 && Math.max(columns, rows) <= FINEST
    })

/** The input that is compared with the output. */
export const targetOf = (rows: readonly Row[], output: Node | undefined): Node | undefined =>
  rows
    .flatMap(({ chips }) => chips)
    .find(({ op, shape }) => op.name === 'input' && shape.join() === output?.shape.join())

/** What a page begins with: the error nearest to the input, else whatever stands first. */
export function firstOfInterest({ cells }: Mirror): Cell | undefined {
  const nodes = cells.filter(({ kind }) => kind === 'node')
  const isError = ({ side, node }: Cell) =>
    side === 'derivative' && label(node!).text.startsWith('δ')
  return nodes.find(isError) ?? nodes[0] ?? cells[0]
}
