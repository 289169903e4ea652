// How far float32 may be from the float64 interpreter, op by op, and why. Errors of sums are
// relative to the largest entry of the result, because terms cancel; of elementwise ops to each.
import type { OpName } from './cases/case.ts'

/** Half a unit in the last place of float32. */
const HALF_ULP = 2 ** -24

interface Tolerance {
  readonly relative: number
  readonly reason: string
}

const exact: Tolerance = { relative: 0, reason: 'entries are moved or chosen, never computed' }
const rounded: Tolerance = { relative: 2 * HALF_ULP, reason: 'one operation, correctly rounded' }
const few: Tolerance = {
  relative: 16 * HALF_ULP,
  reason: 'a few roundings, and a function of a few units in the last place',
}
const steep: Tolerance = {
  relative: 1e-5,
  reason: 'an exponential or a power multiplies the rounding of its argument',
}
const sums: Tolerance = {
  relative: 4e-6,
  reason: 'each of some hundred terms is rounded, and the terms cancel',
}

export const float32Tolerance: { readonly [K in OpName]: Tolerance } = {
  input: exact,
  parameter: exact,
  constant: exact,
  add: rounded,
  sub: rounded,
  mul: rounded,
  mulOrZero: rounded,
  div: rounded,
  divideOrZero: rounded,
  neg: exact,
  exp: few,
  log: few,
  sqrt: rounded,
  square: rounded,
  abs: exact,
  sign: exact,
  pow: steep,
  power: steep,
  maximum: exact,
  minimum: exact,
  where: rounded,
  greater: exact,
  less: exact,
  equal: exact,
  sigmoid: few,
  sigmoidPrime: steep,
  tanh: few,
  tanhPrime: steep,
  expDifference: steep,
  logSumExp: steep,
  norm: sums,
  cumsum: sums,
  argmax: exact,
  gather: exact,
  gatherInput: sums,
  sin: few,
  cos: few,
  erf: few,
  timesPi: rounded,
  relu: exact,
  leakyRelu: rounded,
  elu: few,
  eluTail: few,
  softplus: few,
  identity: exact,
  stopGradient: exact,
  softmax: steep,
  logSoftmax: steep,
  conv2d: sums,
  convolve2d: sums,
  conv2dInput: sums,
  conv2dFilter: sums,
  dense: sums,
  denseInput: sums,
  denseWeight: sums,
  matmul: sums,
  maxPool2d: exact,
  maxPool2dInput: sums,
  maxPool2dGather: sums,
  medianPool2d: rounded,
  medianPool2dInput: sums,
  medianPool2dGather: sums,
  avgPool2d: sums,
  avgPool2dInput: sums,
  l2Pool2d: sums,
  max: exact,
  maxInput: sums,
  maxGather: sums,
  broadcastTo: exact,
  reshape: exact,
  flatten: exact,
  transpose: exact,
  flip: exact,
  rot180: exact,
  slice: exact,
  sliceScatter: exact,
  concat: exact,
  pad: exact,
  upsample: exact,
  tril: exact,
  triu: exact,
  sum: sums,
  mean: sums,
  squaredError: sums,
  crossEntropy: sums,
}

export const FLOAT64_TOLERANCE = 1e-12
