// Indices of a claim as polynomials, counted from 1 as they are written.

import {
  constantValue,
  negate,
  type Polynomial,
  plus,
  polynomial,
  times,
} from '../../arithmetic/polynomial.ts'
import type { Resolved } from '../../language/resolved.ts'
import { childNodes } from '../../language/walk.ts'
import { ceilingOf, type Indices, quotientOf } from '../letters.ts'
import { UnsupportedError } from '../unsupported.ts'

export type SizeOf = (name: string) => Polynomial

/** @throws UnsupportedError where it is not linear in the indices */
export const claimIndex = (node: Resolved, indices: Indices, sizeOf: SizeOf): Polynomial => {
  const value = (part: Resolved): Polynomial => claimIndex(part, indices, sizeOf)
  switch (node.kind) {
    case 'numeral':
      if (node.value.denominator !== 1n) throw new UnsupportedError('a fraction as an index')
      return polynomial(node.value.numerator)
    case 'index': {
      const letter = indices.letters.get(node.name)
      if (!letter) throw new UnsupportedError(`nothing binds ${node.name}`)
      return letter.value
    }
    case 'size':
      return sizeOf(node.name)
    case 'addition':
      return plus(...node.terms.map(value))
    case 'product':
      return times(...node.factors.map(value))
    case 'negation':
      return negate(value(node.operand))
    case 'power': {
      const exponent = constantValue(value(node.exponent))
      if (exponent === undefined || exponent < 0n || exponent > 8n) break
      return times(1, ...Array.from({ length: Number(exponent) }, () => value(node.base)))
    }
    case 'quotient': {
      const p = value(node.numerator)
      const by = constantValue(value(node.denominator))
      if (by === undefined || by === 0n) break
      if ([...p.values()].some((m) => m.coefficient % by !== 0n)) break
      return plus(...[...p.values()].map((m) => times(m.coefficient / by, ...m.variables)))
    }
    case 'call': {
      const [operand] = node.operands
      if (node.word !== 'floor' && node.word !== 'ceil') break
      if (operand?.kind !== 'quotient') return value(operand!)
      const [e, p] = [value(operand.numerator), value(operand.denominator)]
      return node.word === 'floor' ? quotientOf(indices, e, p) : ceilingOf(indices, e, p)
    }
    default:
  }
  throw new UnsupportedError(`an index with ${node.kind}`)
}

const indexKinds: ReadonlySet<Resolved['kind']> = new Set<Resolved['kind']>([
  'numeral',
  'index',
  'size',
  'addition',
  'product',
  'negation',
  'power',
  'quotient',
  'call',
])

/** Made of indices, sizes and numbers only, with at least one index or size. */
export const isIndexLike = (node: Resolved): boolean =>
  indexKinds.has(node.kind) && childNodes<Resolved>(node).every(isIndexLike)
