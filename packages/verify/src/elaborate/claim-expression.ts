// A claim as fields of terms: the resolved tree at symbolic sizes, in one view of the network. What
// index notation cannot say is UnsupportedError; two shapes that never fit are ShapesError.

import { constantValue, minus, type Polynomial, polynomial } from '../arithmetic/polynomial.ts'
import { rational } from '../arithmetic/rational.ts'
import { productOfTerms, scaleTerms } from '../index-terms/fields.ts'
import { declareArray, type Field, term } from '../index-terms/terms.ts'
import { freeIndices } from '../language/free.ts'
import type { Resolved, ResolvedComparison } from '../language/resolved.ts'
import { applyAt, positiveMask, readField, valueOfSize, vanishingMask } from './apply.ts'
import {
  type ArrayValue,
  multiplyArrays,
  number,
  shapeOfValue,
  starOf,
  transposed,
  type Value,
  valueOfField,
} from './claim-arrays.ts'
import { callOf } from './claim-calls.ts'
import { derivativeOf } from './claim-derivatives.ts'
import { claimIndex, isIndexLike } from './claim-index.ts'
import { reductionOf } from './claim-reductions.ts'
import { aligned } from './claim-shapes.ts'
import { type ClaimSite, nodeNamed, sizeNamed, visibleField } from './claim-site.ts'
import { winnersOf } from './claim-winners.ts'
import {
  constantTerms,
  type Index,
  plainField,
  reciprocal,
  type ScalarFunction,
  type Terms,
} from './functions.ts'
import { type Lifted, lift, probed, scoped } from './letters.ts'
import { indexRelation } from './line.ts'
import { inverseOf, powerOf } from './scalars.ts'
import { UnsupportedError } from './unsupported.ts'

type Kind = Resolved['kind']
type Of<K extends Kind> = Extract<Resolved, { kind: K }>

const minusOne = rational(-1)

