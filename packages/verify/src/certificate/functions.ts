// Functions of one value, powers and quotients: f of one entry is an entry of f of the array.

import type { Context, Index, Letter, Site } from './context.ts'
import { anywhere, isSaid, ranged, scoped, siteOf } from './context.ts'
import type { PlainScalar } from './grammar.ts'
import { inverse } from './laws.ts'
import * as poly from './polynomials.ts'
import { demand } from './polynomials.ts'
import type { CheckedTerm, Terms } from './sums.ts'
import * as sums from './sums.ts'

/** f^(order) of a scalar: of an array where it reads one entry, else of the letters that it uses. */
export const applied = (
  f: string,
  order: number,
  s: PlainScalar,
  site: Site,
  context: Context,
): Terms => {
  const { arrays, fresh } = context
  const inverted = f === inverse && order === 0 ? inverseOf(s, site, context) : undefined
  if (inverted) return inverted
  const value = context.termsOf(s, site)
  if (value.length === 0) return arrays.atZero(f, order)
  const [t, ...others] = value
  // e^{−a} = 1/e^a
  if (f === 'exp' && order === 0 && t!.coefficient[0] < 0n) {
    const to = { kind: 'product', factors: [{ kind: 'number', value: ['-1', '1'] }, s] } as const
    return applied(inverse, 0, { kind: 'apply', f, order, to }, site, context)
  }
  if (t && others.length === 0 && sums.singleAccess([{ ...t, guards: [] }])) {
    // f([g] A[e]) = [g] f(A[e]) + (1 − [g]) f(0)
    const { array, index } = t.accesses[0]!
    const shape = arrays.shapeOf(array)
    const inside = arrays.apply(f, order, { shape, at: (each) => arrays.read(array, each) })
    const terms = sums.guarded(anywhere(inside, index), t.guards)
    if (asProduct(value, site, context)) return terms
    const met = sums.guarded(sums.guarded(sums.one, sums.boxOf(index, shape)), t.guards)
    return [...terms, ...sums.product(arrays.atZero(f, order), sums.not(met), fresh)]
  }
  const law = f === 'log' && order === 0 ? logarithm(value, site, context) : undefined
  if (law) return law
  const { argument, index } = ofLetters(s, site, context)
  return arrays.apply(f, order, argument).at(index)
}

/** An array of the letters that a scalar uses, and the scalar's own place in it. */
const ofLetters = (s: PlainScalar, site: Site, context: Context) => {
  const inForce = new Set(lettersIn(s).filter((letter) => site.letters.has(letter)))
  const axes = [...inForce].map((letter) => [letter, ranged(site.letters.get(letter))] as const)
  // Whatever letter is met first: e^{x_k y_i} and e^{y_i x_k} are entries of one array.
  const firstIn = (letter: Letter): number => Math.min(...poly.variablesIn(letter.value))
  axes.sort(([, a], [, b]) => firstIn(a) - firstIn(b))
  const shape = axes.map(([, { length }]) => length)
  const at = (index: Index): Terms => {
    const letters = axes.map(([letter, { length }], axis) => {
      return [letter, { value: poly.plus(index[axis]!, 1n), length }] as const
    })
    // Those alone: an argument that knew of others would be one array for all of their values.
    return scoped(siteOf(new Map(letters)), (inner) => context.termsOf(s, inner))
  }
  return { argument: { shape, at }, index: axes.map(([, { value }]) => poly.plus(value, -1n)) }
}

/** c · n^k · A[e] B[e] …, each read inside of its box where letters are in force. */
export const asProduct = (
  terms: Terms,
  site: Site,
  { arrays, lengths }: Pick<Context, 'arrays' | 'lengths'>,
): CheckedTerm | undefined => {
  const [t, ...others] = terms
  if (!t || others.length > 0 || t.bound.size + t.equations.length > 0) return undefined
  const boxes = t.accesses.flatMap(({ array, index }) => sums.boxOf(index, arrays.shapeOf(array)))
  return [...t.guards, ...boxes].every((guard) => isSaid(guard, site, lengths)) ? t : undefined
}

/** log(e^a / s) = a − log s. */
const logarithm = (terms: Terms, site: Site, context: Context): Terms | undefined => {
  const { arrays } = context
  const t = asProduct(terms, site, context)
  if (!t || t.accesses.length === 0 || t.coefficient[0] !== t.coefficient[1] || t.powers.size > 0)
    return undefined
  const parts = t.accesses.map(({ array, index }): Terms | undefined => {
    const made = arrays.madeOf(array)
    if (made.kind !== 'function' || made.order > 0) return undefined
    if (made.f === 'exp') return made.argument.at(index)
    if (made.f !== inverse) return undefined
    const below = logarithm(made.argument.at(index), site, context)
    return sums.scaled(below ?? arrays.apply('log', 0, made.argument).at(index), -1n)
  })
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined
}

/** 1/(a b) = (1/a) (1/b), also of c n^k A B that a sum comes down to; of others it is a function. */
const inverseOf = (s: PlainScalar, site: Site, context: Context): Terms | undefined => {
  const { arrays, fresh, lengths } = context
  const of = (part: PlainScalar): Terms => applied(inverse, 0, part, site, context)
  if (s.kind === 'product') return sums.multiplied(s.factors.map(of), fresh)
  if (s.kind === 'power') return sums.power(of(s.base), exponentOf(s), fresh)
  if (s.kind === 'apply' && s.f === inverse && s.order === 0) return context.termsOf(s.to, site)
  const t = asProduct(context.termsOf(s, site), site, context)
  if (!t || ![...t.powers.keys()].every((id) => lengths.get(id) === 'size')) return undefined
  const [numerator, denominator] = t.coefficient
  demand(numerator !== 0n, 'a division by 0')
  const sign = numerator < 0n ? -1n : 1n
  const powers = new Map([...t.powers].map(([id, n]) => [id, -n]))
  const number = [sums.term({ coefficient: [sign * denominator, sign * numerator], powers })]
  const parts = t.accesses.map(({ array, index }): Terms => {
    const argument = { shape: arrays.shapeOf(array), at: (e: Index) => arrays.read(array, e) }
    return arrays.apply(inverse, 0, argument).at(index)
  })
  return sums.multiplied([number, ...parts], fresh)
}

const largestPower = 8n

export const exponentOf = ({ exponent }: Extract<PlainScalar, { kind: 'power' }>): number => {
  const n = BigInt(exponent)
  demand(n >= 0n && n <= largestPower, 'an exponent that is no small natural number')
  return Number(n)
}

/** Letters in the order in which they are met. */
const lettersIn = (part: unknown): number[] => {
  if (typeof part !== 'object' || part === null) return []
  const { kind, letter } = part as { readonly kind?: unknown; readonly letter?: number }
  return kind === 'letter' ? [letter!] : Object.values(part).flatMap(lettersIn)
}
