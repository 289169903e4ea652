// Scalar formulas as data, and their translation into vector code. A fused loop is one formula.
import { needed } from '../../needed.ts'
import { type Body, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'
import { exp, expm1, sigmoid, tanh } from '../math/exponential.ts'
import { log, softplus } from '../math/logarithm.ts'
import { plainPower } from '../math/power.ts'

/** A function of one number or two. */
export type Rule = (f: Body, lanes: Lanes, ...operands: V128[]) => V128

/** What is one instruction, by the name of a formula; a NaN wins under `minimum`, `maximum`. */
const instructions = {
  ...({ add: 'add', sub: 'sub', mul: 'mul', div: 'div', neg: 'neg', abs: 'abs' } as const),
  ...({ sqrt: 'sqrt', minimum: 'min', maximum: 'max' } as const),
}

/** Comparisons are 0 or 1 as numbers; under `select` the machine's mask is used as it is. */
const comparisons = {
  ...({ greater: 'gt', less: 'lt', greaterEqual: 'ge', lessEqual: 'le' } as const),
  ...({ equal: 'eq', notEqual: 'ne' } as const),
}

function square(f: Body, { mul }: Lanes, value: V128): V128 {
  const x = f.let(value)
  return mul(x, x)
}
function relu(f: Body, { gt }: Lanes, value: V128): V128 {
  const x = f.let(value)
  return v128.and(x, gt(x, v128.zero))
}
function sign(f: Body, { constant, gt, abs }: Lanes, value: V128): V128 {
  const x = f.let(value)
  const unit = v128.or(v128.and(x, constant(-0)), constant(1))
  // 0, −0 and NaN are their own signs.
  return v128.bitselect(unit, x, gt(abs(x), v128.zero))
}
const functions = { square, exp, expm1, log, softplus, sigmoid, tanh, relu, sign }

export type SeldomArithmetic = 'sin' | 'cos' | 'erf' | 'power'
export type Arithmetic = (keyof typeof instructions | keyof typeof functions) | SeldomArithmetic

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
  | { readonly op: 'fixedPower'; readonly operands: readonly [Formula]; readonly exponent: number }
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
  op: 'fixedPower',
  operands: [base],
  exponent,
})
export const select = (condition: Formula, a: Formula, b: Formula): Formula => ({
  op: 'select',
  operands: [condition, a, b],
})

const isComparison = (op: string): op is Comparison => op in comparisons
const isInstruction = (op: string): op is keyof typeof instructions => op in instructions
type FunctionName = Exclude<Arithmetic, keyof typeof instructions>
const isCommon = (op: FunctionName): op is keyof typeof functions => op in functions
const functionOf = (op: FunctionName): Rule =>
  isCommon(op) ? functions[op] : needed(seldom.functions, op)[op]
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
  /** One operand or two. */
  const pairOf = (formula: Formula) => operandsOf(formula).map(value) as [V128, V128]
  const mask = (formula: Formula): V128 =>
    isComparison(formula.op)
      ? lanes[comparisons[formula.op]](...pairOf(formula))
      : lanes.ne(value(formula), v128.zero)
  const compute = (formula: Formula): V128 => {
    switch (formula.op) {
      case 'input':
        return element(formula.index)
      case 'constant':
        return lanes.constant(formula.value)
      case 'fixedPower':
        return toThe(f, lanes, value(formula.operands[0]), formula.exponent)
      case 'select': {
        const [condition, a, b] = formula.operands
        return v128.bitselect(value(a), value(b), mask(condition))
      }
      default:
        if (isComparison(formula.op)) return v128.and(mask(formula), lanes.constant(1))
        return isInstruction(formula.op)
          ? lanes[instructions[formula.op]](...pairOf(formula))
          : functionOf(formula.op)(f, lanes, ...formula.operands.map(value))
    }
  }
  // Each result is kept: the stores that follow must not change what a later formula reads.
  return roots.map((root) => f.let(value(root)))
}
