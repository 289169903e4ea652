// What is bound: Σ over ranges and over what reads leave, and the winners of contests.

import {
  canonicalKey,
  constantValue,
  isZero,
  minus,
  type Polynomial,
  plus,
  polynomial,
  variablesOf,
} from '../../arithmetic/polynomial.ts'
import { rational } from '../../arithmetic/rational.ts'
import { boundIndex, freeIndex, isIndex, type Variable } from '../../arithmetic/variable.ts'
import { product, wholeValue } from '../../core/build.ts'
import type { Axis, Contest, Guard, Scalar } from '../../core/core.ts'
import { UnsupportedError } from '../../core/errors.ts'
import { spellContest } from '../../core/spell.ts'
import { freeLetters, lettersIn, operandsIn } from '../../core/walk.ts'
import { scaleTerms, sumOver, guardTerms as withGuards } from '../../index-terms/fields.ts'
import { boxOf, type Index, type Term, type Terms } from '../../index-terms/terms.ts'
import { readField } from '../functions/apply.ts'
import type { Contested } from '../functions/types.ts'
import { guardTerms } from './guards.ts'
import { indexOf, keyOf } from './indices.ts'
import { type Letter, lift, scoped, withLetters } from './letters.ts'
import { singleAccess } from './plain.ts'
import { productOfTerms } from './products.ts'
import { sumOfBox } from './sums.ts'
import { type Site, termsOf, usedKeys } from './terms.ts'
import { pooledValue } from './windows.ts'

type Reduce = Extract<Scalar, { kind: 'reduce' }>
type Bound = Pick<Reduce, 'over' | 'body'>

interface Range {
  readonly key: string
  readonly from: Polynomial
  readonly to: Polynomial
  readonly length: Polynomial
}

/** @throws UnsupportedError where a letter has no range */
const rangesOf = (over: readonly Axis[], site: Site): readonly Range[] =>
  over.map(({ letter, from, to }) => {
    if (!from || !to) throw new UnsupportedError(`nothing bounds the index ${letter.name}`)
    const [first, last] = [indexOf(from, site), indexOf(to, site)]
    return { key: keyOf(letter), from: first, to: last, length: plus(minus(last, first), 1) }
  })

/** A letter that runs from `from`; from 1 or more it runs inside of an array of `to` entries. */
const letterAt = ({ from, to }: Range, offset: Polynomial): Letter => {
  const isPositive = (constantValue(from) ?? 0n) >= 1n
  return { value: plus(offset, from), ...(isPositive && { length: to }) }
}

const entered = (ranges: readonly Range[], site: Site, index: Index): Site =>
  withLetters(
    site,
    ranges.map((range, k) => [range.key, letterAt(range, index[k]!)]),
  )

/** Whether no range has to know a letter beside it. */
const isBox = (over: readonly Axis[]): boolean => {
  const own = over.map(({ letter }) => letter)
  return over.every(({ from, to }) => {
    if (!from || !to) return false
    const used = [...lettersIn(from), ...lettersIn(to)]
    return !used.some((letter) => own.includes(letter))
  })
}

export const overAxes = (
  { over, when }: Reduce,
  site: Site,
  body: (inner: Site) => Terms,
): Terms => {
  const { expands } = site.functions
  const inside = (inner: Site): Terms =>
    when.map((guard) => guardTerms(guard, inner, when)).reduce(productOfTerms, body(inner))
  if (isBox(over)) {
    const ranges = rangesOf(over, site)
    const lengths = ranges.map(({ length }) => length)
    return sumOfBox(lengths, expands, (index) => scoped(entered(ranges, site, index), inside))
  }
  const open = new Set<Variable>()
  const terms = over.reduceRight<(outer: Site) => Terms>(
    (then, axis) => (outer) => overAxis(axis, outer, open, then),
    inside,
  )(site)
  if (!terms.every((t) => isPinned(t, open)))
    throw new UnsupportedError('a sum over all integers that no array bounds')
  return terms
}

/** Σ over one letter; `open` collects the variables that only boxes bound. */
const overAxis = (
  axis: Axis,
  site: Site,
  open: Set<Variable>,
  then: (inner: Site) => Terms,
): Terms => {
  const { letter, from, to } = axis
  if (from && to) {
    const ranges = rangesOf([axis], site)
    return sumOfBox([ranges[0]!.length], site.functions.expands, (index) =>
      scoped(entered(ranges, site, index), then),
    )
  }
  const v = boundIndex(letter.name)
  open.add(v)
  const value = polynomial(v)
  const guards = [
    ...(from ? [minus(value, indexOf(from, site))] : []),
    ...(to ? [minus(indexOf(to, site), value)] : []),
  ]
  const terms = scoped(withLetters(site, [[keyOf(letter), { value }]]), then)
  return withGuards(terms, guards).map((t) => ({ ...t, bound: [...t.bound, v] }))
}

/** Whether boxes and equations leave finitely many values to every open variable. */
const isPinned = (t: Term, open: ReadonlySet<Variable>): boolean => {
  const loose = new Set(t.bound.filter((v) => open.has(v)))
  const forms = [...t.accesses.flatMap(({ index }) => index), ...t.equations]
  for (let found = true; found && loose.size > 0; ) {
    found = false
    for (const form of forms) {
      const here = [...variablesOf(form)].filter((v) => loose.has(v))
      if (here.length !== 1) continue
      loose.delete(here[0]!)
      found = true
    }
  }
  return loose.size === 0
}

interface Window extends Bound {
  readonly by: Contest
  readonly when?: readonly Guard[]
}

