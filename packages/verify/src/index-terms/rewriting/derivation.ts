// A list of terms under rewriting: every move changes the terms and writes its step into the
// certificate. The moves mirror those of `certificate/plain.ts`; strategy is elsewhere.

import type { Budget } from '../../arithmetic/budget.ts'
import {
  minus,
  negate,
  type Polynomial,
  plus,
  splitAt,
  substitute,
} from '../../arithmetic/polynomial.ts'
import { addRational, multiplyRational, rational } from '../../arithmetic/rational.ts'
import type { Variable } from '../../arithmetic/variable.ts'
import type { Proof, Relation, Step } from '../../certificate/grammar.ts'
import { plainPolynomial } from '../plain.ts'
import { type Context, mapExpressions, multiplyPowers, type Term } from '../terms.ts'
import { type Products, proveEmpty, proveNonNegative, proveZero } from './implication.ts'

export interface Derivation {
  readonly context: Context
  readonly budget: Budget
  /** A term that vanished or was merged leaves a hole, so that numbers stay. */
  readonly terms: (Term | undefined)[]
  readonly steps: Step[]
}

export const termAt = (d: Derivation, slot: number): Term => {
  const t = d.terms[slot]
  if (!t) throw new RangeError(`term ${slot} is gone`)
  return t
}

/** Runs an attempt; where it returns false everything is as before. */
export const attempt = (d: Derivation, run: () => boolean): boolean => {
  const terms = [...d.terms]
  const steps = d.steps.length
  if (run()) return true
  d.terms.splice(0, d.terms.length, ...terms)
  d.steps.length = steps
  return false
}

const lists = { guard: 'guards', equation: 'equations' } as const

const prove = (
  d: Derivation,
  t: Term,
  relation: Relation,
  p: Polynomial,
  products?: Products,
): readonly Proof[] | undefined => {
  if (relation === 'equation') return proveZero(p, t, d.context, d.budget, products)
  const proof = proveNonNegative(p, t, d.context, d.budget, products)
  return proof && [proof]
}

/** Solves an equation for a bound variable with coefficient ±1 in it, and substitutes. */
export const eliminate = (d: Derivation, slot: number, equation: number, v: Variable): void => {
  const t = termAt(d, slot)
  const { coefficient, rest } = splitAt(t.equations[equation]!, v)
  const value = [...coefficient.values()][0]!.coefficient === 1n ? negate(rest) : rest
  const without = {
    ...t,
    bound: t.bound.filter((other) => other !== v),
    equations: t.equations.toSpliced(equation, 1),
  }
  d.terms[slot] = mapExpressions(without, (p) => substitute(p, new Map([[v, value]])))
  d.steps.push({ move: 'eliminate', term: slot, equation, variable: v.id })
}

export interface Change {
  readonly forward: ReadonlyMap<Variable, Polynomial>
  readonly inverse: ReadonlyMap<Variable, Polynomial>
}

/** The term in new bound variables. */
export const changed = (t: Term, { forward, inverse }: Change): Term => ({
  ...mapExpressions(t, (p) => substitute(p, forward)),
  bound: [...t.bound.filter((v) => !forward.has(v)), ...inverse.keys()],
})

export const change = (d: Derivation, slot: number, by: Change): void => {
  d.terms[slot] = changed(termAt(d, slot), by)
  const plain = (values: ReadonlyMap<Variable, Polynomial>) =>
    [...values].map(([v, p]) => ({ variable: v.id, is: plainPolynomial(p) }))
  const [forward, inverse] = [plain(by.forward), plain(by.inverse)]
  d.steps.push({ move: 'change', term: slot, forward, inverse })
}

/** Leaves out a guard or an equation if the rest implies it. */
export const drop = (
  d: Derivation,
  slot: number,
  relation: Relation,
  index: number,
  products?: Products,
): boolean => {
  const t = termAt(d, slot)
  const list = lists[relation]
  const rest = { ...t, [list]: t[list].toSpliced(index, 1) }
  const proofs = prove(d, rest, relation, t[list][index]!, products)
  if (!proofs) return false
  d.terms[slot] = rest
  d.steps.push({ move: 'drop', term: slot, relation, index, proofs })
  return true
}

