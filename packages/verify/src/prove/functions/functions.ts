// Functions of one number that are not looked into: f of a field is an array of its own, known by
// the function and its argument, whose derivative is given as terms.

import { type Budget, within } from '../../arithmetic/budget.ts'
import { canonicalKey } from '../../arithmetic/polynomial.ts'
import { rational } from '../../arithmetic/rational.ts'
import type { Excluded } from '../../core/statement.ts'
import { differentiateTerms } from '../../index-terms/derivative.ts'
import { constantField, sameShape } from '../../index-terms/fields.ts'
import type { Congruence } from '../../index-terms/functions.ts'
import { generalIndex, proveEqual, stateFields } from '../../index-terms/prove.ts'
import { spellingOfTerms } from '../../index-terms/rewriting/identical.ts'
import {
  type ArrayName,
  declareArray,
  type Field,
  type Index,
  type Terms,
} from '../../index-terms/terms.ts'
import { relevantTo } from '../relevant.ts'
import {
  constantTerms,
  isOne,
  type PlainField,
  plainArray,
  plainField,
  remembered,
  squeezed,
  withOnes,
  withoutOnes,
} from '../terms/plain.ts'
import { productOfTerms } from '../terms/products.ts'
import { anyPlace } from './apply.ts'
import { flat, positive } from './elementary.ts'
import { createLaws } from './laws.ts'
import { argumentPutter } from './put-argument.ts'
import type { Applied, Contested, Entry, Functions, Placeholder, ScalarFunction } from './types.ts'
import { unknownPartial } from './unknown.ts'

const arraysIn = (terms: Terms): readonly ArrayName[] => [
  ...new Set(terms.flatMap((t) => t.accesses.map(({ array }) => array))),
]

const idsOf = (arrays: readonly ArrayName[]): string =>
  arrays
    .map(({ id }) => id)
    .sort((a, b) => a - b)
    .join()

const standsFor = unknownPartial('what stands for an argument')

const operationsForOneArgument = 24_000

