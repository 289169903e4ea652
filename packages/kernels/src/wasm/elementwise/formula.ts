// Scalar formulas as data, and their translation into vector code. A fused loop is one formula.
import { needed } from '../../needed.ts'
import { type Body, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'
import { exp, expm1, sigmoid, tanh } from '../math/exponential.ts'
import { log, softplus } from '../math/logarithm.ts'
import { plainPower } from '../math/power.ts'

export type Rule = (lanes: Lanes, f: Body, ...operands: V128[]) => V128
const rules = <Name extends string>(table: Record<Name, Rule>) => table

/** Functions of one, two, three numbers; a NaN wins under `minimum` and `maximum`. */
const arithmetic = rules({
  add: ({ add }, _, a, b) => add(a!, b!),
  sub: ({ sub }, _, a, b) => sub(a!, b!),
  mul: ({ mul }, _, a, b) => mul(a!, b!),
  div: ({ div }, _, a, b) => div(a!, b!),
  minimum: ({ min }, _, a, b) => min(a!, b!),
  maximum: ({ max }, _, a, b) => max(a!, b!),
  neg: ({ neg }, _, a) => neg(a!),
  abs: ({ abs }, _, a) => abs(a!),
  sqrt: ({ sqrt }, _, a) => sqrt(a!),
  square: ({ mul }, f, a) => {
    const x = f.let(a!)
    return mul(x, x)
  },
  exp: (lanes, f, a) => exp(f, lanes, a!),
  expm1: (lanes, f, a) => expm1(f, lanes, a!),
  log: (lanes, f, a) => log(f, lanes, a!),
  softplus: (lanes, f, a) => softplus(f, lanes, a!),
  sigmoid: (lanes, f, a) => sigmoid(f, lanes, a!),
  tanh: (lanes, f, a) => tanh(f, lanes, a!),
  relu: (lanes, f, a) => {
    const x = f.let(a!)
    return v128.and(x, lanes.gt(x, v128.zero))
  },
  sign: (lanes, f, a) => {
    const x = f.let(a!)
    const unit = v128.or(v128.and(x, lanes.constant(-0)), lanes.constant(1))
    // 0, −0 and NaN are their own signs.
    return v128.bitselect(unit, x, lanes.gt(lanes.abs(x), v128.zero))
  },
})

/** Comparisons are 0 or 1 as numbers; under `select` the machine's mask is used as it is. */
const comparisons = rules({
  greater: ({ gt }, _, a, b) => gt(a!, b!),
  less: ({ lt }, _, a, b) => lt(a!, b!),
  greaterEqual: ({ ge }, _, a, b) => ge(a!, b!),
  lessEqual: ({ le }, _, a, b) => le(a!, b!),
  equal: ({ eq }, _, a, b) => eq(a!, b!),
  notEqual: ({ ne }, _, a, b) => ne(a!, b!),
})

export type SeldomArithmetic = 'sin' | 'cos' | 'erf' | 'raise'
export type Arithmetic = keyof typeof arithmetic | SeldomArithmetic

/** What `linkEveryOp` fills in: functions that few networks apply. */
export const seldom: {
  functions?: Readonly<Record<SeldomArithmetic, Rule>>
  power?: (f: Body, lanes: Lanes, x: V128, exponent: number) => V128
} = {}
export type Comparison = keyof typeof comparisons

export type Formula =
  /** The element of an input array. */
  | { readonly op: 'input'; readonly index: number }
  | { readonly op: 'constant'; readonly value: number }
  | { readonly op: 'power'; readonly operands: readonly [Formula]; readonly exponent: number }
  /** operands[0] ≠ 0 ? operands[1] : operands[2]; what is not chosen does not matter. */
  | { readonly op: 'select'; readonly operands: readonly [Formula, Formula, Formula] }
  | { readonly op: Arithmetic | Comparison; readonly operands: readonly Formula[] }

export const input = (index: number): Formula => ({ op: 'input', index })
export const constant = (value: number): Formula => ({ op: 'constant', value })
export const apply = (op: Arithmetic | Comparison, ...operands: Formula[]): Formula => ({
  op,
  operands,
})
export const power = (base: Formula, exponent: number): Formula => ({
  op: 'power',
  operands: [base],
  exponent,
})
export const select = (condition: Formula, a: Formula, b: Formula): Formula => ({
  op: 'select',
  operands: [condition, a, b],
})

const isComparison = (op: string): op is Comparison => op in comparisons
const isCommon = (op: Arithmetic): op is keyof typeof arithmetic => op in arithmetic
const ruleOf = (op: Arithmetic): Rule =>
  isCommon(op) ? arithmetic[op] : needed(seldom.functions, op.replace('raise', 'power'))[op]
const operandsOf = (formula: Formula): readonly Formula[] =>
  'operands' in formula ? formula.operands : []

const toThe = (f: Body, lanes: Lanes, x: V128, exponent: number): V128 =>
  plainPower(f, lanes, x, exponent) ??
  needed(seldom.power, `the power ${exponent}`)(f, lanes, x, exponent)

/** How often every formula is used: those used twice are computed once and kept in a local. */
function countUses(roots: readonly Formula[]): Map<Formula, number> {
  const uses = new Map<Formula, number>()
  const visit = (formula: Formula) => {
    const before = uses.get(formula) ?? 0
    uses.set(formula, before + 1)
    if (before === 0) operandsOf(formula).forEach(visit)
  }
  roots.forEach(visit)
  return uses
}

/** Vector code for formulas that may share parts; `element(i)` is the vector of input i. */
export function translate(
  f: Body,
  lanes: Lanes,
  roots: readonly Formula[],
  element: (index: number) => V128,
): V128[] {
  const uses = countUses(roots)
  const known = new Map<Formula, V128>()
  const value = (formula: Formula): V128 => {
    const before = known.get(formula)
    if (before) return before
    const code = compute(formula)
    const shared = uses.get(formula)! > 1 && formula.op !== 'constant'
    const result = shared ? f.let(code) : code
    known.set(formula, result)
    return result
  }
  const mask = (formula: Formula): V128 =>
    isComparison(formula.op)
      ? comparisons[formula.op](lanes, f, ...operandsOf(formula).map(value))
      : lanes.ne(value(formula), v128.zero)
  const compute = (formula: Formula): V128 => {
    switch (formula.op) {
      case 'input':
        return element(formula.index)
      case 'constant':
        return lanes.constant(formula.value)
      case 'power':
        return toThe(f, lanes, value(formula.operands[0]), formula.exponent)
      case 'select': {
        const [condition, a, b] = formula.operands
        return v128.bitselect(value(a), value(b), mask(condition))
      }
      default:
        return isComparison(formula.op)
          ? v128.and(mask(formula), lanes.constant(1))
          : ruleOf(formula.op)(lanes, f, ...formula.operands.map(value))
    }
  }
  // Each result is kept: the stores that follow must not change what a later formula reads.
  return roots.map((root) => f.let(value(root)))
}
