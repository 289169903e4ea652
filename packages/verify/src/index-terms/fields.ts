// Arrays as fields of terms: sums, products, guards and affine re-indexing. Correlation and its kin
// are in stars.ts, derivatives in derivative.ts.

import {
  type Expression,
  equal,
  formatPolynomial,
  minus,
  type Polynomial,
  plus,
  polynomial,
  times,
} from '../arithmetic/polynomial.ts'
import { type Rational, rational } from '../arithmetic/rational.ts'
import { boundIndex, type Variable } from '../arithmetic/variable.ts'
import {
  type ArrayName,
  boxOf,
  type Field,
  multiplyPowers,
  multiplyTerms,
  scaleTerm,
  type Term,
  term,
} from './terms.ts'

type Terms = readonly Term[]
type Index = readonly Polynomial[]

/** Two fields whose shapes had to be equal for all sizes, and are not. */
export class FieldShapeError extends Error {
  override name = 'FieldShapeError'
  readonly left: readonly Polynomial[]
  readonly right: readonly Polynomial[]
  constructor(operation: string, left: readonly Polynomial[], right: readonly Polynomial[]) {
    super(`${operation} of shapes ${formatShape(left)} and ${formatShape(right)}`)
    this.left = left
    this.right = right
  }
}

export const formatShape = (shape: readonly Polynomial[]): string =>
  `[${shape.map(formatPolynomial).join(', ')}]`

export const sameShape = (a: Field, b: Field): boolean =>
  a.shape.length === b.shape.length && a.shape.every((n, axis) => equal(n, b.shape[axis]!))

const sharedShape = (operation: string, a: Field, b: Field): readonly Polynomial[] => {
  if (!sameShape(a, b)) throw new FieldShapeError(operation, a.shape, b.shape)
  return a.shape
}

export const polynomials = (es: readonly Expression[]): readonly Polynomial[] => es.map(polynomial)

// Lists of terms

export const productOfTerms = (a: Terms, b: Terms): Terms =>
  a.flatMap((s) => b.map((t) => multiplyTerms(s, t)))

export const scaleTerms = (
  ts: Terms,
  factor: Rational,
  powers: ReadonlyMap<Variable, number> = new Map(),
): Terms => ts.map((t) => ({ ...scaleTerm(t, factor), powers: multiplyPowers(t.powers, powers) }))

/** terms · Π [guard ≥ 0]. */
export const guardTerms = (ts: Terms, guards: readonly Polynomial[]): Terms =>
  ts.map((t) => ({ ...t, guards: [...t.guards, ...guards] }))

/** terms · Π [equation = 0]. */
export const equateTerms = (ts: Terms, equations: readonly Polynomial[]): Terms =>
  ts.map((t) => ({ ...t, equations: [...t.equations, ...equations] }))

/** Σ_{0 ≤ k < shape} body(k), with fresh k at every call. */
export const sumOver = (
  shape: readonly Polynomial[],
  body: (index: readonly Polynomial[]) => Terms,
): Terms => {
  const bound = shape.map(() => boundIndex('k'))
  const index = polynomials(bound)
  const box = boxOf(index, shape)
  return body(index).map((t) => ({
    ...t,
    bound: [...t.bound, ...bound],
    guards: [...t.guards, ...box],
  }))
}

/**
 * body(⌊e/p⌋, e mod p) for p ≥ 1. The quotient is a bound variable q that the guards
 * 0 ≤ e - p q < p pin to one value, so summing over it changes nothing.
 */
export const withQuotient = (
  e: Expression,
  p: Expression,
  body: (quotient: Polynomial, remainder: Polynomial) => Terms,
): Terms => {
  const q = boundIndex('q')
  const quotient = polynomial(q)
  const remainder = minus(e, times(p, quotient))
  const guards = [remainder, minus(p, remainder, 1)]
  return body(quotient, remainder).map((t) => ({
    ...t,
    bound: [...t.bound, q],
    guards: [...t.guards, ...guards],
  }))
}

