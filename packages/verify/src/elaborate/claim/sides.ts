// The sides of a claim as fields: of its free letters, then of their own axes.

import {
  canonicalKey,
  minus,
  type Polynomial,
  plus,
  polynomial,
} from '../../arithmetic/polynomial.ts'
import { freeIndex } from '../../arithmetic/variable.ts'
import { guardTerms } from '../../index-terms/fields.ts'
import type { Field } from '../../index-terms/terms.ts'
import { isZero, type ResolvedClaim } from '../../language/resolved.ts'
import type { Index } from '../functions/functions.ts'
import { type Letter, withLetters } from '../letters.ts'
import { UnsupportedError } from '../unsupported.ts'
import type { Value } from './arrays.ts'
import { oneWay } from './entrywise.ts'
import { sideOf } from './expression.ts'
import { bareLengths } from './reductions.ts'
import { aligned } from './shapes.ts'
import type { ClaimSite } from './site.ts'

/** A free letter: the box that it runs through, and what else bounds it. */
interface FreeLetter {
  readonly name: string
  readonly length: Polynomial
  readonly within: readonly Polynomial[]
}

/** The lengths that each operand gives a free letter. */
const lengthsOf = (name: string, claim: ResolvedClaim, site: ClaimSite) => {
  // An array that is read here may itself be indexed: the letters stand for something meanwhile.
  const stand = claim.free.map((letter): readonly [string, Letter] => [
    letter,
    { value: plus(polynomial(freeIndex(letter)), 1) },
  ])
  const inside = withLetters(site, stand)
  return claim.operands.map((operand) => bareLengths(name, operand, inside))
}

const distinct = (lengths: readonly Polynomial[]): readonly Polynomial[] => [
  ...new Map(lengths.map((length) => [canonicalKey(length), length])).values(),
]

/**
 * The boxes of a free letter, of which it runs through each: as the statement settled it. Boxes
 * that are alike only as recorded are not settled for other sizes.
 */
const boxesOf = (name: string, claim: ResolvedClaim, site: ClaimSite): readonly FreeLetter[] => {
  const choice = claim.ranges?.free[name]
  const lengths = lengthsOf(name, claim, site)
  const all = distinct(typeof choice === 'number' ? lengths[choice]! : lengths.flat())
  const [length, ...within] = all
  if (!length) throw new UnsupportedError(`nothing bounds the index ${name}`)
  if (within.length > 0 && choice === undefined) {
    throw new UnsupportedError(`ranges of ${name} that agree only as recorded`)
  }
  return choice === 'any'
    ? all.map((each) => ({ name, length: each, within: [] }))
    : [{ name, length, within }]
}

const mostCombinations = 16

/** The sides over every combination of boxes: what is claimed are the equations of them all. */
export const sidesOf = (claim: ResolvedClaim, site: ClaimSite): readonly (readonly Side[])[] => {
  const combinations = claim.free
    .map((name) => boxesOf(name, claim, site))
    .reduce<readonly (readonly FreeLetter[])[]>(
      (all, boxes) => all.flatMap((each) => boxes.map((box) => [...each, box])),
      [[]],
    )
  if (combinations.length > mostCombinations) throw new UnsupportedError('too many ranges')
  return combinations.map((free) => sidesOver(free, claim, site))
}

const sidesOver = (
  free: readonly FreeLetter[],
  claim: ResolvedClaim,
  site: ClaimSite,
): readonly Side[] => {
  const enter = (index: Index): ClaimSite =>
    withLetters(
      site,
      free.map(({ name, length }, k) => [name, { value: plus(index[k]!, 1), length }] as const),
    )
  const inside = enter(free.map(({ name }) => polynomial(freeIndex(name))))
  const guarded = ({ shape, at }: Field): Field => ({
    shape,
    at: (index) => {
      const guards = free.flatMap(({ within }, k) => within.map((n) => minus(n, index[k]!, 1)))
      return guards.length > 0 ? guardTerms(at(index), guards) : at(index)
    },
  })
  const boxes = free.map(({ name, length }) => [name, length] as const)
  return claim.operands.map((operand) => {
    const { field, own } = sideOf(operand, boxes, inside, enter)
    return { field: guarded(field), own, free: free.length, isZero: isZero(operand) }
  })
}

export interface Side {
  readonly field: Field
  /** Its own axes alone. */
  readonly own: Value
  readonly free: number
  /** 0 stands for an array of zeros, and a number for nothing else. */
  readonly isZero: boolean
}

const zeros = (shape: Index): Field => ({ shape, at: () => [] })

/** Two sides with the same axes; those of length 1 do not matter. */
export const matched = (left: Side, right: Side, { model }: ClaimSite): readonly [Field, Field] => {
  const { free } = left
  const [a, b] = [left.field, right.field]
  if (right.isZero) return [a, zeros(a.shape)]
  if (left.isZero) return [zeros(b.shape), b]
  const arrays = [left.own, right.own].filter((value) => value.kind === 'array')
  oneWay('The sides', arrays, model.network.sizes)
  const target = a.shape.slice(free)
  const align = aligned('The sides', b.shape.slice(free), target, model.network.sizes)
  const at = (index: Index) => b.at([...index.slice(0, free), ...align(index.slice(free))])
  return [a, { shape: a.shape, at }]
}