export const createFunctions = (
  constraints: Index,
  deadline: Budget,
  {
    expands = false,
    lawful = false,
  }: { readonly expands?: boolean; readonly lawful?: boolean } = {},
): Functions => {
  const positives = new Set<ArrayName>()
  interface Known {
    readonly f: string
    readonly function: ScalarFunction
    readonly argument: Field
    readonly plain: ArrayName | undefined
    readonly arrays: string
    readonly value: PlainField
  }
  const known: Known[] = []
  /** Arguments that were met before, by how they are written. */
  const spelled = new Map<string, PlainField>()
  const masks = new Map<string, PlainField>()
  const zeros = new Map<string, PlainField>()
  const contests = new Map<ArrayName, Contested>()
  const excluded = new Map<ArrayName, Excluded>()
  /** Of what the argument of f is made. */
  const made = new Map<ArrayName, readonly ArrayName[]>()
  const congruences: Congruence[] = []

  /** Proves two arguments equal, so that f of both is one array. */
  const areEqual = (a: Field, b: Field): boolean => {
    const index = generalIndex(a)
    const statement = stateFields(a, b, relevantTo([a, b], constraints, index), index)
    const budget = within(deadline, operationsForOneArgument)
    const result = proveEqual(statement.left, statement.right, statement.context, budget)
    deadline.tick()
    if (!('proved' in result)) return false
    congruences.push({ statement, certificate: result.proved })
    return true
  }

  const find = (f: string, argument: Field, plain: ArrayName | undefined, arrays: string) =>
    known.find((each) => {
      if (each.f !== f) return false
      if (plain && each.plain) return plain === each.plain
      if (each.arrays !== arrays || !sameShape(each.argument, argument)) return false
      return areEqual(each.argument, argument)
    })

  const apply = (f: ScalarFunction, argument: Field): Field => {
    const assumed = f === positive && positives.size > 0 ? plainArray(argument) : undefined
    if (assumed && positives.has(assumed)) return constantField(argument.shape, rational(1))
    return laws?.(f, argument) ?? opaque(f, argument)
  }

  /** f of an argument as an array of its own. */
  const opaque = (f: ScalarFunction, argument: Field): Field => {
    if (!argument.shape.some(isOne)) return applySqueezed(f, argument)
    const inner = applySqueezed(f, squeezed(argument))
    const { shape } = argument
    return { shape, at: (index) => inner.at(withoutOnes(shape, index)) }
  }

  const applySqueezed = (f: ScalarFunction, argument: Field): PlainField => {
    const terms = argument.at(anyPlace(argument.shape))
    const spelling = spellingOfTerms(terms)
    const key = [f.key, ...argument.shape.map(canonicalKey), spelling].join('|')
    const same = spelling === undefined ? undefined : spelled.get(key)
    const value = same ?? applyTo(f, argument, arraysIn(terms))
    spelled.set(key, value)
    return value
  }

  const applyTo = (f: ScalarFunction, given: Field, parts: readonly ArrayName[]): PlainField => {
    const argument = remembered(given)
    const plain = plainArray(argument)
    const arrays = idsOf(parts)
    const found = find(f.key, argument, plain, arrays)
    if (found) return found.value
    const array: ArrayName = declareArray(
      `${f.name}(${plain?.name ?? '…'})`,
      argument.shape,
      (index, of, at) => {
        if (f.derivative === flat) return []
        const inner = differentiateTerms(argument.at(index), of, at)
        if (inner.length === 0) return []
        const entry: Entry = {
          value: value.at(index),
          other: (g) => apply(g, argument).at(index),
          after: (g) => apply(g, value).at(index),
          through: (g, inside) =>
            apply(g, { shape: argument.shape, at: (i) => inside(argument.at(i)) }).at(index),
          constant: (...gs) =>
            gs.reduce((x: Field, g) => apply(g, x), constantField([], rational(1))).at([]),
        }
        return productOfTerms(f.derivative(entry), inner)
      },
    )
    const value = plainField(array)
    if (f.excludes) excluded.set(array, f.excludes)
    made.set(array, parts)
    known.push({ f: f.key, function: f, argument, plain, arrays, value })
    return value
  }

  const excludedBy = (array: ArrayName): readonly Excluded[] => {
    const own = excluded.get(array)
    return [...(own ? [own] : []), ...(made.get(array) ?? []).flatMap(excludedBy)]
  }

  const placeholder = (argument: Field): Placeholder => {
    const array = plainArray(argument) ?? declareArray('…', argument.shape, standsFor)
    const place = (index: Index) => withOnes(array.shape, withoutOnes(argument.shape, index))
    const at = (index: Index) => plainField(array).at(place(index))
    return { array, field: { shape: argument.shape, at }, place }
  }

  const appliedOf = (array: ArrayName): Applied | undefined =>
    known.find((each) => each.value.array === array)
  const plainOf = (array: ArrayName) => known.find((each) => each.value.array === array)?.plain
  const withArgument = argumentPutter({ apply, appliedOf, plainOf })
  const laws = lawful ? createLaws({ apply: opaque, appliedOf }) : undefined

  const memoised = (memo: Map<string, PlainField>, key: string, name: string, shape: Index) => {
    const field = memo.get(key) ?? plainField(declareArray(name, shape))
    memo.set(key, field)
    return field
  }
  return {
    tick: deadline.tick,
    apply,
    placeholder,
    withArgument,
    mask: (key, name, shape, of) => {
      const field = memoised(masks, key, name, shape)
      if (of) contests.set(field.array, of)
      excluded.set(field.array, 'ties')
      return field
    },
    atZero: (f) =>
      f.atZero ? constantTerms(f.atZero) : memoised(zeros, f.key, `${f.name}(0)`, []).at([]),
    assumePositive: (array) => positives.add(array),
    expands,
    congruences,
    excludes: (array) => excluded.get(array),
    excludedBy,
    contestOf: (array) => contests.get(array),
    appliedOf,
  }
}
