// What the checker knows of functions: derivatives, values at 0, signs, what they ask of arguments.
// A table of its own; a function that is not in it is any function.

/** In the place of f′(x): a sum of coefficients times powers of f(x), … */
export type Derivative =
  | { readonly powers: readonly (readonly [coefficient: bigint, n: number])[] }
  /** … or a coefficient times another function of x, … */
  | { readonly times: bigint; readonly f: string }
  /** … or 1/(2 f(x)). */
  | 'half inverse'

interface Law {
  readonly derivative?: Derivative
  readonly atZero?: bigint
  /** Of every value; '≥ as x': positive where the argument is. */
  readonly sign?: '>' | '≥' | '≥ as x'
  /** What a value asks of the argument, with 0; '≥': a derivative asks '>'. */
  readonly asks?: '≠' | '>' | '≥'
  readonly isBent?: boolean
  /** What f(x)² is: x, f(x), or 1 less the square of another function of x. */
  readonly square?: 'argument' | 'itself' | { readonly oneLess: string }
}

const nothing: Derivative = { powers: [] }

export const inverse = '1/'
export const isAbove = '>0'
export const isZero = '=0'

export const laws: Readonly<Record<string, Law>> = {
  exp: { derivative: { powers: [[1n, 1]] }, atZero: 1n, sign: '>' },
  log: { derivative: { times: 1n, f: inverse }, asks: '>' },
  '√': { derivative: 'half inverse', atZero: 0n, sign: '≥ as x', asks: '≥', square: 'argument' },
  [inverse]: { derivative: { powers: [[-1n, 2]] }, asks: '≠' },
  sin: { derivative: { times: 1n, f: 'cos' }, atZero: 0n },
  cos: { derivative: { times: -1n, f: 'sin' }, atZero: 1n, square: { oneLess: 'sin' } },
  // 1 − y²
  tanh: {
    derivative: {
      powers: [
        [1n, 0],
        [-1n, 2],
      ],
    },
    atZero: 0n,
  },
  // y − y²
  sigmoid: {
    derivative: {
      powers: [
        [1n, 1],
        [-1n, 2],
      ],
    },
    sign: '>',
  },
  softplus: { derivative: { times: 1n, f: 'sigmoid' }, sign: '>' },
  relu: { derivative: { times: 1n, f: isAbove }, atZero: 0n, sign: '≥ as x', isBent: true },
  abs: { derivative: { times: 1n, f: 'sign' }, atZero: 0n, sign: '≥ as x', isBent: true },
  sign: { derivative: nothing, atZero: 0n, isBent: true },
  [isAbove]: { derivative: nothing, atZero: 0n, sign: '≥', isBent: true, square: 'itself' },
  [isZero]: { derivative: nothing, atZero: 1n, sign: '≥', isBent: true, square: 'itself' },
}
