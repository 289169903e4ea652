// Laws of the exponential and its kin, for views that look into functions: e^{a+b} = e^a e^b,
// e^{−a} = 1/e^a, tanh x = 1 − 2/(e^{2x} + 1), log e^a = a, e^{log s} = s, log(1/s) = −log s. What
// is left of exponentials are powers of e^{x/2}, so that e^x and e^{x/2} meet.
// Numbers with roots and π are spelled in one way.

import { constantValue, equal, type Polynomial, variablesOf } from '../../arithmetic/polynomial.ts'
import { multiplyRational, type Rational, rational } from '../../arithmetic/rational.ts'
import { addFields, constantField, scaleField, scaleTerms } from '../../index-terms/fields.ts'
import {
  type ArrayName,
  boxOf,
  type Field,
  type Index,
  type Term,
  type Terms,
  term,
} from '../../index-terms/terms.ts'
import { isBare, plainArray, plainField } from '../terms/plain.ts'
import { productOfTerms, wholePower } from '../terms/products.ts'
import { createAngles } from './angles.ts'
import { anyPlace, isWithin } from './apply.ts'
import { constantsOf } from './constants.ts'
import { elementary, reciprocal } from './elementary.ts'
import {
  collected,
  narrowed,
  placesOf,
  readAt,
  spellingOf,
  variableOf,
  type Where,
  within,
} from './general.ts'
import type { Applied, ScalarFunction } from './types.ts'

/** e^{x/2}. */
const half: ScalarFunction = {
  key: 'exp½',
  name: 'exp½',
  derivative: ({ value }) => scaleTerms(value, rational(1, 2)),
  atZero: rational(1),
}

interface Opaque {
  /** f of an argument as an array of its own. */
  readonly apply: (f: ScalarFunction, argument: Field) => Field
  /** What an array is a function of. */
  readonly appliedOf: (array: ArrayName) => Applied | undefined
}

const largestPower = 8n

const sizeOf = (count: bigint): number => Math.abs(Number(count))

/** c A[e], where e runs through the whole of A with the index of the field that it is read in. */
interface Multiple {
  readonly halves: bigint
  readonly access: Term['accesses'][number]
}

/** A term at an index inside the box, without the guards that say so. */
const insideBox = (t: Term, index: Index, shape: Index): Term => {
  const box = boxOf(index, shape)
  const isSaid = (guard: Polynomial) =>
    (constantValue(guard) ?? -1n) >= 0n || box.some((each) => equal(each, guard))
  const guards = t.guards.filter((guard) => !isSaid(guard))
  return { ...t, guards }
}

const multipleOf = (t: Term, index: Index, shape: Index): Multiple | undefined => {
  const [access, ...others] = t.accesses
  const isPlain = isBare({ ...insideBox(t, index, shape), coefficient: rational(1) })
  const count = halvesIn(t.coefficient)
  if (!isPlain || !access || others.length > 0 || count === undefined) return undefined
  return isWithin(access, index, shape) ? { halves: count, access } : undefined
}

/** 2 c where that is a small integer. */
const halvesIn = (c: Rational): bigint | undefined => {
  const { numerator, denominator } = multiplyRational(c, rational(2))
  const isSmall = numerator <= largestPower && numerator >= -largestPower
  return denominator === 1n && isSmall ? numerator : undefined
}

