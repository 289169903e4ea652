// Elementwise ops as formulas: a total table but for ops that have a formula of their name, and a
// fused group's instructions as one formula.
import { type Op, opName } from '@backprove/graph'
import { needed } from '../../needed.ts'
import { type ElementwiseName, entryFor } from '../../plan/families.ts'
import type { Instruction, Source } from '../../plan/plan.ts'
import {
  type Arithmetic,
  apply,
  type Comparison,
  constant,
  type Formula,
  input,
  power,
  select,
} from '../elementwise/formula.ts'

type Rule = (operands: readonly Formula[], params: object) => Formula

/** An op that formulas have under its own name. */
const plain =
  (op: Arithmetic | Comparison): Rule =>
  (operands) =>
    apply(op, ...operands)
const unary =
  <P extends object>(rule: (x: Formula, params: P) => Formula): Rule =>
  ([x], params) =>
    rule(x!, params as P)

const zero = constant(0)
const exp = (x: Formula): Formula => apply('exp', x)
const isPositive = (x: Formula): Formula => apply('greater', x, zero)
/** For x that is not positive: a NaN is not negative either. */
const unlessNaN = (x: Formula, y: Formula): Formula => select(apply('lessEqual', x, zero), y, zero)
/** scale · t/(1 + t)², t = e^−|rate·x|: no digits are lost where the function is flat. */
const bell = (scale: number, rate: number, x: Formula): Formula => {
  const t = exp(apply('mul', constant(-rate), apply('abs', x)))
  const slope = apply('div', t, apply('square', apply('add', constant(1), t)))
  return scale === 1 ? slope : apply('mul', constant(scale), slope)
}

const formulas: { readonly [K in Exclude<ElementwiseName, Arithmetic | Comparison>]: Rule } = {
  mulOrZero: ([a, b]) => select(a!, apply('mul', a!, b!), zero),
  divideOrZero: ([a, b]) => select(b!, apply('div', a!, b!), zero),
  pow: unary<{ n: number }>((x, { n }) => power(x, n)),
  where: ([condition, a, b]) => select(condition!, a!, b!),
  sigmoidPrime: unary((x) => bell(1, 1, x)),
  tanhPrime: unary((x) => bell(4, 2, x)),
  expDifference: ([a, b]) => select(apply('equal', a!, b!), constant(1), exp(apply('sub', a!, b!))),
  timesPi: unary((x) => apply('mul', constant(Math.PI), x)),
  leakyRelu: unary<{ slope: number }>((x, { slope }) =>
    select(isPositive(x), x, unlessNaN(x, apply('mul', constant(slope), x))),
  ),
  elu: unary<{ alpha: number }>((x, { alpha }) =>
    select(isPositive(x), x, unlessNaN(x, apply('mul', constant(alpha), apply('expm1', x)))),
  ),
  eluTail: unary<{ alpha: number }>((x, { alpha }) =>
    select(apply('lessEqual', x, zero), apply('mul', constant(alpha), exp(x)), zero),
  ),
  identity: unary((x) => x),
  stopGradient: unary((x) => x),
}

/** What `linkEveryOp` fills in: the formula of an op from elsewhere. */
export const ownFormula: {
  of?: (op: Op, params: object, operands: readonly Formula[]) => Formula
} = {}

/** What a group computes of its inputs; with no instruction, its one input. */
export const formulaOf = (code: readonly Instruction[]): Formula =>
  formulasOf(code, [{ kind: 'result', index: code.length - 1 }])[0] ?? input(0)

/** What a group computes of its inputs, as far as is asked for. */
export function formulasOf(code: readonly Instruction[], asked: readonly Source[]): Formula[] {
  const results: Formula[] = []
  // Of several results an input is one formula: what they share is loaded once.
  const inputs = new Map<number, Formula>()
  const isShared = asked.length > 1
  const formula = (source: Source): Formula => {
    if (source.kind === 'number') return constant(source.value)
    if (source.kind === 'result') return results[source.index]!
    const known = inputs.get(source.index) ?? input(source.index)
    if (isShared) inputs.set(source.index, known)
    return known
  }
  for (const { op, params, sources } of code) {
    const operands = sources.map(formula)
    const known = entryFor(formulas, op)
    const rule = known ?? (opName(op) ? plain(op.name as Arithmetic) : undefined)
    results.push(
      rule ? rule(operands, params) : needed(ownFormula.of, op.name)(op, params, operands),
    )
  }
  return asked.map(formula)
}
