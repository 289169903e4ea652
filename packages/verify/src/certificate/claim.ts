// check(statement, certificate): the certificate proves this claim, and no other. The terms are
// made here from the claim alone; every lemma is proved before it is used.

import { type Check, checkSteps, eliminated, isUnit } from './check.ts'
import { demandConditions } from './conditions.ts'
import { isSurelyPositive, type Letter, lengthsOf, siteOf, withLetters } from './context.ts'
import { demandForm } from './form.ts'
import { asProduct } from './functions.ts'
import type { ClaimCertificate, PlainClaim, PlainProof, PlainUse, PlainView } from './grammar.ts'
import { inverse, laws } from './laws.ts'
import { isDifferential } from './network.ts'
import * as poly from './polynomials.ts'
import { demand, type Poly, Rejected, readPoly } from './polynomials.ts'
import { createReader, type Reader } from './reader.ts'
import type { CheckedContext, CheckedTerm, Terms } from './sums.ts'
import * as sums from './sums.ts'

/** Ids from here on are the reader's; those of lengths are below. */
const firstFresh = 100_000

export type Reading = ReturnType<typeof readEquation>

/**
 * Both sides of one equation at letters in general position, before any step is taken.
 * @throws Rejected where the claim or the view is none
 */
export const readEquation = (claim: PlainClaim, view: PlainView, at: number) => {
  let next = firstFresh
  const fresh = () => next++
  /** What is read later begins with the same numbers, whatever was read between. */
  const anew = <R>(read: () => R): R => {
    next = afterSides
    return read()
  }
  const lengths = lengthsOf(claim)
  for (const id of lengths.keys()) demand(id < firstFresh, 'a length of a high number')
  const contextFor = (
    letters: readonly number[],
    constraints: readonly Poly[],
  ): CheckedContext => ({
    kinds: new Map([...lengths, ...letters.map((letter) => [letter, 'free'] as const)]),
    shapes: reader.arrays.shapes,
    constraints: [...claim.constraints.map(readPoly), ...constraints],
  })
  const reader = createReader(claim, view, fresh)
  const equation = claim.equations[at]!
  const free = equation.letters.map(({ letter, within }) => {
    demand(within.length > 0, 'a letter without a range')
    return { letter, id: fresh(), ends: within.map(readPoly) }
  })
  const letters = new Map(
    free.map(({ letter, id, ends }) => {
      return [letter, { value: poly.plus(poly.single(id), 1n), length: ends[0]! }] as const
    }),
  )
  const left = reader.terms(equation.left, letters)
  const right = reader.terms(equation.right, letters)
  const afterSides = next
  const { arrays } = reader
  const current = (terms: Terms): Terms =>
    terms
      .map((t) => ({
        ...t,
        accesses: t.accesses.map(({ array, index }) => ({ array: arrays.current(array), index })),
      }))
      .flatMap(arrays.reduced)
  const ids = free.map(({ id }) => id)
  const boxes = free.flatMap(({ id, ends }) => ends.map((n) => sums.boxOf([poly.single(id)], [n])))
  const context = contextFor(ids, boxes.flat())

  /** What is given to be a number, over that number. */
  const givenOne = (which: number): Terms => {
    const known = claim.given[which]
    demand(known !== undefined, 'nothing of the kind is given')
    const [n, d] = known.value.map(poly.readInteger) as [bigint, bigint]
    demand(n > 0n, 'what is given is no positive number')
    return sums.scaled(reader.terms(known.sum, new Map()), d, n)
  }
  /** s · 1/s at an entry by which a term divides wherever the letters run: there it is not 0. */
  const inverseOne = (use: Extract<PlainUse, { kind: 'inverse' }>, open: Terms): Terms => {
    const id = arrays.current(use.inverse)
    const made = arrays.all().includes(id) ? arrays.madeOf(id) : undefined
    demand(made?.kind === 'function' && made.f === inverse && made.order === 0, 'no inverse')
    const index = use.at.map((p) => sums.readScoped(p, context, new Set()))
    const divides = (t: CheckedTerm): boolean => {
      const bound = [...t.bound].flatMap((v) => rangesOf(v, t, reader))
      const site = withLetters(siteOf(letters), bound)
      const isRead = t.accesses.some((a) => a.array === id && poly.equalAll(a.index, index))
      return isRead && asProduct([{ ...t, bound: new Set() }], site, reader) !== undefined
    }
    demand(open.map(solved).some(divides), 'an inverse by which no term divides')
    return sums.product(made.argument.at(index), arrays.read(id, index), fresh)
  }

  return {
    reader,
    left,
    right,
    context,
    /** left − right, with the arrays that were identified since. */
    open: () => current(sums.minus(left, right)),
    /** The same, with what is given used at some terms. */
    using: (uses: readonly PlainUse[]) =>
      anew(() => {
        const open = current(sums.minus(left, right))
        const terms = open.map((t): Terms => [t])
        for (const use of uses) {
          const of = terms[use.term]
          demand(of !== undefined, 'no such term')
          const factor = use.kind === 'given' ? givenOne(use.given) : inverseOne(use, open)
          terms[use.term] = sums.product(of, factor, fresh)
        }
        return current(terms.flat())
      }),
    /** The arguments of functions, entry by entry, and where they are read. */
    arguments: (...ids: readonly number[]) =>
      anew(() => {
        const all = ids.map((id) => {
          const made = arrays.all().includes(id) ? arrays.madeOf(id) : undefined
          demand(made?.kind === 'function', 'a lemma about what is no function')
          return { ...made, shape: arrays.shapeOf(id) }
        })
        const [{ f, order, shape }] = all as [(typeof all)[0]]
        const isAlike = all.every(
          (each) => each.f === f && each.order === order && poly.equalAll(each.shape, shape),
        )
        demand(isAlike, 'a lemma about two functions')
        const places = shape.map(fresh)
        const index = places.map(poly.single)
        const context = contextFor(places, sums.boxOf(index, shape))
        return { context, terms: all.map(({ argument }) => current(argument.at(index))) }
      }),
  }
}

