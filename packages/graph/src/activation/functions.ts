// The functions that a formula of one variable may call: the ops under their own names, and as
// mathematics spells them.

import { gelu } from '../composed/activation/gelu.ts'
import { silu } from '../composed/activation/silu.ts'
import { abs } from '../ops/arithmetic/abs.ts'
import { add } from '../ops/arithmetic/add.ts'
import { div } from '../ops/arithmetic/div.ts'
import { mul } from '../ops/arithmetic/mul.ts'
import { neg } from '../ops/arithmetic/neg.ts'
import { pow } from '../ops/arithmetic/pow.ts'
import { sign } from '../ops/arithmetic/sign.ts'
import { sqrt } from '../ops/arithmetic/sqrt.ts'
import { square } from '../ops/arithmetic/square.ts'
import { sub } from '../ops/arithmetic/sub.ts'
import { elu } from '../ops/entrywise/elu.ts'
import { erf } from '../ops/entrywise/erf.ts'
import { exp } from '../ops/entrywise/exp.ts'
import { log } from '../ops/entrywise/log.ts'
import { leakyRelu, relu } from '../ops/entrywise/relu.ts'
import { sigmoid } from '../ops/entrywise/sigmoid.ts'
import { cos, sin } from '../ops/entrywise/sine.ts'
import { softplus } from '../ops/entrywise/softplus.ts'
import { tanh } from '../ops/entrywise/tanh.ts'
import { identity } from '../ops/identity.ts'
import { clamp } from '../ops/selection/clamp.ts'
import { equal } from '../ops/selection/equal.ts'
import { greater } from '../ops/selection/greater.ts'
import { less } from '../ops/selection/less.ts'
import { maximum } from '../ops/selection/maximum.ts'
import { minimum } from '../ops/selection/minimum.ts'
import { where } from '../ops/selection/where.ts'
import type { Node } from '../record/node.ts'

export type Combine = (...operands: Node[]) => Node

/** By the number of operands; an op's trailing options are not among them. */
const unary = (op: (x: Node) => Node) => ({ arity: 1, combine: (x: Node) => op(x) }) as const
const binary = (op: (a: Node, b: Node) => Node) =>
  ({ arity: 2, combine: (a: Node, b: Node) => op(a, b) }) as const
const ternary = (op: (a: Node, b: Node, c: Node) => Node) =>
  ({ arity: 3, combine: (a: Node, b: Node, c: Node) => op(a, b, c) }) as const

const not = (x: Node): Node => sub(1, x)

/** What a formula may call, with the number of its operands. */
export const FUNCTIONS: Readonly<Record<string, { arity: number; combine: Combine }>> = {
  ...{ exp: unary(exp), log: unary(log), ln: unary(log), sqrt: unary(sqrt), '√': unary(sqrt) },
  ...{ square: unary(square), abs: unary(abs), sign: unary(sign), neg: unary(neg) },
  ...{ sigmoid: unary(sigmoid), σ: unary(sigmoid), tanh: unary(tanh), relu: unary(relu) },
  ...{ sin: unary(sin), cos: unary(cos), erf: unary(erf), gelu: unary(gelu), silu: unary(silu) },
  ...{ leakyRelu: unary(leakyRelu), elu: unary(elu), softplus: unary(softplus) },
  ...{ identity: unary(identity), max: binary(maximum), min: binary(minimum) },
  ...{ maximum: binary(maximum), minimum: binary(minimum), pow: binary(pow) },
  ...{ add: binary(add), sub: binary(sub), mul: binary(mul), div: binary(div) },
  ...{ greater: binary(greater), less: binary(less), equal: binary(equal) },
  ...{ clamp: ternary(clamp), where: ternary(where) },
}

/** Comparisons are 1 where they hold and 0 elsewhere. */
export const COMPARISONS: Readonly<Record<string, Combine>> = {
  '>': greater,
  '<': less,
  '==': equal,
  '≥': (a, b) => not(less(a!, b!)),
  '≤': (a, b) => not(greater(a!, b!)),
  '≠': (a, b) => not(equal(a!, b!)),
} as Record<string, Combine>

export const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, π: Math.PI, e: Math.E }
