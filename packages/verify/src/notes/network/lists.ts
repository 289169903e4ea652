// [[a, b], [c, d]], [h, x] and W [h, x]: what a list of arrays is in a network's text.
import { concat, type Graph, Node, stack } from '@backprove/graph'
import type { Value } from './operations.ts'

/**
 * [[a, b], [c, d]] of numbers and arrays of one shape: rows of a matrix. Vectors of other lengths
 * stand end to end, matrices of as many rows beside each other.
 */
export const stacked = (value: Value, graph: Graph): Value => {
  if (!Array.isArray(value)) return value
  const items = value.map((each: Value) => stacked(each, graph))
  const nodes = items.map((each) => (typeof each === 'number' ? graph.constant(each) : each))
  if (nodes.length === 0 || !nodes.every((each) => each instanceof Node)) return value
  const all = nodes as Node[]
  const areVectors = all.every(({ shape }) => shape.length === 1)
  const areAlike = all.every(({ shape }) => shape.join() === all[0]!.shape.join())
  if (areVectors && !areAlike) return concat(all, { axis: 0 })
  const [first] = all as [Node]
  const isRow = !areAlike && all.every(({ shape }) => shape.length === 2)
  return isRow && all.every(({ shape }) => shape[0] === first.shape[0])
    ? concat(all, { axis: 1 })
    : stack(all)
}

/** W [h, x]: the vectors end to end where W has as many columns. */
export const endToEnd = (left: Value, right: Value): Value => {
  if (!Array.isArray(right) || !(left instanceof Node) || left.shape.length !== 2) return right
  const areVectors = right.every((each) => each instanceof Node && each.shape.length === 1)
  const length = areVectors && right.reduce((sum, each) => sum + (each as Node).shape[0]!, 0)
  return length === left.shape[1] && left.shape[1] !== right.length
    ? concat(right as Node[], { axis: 0 })
    : right
}