/** A function by its laws; undefined for those that have none here. */
export const createLaws = ({ apply, appliedOf }: Opaque) => {
  const constants = constantsOf({ apply, appliedOf })
  /** √ or 1/, which of numbers is one of them. */
  const ofNumbers =
    (f: ScalarFunction) =>
    (argument: Field): Field => {
      const { shape } = argument
      const everywhere = anyPlace(shape)
      const terms = argument.at(everywhere)
      const number = constants.of(f, terms)
      if (number) return { shape, at: () => number }
      // Worked out once: what is nested would cost twice as much at every level.
      let isNew = true
      const at = (index: Index): Terms => {
        const isSame = isNew && index.every((e, axis) => equal(e, everywhere[axis]!))
        if (isSame) isNew = false
        return isSame ? terms : argument.at(index)
      }
      return apply(f, { shape, at })
    }
  const inverse = ofNumbers(reciprocal)

  /** e^{n x/2} for an argument that no law takes apart. */
  const halves = (argument: Field, count: bigint): Field => {
    const base = apply(half, argument)
    const factor = count < 0n ? inverse(base) : base
    return {
      shape: base.shape,
      at: (index) => wholePower(factor.at(index), sizeOf(count)),
    }
  }

  /** e^{n x/2} for one entry x; e^{n log s} is s^n. */
  const factor = ({ array, index }: Term['accesses'][number], count: bigint): Terms => {
    const applied = appliedOf(array)
    if (applied?.function !== elementary.log || count % 2n !== 0n) {
      return halves(plainField(array), count).at(index)
    }
    const base = count < 0n ? inverse(applied.argument) : applied.argument
    return wholePower(base.at(index), sizeOf(count) / 2)
  }

  const exponential = (given: Field): Field => {
    const { shape } = given
    const site = { shape, places: placesOf(shape) }
    const simple = (terms: Terms): Terms => terms.map(constants.simplified)
    const exponent = collected(within(simple(given.at(site.places)), site))
    const multiples = exponent.map((t) => [multipleOf(t, site.places, shape), t] as const)
    const powers = multiples.flatMap(([multiple]) => multiple ?? [])
    const rest = multiples.flatMap(([multiple, t]) => (multiple ? [] : [t]))
    const terms = powers
      .map(({ halves: count, access }) => factor(access, count))
      .reduce(productOfTerms, rest.length > 0 ? ofSum(rest, site) : [term({})])
    return { shape, at: (index) => readAt(terms, site.places.map(variableOf), index) }
  }

  /** By one coefficient, so that e^{s/2}, e^s and e^{−s} of a sum s are powers of one. */
  const ofSum = (terms: Terms, site: Where): Terms => {
    const [lead] = [...terms].sort((a, b) =>
      (spellingOf(a) ?? '') < (spellingOf(b) ?? '') ? -1 : 1,
    )
    const { coefficient } = lead!
    const count = halvesIn(coefficient)
    const by = rational(coefficient.denominator, coefficient.numerator)
    const { field, index } = narrowed(count === undefined ? terms : scaleTerms(terms, by), site)
    return halves(field, count ?? 2n).at(index)
  }

  const hyperbolic = (argument: Field): Field => {
    const one = constantField(argument.shape, rational(1))
    const square = exponential(scaleField(argument, rational(2)))
    return addFields(one, scaleField(inverse(addFields(square, one)), rational(-2)))
  }

  const logarithm = (argument: Field): Field => {
    const { shape } = argument
    const at = (index: Index): Terms => {
      const opaque = () => apply(elementary.log, argument).at(index)
      const [t, ...others] = argument.at(index)
      if (!t || others.length > 0) return opaque()
      if (t.bound.length > 0) return taken(t, index) ?? opaque()
      if (!isBare(insideBox(t, index, shape))) return opaque()
      const parts = t.accesses.map((access) => ({ access, applied: appliedOf(access.array) }))
      const exponents = parts.filter(({ applied }) => applied?.function === half)
      const [rest, ...more] = parts.filter(({ applied }) => applied?.function !== half)
      if (more.length > 0 || (rest && rest.applied?.function !== reciprocal)) return opaque()
      if (!parts.every(({ access }) => isWithin(access, index, shape))) return opaque()
      const sum = exponents.flatMap(({ access, applied }) =>
        scaleTerms(applied!.argument.at(access.index), rational(1, 2)),
      )
      const inverted = rest ? logarithm(rest.applied!.argument).at(rest.access.index) : []
      return [...sum, ...scaleTerms(inverted, rational(-1))]
    }
    /** log Σ_k e^{x_k} e^{−m} = log Σ_k e^{x_k} − m: what the sum does not run through. */
    const taken = (t: Term, index: Index): Terms | undefined => {
      const found = exponentsOf(t, index)
      const exponent = found.flatMap((each) => each.exponent)
      // What is taken out at this place is taken out at every place.
      const anywhere = anyPlace(shape)
      const [other] = argument.at(anywhere)
      const isAlike = other && exponentsOf(other, anywhere).length === found.length
      if (exponent.length === 0 || !isAlike) return undefined
      const rest = (other: Index): Terms =>
        argument.at(other).map((each) => {
          const loose = exponentsOf(each, other).map(({ access }) => access)
          return { ...each, accesses: each.accesses.filter((access) => !loose.includes(access)) }
        })
      return [...apply(elementary.log, { shape, at: rest }).at(index), ...exponent]
    }
    /** The factors e^{m/2} and e^{−m/2} of a sum that do not depend on what it runs through. */
    const exponentsOf = (t: Term, index: Index) =>
      t.accesses.flatMap((access) => {
        const applied = appliedOf(access.array)
        const isInverse = applied?.function === reciprocal
        const inner = isInverse ? plainArray(applied.argument) : access.array
        const of = inner && appliedOf(inner)
        const depends = access.index.some((e) => t.bound.some((v) => variablesOf(e).has(v)))
        if (of?.function !== half || depends || !isWithin(access, index, shape)) return []
        const by = rational(isInverse ? -1 : 1, 2)
        return [{ access, exponent: scaleTerms(of.argument.at(access.index), by) }]
      })
    return { shape, at }
  }

  const angles = createAngles(apply)
  const laws = new Map<ScalarFunction, (argument: Field) => Field>([
    [elementary.exp, exponential],
    [elementary.tanh, hyperbolic],
    [elementary.sin, angles(elementary.sin)],
    [elementary.cos, angles(elementary.cos)],
    [elementary['√'], ofNumbers(elementary['√'])],
    [reciprocal, inverse],
    [elementary.log, logarithm],
  ])
  return (f: ScalarFunction, argument: Field): Field | undefined => laws.get(f)?.(argument)
}