// Fields

export const arrayField = (array: ArrayName): Field => ({
  shape: array.shape,
  at: (index) => [term({ accesses: [{ array, index }] })],
})

export const constantField = (shape: readonly Polynomial[], value: Rational): Field => ({
  shape,
  at: () => (value.numerator === 0n ? [] : [term({ coefficient: value })]),
})

/** The field read at any integer index: 0 outside its shape. */
export const anywhere = (field: Field, index: Index): Terms =>
  guardTerms(field.at(index), boxOf(index, field.shape))

/** Throws FieldShapeError where the shapes differ. */
export const addFields = (a: Field, b: Field): Field => ({
  shape: sharedShape('sum', a, b),
  at: (index) => [...a.at(index), ...b.at(index)],
})

export const scaleField = (
  a: Field,
  factor: Rational,
  powers: ReadonlyMap<Variable, number> = new Map(),
): Field => ({ shape: a.shape, at: (index) => scaleTerms(a.at(index), factor, powers) })

export const subtractFields = (a: Field, b: Field): Field => ({
  shape: sharedShape('difference', a, b),
  at: addFields(a, scaleField(b, rational(-1))).at,
})

/** Entrywise product. Throws FieldShapeError where the shapes differ. */
export const hadamard = (a: Field, b: Field): Field => ({
  shape: sharedShape('entrywise product', a, b),
  at: (index) => productOfTerms(a.at(index), b.at(index)),
})

/** y[index] = a[map(index)] for a map into the box of a. */
export const reindex = (
  a: Field,
  shape: readonly Polynomial[],
  map: (index: Index) => Index,
): Field => ({ shape, at: (index) => a.at(map(index)) })

/** The last two axes exchanged; for a matrix, its transpose. */
export const transpose = (a: Field): Field => reindex(a, swapLast(a.shape), swapLast)

const swapLast = (xs: readonly Polynomial[]): readonly Polynomial[] =>
  xs.length < 2 ? xs : [...xs.slice(0, -2), xs.at(-1)!, xs.at(-2)!]

/** Every listed axis reversed (all axes by default); of a kernel, its rotation by 180°. */
export const rot180 = (a: Field, axes: readonly number[] = [...a.shape.keys()]): Field =>
  reindex(a, a.shape, (index) =>
    index.map((e, axis) => (axes.includes(axis) ? minus(a.shape[axis]!, 1, e) : e)),
  )

/** Zeros around; a negative width crops. */
export const pad = (
  a: Field,
  before: readonly Expression[],
  after: readonly Expression[] = before,
): Field => ({
  shape: a.shape.map((n, axis) => plus(n, before[axis]!, after[axis]!)),
  at: (index) =>
    anywhere(
      a,
      index.map((e, axis) => minus(e, before[axis]!)),
    ),
})

/** Fixes the first axes: a filter of a bank, a channel of an image. */
export const fixAxes = (a: Field, leading: readonly Expression[]): Field => ({
  shape: a.shape.slice(leading.length),
  at: (index) => a.at([...polynomials(leading), ...index]),
})

/** The sum of all entries, a field of rank 0. */
export const sumField = (a: Field): Field => ({ shape: [], at: () => sumOver(a.shape, a.at) })

/** y_{…ij} = Σ_k a_{…ik} b_{kj}; vectors as usual. */
export const matrixProduct = (a: Field, b: Field): Field => {
  const [inner] = a.shape.slice(-1)
  const [first, ...rest] = b.shape
  if (!inner || !first || !equal(inner, first)) {
    throw new FieldShapeError('matrix product', a.shape, b.shape)
  }
  const rows = a.shape.length - 1
  return {
    shape: [...a.shape.slice(0, -1), ...rest],
    at: (index) =>
      sumOver([inner], (k) =>
        productOfTerms(a.at([...index.slice(0, rows), ...k]), b.at([...k, ...index.slice(rows)])),
      ),
  }
}
