// Correlation and convolution in their modes, and the stretching of arrays: upsampling, dilation,
// the position inside a block. Zero padding throughout, image left and kernel right.

import {
  type Expression,
  minus,
  monomial,
  type Polynomial,
  plus,
  polynomial,
  times,
} from '../arithmetic/polynomial.ts'
import {
  anywhere,
  equateTerms,
  FieldShapeError,
  pad,
  productOfTerms,
  rot180,
  sumOver,
  withQuotient,
} from './fields.ts'
import type { Field, Term } from './terms.ts'

export type Mode = 'valid' | 'full' | 'same'

/** y[i] = Σ_u a[i + u] k[u], of length n - m + 1 in each axis. */
const correlateValid = (a: Field, kernel: Field): Field => ({
  shape: a.shape.map((n, axis) => plus(minus(n, kernel.shape[axis]!), 1)),
  at: (index) =>
    sumOver(kernel.shape, (u) =>
      productOfTerms(a.at(index.map((e, axis) => plus(e, u[axis]!))), kernel.at(u)),
    ),
})

/** p/2 where every coefficient is even. */
const half = (p: Polynomial): Polynomial | undefined => {
  if ([...p.values()].some((m) => m.coefficient % 2n !== 0n)) return undefined
  return plus(...[...p.values()].map((m) => monomial(m.coefficient / 2n, m.variables)))
}

/** body(⌊n/2⌋ for each n); written out where n is even as a polynomial. */
const withHalves = (
  lengths: readonly Polynomial[],
  body: (halves: readonly Polynomial[]) => readonly Term[],
): readonly Term[] => {
  const [first, ...rest] = lengths
  if (!first) return body([])
  const exact = half(first)
  if (exact) return withHalves(rest, (others) => body([exact, ...others]))
  return withQuotient(first, 2, (q) => withHalves(rest, (others) => body([q, ...others])))
}

/** y[i] = Σ_u a[i + u - ⌊(m-1)/2⌋] k[u], of the shape of a. */
const correlateSame = (a: Field, kernel: Field): Field => ({
  shape: a.shape,
  at: (index) =>
    withHalves(
      kernel.shape.map((m) => minus(m, 1)),
      (offsets) =>
        sumOver(kernel.shape, (u) => {
          const shifted = index.map((e, axis) => minus(plus(e, u[axis]!), offsets[axis]!))
          return productOfTerms(anywhere(a, shifted), kernel.at(u))
        }),
    ),
})

const correlations: Record<Mode, (a: Field, kernel: Field) => Field> = {
  valid: correlateValid,
  same: correlateSame,
  full: (a, kernel) => {
    const border = kernel.shape.map((m) => minus(m, 1))
    return correlateValid(pad(a, border), kernel)
  },
}

/** Cross-correlation. Throws FieldShapeError where the ranks differ. */
export const correlate = (a: Field, kernel: Field, mode: Mode): Field => {
  if (a.shape.length !== kernel.shape.length) {
    throw new FieldShapeError(`${mode} correlation`, a.shape, kernel.shape)
  }
  return correlations[mode](a, kernel)
}

/** True convolution, whose kernel is reversed. Throws FieldShapeError where the ranks differ. */
export const convolve = (a: Field, kernel: Field, mode: Mode): Field =>
  correlate(a, rot180(kernel), mode)

/** y[i] = a[⌊i/p⌋]: every entry becomes a block. */
export const upsample = (a: Field, factors: readonly Expression[]): Field => ({
  shape: a.shape.map((n, axis) => times(n, factors[axis]!)),
  at: (index) => withBlocks(index, factors, (quotients) => a.at(quotients)),
})

/**
 * body(block, position in the block) for non-overlapping blocks: the quotients and the remainders
 * of an index by the block sizes.
 */
export const withBlocks = (
  index: readonly Polynomial[],
  factors: readonly Expression[],
  body: (quotients: readonly Polynomial[], remainders: readonly Polynomial[]) => readonly Term[],
): readonly Term[] => {
  const [e, ...rest] = index
  const [p, ...others] = factors
  if (e === undefined || p === undefined) return body([], [])
  return withQuotient(e, p, (q, r) =>
    withBlocks(rest, others, (qs, rs) => body([q, ...qs], [r, ...rs])),
  )
}

/**
 * y[s i] = a[i] and 0 between: length s(n - 1) + 1. The equation s i = index does the selecting.
 */
export const dilate = (a: Field, strides: readonly Expression[]): Field => ({
  shape: a.shape.map((n, axis) => plus(times(minus(n, 1), strides[axis]!), 1)),
  at: (index) =>
    sumOver(a.shape, (u) =>
      equateTerms(
        a.at(u),
        index.map((e, axis) => minus(times(strides[axis]!, u[axis]!), polynomial(e))),
      ),
    ),
})
