// How each op of the graph is planned: one total table, so that a new op without an entry is a
// compile error. What a family's ops compute is their own affair.
import { type Op, type OpName, opName } from '@backprove/graph'
import { lines, needed } from '../needed.ts'

/**
 * - leaf: a value from outside;
 * - elementwise: entry by entry with broadcasting; neighbours are fused;
 * - reduction: a sum or maximum over axes, fused with the elementwise ops before it;
 * - view: the same entries under other strides, nothing is computed;
 * - assembly: entries are copied into parts of the result;
 * - kernel: a kernel of its own.
 */
export type Family = 'leaf' | 'elementwise' | 'reduction' | 'view' | 'assembly' | 'kernel'

export const families = {
  input: 'leaf',
  parameter: 'leaf',
  constant: 'leaf',
  add: 'elementwise',
  sub: 'elementwise',
  mul: 'elementwise',
  mulOrZero: 'elementwise',
  div: 'elementwise',
  divideOrZero: 'elementwise',
  neg: 'elementwise',
  exp: 'elementwise',
  log: 'elementwise',
  sqrt: 'elementwise',
  square: 'elementwise',
  abs: 'elementwise',
  sign: 'elementwise',
  pow: 'elementwise',
  power: 'elementwise',
  maximum: 'elementwise',
  minimum: 'elementwise',
  where: 'elementwise',
  greater: 'elementwise',
  less: 'elementwise',
  equal: 'elementwise',
  sigmoid: 'elementwise',
  sigmoidPrime: 'elementwise',
  tanh: 'elementwise',
  tanhPrime: 'elementwise',
  expDifference: 'elementwise',
  sin: 'elementwise',
  cos: 'elementwise',
  erf: 'elementwise',
  timesPi: 'elementwise',
  relu: 'elementwise',
  leakyRelu: 'elementwise',
  elu: 'elementwise',
  eluTail: 'elementwise',
  softplus: 'elementwise',
  identity: 'elementwise',
  stopGradient: 'elementwise',
  softmax: 'kernel',
  logSoftmax: 'kernel',
  conv2d: 'kernel',
  convolve2d: 'kernel',
  conv2dInput: 'kernel',
  conv2dFilter: 'kernel',
  dense: 'kernel',
  matmul: 'kernel',
  denseInput: 'kernel',
  denseWeight: 'kernel',
  maxPool2d: 'kernel',
  maxPool2dInput: 'kernel',
  maxPool2dGather: 'kernel',
  medianPool2d: 'kernel',
  medianPool2dInput: 'kernel',
  medianPool2dGather: 'kernel',
  avgPool2d: 'kernel',
  avgPool2dInput: 'kernel',
  l2Pool2d: 'kernel',
  broadcastTo: 'view',
  reshape: 'view',
  flatten: 'view',
  transpose: 'view',
  flip: 'view',
  rot180: 'view',
  concat: 'assembly',
  slice: 'view',
  sliceScatter: 'assembly',
  pad: 'assembly',
  upsample: 'assembly',
  tril: 'kernel',
  triu: 'kernel',
  sum: 'reduction',
  mean: 'kernel',
  max: 'reduction',
  logSumExp: 'kernel',
  norm: 'kernel',
  cumsum: 'kernel',
  argmax: 'kernel',
  gather: 'kernel',
  gatherInput: 'kernel',
  maxInput: 'kernel',
  maxGather: 'kernel',
  squaredError: 'kernel',
  crossEntropy: 'kernel',
} as const satisfies Record<OpName, Family>

type Names<F extends Family> = {
  [K in keyof typeof families]: (typeof families)[K] extends F ? K : never
}[keyof typeof families]

export type ElementwiseName = Names<'elementwise'>
export type ReductionName = Names<'reduction'>
export type ViewName = Names<'view'>
/** Kernels that few networks use: a page has them where it calls `linkEveryOp`. */
export type SeldomKernelName =
  | ('medianPool2d' | 'medianPool2dInput' | 'medianPool2dGather' | 'maxPool2dGather' | 'l2Pool2d')
  | ('maxInput' | 'maxGather' | 'cumsum' | 'gather' | 'gatherInput')
export type AssemblyName = Names<'assembly'>
export type KernelName = Names<'kernel'>

/**
 * The family of an op. One from elsewhere is compiled from its line where that is a formula of
 * entries, run by a kernel of its own, or interpreted.
 */
export function familyOf(op: Op): Family {
  const name = opName(op)
  if (name) return families[name]
  const isFormula = op.traits?.elementwise && needed(lines.known, op.name).hasLineFormula(op)
  return isFormula ? 'elementwise' : 'kernel'
}

/** An op in a table: one of the library by its name, one from elsewhere by itself. */
export type OpKey = OpName | Op
export const keyOf = (op: Op): OpKey => opName(op) ?? op

/** What a table by names of the library has for an op; undefined for one from elsewhere. */
export function entryFor<T>(table: Readonly<Partial<Record<OpName, T>>>, op: Op): T | undefined {
  const name = opName(op)
  return name && table[name]
}
