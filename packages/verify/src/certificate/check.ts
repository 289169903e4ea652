// The independent checker: accepts a certificate only if every move keeps the sum of the terms and
// no term is left, so that left = right for all sizes and all contents. Shares no code with the prover.

import type { Certificate, PlainContext, PlainTerm, Proof, Relation, Step } from './plain.ts'
import {
  constant,
  demand,
  equal,
  type Poly,
  Rejected,
  readId,
  single,
  spell,
  substitute,
  sum,
  variablesIn,
} from './polynomials.ts'
import { demandProof } from './proof.ts'
import {
  type CheckedContext,
  type CheckedTerm,
  isConstant,
  readContext,
  readScoped,
  readTerm,
} from './state.ts'

export type Check = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/** Whether the certificate proves left = right under the context. Never throws. */
export const checkCertificate = (
  left: readonly PlainTerm[],
  right: readonly PlainTerm[],
  context: PlainContext,
  certificate: Certificate,
): Check => {
  try {
    const given = readContext(context)
    const terms: (CheckedTerm | undefined)[] = [
      ...left.map((t) => readTerm(t, given, 1n)),
      ...right.map((t) => readTerm(t, given, -1n)),
    ]
    for (const step of certificate.steps) apply(step, terms, given)
    const rest = terms.filter((t) => t !== undefined && t.coefficient[0] !== 0n)
    demand(rest.length === 0, `${rest.length} terms are left`)
    return { ok: true }
  } catch (error) {
    return { ok: false, reason: error instanceof Rejected ? error.message : `malformed: ${error}` }
  }
}

const remove = <T>(items: readonly T[], index: number): [T, T[]] => {
  demand(Number.isSafeInteger(index) && index >= 0 && index < items.length, 'no such item')
  return [items[index] as T, items.toSpliced(index, 1)]
}

const fieldOf = { guard: 'guards', equation: 'equations' } as const

const mapPolys = (t: CheckedTerm, f: (p: Poly) => Poly): CheckedTerm => ({
  ...t,
  accesses: t.accesses.map(({ array, index }) => ({ array, index: index.map(f) })),
  guards: t.guards.map(f),
  equations: t.equations.map(f),
})

const polysOf = (t: CheckedTerm): Poly[] => [
  ...t.accesses.flatMap((a) => a.index),
  ...t.guards,
  ...t.equations,
]

const demandImplied = (
  relation: Relation,
  p: Poly,
  term: CheckedTerm,
  context: CheckedContext,
  proofs: readonly Proof[],
): void => {
  const goals = relation === 'guard' ? [p] : [p, sum([-1n, p])]
  demand(proofs.length === goals.length, 'the wrong number of proofs')
  for (const [i, goal] of goals.entries()) demandProof(goal, term, context, proofs[i] as Proof)
}

/** p = coefficient · v + rest for a coefficient ±1. */
const unitSplit = (p: Poly, v: number): { sign: bigint; rest: Poly } => {
  const sign = p.get(`${v}`) ?? 0n
  const rest = sum([1n, p], [-sign, single(v)])
  demand((sign === 1n || sign === -1n) && !variablesIn(rest).has(v), 'not a unit coefficient')
  return { sign, rest }
}

/** The term without a variable and its two guards, which must be all that mentions it. */
const withoutBound = (t: CheckedTerm, v: number, lower: number, upper: number): CheckedTerm => {
  demand(t.bound.has(v) && lower !== upper, 'not a bound variable between two guards')
  const guards = t.guards.filter((_, i) => i !== lower && i !== upper)
  const rest = { ...t, guards, bound: new Set([...t.bound].filter((id) => id !== v)) }
  demand(
    polysOf(rest).every((p) => !variablesIn(p).has(v)),
    'the variable occurs elsewhere',
  )
  return rest
}

