// Sums solved for their letters, as a person leaves them: Σ_{i′,u} [i = i′ + u − 1] δ_{i′} w_u is
// Σ_u δ_{i−u+1} w_u, and of windows that touch but do not overlap one is left, i′ = ⌈i/2⌉.
import { number, quotientOf, sumOf } from '../../notation/algebra.ts'
import {
  type Expression,
  formatExpression,
  type Guard,
  type Variable,
} from '../../notation/index.ts'
import { linear, linearForm } from '../../notation/print/linear.ts'
import { substitute } from '../../notation/substitute.ts'
import { mentionsFree, nodes } from '../../notation/traverse.ts'
import type { Shape } from '../../shape.ts'
import { isWithin, type Ranges, rangeOf } from './ranges.ts'

/** Variables of a sum and what an equation makes of them. */
export interface Solution {
  readonly values: ReadonlyMap<string, Expression>
  readonly guard: Guard
}

interface Sum {
  readonly factors: readonly Expression[]
  readonly variables: readonly Variable[]
  readonly ranges: Ranges
  readonly shapeOf: (key: string) => Shape
}

type Relation = Extract<Guard, { kind: 'relation' }>

/** left − right = 0 as a linear form over letters. */
const zeroForm = ({ operands: [left, right] }: Relation) =>
  linearForm(sumOf([left!, { kind: 'negation', operand: right! }]), new Map<string, number>())

const equations = (factors: readonly Expression[]): readonly Relation[] =>
  factors
    .flatMap((factor) => (factor.kind === 'iverson' ? factor.guards : []))
    .filter((guard): guard is Relation => guard.kind === 'relation')
    .filter(({ relations }) => relations.join() === '=')

/** The first variable of the sum for which some equation can be solved. */
export function solve(sum: Sum): Solution | undefined {
  for (const guard of equations(sum.factors)) {
    const solution = solveBlocks(guard, sum) ?? solveFor(guard, sum)
    if (solution) return solution
  }
  return undefined
}

/** −(Σ other terms)/coefficient, for a coefficient of 1 or −1. */
function solvedFor(guard: Relation, name: string): Expression | undefined {
  const { constant, terms } = zeroForm(guard)
  const own = terms.get(name)
  if (!own || Math.abs(own.coefficient) !== 1) return undefined
  const rest = [...terms.values()].filter(({ atom }) => atom !== own.atom)
  if (rest.some(({ atom }) => mentionsFree(atom, name))) return undefined
  const scaled = rest.map(({ atom, coefficient }) => ({
    kind: 'product' as const,
    factors: [number(-own.coefficient * coefficient), atom],
  }))
  return linear(sumOf([...scaled, number(-own.coefficient * constant)]), new Map())
}

function solveFor(guard: Relation, sum: Sum): Solution | undefined {
  for (const { name } of sum.variables) {
    const value = solvedFor(guard, name)
    // An entry is no place: w_{x_i+1} stays Σ_k [k = x_i + 1] w_k.
    if (value === undefined || [...nodes(value)].some(({ kind }) => kind === 'access')) continue
    const { greatest } = sum.ranges.get(name) ?? { greatest: 0 }
    if (isWithin(rangeOf(value, sum.ranges), 1, greatest) || endsWith(name, greatest, guard, sum))
      return { values: new Map([[name, value]]), guard }
  }
  return undefined
}

/** Kinds of which a product with 0 is 0, whatever the letters are. */
const HARMLESS: ReadonlySet<Expression['kind']> = new Set([
  'access',
  'number',
  'symbol',
  'sum',
  'product',
  'negation',
])

/** Of those, and of places: ⌈i/2⌉. */
const isHarmlessPart = (part: Expression): boolean =>
  HARMLESS.has(part.kind) ||
  (part.kind === 'call' && (part.name === 'floor' || part.name === 'ceil')) ||
  (part.kind === 'quotient' && part.denominator.kind === 'number')

/**
 * Whether the terms of a sum end where an array does that has the variable for an index, or a
 * window whose largest cell it is: beyond it they are 0 without being told.
 */
function endsWith(
  name: string,
  greatest: number,
  guard: Guard,
  { factors, shapeOf }: Sum,
): boolean {
  const isIt = (index: Expression) => index.kind === 'symbol' && index.name === name
  const isWinner = (each: Guard): boolean =>
    each.kind === 'winner' &&
    !mentionsFree(each.body, name) &&
    each.at.some((index, k) => isIt(index) && isNumber(each.variables[k]?.upTo, greatest))
  const isEnd = (factor: Expression): boolean =>
    factor.kind === 'iverson'
      ? factor.guards.some(isWinner)
      : factor.kind === 'access' &&
        !factor.array.startsWith('f ') &&
        factor.indices.some(
          (index, axis) => isIt(index) && shapeOf(factor.array)[axis] === greatest,
        )
  const isHarmless = (factor: Expression): boolean => {
    if (factor.kind === 'iverson')
      return factor.guards.every(
        (each) => each === guard || isWinner(each) || (each.kind === 'relation' && isPlain(each)),
      )
    return [...nodes(factor)].every(isHarmlessPart)
  }
  const isPlain = ({ operands }: Relation): boolean =>
    operands.every((operand) => [...nodes(operand)].every(isHarmlessPart))
  return (
    factors.some(isEnd) && factors.every((each) => !mentionsFree(each, name) || isHarmless(each))
  )
}

