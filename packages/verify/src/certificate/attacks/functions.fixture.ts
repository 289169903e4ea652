// For tests: dual numbers, and functions of one number with their derivatives, f, f′, f″, …

/** Value, and change with what is moved. */
export interface Dual {
  readonly v: number
  readonly d: number
}

export const real = (v: number): Dual => ({ v, d: 0 })
export const plus = (a: Dual, b: Dual): Dual => ({ v: a.v + b.v, d: a.d + b.d })
export const times = (a: Dual, b: Dual): Dual => ({ v: a.v * b.v, d: a.v * b.d + a.d * b.v })
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

export const functions: Readonly<Record<string, readonly ((x: number) => number)[]>> = {
  exp: [Math.exp, Math.exp, Math.exp, Math.exp],
  log: [Math.log, (x) => 1 / x, (x) => -1 / x ** 2, (x) => 2 / x ** 3],
  '√': [Math.sqrt, (x) => 0.5 / Math.sqrt(x), (x) => -0.25 * x ** -1.5],
  '1/': [(x) => 1 / x, (x) => -1 / x ** 2, (x) => 2 / x ** 3],
  tanh: [
    Math.tanh,
    (x) => 1 - Math.tanh(x) ** 2,
    (x) => -2 * Math.tanh(x) * (1 - Math.tanh(x) ** 2),
  ],
  sigmoid: [
    sigmoid,
    (x) => sigmoid(x) * (1 - sigmoid(x)),
    (x) => sigmoid(x) * (1 - sigmoid(x)) * (1 - 2 * sigmoid(x)),
    (x) => {
      const s = sigmoid(x)
      return s * (1 - s) * (1 - 6 * s + 6 * s * s)
    },
  ],
  sin: [Math.sin, Math.cos, (x) => -Math.sin(x), (x) => -Math.cos(x)],
  cos: [Math.cos, (x) => -Math.sin(x), (x) => -Math.cos(x), Math.sin],
  abs: [Math.abs, Math.sign, () => 0],
  sign: [Math.sign, () => 0],
  '>0': [(x) => Number(x > 0), () => 0],
  '=0': [(x) => Number(x === 0), () => 0],
  '[= 0]': [(x) => Number(x === 0), () => 0],
  relu: [(x) => Math.max(x, 0), (x) => (x > 0 ? 1 : 0), () => 0],
  softplus: [(x) => Math.log1p(Math.exp(x)), sigmoid, (x) => sigmoid(x) * (1 - sigmoid(x))],
}

export const compare = (relation: string, a: number, b: number): boolean =>
  relation === '=' ? a === b : a >= b
