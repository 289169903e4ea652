// From a claim to a certificate that the checker accepts from the statement alone: the checker's
// own terms are proved equal, view by view, and every lemma beside them.

import { type Budget, BudgetExceeded, within } from '../arithmetic/budget.ts'
import { DegreeError, type Polynomial, plus, polynomial, times } from '../arithmetic/polynomial.ts'
import { rational } from '../arithmetic/rational.ts'
import { boundIndex, type Variable, variable } from '../arithmetic/variable.ts'
import type { Check } from '../certificate/check.ts'
import { check, type Reading, readEquation } from '../certificate/claim.ts'
import type {
  ClaimCertificate,
  PlainClaim,
  PlainLemma,
  PlainProof,
  PlainView,
  Step,
} from '../certificate/grammar.ts'
import { type Poly, Rejected, spell } from '../certificate/polynomials.ts'
import type { CheckedContext, CheckedTerm } from '../certificate/sums.ts'
import { minus } from '../certificate/sums.ts'
import { proveEqual } from '../index-terms/prove.ts'
import { type ArrayName, declareArray, type Term, term } from '../index-terms/terms.ts'
import { usesOf } from './uses.ts'

type Terms = readonly CheckedTerm[]

/** The checker's terms as the prover's, and the prover's steps in the checker's numbers. */
const bridge = (context: CheckedContext) => {
  const variables = new Map<number, Variable>()
  const numbers = new Map<number, number>()
  const arrays = new Map<number, ArrayName>()
  const variableOf = (id: number): Variable => {
    const found = variables.get(id)
    if (found) return found
    const kind = context.kinds.get(id)
    const made = kind ? variable(kind, `v${id}`) : boundIndex(`v${id}`)
    variables.set(id, made)
    numbers.set(made.id, id)
    return made
  }
  const polynomialOf = (p: Poly): Polynomial =>
    plus(
      polynomial(0),
      ...[...p].map(([key, c]) =>
        times(c, ...(key === '' ? [] : key.split('.').map((id) => variableOf(Number(id))))),
      ),
    )
  const arrayOf = (id: number): ArrayName => {
    const found = arrays.get(id)
    if (found) return found
    const made = declareArray(`A${id}`, context.shapes.get(id)!.map(polynomialOf))
    arrays.set(id, made)
    return made
  }
  const termOf = (t: CheckedTerm): Term =>
    term({
      coefficient: rational(t.coefficient[0], t.coefficient[1]),
      powers: new Map([...t.powers].map(([id, n]) => [variableOf(id), n])),
      bound: [...t.bound].map(variableOf),
      accesses: t.accesses.map(({ array, index }) => ({
        array: arrayOf(array),
        index: index.map(polynomialOf),
      })),
      guards: t.guards.map(polynomialOf),
      equations: t.equations.map(polynomialOf),
    })
  /** Those that the prover made get numbers above all others. */
  const numberOf = (id: number): number => {
    const found = numbers.get(id) ?? 10_000_000 + numbers.size
    numbers.set(id, found)
    return found
  }
  const renamed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(renamed)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => {
        if (key === 'variable') return [key, numberOf(each)]
        if (key === 'variables') return [key, (each as readonly number[]).map(numberOf)]
        return [key, renamed(each)]
      }),
    )
  }
  return {
    terms: (terms: Terms) => terms.map(termOf),
    constraints: context.constraints.map(polynomialOf),
    steps: (steps: readonly Step[]) => renamed(steps) as readonly Step[],
  }
}

/** Steps after which nothing is left of a sum of terms. */
const vanishing = (
  terms: Terms,
  context: CheckedContext,
  budget: Budget,
): readonly Step[] | undefined => {
  const { terms: convert, constraints, steps } = bridge(context)
  const result = proveEqual(convert(terms), [], { constraints }, budget)
  return 'proved' in result ? steps(result.proved.steps) : undefined
}

const operationsForLemma = 6_000
const operationsForView = 60_000
const mostLemmas = 60

/** The reading of an equation after some lemmas, as the checker has it. */
const readAfter = (
  claim: PlainClaim,
  view: PlainView,
  at: number,
  lemmas: readonly PlainLemma[],
): Reading => {
  const reading = readEquation(claim, view, at)
  for (const { first, second } of lemmas) {
    reading.arguments(first, second)
    reading.reader.arrays.identify(first, second)
  }
  return reading
}

/** Functions of arguments that can be shown to be equal are one array. */
const lemmasOf = (claim: PlainClaim, view: PlainView, at: number, budget: Budget) => {
  const lemmas: PlainLemma[] = []
  const seen = new Set<string>()
  let reading = readAfter(claim, view, at, lemmas)
  for (let tried = 0; tried < mostLemmas; tried++) {
    const pair = nextPair(reading, seen)
    if (!pair) break
    const [first, second] = pair
    seen.add(pair.join())
    const steps = attempt(() => {
      const { terms, context } = reading.arguments(first, second)
      return vanishing(minus(terms[0]!, terms[1]!), context, within(budget, operationsForLemma))
    })
    if (steps) lemmas.push({ first, second, steps })
    reading = readAfter(claim, view, at, lemmas)
  }
  return { lemmas, reading }
}

/** Two functions of one kind that were not compared, the innermost first. */
const nextPair = ({ reader: { arrays } }: Reading, seen: ReadonlySet<string>) => {
  const functions = arrays.all().flatMap((id) => {
    const made = arrays.madeOf(id)
    const lengths = arrays.shapeOf(id).map(spell).join()
    return made.kind === 'function' ? [{ id, key: `${made.f} ${made.order} ${lengths}` }] : []
  })
  for (const [k, { id: second, key }] of functions.entries())
    for (const { id: first, key: other } of functions.slice(0, k))
      if (key === other && !seen.has(`${first},${second}`)) return [first, second] as const
  return undefined
}

const attempt = <R>(body: () => R): R | undefined => {
  try {
    return body()
  } catch (error) {
    const isNone = [Rejected, BudgetExceeded, DegreeError].some((kind) => error instanceof kind)
    if (isNone) return undefined
    throw error
  }
}

const proofInView = (
  claim: PlainClaim,
  view: PlainView,
  at: number,
  budget: Budget,
): PlainProof | string => {
  try {
    const { lemmas, reading } = lemmasOf(claim, view, at, budget)
    for (const uses of usesOf(claim, reading)) {
      const steps = attempt(() =>
        vanishing(reading.using(uses), reading.context, within(budget, operationsForView)),
      )
      if (steps) return { view, lemmas, ...(uses.length > 0 && { uses }), steps }
    }
    return 'no proof was found'
  } catch (error) {
    if (error instanceof Rejected || error instanceof BudgetExceeded) return error.message
    throw error
  }
}

export type Certified =
  | { readonly certificate: ClaimCertificate; readonly check: Check }
  | { readonly why: string }

/** A certificate of a claim in one of the views, and what the checker says of it. */
export const certify = (
  claim: PlainClaim,
  views: readonly PlainView[],
  budget: Budget,
): Certified => {
  const proofs: PlainProof[] = []
  for (const at of claim.equations.keys()) {
    const reasons: string[] = []
    let proof: PlainProof | undefined
    for (const view of views) {
      const found = proofInView(claim, view, at, budget)
      if (typeof found !== 'string') proof = found
      else reasons.push(found)
      if (proof) break
    }
    if (!proof) return { why: [...new Set(reasons)].join('; ') }
    proofs.push(proof)
  }
  const certificate: ClaimCertificate = { proofs }
  return { certificate, check: check(claim, certificate) }
}
