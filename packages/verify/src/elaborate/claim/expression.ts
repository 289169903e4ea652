// A claim as fields of terms: the resolved tree at symbolic sizes, in one view of the network. What
// index notation cannot say is UnsupportedError; two shapes that never fit are ShapesError.

import { minus, type Polynomial, plus, polynomial } from '../../arithmetic/polynomial.ts'
import { rational } from '../../arithmetic/rational.ts'
import { declareArray, type Field, term } from '../../index-terms/terms.ts'
import { isCotangent } from '../../language/cotangent.ts'
import { atEntry, axisLetters, comparedIn } from '../../language/entrywise-conditions.ts'
import type { Resolved, ResolvedCondition } from '../../language/resolved.ts'
import { isRowBeside } from '../../lower/rows.ts'
import { readField, valueOfSize } from '../functions/apply.ts'
import type { Index, Terms } from '../functions/functions.ts'
import { probed, scoped, withLetters } from '../letters.ts'
import { constantTerms, plainField } from '../plain.ts'
import { productOfTerms } from '../products.ts'
import { UnsupportedError } from '../unsupported.ts'
import {
  asRow,
  number,
  shapeOfValue,
  starOf,
  transposed,
  type Value,
  valueOfField,
} from './arrays.ts'
import { callOf } from './calls.ts'
import { derivativeOf } from './derivatives.ts'
import { entrywise, isSingle, product, scaled } from './entrywise.ts'
import { power, quotient } from './functions.ts'
import { claimIndex, isIndexLike } from './index.ts'
import { reductionOf } from './reductions.ts'
import { comparison } from './relations.ts'
import { demandEqual } from './shapes.ts'
import { type ClaimSite, nodeNamed, sizeNamed, visibleField } from './site.ts'
import { winnersOf } from './winners.ts'

type Kind = Resolved['kind']
type Of<K extends Kind> = Extract<Resolved, { kind: K }>

const minusOne = rational(-1)

/** A node of a claim costs about as much as so many steps of a proof. */
const stepsOfNode = 20

export const claimValue = (node: Resolved, site: ClaimSite): Value => {
  site.model.functions.tick(stepsOfNode)
  const read = readers[node.kind] as (node: Resolved, site: ClaimSite) => Value
  return read(node, site)
}

/** @throws UnsupportedError where it is an array with more than one entry */
export const numberOf = (node: Resolved, site: ClaimSite): Terms => {
  const value = claimValue(node, site)
  if (value.kind === 'number') return value.terms
  if (!isSingle(value.field.shape)) {
    throw new UnsupportedError('an array where a number should be')
  }
  return value.field.at(value.field.shape.map(() => polynomial(0)))
}

export const indexOf = (node: Resolved, site: ClaimSite): Polynomial =>
  claimIndex(node, site, (name) => sizeNamed(site, name))

// ---- entries

/** Indices may leave axes whole: w^{Fk} is the k-th filter. */
export const entryOf = (
  field: Field,
  indices: readonly (Resolved | null)[],
  site: ClaimSite,
): Value => {
  const hidden = field.shape.length - indices.length
  // (A * B)_{ij} of one image: leading axes of length 1 are invisible.
  if (hidden > 0 && isSingle(field.shape.slice(0, hidden))) {
    const zeros = field.shape.slice(0, hidden).map(() => polynomial(0))
    const at = (index: Index): Terms => field.at([...zeros, ...index])
    return entryOf({ shape: field.shape.slice(hidden), at }, indices, site)
  }
  if (hidden !== 0) {
    throw new UnsupportedError(`${indices.length} indices for rank ${field.shape.length}`)
  }
  const given = indices.map((index) => index && minus(indexOf(index, site), 1))
  const open = field.shape.filter((_, axis) => given[axis] === null)
  const at = (index: Index): Terms => {
    let next = 0
    return readField(
      field,
      given.map((each) => each ?? index[next++]!),
    )
  }
  return valueOfField({ shape: open, at })
}

