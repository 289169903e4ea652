// The moves: each keeps the sum of the terms, and in the end none is left, so that left = right for
// all sizes and all contents. Shares no code with the prover.

import type { PlainPolynomial, PlainValue, Proof, Relation, Step } from './grammar.ts'
import * as poly from './polynomials.ts'
import { demand, type Poly, readId } from './polynomials.ts'
import { at, demandProof } from './proof.ts'
import type { CheckedContext, CheckedTerm } from './sums.ts'
import { isConstant, mapPolys, polysOf, readScoped, scaled, signature, timesSizes } from './sums.ts'

export type Check = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** @throws Rejected unless the steps leave no term */
export const checkSteps = (
  given: readonly CheckedTerm[],
  context: CheckedContext,
  steps: readonly Step[],
): void => {
  const terms: (CheckedTerm | undefined)[] = [...given]
  for (const step of steps) apply(step, terms, context)
  const rest = terms.filter((t) => t !== undefined && t.coefficient[0] !== 0n)
  demand(rest.length === 0, `${rest.length} terms are left`)
}

const fieldOf = { guard: 'guards', equation: 'equations' } as const

/** p = coefficient · v + rest for a coefficient ±1. */
const splitAt = (p: Poly, v: number): { readonly sign: bigint; readonly rest: Poly } => {
  const sign = p.get(`${v}`) ?? 0n
  return { sign, rest: poly.sum([1n, p], [-sign, poly.single(v)]) }
}

export const isUnit = (p: Poly, v: number): boolean => {
  const { sign, rest } = splitAt(p, v)
  return (sign === 1n || sign === -1n) && !poly.variablesIn(rest).has(v)
}

const unitSplit = (p: Poly, v: number) => {
  demand(isUnit(p, v), 'not a unit coefficient')
  return splitAt(p, v)
}

/** Σ_v [±v + e = 0] f(v) = f(∓e). */
export const eliminated = (t: CheckedTerm, equation: number, variable: number): CheckedTerm => {
  demand(t.bound.has(variable), 'the variable is not bound in this term')
  const { sign, rest } = unitSplit(at(t.equations, equation), variable)
  const values = new Map([[variable, poly.sum([-sign, rest])]])
  const bound = without(t.bound, variable)
  const equations = t.equations.toSpliced(equation, 1)
  return mapPolys({ ...t, bound, equations }, (p) => poly.substitute(p, values))
}

/** A bound variable between two guards that alone mention it: those, and the term without them. */
const idle = (t: CheckedTerm, v: number, lower: number, upper: number) => {
  demand(t.bound.has(v) && lower !== upper, 'not a bound variable between two guards')
  const guards = t.guards.filter((_, i) => i !== lower && i !== upper)
  const rest = { ...t, guards, bound: without(t.bound, v) }
  demand(!polysOf(rest).some((p) => poly.variablesIn(p).has(v)), 'the variable occurs elsewhere')
  return { low: at(t.guards, lower), high: at(t.guards, upper), rest }
}

const without = (ids: ReadonlySet<number>, ...gone: number[]): Set<number> =>
  new Set([...ids].filter((id) => !gone.includes(id)))

const valuesOf = (values: readonly PlainValue[], read: (p: PlainPolynomial) => Poly) =>
  new Map(values.map(({ variable, is }) => [variable, read(is)] as const))