/** Of an odd number of values the median is one of them. */
export const oneWinner = <W extends Window>(window: W): W => {
  if (window.by !== 'med') return window
  const counts = window.over.map(({ from, to }) => {
    const [first, last] = [from && wholeValue(from), to && wholeValue(to)]
    return first === undefined || last === undefined ? 0n : last - first + 1n
  })
  const isOdd = counts.every((count) => count > 0n && count % 2n === 1n)
  if (!isOdd) throw new UnsupportedError('a median of an even number of values')
  return { ...window, by: 'lomed' }
}

/** Letters outside of a contest, and inside, wherever it is spelled. */
const outsidePlaces: Polynomial[] = []
const insidePlaces: Polynomial[] = []
const placesIn = (places: Polynomial[], count: number): Index => {
  while (places.length < count) places.push(polynomial(freeIndex(`‹${places.length}›`)))
  return places.slice(0, count)
}

interface Content {
  readonly key: string
  readonly of: Contested
  /** The letters outside, in the order in which the array that competes has them. */
  readonly used: readonly string[]
}

/**
 * Who wins depends on the numbers that compete alone: where they are the entries of one array, it
 * and where it is read say which contest this is, in a claim as in the line of an op. The largest
 * of −x is where x is smallest. Undefined for anything else.
 */
const contentOf = (
  { by, when = [], body }: Window,
  ranges: readonly Range[],
  used: readonly string[],
  site: Site,
): Content | undefined => {
  if (site.isPooling || when.length > 0 || (by !== 'max' && by !== 'min')) return undefined
  const inside = placesIn(insidePlaces, ranges.length)
  const outside = placesIn(outsidePlaces, used.length)
  const readIn = (order: readonly string[]) => {
    const { field } = lift(site, order, (inner) => termsOf(body, entered(ranges, inner, inside)))
    const lengths = [...field.shape, ...ranges.map(({ length }) => length)]
    const access = accessOf(field.at(outside), boxOf([...outside, ...inside], lengths))
    return access && { ...access, lengths }
  }
  const first = readIn(used)
  if (!first) return undefined
  const placeOf = (e: Polynomial) => first.index.findIndex((at) => isZero(minus(at, e)))
  const order = [...used].sort(
    (a, b) => placeOf(outside[used.indexOf(a)]!) - placeOf(outside[used.indexOf(b)]!),
  )
  const { index, array, isNegative, lengths } = readIn(order)!
  const least = (by === 'min') !== isNegative
  const spelled = [least ? 'min' : 'max', array.id, used.length, ...index.map(canonicalKey)]
  const places = [...outside, ...inside].flatMap((place) => [...variablesOf(place)])
  const key = [...spelled, ...lengths.map(canonicalKey)].join('|')
  return { key, used: order, of: { entry: { array, index }, places } }
}

/** A[e] or −A[e] and nothing else, inside of the box of the contest. */
const accessOf = (terms: Terms, box: readonly Polynomial[]) => {
  const [t, ...others] = terms
  if (!t || others.length > 0) return undefined
  const isNegative = t.coefficient.numerator < 0n
  const guards = t.guards.filter((guard) => !box.some((each) => isZero(minus(each, guard))))
  const inside = { ...t, guards }
  const access = singleAccess(isNegative ? scaleTerms([inside], rational(-1)) : [inside])
  return access && { ...access, isNegative }
}

/** The mask of the first winner, an array of the outer letters and of the window's. */
export const winnerMask = (window: Window, site: Site) => {
  const { by, over, when = [], body } = window
  const ranges = rangesOf(over, site)
  const own = new Set(ranges.map(({ key }) => key))
  if (ranges.some(({ length }) => [...variablesOf(length)].some(isIndex)))
    throw new UnsupportedError('a contest over a range that another letter moves')
  const guards: Scalar = { kind: 'guard', guards: when }
  const all = product([guards, body])
  const read = usedKeys(all, site).filter((key) => !own.has(key))
  const content = contentOf(window, ranges, read, site)
  const used = content?.used ?? read
  const outer = lift(site, used, () => [])
  // The letters outside by position, so that i, j and k, l have the same window.
  const outside = [...freeLetters(body), ...freeLetters(guards)].flatMap((letter) => {
    const position = used.indexOf(keyOf(letter))
    return position < 0 ? [] : [[letter, `‹${position}›`] as const]
  })
  const key =
    content?.key ??
    `${site.maskKey(operandsIn(all))} ${spellContest({ by, over, when, body }, new Map(outside))}`
  const shape = [...outer.field.shape, ...ranges.map(({ length }) => length)]
  const field = site.functions.mask(key, `arg${by}`, shape, content?.of)
  return { field, index: outer.index, ranges }
}

/** As the body reads them: what is largest does not depend on the order of the letters. */
const inOrder = (over: readonly Axis[], body: Scalar): readonly Axis[] => {
  const read = [...freeLetters(body)]
  return [...over].sort((a, b) => read.indexOf(a.letter) - read.indexOf(b.letter))
}

/** max_u x(u) = Σ_u [u wins] x(u). */
export const extremumOf = (s: Reduce, site: Site): Terms => {
  if (s.by === 'sum' || s.when.length > 0) throw new UnsupportedError(`${s.by} over an index`)
  const window = oneWinner({ by: s.by, over: inOrder(s.over, s.body), body: s.body })
  const pooled = pooledValue(window, site)
  if (pooled) return pooled
  const { field, index: outer, ranges } = winnerMask(window, site)
  const lengths = ranges.map(({ length }) => length)
  return sumOver(lengths, (index) =>
    scoped(entered(ranges, site, index), (inner) =>
      productOfTerms(readField(field, [...outer, ...index]), termsOf(s.body, inner)),
    ),
  )
}
