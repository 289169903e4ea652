// A composed line as a person would leave it: sums that an equation decides are carried out, and
// conditions that always hold are left out. The value stays the same at every entry.
import { iverson, number, productOf, sumOf } from '../notation/algebra.ts'
import {
  type Expression,
  formatExpression,
  type Guard,
  type Line,
  type Relation,
  specialise,
  type Variable,
} from '../notation/index.ts'
import { substitute } from '../notation/substitute.ts'
import { mapChildren, mentionsFree } from '../notation/traverse.ts'
import type { Shape } from '../shape.ts'
import type { Composition } from './compose.ts'
import { isWithin, type Ranges, rangeOf, withoutIdleRemainders } from './ranges.ts'

/** The line of a composition, tidied. */
export function tidyLine({ line, arrays, ranges }: Composition, shape: Shape): Line {
  const shapes = Object.fromEntries([...arrays].map(([key, node]) => [key, node.shape]))
  const normal = (body: Expression): Expression =>
    specialise({ ...line, body }, { shapes, symbols: {}, shape }).body
  const first = normal(withoutIdleRemainders(line.body, ranges))
  return { ...line, body: settleConditions(normal(settleSums(first, ranges)), ranges) }
}

/** Σ_r [r = e] f(r) is f(e), wherever e stays in the range of r. */
function settleSums(expression: Expression, ranges: Ranges): Expression {
  const inner = mapChildren(expression, (part) => settleSums(part, ranges))
  if (inner.kind !== 'reduction' || inner.reduction !== 'Σ') return inner
  let variables = inner.variables
  let factors = factorsOf(inner.body)
  const joined = factors.find((factor) => isSum(factor) && pins(factor.body, variables))
  if (joined && isSum(joined)) {
    variables = [...variables, ...joined.variables]
    factors = factors.flatMap((factor) => (factor === joined ? factorsOf(joined.body) : [factor]))
  }
  for (
    let pin = findPin(factors, variables, ranges);
    pin;
    pin = findPin(factors, variables, ranges)
  ) {
    const { name, value, guard } = pin
    const replacement = new Map([[name, value]])
    variables = variables.filter((variable) => variable.name !== name)
    factors = factors
      .map((factor) => withoutGuard(factor, guard))
      .map((factor) => substitute(factor, replacement))
  }
  const body = productOf(factors)
  return variables.length > 0 ? { ...inner, variables, body } : body
}

type Sum = Extract<Expression, { kind: 'reduction' }>

const isSum = (expression: Expression): expression is Sum =>
  expression.kind === 'reduction' && expression.reduction === 'Σ'

const factorsOf = (body: Expression): readonly Expression[] =>
  body.kind === 'product' ? body.factors : [body]

interface Pin {
  readonly name: string
  readonly value: Expression
  readonly guard: Guard
}

const equations = (factors: readonly Expression[]): readonly Guard[] =>
  factors
    .flatMap((factor) => (factor.kind === 'iverson' ? factor.guards : []))
    .filter((guard) => guard.kind === 'relation' && guard.relations.join() === '=')

/** Whether the body of an inner sum has an equation for a variable of the outer one. */
const pins = (body: Expression, variables: readonly Variable[]): boolean =>
  equations(factorsOf(body)).some(
    (guard) =>
      guard.kind === 'relation' &&
      guard.operands.some(
        (side) => side.kind === 'symbol' && variables.some(({ name }) => name === side.name),
      ),
  )

function findPin(
  factors: readonly Expression[],
  variables: readonly Variable[],
  ranges: Ranges,
): Pin | undefined {
  for (const guard of equations(factors)) {
    if (guard.kind !== 'relation') continue
    const [left, right] = guard.operands as [Expression, Expression]
    for (const [side, value] of [
      [left, right],
      [right, left],
    ] as const) {
      if (side.kind !== 'symbol' || !variables.some(({ name }) => name === side.name)) continue
      const { greatest } = ranges.get(side.name)!
      if (!mentionsFree(value, side.name) && isWithin(rangeOf(value, ranges), 1, greatest)) {
        return { name: side.name, value, guard }
      }
    }
  }
  return undefined
}

