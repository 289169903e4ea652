// What the checker knows of functions: derivatives, values at 0, signs, what they ask of arguments.
// A table of its own; a function that is not in it is any function.

/** In the place of f′(x): the coefficients of a polynomial in f(x), that of f(x)⁰ first, … */
export type Derivative =
  | { readonly powers: readonly bigint[] }
  /** … or a coefficient times another function of x, … */
  | { readonly times: bigint; readonly f: string }
  /** … or 1/(2 f(x)). */
  | 'half inverse'

interface Law {
  readonly derivative?: Derivative
  readonly atZero?: bigint
  /** Of every value; '≥ as x': positive where the argument is; 'as x': that of the argument. */
  readonly sign?: '>' | '≥' | '≥ as x' | 'as x'
  /** What a value asks of the argument, with 0; '≥': a derivative asks '>'. */
  readonly asks?: '≠' | '>' | '≥'
  readonly isBent?: boolean
  /** Every value is at most 1 in size; 0: less than 1. */
  readonly most?: 0 | 1
  /** What f(x)² is: x, f(x), or 1 less the square of another function of x. */
  readonly square?: 'argument' | 'itself' | { readonly oneLess: string }
}

const nothing: Derivative = { powers: [] }

export const inverse = '1/'
export const isAbove = '>0'
export const isZero = '=0'

export const laws: Readonly<Record<string, Law>> = {
  exp: { derivative: { powers: [0n, 1n] }, atZero: 1n, sign: '>' },
  log: { derivative: { times: 1n, f: inverse }, asks: '>' },
  '√': { derivative: 'half inverse', atZero: 0n, sign: '≥ as x', asks: '≥', square: 'argument' },
  [inverse]: { derivative: { powers: [0n, 0n, -1n] }, sign: 'as x', asks: '≠' },
  sin: { derivative: { times: 1n, f: 'cos' }, atZero: 0n, most: 1 },
  cos: { derivative: { times: -1n, f: 'sin' }, atZero: 1n, square: { oneLess: 'sin' }, most: 1 },
  // 1 − y²
  tanh: { derivative: { powers: [1n, 0n, -1n] }, atZero: 0n, most: 0 },
  // y − y²
  sigmoid: { derivative: { powers: [0n, 1n, -1n] }, sign: '>', most: 0 },
  softplus: { derivative: { times: 1n, f: 'sigmoid' }, sign: '>' },
  relu: { derivative: { times: 1n, f: isAbove }, atZero: 0n, sign: '≥ as x', isBent: true },
  abs: { derivative: { times: 1n, f: 'sign' }, atZero: 0n, sign: '≥ as x', isBent: true },
  sign: { derivative: nothing, atZero: 0n, isBent: true },
  [isAbove]: { derivative: nothing, atZero: 0n, sign: '≥', isBent: true, square: 'itself' },
  [isZero]: { derivative: nothing, atZero: 1n, sign: '≥', isBent: true, square: 'itself' },
}
