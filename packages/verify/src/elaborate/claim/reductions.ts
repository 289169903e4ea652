// Σ in a claim: over a range, or over all integers where the body is not 0.

import {
  canonicalKey,
  constantValue,
  minus,
  type Polynomial,
  plus,
  polynomial,
  variablesOf,
} from '../../arithmetic/polynomial.ts'
import { boundIndex, type Variable } from '../../arithmetic/variable.ts'
import { guardTerms } from '../../index-terms/fields.ts'
import type { Term } from '../../index-terms/terms.ts'
import { letterReads } from '../../language/letter-reads.ts'
import type { Resolved, ResolvedBinder } from '../../language/resolved.ts'
import { sumOfBox } from '../../prove/sums.ts'
import type { Terms } from '../functions/functions.ts'
import { probed, scoped, withLetters } from '../letters.ts'
import { productOfTerms } from '../products.ts'
import { UnsupportedError } from '../unsupported.ts'
import { number, shapeOfValue, type Value } from './arrays.ts'
import { claimValue, indexOf, numberOf } from './expression.ts'
import { extremumOfClaim } from './extrema.ts'
import type { ClaimSite } from './site.ts'

type Reduction = Extract<Resolved, { kind: 'reduction' }>

/** The lengths of axes that an index has bare, each once; where its body is 0 outside, or not. */
export const bareLengths = (
  name: string,
  node: Resolved,
  site: ClaimSite,
  which: 'all' | 'under functions' | 'covering' = 'all',
): readonly Polynomial[] => {
  const found = new Map<string, Polynomial>()
  for (const { entry, axis, bounds, covers } of letterReads(name, node)) {
    if (which === 'under functions' && bounds) continue
    if (which === 'covering' && !covers) continue
    const shape = probed(site, (inner) => shapeOfValue(claimValue(entry.array, inner)))
    const length = shape[axis]
    if (length) found.set(canonicalKey(length), length)
  }
  return [...found.values()]
}

/** The one length of the axes that bound an index, for functions of its entries. */
const knownLength = (name: string, body: Resolved, site: ClaimSite): Polynomial | undefined => {
  try {
    const [length, other] = bareLengths(name, body, site, 'covering')
    return other ? undefined : length
  } catch (error) {
    // An array that itself depends on indices not yet bound.
    if (error instanceof UnsupportedError) return undefined
    throw error
  }
}

const one = polynomial(1)

/** Σ over one binder; `open` collects the variables that only boxes bound. */
const overBinder = (
  binder: ResolvedBinder,
  node: Reduction,
  site: ClaimSite,
  open: Set<Variable>,
  body: (inner: ClaimSite) => Terms,
): Terms => {
  const { name } = binder
  const [lower, upper] = [binder.lower, binder.upper].map((bound) => bound && indexOf(bound, site))
  if (lower && upper) {
    const length = plus(minus(upper, lower), 1)
    return sumOfBox([length], site.model.functions.expands, ([k]) => {
      const value = plus(k!, lower)
      const fromOne = constantValue(minus(lower, one)) === 0n
      return scoped(withLetters(site, [[name, { value, ...(fromOne && { length }) }]]), body)
    })
  }
  const v = boundIndex(name)
  open.add(v)
  const value = polynomial(v)
  const axes =
    site.ranges?.sums === 'support' ? [] : bareLengths(name, node.body, site, 'under functions')
  const length = axes[0] ?? knownLength(name, node.body, site)
  const guards = [
    ...(lower ? [minus(value, lower)] : []),
    ...(upper ? [minus(upper, value)] : []),
    ...axes.flatMap((axis) => [minus(value, one), minus(axis, value)]),
  ]
  const letter = { value, ...(length && { length }) }
  const terms = scoped(withLetters(site, [[name, letter]]), body)
  return guardTerms(terms, guards).map((t) => ({ ...t, bound: [...t.bound, v] }))
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

export const reductionOf = (node: Reduction, site: ClaimSite): Value => {
  if (node.operator !== 'sum') return number(extremumOfClaim(node, site))
  const open = new Set<Variable>()
  const summed = (body: (inner: ClaimSite) => Terms): Terms => {
    const within = node.binders.reduceRight<(inner: ClaimSite) => Terms>(
      (inner, binder) => (outer) => overBinder(binder, node, outer, open, inner),
      (inner) => {
        const conditions = node.conditions.map((condition) =>
          numberOf({ kind: 'iverson', conditions: [condition], span: condition.span }, inner),
        )
        return conditions.reduce(productOfTerms, body(inner))
      },
    )
    const terms = within(site)
    if (!terms.every((t) => isPinned(t, open))) {
      throw new UnsupportedError('a sum over all integers that no array bounds')
    }
    return terms
  }
  let shape: readonly Polynomial[] = []
  let dual = false
  const terms = summed((inner) => {
    const value = claimValue(node.body, inner)
    if (value.kind === 'number') return value.terms
    shape = value.field.shape
    dual = value.dual
    return []
  })
  if (shape.length === 0) return number(terms)
  return {
    kind: 'array',
    dual,
    field: {
      shape,
      at: (index) =>
        summed((inner) => {
          const value = claimValue(node.body, inner)
          return value.kind === 'number' ? value.terms : value.field.at(index)
        }),
    },
  }
}
