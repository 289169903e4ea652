// What the checker knows of functions: derivatives, values at 0, signs, and what some are made of.
// A table of its own.

import type { PlainScalar } from './statement.ts'

/** In the place of f′(x): a sum of coefficients times powers of f(x), or of another function of x. */
export type Derivative =
  | {
      readonly of: 'value'
      readonly powers: readonly (readonly [coefficient: bigint, n: number])[]
    }
  | { readonly of: 'other'; readonly f: string }
  /** 1/(2 f(x)). */
  | { readonly of: 'half inverse' }
  | { readonly of: 'nothing' }

interface Law {
  readonly derivative?: Derivative
  readonly atZero?: readonly [bigint, bigint]
  readonly isPositive?: boolean
  readonly isNonnegative?: boolean
  /** What a value asks of the argument. */
  readonly asks?: 'not zero' | 'positive' | 'not negative'
  readonly isBent?: boolean
  /** What it is of an argument. */
  readonly written?: (x: PlainScalar) => PlainScalar
}

const value = (...powers: (readonly [bigint, number])[]): Derivative => ({ of: 'value', powers })

const one: PlainScalar = { kind: 'number', value: ['1', '1'] }
const zero: PlainScalar = { kind: 'number', value: ['0', '1'] }
const minus = (x: PlainScalar): PlainScalar => ({
  kind: 'product',
  factors: [{ kind: 'number', value: ['-1', '1'] }, x],
})
const exp = (x: PlainScalar): PlainScalar => ({ kind: 'apply', f: 'exp', order: 0, to: [x] })
const plus = (...terms: PlainScalar[]): PlainScalar => ({ kind: 'sum', terms })

export const inverse = '1/'
export const isAbove = '>0'
export const isZero = '=0'

export const laws: Readonly<Record<string, Law>> = {
  exp: { derivative: value([1n, 1]), atZero: [1n, 1n], isPositive: true },
  log: { derivative: { of: 'other', f: inverse }, asks: 'positive' },
  '√': {
    derivative: { of: 'half inverse' },
    atZero: [0n, 1n],
    isNonnegative: true,
    asks: 'not negative',
  },
  tanh: { derivative: value([1n, 0], [-1n, 2]), atZero: [0n, 1n] },
  abs: {
    derivative: { of: 'other', f: 'sign' },
    atZero: [0n, 1n],
    isNonnegative: true,
    isBent: true,
  },
  sign: { derivative: { of: 'nothing' }, atZero: [0n, 1n], isBent: true },
  [inverse]: { derivative: value([-1n, 2]), asks: 'not zero' },
  [isAbove]: { derivative: { of: 'nothing' }, atZero: [0n, 1n], isNonnegative: true, isBent: true },
  [isZero]: { derivative: { of: 'nothing' }, atZero: [1n, 1n], isNonnegative: true },
  sigmoid: {
    derivative: value([1n, 1], [-1n, 2]),
    isPositive: true,
    // 1/(1 + e^{−x})
    written: (x) => ({ kind: 'quotient', above: one, below: plus(one, exp(minus(x))) }),
  },
  relu: {
    derivative: { of: 'other', f: isAbove },
    atZero: [0n, 1n],
    isNonnegative: true,
    isBent: true,
    written: (x) => ({ kind: 'apply', f: 'max', order: 0, to: [zero, x] }),
  },
  softplus: {
    derivative: { of: 'other', f: 'sigmoid' },
    isPositive: true,
    written: (x) => ({ kind: 'apply', f: 'log', order: 0, to: [plus(one, exp(x))] }),
  },
}

/** Functions whose derivative is a law whatever the view. */
export const always: ReadonlySet<string> = new Set([
  'exp',
  'log',
  '√',
  'tanh',
  'abs',
  'sign',
  'relu',
  inverse,
  isAbove,
  isZero,
])
