// Brackets of values in one normal form: f(p + [c] q) = [c] f(p + q) + (1 − [c]) f(p), so that none
// is inside of another; each of one number x against another number k, [x > k] or [x = k]; and of
// two of them of one x the one that says more. |s| and sign s are read as brackets of s.

import { variablesOf } from '../../arithmetic/polynomial.ts'
import {
  addRational,
  multiplyRational,
  type Rational,
  rational,
} from '../../arithmetic/rational.ts'
import type { Variable } from '../../arithmetic/variable.ts'
import { UnsupportedError } from '../../core/errors.ts'
import { guardTerms, scaleTerms } from '../../index-terms/fields.ts'
import {
  type Access,
  type ArrayName,
  boxOf,
  type Term,
  type Terms,
  term,
} from '../../index-terms/terms.ts'
import { constantTerms, plainArray, singleAccess } from '../terms/plain.ts'
import { productOfTerms } from '../terms/products.ts'
import { isWithin, sameIndex } from './apply.ts'
import { elementary } from './elementary.ts'
import {
  collected,
  isNumber,
  narrowed,
  placesOf,
  readAt,
  sameAccess,
  spellingOf,
  variableOf,
  type Where,
  within,
} from './general.ts'
import { both, createThresholds, type Threshold } from './thresholds.ts'
import type { Functions, ScalarFunction } from './types.ts'
import { winnerOf } from './winner.ts'

/** x itself, an array that brackets of one x share. */
const itself: ScalarFunction = { key: 'x', name: '', derivative: () => [term({})] }

const minusOne = rational(-1)
const mostBrackets = 6

/** The x of brackets [x > k], written out at places of its own. */
interface Compared {
  readonly array: ArrayName
  readonly terms: Terms
  readonly places: readonly Variable[]
}

const negative = (terms: Terms): Terms => scaleTerms(terms, minusOne)
const negativeOf = (value: Rational): Rational => multiplyRational(value, minusOne)
const not = (terms: Terms): Terms => [term({}), ...negative(terms)]

/** Accesses with a number before them. */
const isWhole = ({ bound, guards, equations, powers }: Term): boolean =>
  bound.length + guards.length + equations.length === 0 && [...powers].every(([, n]) => n > 0)

interface Known extends Pick<Functions, 'appliedOf' | 'apply' | 'contestOf' | 'tick'> {
  /** Equal winners are left out: x is as large as the largest where it wins. */
  readonly isApart: boolean
  /** Something is divided by it, or by what it is in. */
  readonly isDivided: (array: ArrayName) => boolean
}

