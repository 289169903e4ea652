// The functions of the notation and their derivatives: what a proof trusts.

import { minus } from '../../arithmetic/polynomial.ts'
import { rational } from '../../arithmetic/rational.ts'
import { scaleTerms } from '../../index-terms/fields.ts'
import { type Index, type Terms, term } from '../../index-terms/terms.ts'
import { constantTerms } from '../terms/plain.ts'
import { productOfTerms } from '../terms/products.ts'
import type { Entry, ScalarFunction } from './types.ts'

const one = rational(1)
const negative = (terms: Terms): Terms => scaleTerms(terms, rational(-1))

/** 1 − f². */
const oneMinusSquare = ({ value }: Entry): Terms => [
  ...constantTerms(one),
  ...negative(productOfTerms(value, value)),
]

/** Of what is constant but for jumps. */
export const flat = (): Terms => []

/** 1/x. */
export const reciprocal: ScalarFunction = {
  key: '1/',
  name: '1/',
  derivative: ({ value }) => negative(productOfTerms(value, value)),
  excludes: 'poles',
}

/** [x > 0]. */
export const positive: ScalarFunction = {
  key: '>0',
  name: '0<',
  derivative: flat,
  atZero: rational(0),
  excludes: 'kinks',
}

/** [x = 0], which is asked as it stands: both cases count. */
export const vanishing: ScalarFunction = {
  key: '=0',
  name: '0=',
  derivative: flat,
  atZero: one,
}

const sign: ScalarFunction = {
  key: 'sign',
  name: 'sign',
  derivative: flat,
  atZero: rational(0),
  excludes: 'kinks',
}

const exponential: ScalarFunction = {
  key: 'exp',
  name: 'exp',
  derivative: ({ value }) => value,
  atZero: one,
}

const root: ScalarFunction = {
  key: '√',
  name: '√',
  derivative: ({ after }) => scaleTerms(after(reciprocal), rational(1, 2)),
  atZero: rational(0),
  excludes: 'poles',
}

const sine: ScalarFunction = {
  key: 'sin',
  name: 'sin',
  derivative: ({ other }) => other(cosine),
  atZero: rational(0),
}

const cosine: ScalarFunction = {
  key: 'cos',
  name: 'cos',
  derivative: ({ other }) => negative(other(sine)),
  atZero: one,
}

/** π, as a function of 1. */
const pi: ScalarFunction = { key: 'π', name: 'π', derivative: flat }

/** erf′(x) = 2 e^{−x²}/√π. */
const errorFunction: ScalarFunction = {
  key: 'erf',
  name: 'erf',
  derivative: ({ through, constant }) => {
    const bell = through(exponential, (x) => negative(productOfTerms(x, x)))
    return scaleTerms(productOfTerms(bell, constant(pi, root, reciprocal)), rational(2))
  },
  atZero: rational(0),
}

/** The functions of the notation: the trusted derivatives. */
export const elementary = {
  exp: exponential,
  log: {
    key: 'log',
    name: 'log',
    derivative: ({ other }) => other(reciprocal),
    excludes: 'poles',
  },
  '√': root,
  tanh: { key: 'tanh', name: 'tanh', derivative: oneMinusSquare, atZero: rational(0) },
  abs: {
    key: 'abs',
    name: 'abs',
    derivative: ({ other }) => other(sign),
    atZero: rational(0),
    excludes: 'kinks',
  },
  sign,
  sin: sine,
  cos: cosine,
  erf: errorFunction,
  π: pi,
} as const satisfies Record<string, ScalarFunction>

/** [e outside of the box] as terms: 1 − Π[inside]. */
export const outsideOf = (index: Index, shape: Index): Terms => {
  const inside = index.flatMap((e, axis) => [e, minus(shape[axis]!, e, 1)])
  return [term({}), term({ coefficient: rational(-1), guards: inside })]
}