/**
 * i = s·m + u + c with 1 ≤ u ≤ s: windows that touch and do not overlap, so that m = ⌈(i−c)/s⌉ − 1
 * and u is what is left.
 */
function solveBlocks(guard: Relation, sum: Sum): Solution | undefined {
  const { variables, ranges, factors } = sum
  const { constant, terms } = zeroForm(guard)
  for (const { name: inner } of variables) {
    const unit = terms.get(inner)
    const size = ranges.get(inner)?.greatest ?? 0
    if (!unit || Math.abs(unit.coefficient) !== 1 || size < 2) continue
    for (const { name: outer } of variables) {
      const step = terms.get(outer)
      if (outer === inner || step?.coefficient !== unit.coefficient * size) continue
      const free = [...terms.values()].filter(
        ({ atom }) => atom !== unit.atom && atom !== step.atom,
      )
      const isFree = free.every(({ atom }) =>
        variables.every(({ name }) => !mentionsFree(atom, name)),
      )
      if (!isFree || free.length === 0) continue
      const sign = -unit.coefficient
      const scaled = free.map(({ atom, coefficient }) => ({
        kind: 'product' as const,
        factors: [number(sign * coefficient), atom],
      }))
      const position = linear(sumOf([...scaled, number(sign * constant - size)]), new Map())
      const window: Expression = {
        kind: 'call',
        name: 'ceil',
        operands: [quotientOf(position, number(size))],
      }
      const { greatest } = ranges.get(outer) ?? { greatest: 0 }
      const isInside = isWithin(rangeOf(window, ranges), 1, greatest)
      if (!isInside && !endsWith(outer, greatest, guard, sum)) continue
      const others = factors.some((factor) => mentionsInner(factor, inner, guard))
      const left = others ? solvedFor(guard, inner) : number(1)
      if (left === undefined) continue
      const rest = substitute(left, new Map([[outer, window]]))
      return {
        values: new Map([
          [outer, window],
          [inner, rest],
        ]),
        guard,
      }
    }
  }
  return undefined
}

const isNumber = (expression: Expression | undefined, value: number): boolean =>
  expression?.kind === 'number' && expression.value === value

const mentionsInner = (factor: Expression, inner: string, guard: Guard): boolean =>
  mentionsFree(
    factor.kind === 'iverson'
      ? { ...factor, guards: factor.guards.filter((each) => each !== guard) }
      : factor,
    inner,
  )

/** Stands for the largest cell of a window: `[a_{ij} = max]`. */
export const LARGEST: Expression = { kind: 'symbol', name: 'max' }

/**
 * `(u,v) = argmax_{a,b} A_{2m+a−2,2n+b−2}` where i = 2m + u − 2 and j = 2n + v − 2 is
 * `A_{ij} = max`,
 * as books have it: the cell is the largest of its window, where no other is as large.
 */
export function asLargest(factors: readonly Expression[]): readonly Expression[] {
  const known = equations(factors)
  return factors.map((factor) => {
    if (factor.kind !== 'iverson') return factor
    return { ...factor, guards: factor.guards.map((guard) => largest(guard, known) ?? guard) }
  })
}

function largest(guard: Guard, known: readonly Relation[]): Guard | undefined {
  if (guard.kind !== 'winner' || guard.reduction !== 'max' || guard.body.kind !== 'access')
    return undefined
  const cell = substitute(
    guard.body,
    new Map(guard.variables.map(({ name }, k) => [name, guard.at[k]!] as const)),
  )
  if (cell.kind !== 'access') return undefined
  const indices = cell.indices.map((index, axis) => {
    if (index.kind === 'symbol' || index.kind === 'number') return index
    // A channel, which no window moves.
    const written = (guard.body as typeof cell).indices[axis]!
    if (guard.variables.every(({ name }) => !mentionsFree(written, name))) return index
    const text = formatExpression(linear(index, new Map()))
    const found = known
      .map(({ operands: [left, right] }) => [left!, right!] as const)
      .flatMap(([left, right]) => [[left, right] as const, [right, left] as const])
      .find(([, side]) => formatExpression(linear(side, new Map())) === text)
    return found?.[0].kind === 'symbol' ? found[0] : undefined
  })
  if (indices.some((index) => index === undefined)) return undefined
  const winner: Expression = { ...cell, indices: indices as Expression[] }
  return { kind: 'relation', relations: ['='], operands: [winner, LARGEST] }
}