export const claimValue = (node: Resolved, site: ClaimSite): Value => {
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

// ---- functions of numbers

const usedLetters = (node: Resolved, site: ClaimSite): string[] =>
  freeIndices(node).filter((name) => site.letters.has(name))

/** A function applied to a value: of every entry of an array, or of one number. */
export type Apply = (argument: Field) => Field

/** f of a number or of every entry of an array. */
export const applied = (f: ScalarFunction, node: Resolved, site: ClaimSite): Value => {
  const { functions } = site.model
  const value = claimValue(node, site)
  if (value.kind === 'array') return appliedEverywhere((x) => functions.apply(f, x), node, site)
  return number(applyAt(f, functions, value.terms, site, () => lifted(node, site)))
}

const lifted = (node: Resolved, site: ClaimSite): Lifted =>
  lift(site, usedLetters(node, site), (inner) => numberOf(node, inner))

/** A function of an array, which may depend on the letters in force: they become axes. */
export const appliedEverywhere = (apply: Apply, node: Resolved, site: ClaimSite): Value => {
  const value = claimValue(node, site) as ArrayValue
  const used = usedLetters(node, site)
  if (used.length === 0) return { ...value, field: apply(value.field) }
  const { field: outer, index } = lift(site, used, () => [])
  const whole: Field = {
    shape: [...outer.shape, ...value.field.shape],
    at: (all) => {
      const entry = (inner: ClaimSite): Terms => {
        const here = claimValue(node, inner)
        return here.kind === 'number' ? here.terms : here.field.at(all.slice(used.length))
      }
      return lift(site, used, entry).field.at(all.slice(0, used.length))
    },
  }
  const result = apply(whole)
  return {
    ...value,
    field: { shape: value.field.shape, at: (at) => result.at([...index, ...at]) },
  }
}

/** A function of one number, where the value is one. */
export const appliedToNumber = (
  apply: (f: Field) => Field,
  node: Resolved,
  site: ClaimSite,
): Terms => {
  const { field, index } = lifted(node, site)
  return apply(field).at(index)
}

// ---- entry by entry

/** Numbers go with every entry, and a bias with every entry of its channel. */
export const entrywise = (
  what: string,
  values: readonly Value[],
  site: ClaimSite,
  combine: (terms: readonly Terms[]) => Terms,
): Value => {
  const arrays = values.filter((value) => value.kind === 'array')
  if (arrays.length === 0) {
    return number(combine(values.map((value) => (value.kind === 'number' ? value.terms : []))))
  }
  const { sizes } = site.model.network
  const count = ({ field }: ArrayValue) =>
    field.shape.reduce((product, length) => product * sizes.recorded(length), 1)
  const largest = arrays.reduce((a, b) => (count(b) > count(a) ? b : a))
  const { shape } = largest.field
  const channels = what === '⊙' ? 'same' : 'with channels'
  const readers = values.map((value) => {
    if (value.kind === 'number') return () => value.terms
    if (channels === 'with channels' && isSingle(value.field.shape)) {
      const terms = value.field.at(value.field.shape.map(() => polynomial(0)))
      return () => terms
    }
    const align = aligned(what, value.field.shape, shape, sizes, channels)
    return (index: Index) => value.field.at(align(index))
  })
  const field: Field = { shape, at: (index) => combine(readers.map((read) => read(index))) }
  return { kind: 'array', field, dual: arrays.every(({ dual }) => dual) }
}

/** One entry: the bias of a single filter goes with every entry. */
const isSingle = (shape: Index): boolean => shape.every((length) => constantValue(length) === 1n)

const product = (values: readonly Value[], site: ClaimSite): Value => {
  const factor = values
    .flatMap((value) => (value.kind === 'number' ? [value.terms] : []))
    .reduce(productOfTerms, [term({})])
  const arrays = values.filter((value) => value.kind === 'array')
  const [first, ...others] = arrays
  if (!first) return number(factor)
  const { sizes } = site.model.network
  const all = others.reduce<Value>(
    (left, right) =>
      left.kind === 'number' ? scaled(left.terms, right) : multiplyArrays(left, right, sizes),
    first,
  )
  return scaled(factor, all)
}

const scaled = (factor: Terms, value: Value): Value => {
  if (value.kind === 'number') return number(productOfTerms(factor, value.terms))
  const { field } = value
  const at = (index: Index) => productOfTerms(factor, field.at(index))
  return { ...value, field: { shape: field.shape, at } }
}

// ---- entries

/** Indices may leave axes whole: w^{Fk} is the k-th filter. */
export const entryOf = (
  field: Field,
  indices: readonly (Resolved | null)[],
  site: ClaimSite,
): Value => {
  if (indices.length !== field.shape.length) {
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
  product: ({ factors }, site) =>
    product(
      factors.map((factor) => claimValue(factor, site)),
      site,
    ),
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
  iverson: ({ conditions }, site) =>
    number(
      conditions
        .map((condition) =>
          condition.kind === 'comparison'
            ? comparison(condition, site)
            : winnersOf(condition, site),
        )
        .reduce(productOfTerms, [term({})]),
    ),
  list: () => {
    throw new UnsupportedError('a list as a value')
  },
}

/** 1/x of a value, entry by entry. */
const inverted = (node: Resolved, site: ClaimSite): Value => {
  const value = claimValue(node, site)
  const of = (f: ScalarFunction): Value => applied(f, node, site)
  if (value.kind === 'number') {
    return number(inverseOf(value.terms, (f) => (of(f) as { terms: Terms }).terms))
  }
  return of(reciprocal)
}

const quotient = ({ numerator, denominator }: Of<'quotient'>, site: ClaimSite): Value =>
  entrywise('A quotient', [claimValue(numerator, site), inverted(denominator, site)], site, (values) =>
    values.reduce(productOfTerms),
  )

const power = ({ base, exponent }: Of<'power'>, site: ClaimSite): Value => {
  if (exponent.kind !== 'numeral') throw new UnsupportedError('an exponent that is no number')
  const { numerator, denominator } = exponent.value
  const n = rational(numerator, denominator)
  const value = claimValue(base, site)
  if (value.kind === 'number') {
    return number(
      powerOf(value.terms, n, (f) => (applied(f, base, site) as { terms: Terms }).terms),
    )
  }
  const { field } = value
  const at = (index: Index) =>
    powerOf(field.at(index), n, (f) => {
      const whole = applied(f, base, site)
      return whole.kind === 'array' ? whole.field.at(index) : whole.terms
    })
  return { ...value, field: { shape: field.shape, at } }
}

const star = (node: Of<'star'>, site: ClaimSite): Value => {
  const [left, right] = [claimValue(node.left, site), claimValue(node.right, site)]
  if (left.kind === 'number' || right.kind === 'number') return product([left, right], site)
  const read = node.ordinal === undefined ? undefined : site.reading?.[node.ordinal]
  const mode = node.mode ?? read?.mode
  if (!mode) throw new UnsupportedError('a star without a reading')
  const [image, kernel] = read?.kernel === 'left' ? [right, left] : [left, right]
  const isConvolution = node.operation === 'convolution' || read?.star === 'convolution'
  const operation = isConvolution ? 'convolution' : 'correlation'
  const { sizes } = site.model.network
  return valueOfField(
    starOf(image.field, kernel.field, { mode, operation, choose: site.choose }, sizes),
  )
}

// ---- relations

const comparison = ({ operands, relations }: ResolvedComparison, site: ClaimSite): Terms =>
  relations
    .map((relation, k): Terms => {
      if (relation === '∈') throw new UnsupportedError('∈ as a condition')
      const [left, right] = [operands[k]!, operands[k + 1]!]
      if (isIndexLike(left) && isIndexLike(right)) {
        return indexRelation(relation, minus(indexOf(left, site), indexOf(right, site)))
      }
      return valueRelation(relation, left, right, site)
    })
    .reduce(productOfTerms)

type ValueRelation = Exclude<ResolvedComparison['relations'][number], '∈'>

const valueRelation = (
  relation: ValueRelation,
  left: Resolved,
  right: Resolved,
  site: ClaimSite,
): Terms => {
  const isZero = (node: Resolved) => node.kind === 'numeral' && node.value.numerator === 0n
  const apart = (a: Resolved, b: Resolved): Resolved => {
    if (isZero(b)) return a
    const negation: Resolved = { kind: 'negation', operand: b, span: b.span }
    return isZero(a) ? negation : { kind: 'addition', terms: [a, negation], span: a.span }
  }
  const mask = (node: Resolved) => (f: ScalarFunction) => {
    const value = applied(f, node, site)
    if (value.kind === 'array') throw new UnsupportedError('a condition on a whole array')
    return value.terms
  }
  const isNot = (terms: Terms): Terms => [term({}), ...scaleTerms(terms, minusOne)]
  if (relation === '=' || relation === '≠') {
    const same = vanishingMask(mask(apart(left, right)))
    return relation === '=' ? same : isNot(same)
  }
  const isGreater = relation === '>' || relation === '≤'
  const above = positiveMask(mask(isGreater ? apart(left, right) : apart(right, left)))
  return relation === '>' || relation === '<' ? above : isNot(above)
}

/** One side of a claim as a field of the free letters, then of its own axes. */
export const sideOf = (
  node: Resolved,
  free: readonly (readonly [name: string, length: Polynomial])[],
  site: ClaimSite,
  enter: (index: Index) => ClaimSite,
): Field => {
  const shape = probed(site, (inner) => shapeOfValue(claimValue(node, inner)))
  return {
    shape: [...free.map(([, length]) => length), ...shape],
    at: (index) =>
      scoped(enter(index.slice(0, free.length)), (inner) => {
        const value = claimValue(node, inner)
        return value.kind === 'number' ? value.terms : value.field.at(index.slice(free.length))
      }),
  }
}
