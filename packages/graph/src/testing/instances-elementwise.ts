// Random applications of the elementwise ops, of softmax and of the costs.
import fc from 'fast-check'
import { abs } from '../ops/arithmetic/abs.ts'
import { add } from '../ops/arithmetic/add.ts'
import { div } from '../ops/arithmetic/div.ts'
import { divideOrZero } from '../ops/arithmetic/divide-or-zero.ts'
import { mul } from '../ops/arithmetic/mul.ts'
import { mulOrZero } from '../ops/arithmetic/mul-or-zero.ts'
import { neg } from '../ops/arithmetic/neg.ts'
import { pow } from '../ops/arithmetic/pow.ts'
import { sign } from '../ops/arithmetic/sign.ts'
import { sqrt } from '../ops/arithmetic/sqrt.ts'
import { square } from '../ops/arithmetic/square.ts'
import { sub } from '../ops/arithmetic/sub.ts'
import { timesPi } from '../ops/arithmetic/times-pi.ts'
import { crossEntropyOp } from '../ops/cost/cross-entropy.ts'
import { squaredError } from '../ops/cost/squared-error.ts'
import { elu, eluTailOp } from '../ops/entrywise/elu.ts'
import { erf } from '../ops/entrywise/erf.ts'
import { exp } from '../ops/entrywise/exp.ts'
import { log } from '../ops/entrywise/log.ts'
import { leakyRelu, relu } from '../ops/entrywise/relu.ts'
import { sigmoid, sigmoidPrime } from '../ops/entrywise/sigmoid.ts'
import { cos, sin } from '../ops/entrywise/sine.ts'
import { softplus } from '../ops/entrywise/softplus.ts'
import { tanh, tanhPrime } from '../ops/entrywise/tanh.ts'
import { identity } from '../ops/identity.ts'
import { expDifference } from '../ops/reduction/log-sum-exp.ts'
import { logSoftmax, softmax } from '../ops/reduction/softmax.ts'
import { equal } from '../ops/selection/equal.ts'
import { greater } from '../ops/selection/greater.ts'
import { less } from '../ops/selection/less.ts'
import { maximum } from '../ops/selection/maximum.ts'
import { minimum } from '../ops/selection/minimum.ts'
import { where } from '../ops/selection/where.ts'
import { stopGradient } from '../ops/stop-gradient.ts'
import type { Node } from '../record/node.ts'
import { apply } from '../record/operand.ts'
import { broadcastable, type Instance, type Instances, shape } from './instance.ts'

type Extra = Pick<Instance, 'domain' | 'condition'>

const unary = (record: (x: Node) => Node, extra: Extra = {}): Instances =>
  shape(0, 3).map((x) => ({ shapes: [x], record: ([node]) => record(node!), ...extra }))

const binary = (record: (a: Node, b: Node) => Node, extra: Extra = {}): Instances =>
  fc.tuple(broadcastable(2), fc.boolean()).map(([shapes, swap]) => ({
    shapes: swap ? shapes.toReversed() : shapes,
    record: ([a, b]) => record(a!, b!),
    ...extra,
  }))

/** One unary op with an option that is drawn. */
const withOption = (
  options: readonly number[],
  record: (x: Node, option: number) => Node,
  extra: Extra = {},
): Instances =>
  fc
    .tuple(shape(0, 3), fc.constantFrom(...options))
    .map(([x, option]) => ({ shapes: [x], record: ([node]) => record(node!, option), ...extra }))

const alongAxis = (record: (x: Node, axis: number) => Node): Instances =>
  shape(1, 3).chain((x) =>
    fc.nat(x.length - 1).map((axis) => ({ shapes: [x], record: ([node]) => record(node!, axis) })),
  )

/** Two arrays of one shape, and a number. */
const cost = (record: (y: Node, t: Node) => Node): Instances =>
  shape(1, 3).map((y) => ({ shapes: [y, y], record: ([a, b]) => record(a!, b!) }))

export const elementwiseInstances = {
  add: binary(add),
  sub: binary(sub),
  mul: binary(mul),
  mulOrZero: binary(mulOrZero),
  div: binary(div),
  divideOrZero: binary(divideOrZero),
  neg: unary(neg),
  exp: unary(exp),
  log: unary(log, { domain: 'positive' }),
  sqrt: unary(sqrt, { domain: 'positive' }),
  square: unary(square),
  abs: unary(abs),
  sign: unary(sign),
  pow: withOption([-2, -0.5, 0.5, 1.5, 2, 3], pow, { domain: 'positive' }),
  power: binary(pow, { domain: 'positive' }),
  maximum: binary(maximum),
  minimum: binary(minimum),
  where: broadcastable(3).map((shapes) => ({
    shapes,
    record: ([c, a, b]) => where(c!, a!, b!),
    condition: 0,
  })),
  greater: binary(greater),
  less: binary(less),
  equal: binary(equal),
  sigmoid: unary(sigmoid),
  sigmoidPrime: unary(sigmoidPrime),
  tanh: unary(tanh),
  tanhPrime: unary(tanhPrime),
  expDifference: binary(expDifference),
  sin: unary(sin),
  cos: unary(cos),
  erf: unary(erf),
  timesPi: unary(timesPi),
  relu: unary(relu),
  leakyRelu: withOption([0.01, 0.3], (x, slope) => leakyRelu(x, { slope })),
  elu: withOption([1, 0.4], (x, alpha) => elu(x, { alpha })),
  eluTail: withOption([1, 0.4], (x, alpha) => apply(eluTailOp, [x], { alpha })),
  softplus: unary(softplus),
  identity: unary(identity),
  stopGradient: unary(stopGradient),
  softmax: alongAxis((x, axis) => softmax(x, { axis })),
  logSoftmax: alongAxis((x, axis) => logSoftmax(x, { axis })),
  squaredError: cost(squaredError),
  crossEntropy: cost((z, t) => apply(crossEntropyOp, [z, t])),
} satisfies Record<string, Instances>