/** Adds a guard or an equation if the term implies it. */
export const insert = (
  d: Derivation,
  slot: number,
  relation: Relation,
  p: Polynomial,
  products?: Products,
): boolean => {
  const t = termAt(d, slot)
  const proofs = prove(d, t, relation, p, products)
  if (!proofs) return false
  const list = lists[relation]
  d.terms[slot] = { ...t, [list]: [...t[list], p] }
  const expression = plainPolynomial(p)
  d.steps.push({ move: 'insert', term: slot, relation, expression, proofs })
  return true
}

/** Writes an index of an access as another expression if the rest of the term makes them equal. */
export const reindexAccess = (
  d: Derivation,
  slot: number,
  access: number,
  axis: number,
  p: Polynomial,
): boolean => {
  const t = termAt(d, slot)
  const { array, index } = t.accesses[access]!
  const others = { ...t, accesses: t.accesses.toSpliced(access, 1) }
  const proofs = proveZero(minus(p, index[axis]!), others, d.context, d.budget)
  if (!proofs) return false
  const replaced = { array, index: index.with(axis, p) }
  d.terms[slot] = { ...t, accesses: t.accesses.with(access, replaced) }
  const expression = plainPolynomial(p)
  d.steps.push({ move: 'reindex', term: slot, access, axis, expression, proofs })
  return true
}

/** 1 = [g ≥ 0] + [-g - 1 ≥ 0]; returns the slot of the second half. */
export const split = (d: Derivation, slot: number, guard: Polynomial): number => {
  const t = termAt(d, slot)
  d.terms[slot] = { ...t, guards: [...t.guards, guard] }
  d.terms.push({ ...t, guards: [...t.guards, minus(negate(guard), 1)] })
  d.steps.push({ move: 'split', term: slot, guard: plainPolynomial(guard) })
  return d.terms.length - 1
}

/** Removes a term whose domain is shown to be empty. */
export const vanish = (d: Derivation, slot: number): boolean => {
  const proof = proveEmpty(termAt(d, slot), d.context, d.budget)
  if (!proof) return false
  d.terms[slot] = undefined
  d.steps.push({ move: 'vanish', term: slot, proof })
  return true
}

const withoutGuards = (t: Term, v: Variable, lower: number, upper: number): Term => ({
  ...t,
  bound: t.bound.filter((other) => other !== v),
  guards: t.guards.filter((_, i) => i !== lower && i !== upper),
})

/** Σ_v [v + a ≥ 0][b - v ≥ 0] = a + b + 1 if that is ≥ 0; returns the slots of its monomials. */
export const count = (
  d: Derivation,
  slot: number,
  v: Variable,
  lower: number,
  upper: number,
): readonly number[] | undefined => {
  const t = termAt(d, slot)
  const length = plus(t.guards[lower]!, t.guards[upper]!, 1)
  const rest = withoutGuards(t, v, lower, upper)
  const proof = proveNonNegative(length, rest, d.context, d.budget)
  if (!proof) return undefined
  d.terms[slot] = undefined
  d.steps.push({
    move: 'count',
    term: slot,
    variable: v.id,
    lower,
    upper,
    length: plainPolynomial(length),
    proof,
  })
  return [...length.values()].map((m) => {
    const once = m.variables.map((w) => new Map([[w, 1]]))
    const powers = once.reduce<ReadonlyMap<Variable, number>>(multiplyPowers, rest.powers)
    const coefficient = multiplyRational(rest.coefficient, rational(m.coefficient))
    return d.terms.push({ ...rest, powers, coefficient }) - 1
  })
}

/** Σ_q [0 ≤ e - p q < p] = 1. */
export const forgetQuotient = (
  d: Derivation,
  slot: number,
  q: Variable,
  lower: number,
  upper: number,
): boolean => {
  const t = termAt(d, slot)
  const rest = withoutGuards(t, q, lower, upper)
  const p = plus(t.guards[lower]!, t.guards[upper]!)
  const proof = proveNonNegative(p, rest, d.context, d.budget)
  if (!proof) return false
  d.terms[slot] = rest
  d.steps.push({ move: 'quotient', term: slot, variable: q.id, lower, upper, proof })
  return true
}

/** Adds like terms, which must agree but for the coefficient; a sum of 0 is removed. */
export const merge = (d: Derivation, slot: number, into: number): void => {
  const target = termAt(d, into)
  const coefficient = addRational(termAt(d, slot).coefficient, target.coefficient)
  d.terms[slot] = undefined
  d.terms[into] = coefficient.numerator === 0n ? undefined : { ...target, coefficient }
  d.steps.push({ move: 'merge', term: slot, into })
}