/** Σ_v [v = e] f(v) is f(e), as derivatives leave it. */
export const solved = (t: CheckedTerm): CheckedTerm => {
  for (const [at, equation] of t.equations.entries())
    for (const variable of t.bound)
      if (isUnit(equation, variable)) return solved(eliminated(t, at, variable))
  return t
}

/** A bound variable as a letter, where guards say 0 ≤ v < n of an n that is at least 1. */
const rangesOf = (v: number, { guards }: CheckedTerm, { lengths }: Reader) => {
  const value = poly.plus(poly.single(v), 1n)
  const isFrom0 = guards.some((guard) => poly.equal(guard, poly.single(v)))
  return guards.flatMap((guard): [number, Letter][] => {
    const length = poly.sum([1n, guard], [1n, value])
    return isFrom0 && isSurelyPositive(length, lengths) ? [[v, { value, length }]] : []
  })
}

/** Every sum ends: each bound variable lies between what is known. */
export const demandFinite = (terms: Terms, context: CheckedContext): void => {
  for (const t of terms) {
    const settled = new Set(context.kinds.keys())
    const both = [...t.accesses.flatMap(({ index }) => index), ...t.equations]
    const bounds = [...t.guards, ...both, ...both.map((e) => poly.minus(new Map(), e))]
    const left = new Set(t.bound)
    const isBetween = (id: number): boolean =>
      new Set(bounds.flatMap((p) => slopeIn(p, id, settled, context) ?? [])).size === 2
    for (let id = [...left].find(isBetween); id !== undefined; id = [...left].find(isBetween)) {
      settled.add(id)
      left.delete(id)
    }
    demand(left.size === 0, 'a sum that does not end')
  }
}

/** The sign of what id is multiplied by in p, a number times sizes; all else in p is settled. */
const slopeIn = (
  p: Poly,
  id: number,
  settled: ReadonlySet<number>,
  { kinds }: CheckedContext,
): -1 | 1 | undefined => {
  const signs = new Set<-1 | 1>()
  for (const [key, c] of p) {
    const ids = poly.idsOf(key)
    const others = ids.filter((each) => each !== id)
    const isHere = others.length < ids.length
    const isSure = others.every((each) => (isHere ? kinds.get(each) === 'size' : settled.has(each)))
    if (!isSure || others.length < ids.length - 1) return undefined
    if (isHere) signs.add(c > 0n ? 1 : -1)
  }
  return signs.size === 1 ? [...signs][0] : undefined
}

/**
 * Of all that is read, in arguments of functions too: every sum ends, and where a derivative passes
 * a contest or a corner, points at which a policy decides are left out.
 */
const demandRead = (reading: Reading, claim: PlainClaim, at: number): void => {
  const { equations, excluded, given } = claim
  const { left, right, context, reader } = reading
  const isDerived = isDifferential([equations[at], given])
  demandFinite([...left, ...right], context)
  for (const id of reader.arrays.all()) {
    const made = reader.arrays.madeOf(id)
    const isBent = made.kind === 'function' && laws[made.f]?.isBent
    const isWon = made.kind === 'winners'
    demand(!isDerived || !isWon || excluded.includes('ties'), 'ties that are not excluded')
    demand(!isDerived || !isBent || excluded.includes('kinks'), 'kinks that are not excluded')
    if (made.kind !== 'function') continue
    const argument = reading.arguments(id)
    demandFinite(argument.terms.flat(), argument.context)
  }
}

const checkProof = (claim: PlainClaim, proof: PlainProof, at: number): void => {
  const reading = readEquation(claim, proof.view, at)
  demand(proof.lemmas.length <= 1000, 'too many lemmas')
  for (const { first, second, steps } of proof.lemmas) {
    const { terms, context } = reading.arguments(first, second)
    demand(first !== second, 'a lemma about one function')
    demandFinite(terms.flat(), context)
    checkSteps(sums.minus(terms[0]!, terms[1]!), context, steps)
    reading.reader.arrays.identify(first, second)
  }
  const open = reading.using(proof.uses ?? [])
  demandFinite(open, reading.context)
  checkSteps(open, reading.context, proof.steps)
  demandRead(reading, claim, at)
}

/** Whether the certificate proves the claim, every equation of it. Never throws. */
export const check = (claim: PlainClaim, certificate: ClaimCertificate): Check => {
  try {
    demand(Array.isArray(claim?.equations), 'no claim: a proof that was certified has a statement')
    demand(Array.isArray(certificate?.proofs), 'no certificate: a certified proof has one')
    const [own, { proofs }] = structuredClone([claim, certificate] as const)
    demandForm('claim', own)
    demandForm('certificate', { proofs })
    const { equations } = own
    demand(equations.length > 0, 'a claim that says nothing')
    demand(proofs.length === equations.length, 'another number of equations')
    demandConditions(own)
    for (const [at, proof] of proofs.entries()) checkProof(own, proof, at)
    return { ok: true }
  } catch (error) {
    return { ok: false, reason: error instanceof Rejected ? error.message : `malformed: ${error}` }
  }
}