const apply = (step: Step, terms: (CheckedTerm | undefined)[], context: CheckedContext): void => {
  const t = terms[step.term]
  demand(t !== undefined, 'no such term')
  const scoped = (p: Parameters<typeof readScoped>[0]) => readScoped(p, context, t.bound)
  switch (step.move) {
    case 'eliminate': {
      demand(t.bound.has(step.variable), 'the variable is not bound in this term')
      const [equation, equations] = remove(t.equations, step.equation)
      const { sign, rest } = unitSplit(equation, step.variable)
      const values = new Map([[step.variable, sum([-sign, rest])]])
      const bound = new Set([...t.bound].filter((id) => id !== step.variable))
      terms[step.term] = mapPolys({ ...t, bound, equations }, (p) => substitute(p, values))
      return
    }
    case 'change': {
      const old = new Set(step.forward.map(([id]) => id))
      const fresh = new Set(step.inverse.map(([id]) => readId(id)))
      const sizes = old.size === step.forward.length && fresh.size === step.inverse.length
      demand(sizes && [...old].every((id) => t.bound.has(id)), 'not a change of bound variables')
      const bound = new Set([...t.bound].filter((id) => !old.has(id)))
      const captured = [...fresh].some((id) => bound.has(id) || context.kinds.has(id))
      demand(!captured, 'a new variable is not new')
      for (const id of fresh) bound.add(id)
      const forward = new Map(step.forward.map(([id, p]) => [id, readScoped(p, context, bound)]))
      const inverse = new Map(step.inverse.map(([id, p]) => [id, scoped(p)]))
      for (const [id, p] of forward) demand(equal(substitute(p, inverse), single(id)), 'no inverse')
      for (const [id, p] of inverse) demand(equal(substitute(p, forward), single(id)), 'no inverse')
      terms[step.term] = mapPolys({ ...t, bound }, (p) => substitute(p, forward))
      return
    }
    case 'drop': {
      const field = fieldOf[step.relation]
      const [dropped, kept] = remove(t[field], step.index)
      const rest = { ...t, [field]: kept }
      demandImplied(step.relation, dropped, rest, context, step.proofs)
      terms[step.term] = rest
      return
    }
    case 'insert': {
      const field = fieldOf[step.relation]
      const inserted = scoped(step.expression)
      demandImplied(step.relation, inserted, t, context, step.proofs)
      terms[step.term] = { ...t, [field]: [...t[field], inserted] }
      return
    }
    case 'reindex': {
      const expression = scoped(step.expression)
      const [access] = remove(t.accesses, step.access)
      const [replaced] = remove(access.index, step.axis)
      demandImplied('equation', sum([1n, expression], [-1n, replaced]), t, context, step.proofs)
      const changed = { ...access, index: access.index.with(step.axis, expression) }
      terms[step.term] = { ...t, accesses: t.accesses.with(step.access, changed) }
      return
    }
    case 'split': {
      const guard = scoped(step.guard)
      const opposite = sum([-1n, guard], [-1n, constant(1n)])
      terms[step.term] = { ...t, guards: [...t.guards, guard] }
      terms.push({ ...t, guards: [...t.guards, opposite] })
      return
    }
    case 'vanish':
      demandProof(constant(-1n), t, context, step.proof)
      terms[step.term] = undefined
      return
    case 'count': {
      const [lower] = remove(t.guards, step.lower)
      const [upper] = remove(t.guards, step.upper)
      const rest = withoutBound(t, step.variable, step.lower, step.upper)
      const low = unitSplit(lower, step.variable)
      const high = unitSplit(upper, step.variable)
      demand(low.sign === 1n && high.sign === -1n, 'not an interval')
      const length = readScoped(step.length, context, rest.bound)
      const counted = sum([1n, low.rest], [1n, high.rest], [1n, constant(1n)])
      demand(equal(length, counted), 'the wrong length of an interval')
      demandProof(length, rest, context, step.proof)
      for (const { coefficient, variables } of step.length) {
        const powers = new Map(rest.powers)
        for (const id of variables) {
          demand(isConstant(context, id), 'a length that depends on an index')
          powers.set(id, (powers.get(id) ?? 0) + 1)
          if (powers.get(id) === 0) powers.delete(id)
        }
        const [numerator, denominator] = rest.coefficient
        terms.push({ ...rest, powers, coefficient: [numerator * BigInt(coefficient), denominator] })
      }
      terms[step.term] = undefined
      return
    }
    case 'quotient': {
      const [lower] = remove(t.guards, step.lower)
      const [upper] = remove(t.guards, step.upper)
      const rest = withoutBound(t, step.variable, step.lower, step.upper)
      const p = sum([1n, lower], [1n, upper], [1n, constant(1n)])
      demandProof(sum([1n, p], [-1n, constant(1n)]), rest, context, step.proof)
      // With q ↦ q + 1 the remainder e - p q must fall by exactly p, which itself is free of q.
      const next = new Map([[step.variable, sum([1n, single(step.variable)], [1n, constant(1n)])]])
      const fall = sum([1n, lower], [-1n, substitute(lower, next)])
      demand(equal(fall, p) && !variablesIn(p).has(step.variable), 'not a quotient')
      terms[step.term] = rest
      return
    }
    case 'merge': {
      const into = terms[step.into]
      demand(into !== undefined && step.into !== step.term, 'no such term to merge into')
      demand(signature(t) === signature(into), 'unlike terms')
      const [a, b] = t.coefficient
      const [c, d] = into.coefficient
      terms[step.into] = { ...into, coefficient: [a * d + c * b, b * d] }
      terms[step.term] = undefined
      return
    }
    default:
      demand(false, 'no such move')
  }
}

/** Equal only for terms that differ by a coefficient, by order, or by the sign of an equation. */
const signature = (t: CheckedTerm): string => {
  const set = (items: readonly string[]) => [...new Set(items)].sort()
  return JSON.stringify([
    [...t.powers].sort(([a], [b]) => a - b),
    [...t.bound].sort((a, b) => a - b),
    t.accesses.map(({ array, index }) => `${array}:${index.map(spell).join(',')}`).sort(),
    set(t.guards.map(spell)),
    set(t.equations.map((e) => [spell(e), spell(sum([-1n, e]))].sort().join('='))),
  ])
}
