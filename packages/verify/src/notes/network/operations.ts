// The functions that the textual form of a network may call: a table of names, nothing else is
// reachable.
import {
  abs,
  argmax,
  avgPool2d,
  bilinear,
  binaryCrossEntropy,
  concat,
  conv1d,
  conv2d,
  convolve2d,
  convTranspose2d,
  cos,
  cosineSimilarity,
  crossEntropy,
  cumsum,
  dense,
  elu,
  erf,
  exp,
  flatten,
  flip,
  gather,
  gelu,
  hardSigmoid,
  hardSwish,
  hardTanh,
  hinge,
  huber,
  identity,
  klDivergence,
  l2Pool2d,
  leakyRelu,
  log,
  logCosh,
  logSigmoid,
  logSoftmax,
  logSumExp,
  matmul,
  max,
  maximum,
  maxPool2d,
  mean,
  meanAbsoluteError,
  meanSquaredError,
  medianPool2d,
  min,
  minimum,
  mish,
  mul,
  type Node,
  norm,
  pad,
  pow,
  prod,
  relu,
  relu6,
  reshape,
  rot180,
  selu,
  sigmoid,
  sign,
  silu,
  sin,
  slice,
  softmax,
  softplus,
  softsign,
  sqrt,
  square,
  squaredError,
  sum,
  tanh,
  timesPi,
  transpose,
  tril,
  triu,
  upsample,
  variance,
  where,
} from '@backprove/graph'
import type { OfLengths } from './of-lengths.ts'

/** A value of an option, or an argument: a node, a number, a list, or a word such as same. */
export type Value = Node | number | string | OfLengths | readonly Value[]

type Recorder = (...operands: never[]) => Node

export interface Operation {
  readonly record: Recorder
  /** How many operands it takes. */
  readonly arity: readonly [least: number, most: number]
  /** Names of options; where there are any, they follow the operands as one object. */
  readonly options: readonly string[]
}

const taking = (operands: number, options: readonly string[], recorders: object) =>
  Object.entries(recorders).map(([name, record]: [string, Recorder]): [string, Operation] => [
    name,
    { record, arity: [operands, operands], options },
  ])

const windows = ['stride', 'padding', 'dilation']
const pools = ['size', ...windows, 'ceil']

const elementwise = {
  ...{ exp, log, sqrt, square, abs, sign, sigmoid, tanh, relu, softplus, identity },
}

const activations = {
  ...{ sin, cos, erf, timesPi, silu, selu, mish, softsign, logSigmoid },
  ...{ relu6, hardTanh, hardSigmoid, hardSwish },
}

/** Operations of one array, entry by entry. */
export const entrywise: ReadonlySet<string> = new Set([
  ...Object.keys(elementwise),
  ...Object.keys(activations),
  ...['gelu', 'elu', 'leakyRelu'],
])

/** W x and x W of a vector too, which the graph has as dense layers; x · y of two. */
export const product = (a: Node, b: Node): Node => {
  if (a.shape.length === 1 && b.shape.length === 1) return sum(mul(a, b))
  if (b.shape.length === 1) return dense(b, a)
  return a.shape.length === 1 ? dense(a, transpose(b)) : matmul(a, b)
}

export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...taking(1, [], { ...elementwise, ...activations, flatten, rot180 }),
  ...taking(2, [], { matmul: product, maximum, minimum, squaredError, crossEntropy, reshape, pow }),
  ...taking(2, ['bias', ...windows, 'groups'], { conv2d, convolve2d }),
  ...taking(2, ['bias', ...windows, 'outputPadding', 'groups'], { convTranspose2d }),
  ...taking(2, ['reduction'], { meanSquaredError, meanAbsoluteError, binaryCrossEntropy }),
  ...taking(2, ['delta', 'reduction'], { huber }),
  ...taking(2, ['margin', 'squared', 'reduction'], { hinge }),
  ...taking(2, ['reduction'], { logCosh }),
  ...taking(2, [], { klDivergence }),
  ...taking(2, ['axes'], { cosineSimilarity }),
  ...taking(3, [], { where }),
  ...taking(2, ['bias', ...windows, 'groups'], { conv1d }),
  ...taking(1, pools, { maxPool2d, l2Pool2d, medianPool2d }),
  ...taking(1, [...pools, 'countPadding'], { avgPool2d }),
  ...taking(1, ['axis'], { softmax, logSoftmax, concat }),
  ...taking(1, ['axes'], { transpose, flip }),
  ...taking(1, ['axis', 'reverse'], { cumsum }),
  ...taking(1, ['axis'], { argmax }),
  ...taking(2, ['axis'], { gather }),
  ...taking(1, ['axes', 'keepDims'], { logSumExp }),
  ...taking(1, ['axes', 'keepDims'], { sum, mean, max, min, norm }),
  ...taking(1, ['axes', 'keepDims', 'correction'], { variance }),
  ...taking(1, ['axes', 'keepDims'], { prod }),
  ...taking(1, ['diagonal'], { tril, triu }),
  ...taking(1, ['approximate'], { gelu }),
  ...taking(1, ['slope'], { leakyRelu }),
  ...taking(1, ['alpha'], { elu }),
  ...taking(1, ['size'], { upsample, bilinear }),
  ...taking(1, ['before', 'after', 'value'], { pad }),
  ...taking(1, ['start', 'end', 'step'], { slice }),
  ['dense', { record: dense, arity: [2, 3], options: [] }],
])