function withoutGuard(factor: Expression, guard: Guard): Expression {
  if (factor.kind !== 'iverson') return factor
  const guards = factor.guards.filter((other) => other !== guard)
  return guards.length > 0 ? iverson(guards) : number(1)
}

/** Drops what always holds; [[x > 0] ≠ 0] is [x > 0]; a product with 0 is 0. */
export function settleConditions(expression: Expression, ranges: Ranges): Expression {
  const inner = mapChildren(expression, (part) => settleConditions(part, ranges))
  switch (inner.kind) {
    case 'iverson': {
      const guards = inner.guards.map(unwrapped).filter((guard) => !alwaysHolds(guard, ranges))
      if (guards.some((guard) => neverHolds(guard, ranges))) return number(0)
      return guards.length > 0 ? iverson(guards) : number(1)
    }
    case 'product':
      return inner.factors.some(isZero) ? number(0) : withFirstMasks(productOf(inner.factors))
    case 'sum':
      return sumOf(inner.terms)
    case 'negation':
      return isZero(inner.operand) ? number(0) : inner
    case 'quotient':
      return isZero(inner.numerator) ? number(0) : inner
    case 'reduction':
      return inner.reduction === 'Σ' && isZero(inner.body) ? number(0) : inner
    default:
      return inner
  }
}

export const isZero = (expression: Expression): boolean =>
  expression.kind === 'number' && expression.value === 0

/** Masks stand in front of what they mask. */
function withFirstMasks(expression: Expression): Expression {
  if (expression.kind !== 'product') return expression
  const masks = expression.factors.filter(({ kind }) => kind === 'iverson')
  return productOf([...masks, ...expression.factors.filter((factor) => !masks.includes(factor))])
}

const OPPOSITES: Readonly<Record<Relation, Relation>> = {
  '=': '≠',
  '≠': '=',
  '<': '≥',
  '≥': '<',
  '>': '≤',
  '≤': '>',
}

/** [[a > b] ≠ 0] and [[a > b] = 0], the conditions of `where`. */
function unwrapped(guard: Guard): Guard {
  if (guard.kind !== 'relation' || guard.relations.length !== 1) return guard
  const [mask, zero] = guard.operands as [Expression, Expression]
  const [sign] = guard.relations
  if (mask.kind !== 'iverson' || !isZero(zero) || mask.guards.length !== 1) return guard
  const [only] = mask.guards
  if (only?.kind !== 'relation' || only.relations.length !== 1) return guard
  if (sign === '≠') return only
  return sign === '=' ? { ...only, relations: [OPPOSITES[only.relations[0]!]] } : guard
}

function alwaysHolds(guard: Guard, ranges: Ranges): boolean {
  if (guard.kind === 'winner') return false
  return guard.relations.every((sign, k) => {
    const [left, right] = [guard.operands[k]!, guard.operands[k + 1]!]
    if (sign === '=' && formatExpression(left) === formatExpression(right)) return true
    return PROOFS[sign](rangeOf(left, ranges), rangeOf(right, ranges))
  })
}

function neverHolds(guard: Guard, ranges: Ranges): boolean {
  if (guard.kind === 'winner') return false
  return guard.relations.some((sign, k) => {
    const [left, right] = [guard.operands[k]!, guard.operands[k + 1]!]
    return PROOFS[OPPOSITES[sign]](rangeOf(left, ranges), rangeOf(right, ranges))
  })
}

type Proof = (
  a: { least: number; greatest: number },
  b: { least: number; greatest: number },
) => boolean

/** What two intervals alone can prove. */
const PROOFS: Readonly<Record<Relation, Proof>> = {
  '=': (a, b) => a.least === a.greatest && b.least === b.greatest && a.least === b.least,
  '≠': (a, b) => a.greatest < b.least || b.greatest < a.least,
  '<': (a, b) => a.greatest < b.least,
  '≤': (a, b) => a.greatest <= b.least,
  '>': (a, b) => b.greatest < a.least,
  '≥': (a, b) => b.greatest <= a.least,
}
