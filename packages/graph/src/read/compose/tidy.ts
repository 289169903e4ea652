// A composed line as a person would leave it: sums that an equation decides are carried out, and
// conditions that always hold are left out. The value stays the same at every entry.
import { iverson, negate, number, productOf, sumOf } from '../../notation/algebra.ts'
import {
  type Expression,
  formatExpression,
  type Guard,
  type Line,
  type Relation,
  specialise,
} from '../../notation/index.ts'
import { mapChildren } from '../../notation/traverse.ts'
import type { Shape } from '../../shape.ts'
import { numbersFirst } from '../numbers-first.ts'
import type { Composition } from './compose.ts'
import { type Ranges, rangeOf, withoutIdleRemainders, withoutRemainders } from './ranges.ts'
import { settleSums } from './settle-sums.ts'

/**
 * The line of a composition, tidied. In prose the winner of a window is `[a_{ij} = max]`, which
 * is for people and not to be evaluated.
 */
export function tidyLine(
  { line, arrays, ranges }: Composition,
  shape: Shape,
  inProse = false,
): Line {
  const shapes = Object.fromEntries([...arrays].map(([key, node]) => [key, node.shape]))
  const normal = (body: Expression): Expression =>
    specialise({ ...line, body }, { shapes, symbols: {}, shape }).body
  const plain = withoutRemainders(withoutIdleRemainders(line.body, ranges))
  // Solved first: of an axis of length 1, Σ_u δ_i′ w_u with i = 2i′ + u − 2 is δ_i′ w_{i−2i′+2}.
  const first = normal(settleSums(plain, { ranges, shapes, inProse }))
  const settled = settleConditions(normal(settleSums(first, { ranges, shapes, inProse })), ranges)
  return { ...line, body: inProse ? numbersFirst(settled) : settled }
}

/** Drops what always holds; [[x > 0] ≠ 0] is [x > 0]; a product with 0 is 0. */
export function settleConditions(expression: Expression, ranges: Ranges): Expression {
  const inner = mapChildren(expression, (part) => settleConditions(part, ranges))
  switch (inner.kind) {
    case 'iverson': {
      const guards = inner.guards
        .map(unwrapped)
        .map(turned)
        .filter((guard) => !alwaysHolds(guard, ranges))
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
      return inner.reduction === 'Σ' ? tidySum(inner) : inner
    default:
      return inner
  }
}

/** Σ 0 is 0, Σ (−a) is −Σ a, and Σ_i Σ_j is one sum. */
function tidySum(sum: Extract<Expression, { kind: 'reduction' }>): Expression {
  const { body, variables } = sum
  if (isZero(body)) return number(0)
  if (body.kind === 'negation') return negate(tidySum({ ...sum, body: body.operand }))
  const isSum = body.kind === 'reduction' && body.reduction === 'Σ'
  return isSum ? { ...body, variables: [...body.variables, ...variables] } : sum
}

export const isZero = (expression: Expression): boolean =>
  expression.kind === 'number' && expression.value === 0

/** Masks stand in front of what they mask, each once. */
function withFirstMasks(expression: Expression): Expression {
  if (expression.kind !== 'product') return expression
  const all = expression.factors.filter(({ kind }) => kind === 'iverson')
  const masks = [...new Map(all.map((mask) => [formatExpression(mask), mask])).values()]
  return productOf([...masks, ...expression.factors.filter(({ kind }) => kind !== 'iverson')])
}

const OPPOSITES: Readonly<Record<Relation, Relation>> = {
  '=': '≠',
  '≠': '=',
  '<': '≥',
  '≥': '<',
  '>': '≤',
  '≤': '>',
}

const MIRRORED: Readonly<Record<Relation, Relation>> = {
  ...{ '=': '=', '≠': '≠' },
  ...{ '<': '>', '>': '<' },
  ...{ '≥': '≤', '≤': '≥' },
}

/** [z > 0], not [0 < z]. */
function turned(guard: Guard): Guard {
  if (guard.kind !== 'relation' || guard.relations.length !== 1) return guard
  const [left, right] = guard.operands as [Expression, Expression]
  const isTurned = left.kind === 'number' && right.kind !== 'number'
  const [sign] = guard.relations as [Relation]
  return isTurned ? { ...guard, operands: [right, left], relations: [MIRRORED[sign]] } : guard
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
