// Elementwise ops, softmax and the costs, by hand.

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
import { crossEntropy } from '../ops/cost/cross-entropy.ts'
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
import { apply } from '../record/operand.ts'
import { type Literal, literal } from './literal.ts'

const { LN2, log: ln } = Math
const LN3 = ln(3)

const A = [
  [1, 2],
  [3, 4],
]
const B = [10, 20]

export const elementwiseLiterals = {
  add: literal([A, B], add, [
    [11, 22],
    [13, 24],
  ]),
  sub: literal([A, B], sub, [
    [-9, -18],
    [-7, -16],
  ]),
  mul: literal([A, B], mul, [
    [10, 40],
    [30, 80],
  ]),
  mulOrZero: literal([B, [0, -5]], mulOrZero, [0, -100]),
  div: literal([B, [4, -5]], div, [2.5, -4]),
  divideOrZero: literal(
    [
      [6, 6, 0],
      [3, 0, 0],
    ],
    divideOrZero,
    [2, 0, 0],
  ),
  neg: literal([[1, -2]], neg, [-1, 2]),
  exp: literal([[0, LN2]], exp, [1, 2]),
  log: literal([[1, Math.E]], log, [0, 1]),
  sqrt: literal([[0, 9]], sqrt, [0, 3]),
  square: literal([[-3, 2]], square, [9, 4]),
  abs: literal([[-3, 0, 2]], abs, [3, 0, 2]),
  sign: literal([[-3, 0, 2]], sign, [-1, 0, 1]),
  pow: literal([[2, 4]], (x) => pow(x, -0.5), [Math.SQRT1_2, 0.5]),
  power: literal(
    [
      [2, 4, 9],
      [3, 0.5, 0],
    ],
    pow,
    [8, 2, 1],
  ),
  maximum: literal(
    [
      [1, 5, 2],
      [3, 4, 2],
    ],
    maximum,
    [3, 5, 2],
  ),
  minimum: literal(
    [
      [1, 5, 2],
      [3, 4, 2],
    ],
    minimum,
    [1, 4, 2],
  ),
  where: literal(
    [
      [1, 0, -2],
      [1, 2, 3],
      [10, 20, 30],
    ],
    where,
    [1, 20, 3],
  ),
  greater: literal(
    [
      [1, 2, 3],
      [2, 2, 2],
    ],
    greater,
    [0, 0, 1],
  ),
  less: literal(
    [
      [1, 2, 3],
      [2, 2, 2],
    ],
    less,
    [1, 0, 0],
  ),
  equal: literal(
    [
      [1, 2, 3],
      [2, 2, 2],
    ],
    equal,
    [0, 1, 0],
  ),
  // 1/(1 + 1/3), and ¾ · ¼
  sigmoid: literal([[0, LN3, -LN3]], sigmoid, [1 / 2, 3 / 4, 1 / 4]),
  sigmoidPrime: literal([[0, LN3]], sigmoidPrime, [1 / 4, 3 / 16]),
  // (2 − ½)/(2 + ½), and 1 − 0.36
  tanh: literal([[0, LN2]], tanh, [0, 0.6]),
  tanhPrime: literal([[0, LN2]], tanhPrime, [1, 0.64]),
  expDifference: literal(
    [
      [1, LN2],
      [1, 0],
    ],
    expDifference,
    [1, 2],
  ),
  sin: literal([[0, Math.PI / 6, -Math.PI / 2]], sin, [0, 1 / 2, -1]),
  cos: literal([[0, Math.PI / 3, Math.PI]], cos, [1, 1 / 2, -1]),
  // Abramowitz & Stegun, table 7.1
  erf: literal(
    [[0, 0.5, -1, 2]],
    erf,
    [0, 0.5204998778130465, -0.8427007929497149, 0.9953222650189527],
  ),
  timesPi: literal([[1, -2]], timesPi, [Math.PI, -2 * Math.PI]),
  relu: literal([[-2, 0, 3]], relu, [0, 0, 3]),
  leakyRelu: literal([[-2, 0, 3]], (x) => leakyRelu(x, { slope: 0.5 }), [-1, 0, 3]),
  elu: literal([[-LN2, 0, 3]], (x) => elu(x, { alpha: 2 }), [-1, 0, 3]),
  eluTail: literal([[-LN2, 3]], (x) => apply(eluTailOp, [x], { alpha: 2 }), [1, 0]),
  // log(1 + 3)
  softplus: literal([[0, LN3]], softplus, [LN2, 2 * LN2]),
  identity: literal([[1, -2]], identity, [1, -2]),
  stopGradient: literal([[1, -2]], stopGradient, [1, -2]),
  softmax: literal([[0, LN3]], (x) => softmax(x), [1 / 4, 3 / 4]),
  logSoftmax: literal([[0, LN3]], (x) => logSoftmax(x), [ln(1 / 4), ln(3 / 4)]),
  // ½ (2² + 3²)
  squaredError: literal(
    [
      [1, 2],
      [3, 5],
    ],
    squaredError,
    6.5,
  ),
  crossEntropy: literal(
    [
      [0, LN3],
      [0, 1],
    ],
    (z, t) => crossEntropy(z!, t!),
    -ln(3 / 4),
  ),
} satisfies Record<string, Literal>
