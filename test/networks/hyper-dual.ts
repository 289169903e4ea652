// Hyper-dual numbers a + b ε₁ + c ε₂ + d ε₁ε₂ with ε₁² = ε₂² = 0: run through f, they carry exact
// first and second directional derivatives (J. Fike & J. Alonso, 2011). It shares no code with
// what it checks.

export interface Dual {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
}

export const real = (a: number): Dual => ({ a, b: 0, c: 0, d: 0 })
export const ZERO = real(0)

export const plus = (x: Dual, y: Dual): Dual => ({
  a: x.a + y.a,
  b: x.b + y.b,
  c: x.c + y.c,
  d: x.d + y.d,
})

export const times = (x: Dual, y: Dual): Dual => ({
  a: x.a * y.a,
  b: x.a * y.b + x.b * y.a,
  c: x.a * y.c + x.c * y.a,
  d: x.a * y.d + x.b * y.c + x.c * y.b + x.d * y.a,
})

export const scaled = (k: number, x: Dual): Dual => times(real(k), x)
export const minus = (x: Dual, y: Dual): Dual => plus(x, scaled(-1, y))
export const total = (xs: readonly Dual[]): Dual => xs.reduce(plus, ZERO)

/** f(x), given f, f′ and f″ at the real part. */
const through = (x: Dual, f: number, f1: number, f2: number): Dual => ({
  a: f,
  b: f1 * x.b,
  c: f1 * x.c,
  d: f1 * x.d + f2 * x.b * x.c,
})

export const exp = (x: Dual): Dual => through(x, Math.exp(x.a), Math.exp(x.a), Math.exp(x.a))
export const log = (x: Dual): Dual => through(x, Math.log(x.a), 1 / x.a, -1 / x.a ** 2)
export const sqrt = (x: Dual): Dual => {
  const root = Math.sqrt(x.a)
  return through(x, root, 0.5 / root, -0.25 / root ** 3)
}
export const inverse = (x: Dual): Dual => through(x, 1 / x.a, -1 / x.a ** 2, 2 / x.a ** 3)

export const sigmoid = (x: Dual): Dual => inverse(plus(real(1), exp(scaled(-1, x))))
export const tanh = (x: Dual): Dual => minus(scaled(2, sigmoid(scaled(2, x))), real(1))
export const softplus = (x: Dual): Dual => log(plus(real(1), exp(x)))
export const leaky =
  (slope: number) =>
  (x: Dual): Dual =>
    x.a > 0 ? x : scaled(slope, x)
export const elu = (x: Dual): Dual => (x.a > 0 ? x : minus(exp(x), real(1)))
