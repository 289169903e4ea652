// The reference interpreter of a graph: each node by its own line, in float64, slow and obvious.
// The oracle of every kernel; not a way to run anything large.
import { FeedError, IndexError, ShapeError, sentenceOf } from './errors.ts'
import { bareNameIn, nearNames } from './names/names.ts'
import { type FlatNumbers, flattenNumbers } from './nested.ts'
import { evaluateLine } from './notation/index.ts'
import type { Doubts } from './notation/meaning/doubts.ts'
import type { ConstantParams, FedParams } from './ops/leaves.ts'
import { constantOp } from './ops/leaves.ts'
import { topologicalOrder } from './order.ts'
import { shapesOf, symbolValues } from './record/infer-shape.ts'
import { lineOf } from './record/line-of.ts'
import { describeNode, type Node } from './record/node.ts'
import { operandNames } from './record/op.ts'
import { nodeList } from './record/operand.ts'
import {
  formatShape,
  type NestedNumbers,
  type Shape,
  sameShape,
  sizeOf,
  type TypedArray,
} from './shape.ts'
import { isRecord, show } from './show.ts'

/**
 * Values of inputs and parameters by name, in any spelling of it: nested lists, or flat and
 * row-major.
 */
export type Feeds = Readonly<Record<string, NestedNumbers | TypedArray>>

/** The value of a node, row-major; of several nodes, a list of values. */
export function evaluate(node: Node, feeds?: Feeds): Float64Array
export function evaluate(nodes: readonly Node[], feeds?: Feeds): Float64Array[]
export function evaluate(
  nodes: Node | readonly Node[],
  feeds: Feeds = {},
): Float64Array | Float64Array[] {
  const outputs = nodeList('evaluate', nodes)
  const order = topologicalOrder(outputs)
  const fed = readFeeds(order, feeds)
  const values = new Map<Node, Float64Array>()
  for (const node of order) {
    values.set(node, node.op.traits?.leaf ? leafValue(node, fed) : nodeValue(node, values))
  }
  const results = outputs.map((node) => Float64Array.from(values.get(node)!))
  return Array.isArray(nodes) ? results : results[0]!
}

const NO_NAMES: ReadonlyMap<string, Node> = new Map()

export function readFeeds(order: readonly Node[], feeds: Feeds): Map<string, Float64Array> {
  if (!isRecord(feeds)) throw new FeedError(`evaluate: the feeds are ${show(feeds)}, no record`)
  const leaves = new Map(
    order.filter((n) => n.op.traits?.leaf && n.op !== constantOp).map((n) => [leafName(n), n]),
  )
  const graph = order[0]?.graph
  const fed = new Map<string, Float64Array>()
  for (const [name, value] of Object.entries(feeds)) {
    const bare = leaves.has(name) ? name : bareNameIn(graph?.named ?? NO_NAMES, name)
    const leaf = leaves.get(bare)
    if (leaf) fed.set(bare, numbersFor(leaf, value))
    // A feed for a leaf of the graph that these outputs do not need is no mistake.
    else if (!graph?.named.get(bare)?.op.traits?.leaf) {
      const near = nearNames(bare, leaves.keys())
      const hint = near.length > 0 ? `; near it: ${near.join(', ')}` : ''
      throw new FeedError(`no input or parameter is named "${name}"${hint}`)
    }
  }
  return fed
}

function numbersFor(leaf: Node, value: unknown): Float64Array {
  const { data, shape } = flattened(leaf, value)
  // A flat list is taken row by row; a nested one says its shape, up to axes of length 1.
  const long = (of: Shape) => of.filter((length) => length !== 1)
  const fits = shape.length <= 1 || sameShape(long(shape), long(leaf.shape))
  if (data.length === sizeOf(leaf.shape) && fits) return data
  const given = shape.length > 1 ? `lists nested as ${formatShape(shape)}` : data.length
  throw new FeedError(
    `${describeLeaf(leaf)} takes ${sizeOf(leaf.shape)} numbers, and was fed ${given}`,
  )
}

function flattened(leaf: Node, value: unknown): FlatNumbers {
  try {
    return flattenNumbers(value)
  } catch (error) {
    throw new FeedError(`${describeLeaf(leaf)}: ${sentenceOf(error)}`)
  }
}

const describeLeaf = (leaf: Node): string =>
  `${leaf.op.name} "${leafName(leaf)}" ${formatShape(leaf.shape)}`

const leafName = (node: Node): string => (node.params as FedParams).name

export function leafValue(node: Node, fed: ReadonlyMap<string, Float64Array>): Float64Array {
  if (node.op === constantOp) return (node.params as ConstantParams).data
  const value = fed.get(leafName(node))
  if (!value) throw new FeedError(`${describeLeaf(node)} was not fed`)
  return value
}

export function nodeValue(
  node: Node,
  values: ReadonlyMap<Node, Float64Array>,
  doubts?: Doubts,
): Float64Array {
  const { op, params, shape } = node
  const names = operandNames(op, node.args.length)
  const shapes = shapesOf(op, node.args)
  const operands = Object.fromEntries(
    names.map((name, k) => {
      const arg = node.args[k]!
      return [name, { shape: arg.shape, data: values.get(arg)! }]
    }),
  )
  if (op.values) {
    const given = Object.fromEntries(names.map((name) => [name, operands[name]!.data]))
    const amiss = op.values(given, shapes, params)
    if (amiss)
      throw new IndexError(
        `${node.name === undefined ? '' : `${op.name} `}${describeNode(node)}: ${amiss}`,
        node.source,
      )
  }
  const symbols = symbolValues(op, shapes, params)
  try {
    return evaluateLine(lineOf(node, 'stable'), { operands, symbols, shape }, doubts)
  } catch (error) {
    const what = `${describeNode(node)} ${formatShape(shape)}`
    throw new ShapeError(`evaluate: ${what}: ${(error as Error).message}`, node.source)
  }
}