const readers: { readonly [K in Kind]: (node: Of<K>, site: ClaimSite) => Value } = {
  numeral: ({ value }) => number(constantTerms(rational(value.numerator, value.denominator))),
  index: (node, site) => number(valueOfSize(indexOf(node, site))),
  size: (node, site) => number(valueOfSize(indexOf(node, site))),
  variable: ({ name }, site) => {
    const known = site.variables.get(name) ?? plainField(declareArray(name, []))
    site.variables.set(name, known)
    return number(known.at([]))
  },
  array: (node, site) => {
    const graphNode = nodeNamed(site, node.name)
    return valueOfField(visibleField(graphNode, node, site.model.value(graphNode)))
  },
  cost: (_, site) => number(site.model.value(site.network.cost).at([])),
  entry: (node, site) => {
    if (node.array.kind === 'derivative') return derivativeOf(node.array, node.indices, site)
    const value = claimValue(node.array, site)
    if (value.kind === 'number') throw new UnsupportedError('indices on what is a number')
    return entryOf(value.field, node.indices, site)
  },
  derivative: (node, site) => derivativeOf(node, undefined, site),
  call: (node, site) => callOf(node, site),
  activation: (node, site) => callOf(node, site),
  product: ({ factors }, site) => {
    const values = factors.map((factor) => claimValue(factor, site))
    if (values.filter(({ kind }) => kind === 'array').length < 2) return product(values, site)
    const besides = factors.map(
      (factor, at) => rowOf(factor, site, values.slice(0, at)) ?? values[at]!,
    )
    return product(besides, site)
  },
  addition: ({ terms }, site) =>
    entrywise(
      'A sum',
      terms.map((each) => claimValue(each, site)),
      site,
      (values) => values.flat(),
    ),
  negation: ({ operand }, site) =>
    scaled([term({ coefficient: minusOne })], claimValue(operand, site)),
  quotient: (node, site) => quotient(node, site),
  power: (node, site) => power(node, site),
  transposed: ({ operand }, site) => {
    const value = claimValue(operand, site)
    return value.kind === 'number' ? value : transposed(value)
  },
  hadamard: ({ left, right }, site) =>
    entrywise('⊙', [claimValue(left, site), claimValue(right, site)], site, (values) =>
      values.reduce(productOfTerms),
    ),
  star: (node, site) => star(node, site),
  reduction: (node, site) => reductionOf(node, site),
  iverson: ({ conditions }, site) => brackets(conditions, site),
  list: () => {
    throw new UnsupportedError('a list as a value')
  },
}

const conditionTerms = (conditions: readonly ResolvedCondition[], site: ClaimSite): Terms =>
  conditions
    .map((condition) =>
      condition.kind === 'comparison' ? comparison(condition, site) : winnersOf(condition, site),
    )
    .reduce(productOfTerms, [term({})])

/** 1 or 0; of whole arrays, entry by entry. */
const brackets = (conditions: readonly ResolvedCondition[], site: ClaimSite): Value => {
  const operands = conditions.flatMap(comparedIn).filter((operand) => !isIndexLike(operand))
  const shapes = new Map(
    operands.map((operand) => [operand, shapeOfValue(claimValue(operand, site))] as const),
  )
  const [shape, ...others] = [...shapes.values()].filter(({ length }) => length > 0)
  if (!shape) return number(conditionTerms(conditions, site))
  for (const other of others) demandEqual('A condition', shape, other, site.model.network.sizes)
  const letters = axisLetters(shape)
  const isArray = (operand: Resolved) => (shapes.get(operand)?.length ?? 0) > 0
  const inside = conditions.map((condition) => atEntry(condition, letters, isArray))
  const at = (index: Index): Terms => {
    const given = letters.map(
      (name, axis) => [name, { value: plus(index[axis]!, 1), length: shape[axis]! }] as const,
    )
    return scoped(withLetters(site, given), (inner) => conditionTerms(inside, inner))
  }
  return valueOfField({ shape, at })
}

/** (W)ᵀ beside another array. */
const rowOf = (factor: Resolved, site: ClaimSite, before: readonly Value[]): Value | undefined => {
  const value = factor.kind === 'transposed' ? claimValue(factor.operand, site) : undefined
  if (value?.kind !== 'array') return undefined
  const arrays = before.flatMap((each) =>
    each.kind === 'array' ? [{ rank: each.field.shape.length, dual: each.dual }] : [],
  )
  return isRowBeside(arrays, value.field.shape.length) ? { ...value, dual: true } : asRow(value)
}

const star = (node: Of<'star'>, site: ClaimSite): Value => {
  const [left, right] = [claimValue(node.left, site), claimValue(node.right, site)]
  if (left.kind === 'number' || right.kind === 'number') return product([left, right], site)
  if (node.steps) throw new UnsupportedError('a star that steps')
  const read = node.ordinal === undefined ? undefined : site.reading?.[node.ordinal]
  const mode = node.mode ?? read?.mode
  if (!mode) throw new UnsupportedError('a star without a reading')
  const [image, kernel] = read?.kernel === 'left' ? [right, left] : [left, right]
  const isConvolution = node.operation === 'convolution' || read?.star === 'convolution'
  const operation = isConvolution ? 'convolution' : 'correlation'
  const backwards = isCotangent(read?.kernel === 'left' ? node.right : node.left)
  const { sizes } = site.model.network
  const { demand } = site
  return valueOfField(
    starOf(
      image.field,
      kernel.field,
      { mode, operation, backwards, choose: (count) => site.choose(count, node), demand },
      sizes,
    ),
  )
}

/** One side of a claim as a field of the free letters, then of its own axes; and as it stands. */
export const sideOf = (
  node: Resolved,
  free: readonly (readonly [name: string, length: Polynomial])[],
  site: ClaimSite,
  enter: (index: Index) => ClaimSite,
): { readonly field: Field; readonly own: Value } => {
  const own = probed(site, (inner) => claimValue(node, inner))
  const field: Field = {
    shape: [...free.map(([, length]) => length), ...shapeOfValue(own)],
    at: (index) =>
      scoped(enter(index.slice(0, free.length)), (inner) => {
        const value = claimValue(node, inner)
        return value.kind === 'number' ? value.terms : value.field.at(index.slice(free.length))
      }),
  }
  return { field, own }
}
