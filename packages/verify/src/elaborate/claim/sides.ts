// The sides of a claim as fields: of its free letters, then of their own axes.

import { type Polynomial, plus, polynomial } from '../../arithmetic/polynomial.ts'
import { freeIndex } from '../../arithmetic/variable.ts'
import type { Field } from '../../index-terms/terms.ts'
import { isZero, type ResolvedClaim } from '../../language/resolved.ts'
import type { Index } from '../functions/functions.ts'
import { type Letter, withLetters } from '../letters.ts'
import { UnsupportedError } from '../unsupported.ts'
import type { Value } from './arrays.ts'
import { oneWay } from './entrywise.ts'
import { sideOf } from './expression.ts'
import { bareLength } from './reductions.ts'
import { aligned } from './shapes.ts'
import type { ClaimSite } from './site.ts'

/** The free letters' lengths: the axis that a letter has bare in the first operand that has it. */
const freeLengths = (claim: ResolvedClaim, site: ClaimSite) =>
  claim.free.map((name): readonly [string, Polynomial] => {
    // An array that is read here may itself be indexed: the letters stand for something meanwhile.
    const stand = claim.free.map((letter): readonly [string, Letter] => [
      letter,
      { value: plus(polynomial(freeIndex(letter)), 1) },
    ])
    for (const operand of claim.operands) {
      const length = bareLength(name, operand, withLetters(site, stand))
      if (length) return [name, length]
    }
    throw new UnsupportedError(`nothing bounds the index ${name}`)
  })

export const sidesOf = (claim: ResolvedClaim, site: ClaimSite): readonly Side[] => {
  const free = freeLengths(claim, site)
  const enter = (index: Index): ClaimSite =>
    withLetters(
      site,
      free.map(([name, length], k) => [name, { value: plus(index[k]!, 1), length }] as const),
    )
  const inside = enter(free.map(([name]) => polynomial(freeIndex(name))))
  return claim.operands.map((operand) => ({
    ...sideOf(operand, free, inside, enter),
    free: free.length,
    isZero: isZero(operand),
  }))
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