/** The terms of a claim with their brackets in normal form. */
export const createCases = (known: Known) => {
  const { appliedOf, apply, contestOf, tick, isApart, isDivided } = known
  const { functionOf, thresholdOf } = createThresholds()
  /** Of brackets in normal form. */
  const compares = new Map<ArrayName, Compared>()
  const comparisons = new Map<ArrayName, Compared>()
  /** Of other brackets, and of |s| and sign s, at general places; undefined where there is none. */
  const expansions = new Map<ArrayName, Terms | undefined>()

  const thresholdIn = ({ array }: Access): Threshold | undefined =>
    thresholdOf(appliedOf(array)?.function)

  const expanded = (terms: Terms): Terms => terms.flatMap(expandedTerm)

  const expandedTerm = (t: Term): Terms => {
    for (const [k, { array, index }] of t.accesses.entries()) {
      const found = expansionOf(array)
      if (!found) continue
      tick(found.length)
      const rest = { ...t, accesses: t.accesses.toSpliced(k, 1) }
      const inBox = guardTerms([rest], boxOf(index, array.shape))
      const there = readAt(found, placesOf(array.shape).map(variableOf), index)
      return expanded(productOfTerms(inBox, there))
    }
    return reduced(t)
  }

  const expansionOf = (array: ArrayName): Terms | undefined => {
    if (compares.has(array)) return undefined
    if (expansions.has(array)) return expansions.get(array)
    const found = expand(array)
    expansions.set(array, found)
    return found
  }

  const expand = (array: ArrayName): Terms | undefined => {
    const { function: f, argument } = appliedOf(array) ?? {}
    const threshold = thresholdOf(f)
    const isSigned = f === elementary.abs || f === elementary.sign
    if (!argument || !(threshold || isSigned)) return undefined
    const site: Where = { shape: argument.shape, places: placesOf(argument.shape) }
    const terms = within(expanded(argument.at(site.places)), site)
    if (threshold) return ofTerms(threshold, terms, site)
    const above = ofTerms({ relation: '>', at: rational(0) }, terms, site)
    const equal = ofTerms({ relation: '=', at: rational(0) }, terms, site)
    if (!above || !equal) return undefined
    const sign = [...above, ...above, ...equal, ...constantTerms(minusOne)]
    return f === elementary.sign ? sign : reducedAll(productOfTerms(terms, sign), site)
  }

  const reducedAll = (terms: Terms, site: Where): Terms =>
    collected(within(terms, site).flatMap((t) => reduced(t)))

  /** [Σ terms relation at], of terms without brackets but those in normal form. */
  const ofTerms = (
    threshold: Threshold,
    given: Terms,
    site: Where,
    depth = 0,
  ): Terms | undefined => {
    tick(10)
    const terms = reducedAll(given, site)
    const inner = terms.flatMap((t) => t.accesses.filter((each) => isLoose(each, t, site)))[0]
    if (!inner) return ofPlain(threshold, terms, site)
    if (depth === mostBrackets) return undefined
    const { array, index } = inner
    const isInner = (each: Access) => sameAccess(each, { array, index })
    const beside = terms.filter(({ accesses }) => !accesses.some(isInner))
    const all = terms.map((t) => ({ ...t, accesses: t.accesses.filter((each) => !isInner(each)) }))
    const met = ofTerms(threshold, all, site, depth + 1)
    const unmet = ofTerms(threshold, beside, site, depth + 1)
    if (!met || !unmet) return undefined
    const holds = [term({ accesses: [inner] })]
    const parts = [...productOfTerms(holds, met), ...productOfTerms(not(holds), unmet)]
    return reducedAll(parts, site)
  }

  /** A bracket that no sum runs over. */
  const isLoose = (access: Access, { bound }: Term, { places, shape }: Where): boolean =>
    compares.has(access.array) &&
    isWithin(access, places, shape) &&
    !access.index.some((e) => bound.some((v) => variablesOf(e).has(v)))

  /** c (x + k) > 0 says x > −k, or that x is neither above −k nor −k. */
  const ofPlain = ({ relation, at }: Threshold, given: Terms, site: Where): Terms | undefined => {
    const terms = [...given, ...constantTerms(negativeOf(at))]
    const constant = terms
      .filter(isNumber)
      .reduce((sum, { coefficient }) => addRational(sum, coefficient), rational(0))
    const others = terms.filter((t) => !isNumber(t))
    const spelled = others.map((t) => [spellingOf(t), t] as const)
    if (spelled.some(([spelling]) => spelling === undefined)) return undefined
    const isEqual = relation === '=' && constant.numerator === 0n && isApart
    const isInside = (access: Access) => isWithin(access, site.places, site.shape)
    const won = isEqual ? winnerOf(others, { contestOf, isInside }) : undefined
    if (won) return won
    const [only] = others
    const isProduct = relation === '=' && constant.numerator === 0n && others.length === 1
    if (isProduct && only!.accesses.length > 1 && isWhole(only!)) return ofProduct(only!, site)
    const [first, ...more] = spelled.sort(([a], [b]) => (a! < b! ? -1 : 1)).map(([, t]) => t)
    if (!first) {
      const { numerator } = constant
      const isMet = relation === '>' ? numerator > 0n : numerator === 0n
      return isMet ? [term({})] : []
    }
    const { numerator, denominator } = first.coefficient
    const inverse = rational(denominator, numerator)
    const scaled = scaleTerms([first, ...more], inverse) as readonly [Term, ...Term[]]
    const value = multiplyRational(negativeOf(constant), inverse)
    const bracket = (of: Threshold['relation']) =>
      bracketOf({ relation: of, at: value }, scaled, site)
    if (relation === '=') return bracket('=')
    return numerator > 0n ? bracket('>') : not([...bracket('>'), ...bracket('=')])
  }

  /** A product is 0 where one of its factors is. */
  const ofProduct = ({ accesses }: Term, site: Where): Terms | undefined => {
    const zero = { relation: '=', at: rational(0) } as const
    const zeros = accesses.map((access) => ofPlain(zero, [term({ accesses: [access] })], site))
    if (zeros.includes(undefined)) return undefined
    return not((zeros as Terms[]).map(not).reduce(productOfTerms, [term({})]))
  }

  /** [x relation at] of an x of terms, the first with coefficient 1, as an array of its letters. */
  const bracketOf = (
    threshold: Threshold,
    terms: readonly [Term, ...Term[]],
    site: Where,
  ): Terms => {
    const { field, index, variables } = narrowed(terms, site)
    const x = plainArray(field) ? field : apply(itself, field)
    const array = plainArray(x)
    if (!array) throw new UnsupportedError('a bracket of no array')
    const compared = comparisons.get(array) ?? { array, terms, places: variables }
    comparisons.set(array, compared)
    const bracket = apply(functionOf(threshold), x).at(index)
    const access = singleAccess(bracket)
    if (access) compares.set(access.array, compared)
    return bracket
  }

  /**
   * Two brackets of one number are one of them, or 0; and where x = k, what it leads with is known.
   * A bracket tells it once: [x = y] [y = x z] would go on for ever.
   */
  const reduced = (t: Term, told: readonly Access[] = []): Terms => {
    const brackets = t.accesses.flatMap((access, at) => {
      const compared = compares.get(access.array)
      return compared ? [{ access, at, compared, threshold: thresholdIn(access)! }] : []
    })
    for (const [k, a] of brackets.entries())
      for (const b of brackets.slice(k + 1)) {
        if (a.compared !== b.compared || !sameIndex(a.access.index, b.access.index)) continue
        const left = both(a.threshold, b.threshold)
        if (!left) return []
        const gone = left === a.threshold ? b : a
        return reduced({ ...t, accesses: t.accesses.toSpliced(gone.at, 1) }, told)
      }
    for (const { access, compared, threshold } of brackets) {
      const [lead, ...rest] = compared.terms
      const [entry] = lead!.accesses
      const isKnown =
        threshold.relation === '=' &&
        entry &&
        !isDivided(entry.array) &&
        lead!.accesses.length === 1 &&
        isNumber({ ...lead!, accesses: [] }) &&
        !rest.some(({ accesses }) => accesses.some(({ array }) => array === entry.array))
      if (!isKnown || told.some((other) => sameAccess(other, access))) continue
      const read = (terms: Terms) => readAt(terms, compared.places, access.index)
      const [{ accesses }] = read([lead!]) as [Term]
      const others = t.accesses.filter((other) => !sameAccess(other, accesses[0]!))
      const count = t.accesses.length - others.length
      if (count === 0) continue
      const value = () => [...constantTerms(threshold.at), ...negative(read(rest))]
      return Array.from({ length: count }, value)
        .reduce<Terms>(productOfTerms, [{ ...t, accesses: others }])
        .flatMap((each) => reduced(each, [...told, access]))
    }
    return [t]
  }

  return {
    expanded: (terms: Terms, site: Where) => collected(within(expanded(terms), site)),
    reduced: reducedAll,
  }
}
