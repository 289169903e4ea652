// One loop for each elementwise op over a stretch of entries: out[o…] from a[i…], b[j…], c[k…].
// Loops over the machine's own arithmetic are written out, because a call for each entry would
// cost more than the arithmetic; where the function itself is the cost, a call it is.
import { erf } from '@backprove/graph/notation'
import type { Memory } from '../../backend.ts'
import type { ElementwiseName } from '../../plan/families.ts'

export type Loop = (
  count: number,
  out: Memory,
  o: number,
  a: Memory,
  i: number,
  b: Memory,
  j: number,
  c: Memory,
  k: number,
) => void

const add: Loop = (count, out, o, a, i, b, j) => {
  for (let e = 0; e < count; e++) out[o + e] = a[i + e]! + b[j + e]!
}
const sub: Loop = (count, out, o, a, i, b, j) => {
  for (let e = 0; e < count; e++) out[o + e] = a[i + e]! - b[j + e]!
}
const mul: Loop = (count, out, o, a, i, b, j) => {
  for (let e = 0; e < count; e++) out[o + e] = a[i + e]! * b[j + e]!
}
const mulOrZero: Loop = (count, out, o, a, i, b, j) => {
  for (let e = 0; e < count; e++) out[o + e] = a[i + e] === 0 ? 0 : a[i + e]! * b[j + e]!
}
const div: Loop = (count, out, o, a, i, b, j) => {
  for (let e = 0; e < count; e++) out[o + e] = a[i + e]! / b[j + e]!
}
const divideOrZero: Loop = (count, out, o, a, i, b, j) => {
  for (let e = 0; e < count; e++) out[o + e] = b[j + e] === 0 ? 0 : a[i + e]! / b[j + e]!
}
const neg: Loop = (count, out, o, a, i) => {
  for (let e = 0; e < count; e++) out[o + e] = -a[i + e]!
}
const square: Loop = (count, out, o, a, i) => {
  for (let e = 0; e < count; e++) out[o + e] = a[i + e]! * a[i + e]!
}
const abs: Loop = (count, out, o, a, i) => {
  for (let e = 0; e < count; e++) out[o + e] = Math.abs(a[i + e]!)
}
const sqrt: Loop = (count, out, o, a, i) => {
  for (let e = 0; e < count; e++) out[o + e] = Math.sqrt(a[i + e]!)
}
const maximum: Loop = (count, out, o, a, i, b, j) => {
  for (let e = 0; e < count; e++) out[o + e] = Math.max(a[i + e]!, b[j + e]!)
}
const minimum: Loop = (count, out, o, a, i, b, j) => {
  for (let e = 0; e < count; e++) out[o + e] = Math.min(a[i + e]!, b[j + e]!)
}
const greater: Loop = (count, out, o, a, i, b, j) => {
  for (let e = 0; e < count; e++) out[o + e] = a[i + e]! > b[j + e]! ? 1 : 0
}
const less: Loop = (count, out, o, a, i, b, j) => {
  for (let e = 0; e < count; e++) out[o + e] = a[i + e]! < b[j + e]! ? 1 : 0
}
const equal: Loop = (count, out, o, a, i, b, j) => {
  for (let e = 0; e < count; e++) out[o + e] = a[i + e] === b[j + e] ? 1 : 0
}
const where: Loop = (count, out, o, a, i, b, j, c, k) => {
  for (let e = 0; e < count; e++) out[o + e] = a[i + e] !== 0 ? b[j + e]! : c[k + e]!
}
const relu: Loop = (count, out, o, a, i) => {
  for (let e = 0; e < count; e++) {
    const x = a[i + e]!
    // biome-ignore lint/complexity/useMathMinMax: Math.max would pass a NaN on, [x > 0] x does not
    out[o + e] = x > 0 ? x : 0
  }
}
const identity: Loop = (count, out, o, a, i) => {
  for (let e = 0; e < count; e++) out[o + e] = a[i + e]!
}
const exp: Loop = (count, out, o, a, i) => {
  for (let e = 0; e < count; e++) out[o + e] = Math.exp(a[i + e]!)
}
const sigmoid: Loop = (count, out, o, a, i) => {
  if (out instanceof Float32Array) {
    for (let e = 0; e < count; e++) out[o + e] = 1 / (1 + Math.exp(-a[i + e]!))
    return
  }
  for (let e = 0; e < count; e++) {
    const x = a[i + e]!
    // So far out it is e^x to the last bit, where e^{−x} would overflow.
    out[o + e] = x < -700 ? Math.exp(x) : 1 / (1 + Math.exp(-x))
  }
}
const tanh: Loop = (count, out, o, a, i) => {
  for (let e = 0; e < count; e++) out[o + e] = Math.tanh(a[i + e]!)
}

const unary =
  (value: (x: number) => number): Loop =>
  (count, out, o, a, i) => {
    for (let e = 0; e < count; e++) out[o + e] = value(a[i + e]!)
  }
const binary =
  (value: (x: number, y: number) => number): Loop =>
  (count, out, o, a, i, b, j) => {
    for (let e = 0; e < count; e++) out[o + e] = value(a[i + e]!, b[j + e]!)
  }

const always = (loop: Loop) => () => loop
const withParams = <P extends object>(make: (params: P) => Loop) => make as (params: object) => Loop

/** t/(1 + t)², t = e^{−|x|}: no digits are lost where the function is flat. */
const bell = (t: number): number => t / (1 + t) ** 2
const sigmoidPrime = (x: number): number => bell(Math.exp(-Math.abs(x)))
const tanhPrime = (x: number): number => 4 * bell(Math.exp(-2 * Math.abs(x)))
const softplus = (x: number): number => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)))

/** Every elementwise op: params → loop. */
export const loops: { readonly [K in ElementwiseName]: (params: object) => Loop } = {
  add: always(add),
  sub: always(sub),
  mul: always(mul),
  mulOrZero: always(mulOrZero),
  div: always(div),
  divideOrZero: always(divideOrZero),
  neg: always(neg),
  exp: always(exp),
  log: always(unary(Math.log)),
  sqrt: always(sqrt),
  square: always(square),
  abs: always(abs),
  sign: always(unary(Math.sign)),
  pow: withParams(({ n }: { n: number }) => unary((x) => x ** n)),
  power: always(binary((x, y) => x ** y)),
  maximum: always(maximum),
  minimum: always(minimum),
  where: always(where),
  greater: always(greater),
  less: always(less),
  equal: always(equal),
  sigmoid: always(sigmoid),
  sigmoidPrime: always(unary(sigmoidPrime)),
  tanh: always(tanh),
  tanhPrime: always(unary(tanhPrime)),
  expDifference: always(binary((x, y) => (x === y ? 1 : Math.exp(x - y)))),
  sin: always(unary(Math.sin)),
  cos: always(unary(Math.cos)),
  erf: always(unary(erf)),
  timesPi: always(unary((x) => Math.PI * x)),
  relu: always(relu),
  leakyRelu: withParams(({ slope }: { slope: number }) =>
    unary((x) => (x > 0 ? x : x <= 0 ? slope * x : 0)),
  ),
  elu: withParams(({ alpha }: { alpha: number }) =>
    unary((x) => (x > 0 ? x : x <= 0 ? alpha * Math.expm1(x) : 0)),
  ),
  eluTail: withParams(({ alpha }: { alpha: number }) =>
    unary((x) => (x <= 0 ? alpha * Math.exp(x) : 0)),
  ),
  softplus: always(unary(softplus)),
  identity: always(identity),
  stopGradient: always(identity),
}
