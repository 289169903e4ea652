// The functions that a formula of one variable may call: the ops under their own names, and as
// mathematics spells them.

import { gelu } from '../composed/gelu.ts'
import { silu } from '../composed/silu.ts'
import type { Node } from '../node.ts'
import { abs } from '../ops/abs.ts'
import { add } from '../ops/add.ts'
import { clamp } from '../ops/clamp.ts'
import { div } from '../ops/div.ts'
import { elu } from '../ops/elu.ts'
import { equal } from '../ops/equal.ts'
import { erf } from '../ops/erf.ts'
import { exp } from '../ops/exp.ts'
import { greater } from '../ops/greater.ts'
import { identity } from '../ops/identity.ts'
import { less } from '../ops/less.ts'
import { log } from '../ops/log.ts'
import { maximum } from '../ops/maximum.ts'
import { minimum } from '../ops/minimum.ts'
import { mul } from '../ops/mul.ts'
import { neg } from '../ops/neg.ts'
import { pow } from '../ops/pow.ts'
import { leakyRelu, relu } from '../ops/relu.ts'
import { sigmoid } from '../ops/sigmoid.ts'
import { sign } from '../ops/sign.ts'
import { cos, sin } from '../ops/sine.ts'
import { softplus } from '../ops/softplus.ts'
import { sqrt } from '../ops/sqrt.ts'
import { square } from '../ops/square.ts'
import { sub } from '../ops/sub.ts'
import { tanh } from '../ops/tanh.ts'
import { where } from '../ops/where.ts'

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
