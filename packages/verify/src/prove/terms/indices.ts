// Indices of the core as polynomials, counted from 1; ⌊e/p⌋ is an index of its own.

import {
  constantValue,
  type Polynomial,
  plus,
  polynomial,
  times,
} from '../../arithmetic/polynomial.ts'
import type { Index, Letter } from '../../core/core.ts'
import { UnsupportedError } from '../../core/errors.ts'
import { ceilingOf, type Indices, quotientOf } from './letters.ts'

/** How letters are known to what is in force. */
export const keyOf = ({ id, name }: Letter): string => `${name}#${id}`

const largestPower = 8n

/** @throws UnsupportedError where it is not linear in the letters */
export const indexOf = (index: Index, indices: Indices): Polynomial => {
  const value = (part: Index): Polynomial => indexOf(part, indices)
  switch (index.kind) {
    case 'length':
      return index.of
    case 'letter': {
      const known = indices.letters.get(keyOf(index.letter))
      if (!known) throw new UnsupportedError(`the letter ${index.letter.name} has no value`)
      return known.value
    }
    case 'plus':
      return plus(...index.terms.map(value))
    case 'times':
      return times(...index.factors.map(value))
    case 'over': {
      const p = value(index.above)
      const by = constantValue(value(index.below))
      if (by === undefined || by === 0n) break
      if ([...p.values()].some((m) => m.coefficient % by !== 0n)) break
      return plus(...[...p.values()].map((m) => times(m.coefficient / by, ...m.variables)))
    }
    case 'raised': {
      const exponent = constantValue(value(index.exponent))
      if (exponent === undefined || exponent < 0n || exponent > largestPower) break
      return Array.from({ length: Number(exponent) }, () => value(index.base)).reduce(
        (product, base) => times(product, base),
        polynomial(1),
      )
    }
    case 'choice': {
      const [of] = index.of
      if (!of || (index.by !== 'floor' && index.by !== 'ceil')) break
      if (of.kind !== 'over') return value(of)
      const [e, p] = [value(of.above), value(of.below)]
      return index.by === 'floor' ? quotientOf(indices, e, p) : ceilingOf(indices, e, p)
    }
  }
  throw new UnsupportedError(`an index with ${index.kind}`)
}