const apply = (step: Step, terms: (CheckedTerm | undefined)[], context: CheckedContext): void => {
  const t = at(terms, step.term)
  const scoped = (p: Parameters<typeof readScoped>[0]) => readScoped(p, context, t.bound)
  const demandImplied = (by: Relation, p: Poly, of: CheckedTerm, proofs: readonly Proof[]) => {
    const goals = by === 'guard' ? [p] : [p, poly.minus(new Map(), p)]
    demand(proofs.length === goals.length, 'the wrong number of proofs')
    for (const [i, goal] of goals.entries()) demandProof(goal, of, context, at(proofs, i))
  }
  switch (step.move) {
    case 'eliminate':
      terms[step.term] = eliminated(t, step.equation, step.variable)
      return
    case 'change': {
      const old = new Set(step.forward.map(({ variable }) => variable))
      const fresh = new Set(step.inverse.map(({ variable }) => readId(variable)))
      const sizes = old.size === step.forward.length && fresh.size === step.inverse.length
      demand(sizes && [...old].every((id) => t.bound.has(id)), 'not a change of bound variables')
      const bound = without(t.bound, ...old)
      const captured = [...fresh].some((id) => bound.has(id) || context.kinds.has(id))
      demand(!captured, 'a new variable is not new')
      for (const id of fresh) bound.add(id)
      const forward = valuesOf(step.forward, (p) => readScoped(p, context, bound))
      const inverse = valuesOf(step.inverse, scoped)
      for (const [id, p] of forward)
        demand(poly.equal(poly.substitute(p, inverse), poly.single(id)), 'no inverse')
      for (const [id, p] of inverse)
        demand(poly.equal(poly.substitute(p, forward), poly.single(id)), 'no inverse')
      terms[step.term] = mapPolys({ ...t, bound }, (p) => poly.substitute(p, forward))
      return
    }
    case 'drop': {
      const field = fieldOf[step.relation]
      const dropped = at(t[field], step.index)
      const rest = { ...t, [field]: t[field].toSpliced(step.index, 1) }
      demandImplied(step.relation, dropped, rest, step.proofs)
      terms[step.term] = rest
      return
    }
    case 'insert': {
      const field = fieldOf[step.relation]
      const inserted = scoped(step.expression)
      demandImplied(step.relation, inserted, t, step.proofs)
      terms[step.term] = { ...t, [field]: [...t[field], inserted] }
      return
    }
    case 'reindex': {
      const expression = scoped(step.expression)
      const access = at(t.accesses, step.access)
      const change = poly.minus(expression, at(access.index, step.axis))
      // Without the access itself: where only the old index is inside its box, the new one may not
      // be 0.
      const others = { ...t, accesses: t.accesses.toSpliced(step.access, 1) }
      demandImplied('equation', change, others, step.proofs)
      const changed = { ...access, index: access.index.with(step.axis, expression) }
      terms[step.term] = { ...t, accesses: t.accesses.with(step.access, changed) }
      return
    }
    case 'split': {
      const guard = scoped(step.guard)
      const opposite = poly.minus(poly.constant(-1n), guard)
      terms[step.term] = { ...t, guards: [...t.guards, guard] }
      terms.push({ ...t, guards: [...t.guards, opposite] })
      return
    }
    case 'vanish':
      demandProof(poly.constant(-1n), t, context, step.proof)
      terms[step.term] = undefined
      return
    case 'count': {
      const { low, high, rest } = idle(t, step.variable, step.lower, step.upper)
      const [from, to] = [unitSplit(low, step.variable), unitSplit(high, step.variable)]
      demand(from.sign === 1n && to.sign === -1n, 'not an interval')
      const length = readScoped(step.length, context, rest.bound)
      demand(poly.equal(length, poly.plus(poly.sum([1n, low], [1n, high]), 1n)), 'the wrong length')
      demandProof(length, rest, context, step.proof)
      for (const { coefficient, variables } of step.length) {
        for (const id of variables)
          demand(isConstant(context, id), 'a length that depends on an index')
        const counted = scaled([rest], BigInt(coefficient))
        terms.push(...counted.map((each) => timesSizes(each, variables)))
      }
      terms[step.term] = undefined
      return
    }
    case 'quotient': {
      const { low, high, rest } = idle(t, step.variable, step.lower, step.upper)
      const p = poly.plus(poly.sum([1n, low], [1n, high]), 1n)
      demandProof(poly.plus(p, -1n), rest, context, step.proof)
      // With q ↦ q + 1 the remainder e - p q must fall by exactly p, which itself is free of q.
      const next = new Map([[step.variable, poly.plus(poly.single(step.variable), 1n)]])
      const fall = poly.minus(low, poly.substitute(low, next))
      demand(poly.equal(fall, p) && !poly.variablesIn(p).has(step.variable), 'not a quotient')
      terms[step.term] = rest
      return
    }
    case 'merge': {
      const into = at(terms, step.into)
      demand(step.into !== step.term, 'a term merged into itself')
      demand(signature(t) === signature(into), 'unlike terms')
      const [[a, b], [c, d]] = [t.coefficient, into.coefficient]
      const coefficient = [poly.bounded(a * d + c * b), poly.bounded(b * d)] as const
      terms[step.into] = { ...into, coefficient }
      terms[step.term] = undefined
      return
    }
  }
}
