// Random graphs as recipes: operations on square matrices, which may be recorded in any graph.
import {
  abs,
  add,
  div,
  exp,
  flip,
  type Graph,
  grad,
  matmul,
  max,
  maximum,
  mean,
  minimum,
  mul,
  type Node,
  neg,
  pow,
  relu,
  rot180,
  sigmoid,
  softmax,
  square,
  sub,
  sum,
  tanh,
  transpose,
} from '../../../../packages/graph/src/index.ts'
import type { Random } from '../random.ts'

/** A recipe: an operation by name and what it is applied to. */
export type Tree = { readonly op: string; readonly of: readonly Tree[]; readonly k?: number }
export const t = (op: string, ...of: readonly Tree[]): Tree => ({ op, of })
export const constant = (k: number): Tree => ({ op: 'constant', of: [], k })

interface Leaves {
  readonly graph: Graph
  readonly leaves: Readonly<Record<string, Node>>
}

export const recorded = ({ op, of, k }: Tree, at: Leaves): Node => {
  const [a, b] = of.map((each) => recorded(each, at)) as [Node, Node]
  const table: Readonly<Record<string, () => Node>> = {
    constant: () => at.graph.constant(k!),
    add: () => add(a, b),
    sub: () => sub(a, b),
    mul: () => mul(a, b),
    div: () => div(a, b),
    neg: () => neg(a),
    exp: () => exp(a),
    square: () => square(a),
    abs: () => abs(a),
    cube: () => pow(a, 3),
    relu: () => relu(a),
    sigmoid: () => sigmoid(a),
    tanh: () => tanh(a),
    softmax: () => softmax(a),
    maximum: () => maximum(a, b),
    minimum: () => minimum(a, b),
    matmul: () => matmul(a, b),
    transpose: () => transpose(a, { axes: [1, 0] }),
    rot180: () => rot180(a),
    flip: () => flip(a, { axes: [k ?? 0] }),
    sum: () => sum(a),
    rows: () => sum(a, { axes: [0], keepDims: true }),
    mean: () => mean(a),
    max: () => max(a, { axes: [1], keepDims: true }),
    gradient: () => grad(sum(mul(a, a)), at.leaves.x!),
  }
  return table[op]?.() ?? at.leaves[op]!
}

export const leafNames = new Set(['x', 'y', 'w'])
/** Trees of shape [n, n]: every operation keeps it. */
export const unary = [
  'neg',
  'exp',
  'square',
  'abs',
  'cube',
  'relu',
  'sigmoid',
  'tanh',
  'softmax',
  'transpose',
  'rot180',
  'flip',
]
export const binary = [
  'add',
  'sub',
  'mul',
  'matmul',
  'maximum',
  'minimum',
  'add',
  'mul',
  'sub',
  'div',
]

export const tree = (random: Random, depth: number): Tree => {
  if (depth === 0 || random.chance(0.15))
    return random.chance(0.85)
      ? t(random.pick(['x', 'y', 'w']))
      : constant(random.pick([0, 1, 2, -1, 0.5]))
  if (random.chance(0.35)) return t(random.pick(unary), tree(random, depth - 1))
  if (random.chance(0.12))
    return t(random.pick(['sum', 'rows', 'mean', 'max']), matrix(random, depth - 1))
  if (random.chance(0.05)) return t('gradient', tree(random, depth - 1))
  return t(random.pick(binary), matrix(random, depth - 1), matrix(random, depth - 1))
}

/** What matmul and transpose take: no constants and no sums. */
const matrix = (random: Random, depth: number): Tree => {
  const found = tree(random, depth)
  const isScalar = ['constant', 'sum', 'mean', 'rows', 'max'].includes(found.op)
  return isScalar ? t('mul', t(random.pick(['x', 'y'])), found) : found
}
