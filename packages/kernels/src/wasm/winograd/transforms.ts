// Winograd's algorithm F(4, 3) along one axis (Lavin & Gray 2016, from Toom and Cook): four results
// of a filter of three from six products. It interpolates at the points 0, ±1, ±2 and ∞:
//
//   y = Aᵀ ((G g) ⊙ (Bᵀ d)),  d six pixels, g three weights, y four results,
//
// and by transposition the gradient of g is Gᵀ ((Bᵀ d) ⊙ (A y)). In two dimensions each is applied
// along the rows and along the columns. Each function below is one of those matrices.
import { type Body, type Local, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'

/** Where a transform takes what it needs twice: made once in a function, used by each transform. */
export interface Registers {
  readonly given: readonly Local<'v128'>[]
  readonly parts: readonly Local<'v128'>[]
}

export function registersOf(f: Body): Registers {
  const vectors = (count: number) => Array.from({ length: count }, () => f.local('v128'))
  return { given: vectors(6), parts: vectors(6) }
}

/** A matrix times as many vectors as `given` has: what it reads stands there, each result once. */
export type Transform = (f: Body, lanes: Lanes, registers: Registers) => V128[]

const scaled = (lanes: Lanes, by: number, x: V128): V128 => lanes.mul(x, lanes.constant(by))
/** by · x + y */
const plus = (lanes: Lanes, by: number, x: V128, y: V128): V128 =>
  lanes.madd(x, lanes.constant(by), y)

const keep = (f: Body, register: Local<'v128'>, value: V128): V128 => {
  f.set(register, value)
  return register
}

/** Bᵀ: six pixels → six points. */
export const ofPixels: Transform = (f, lanes, { given, parts }) => {
  const [d0, d1, d2, d3, d4, d5] = given as readonly V128[]
  const even = keep(f, parts[0]!, plus(lanes, -4, d2!, d4!))
  const odd = keep(f, parts[1]!, plus(lanes, -4, d1!, d3!))
  const difference = keep(f, parts[2]!, lanes.sub(d4!, d2!))
  const half = lanes.sub(d3!, d1!)
  const twice = keep(f, parts[3]!, scaled(lanes, 2, half))
  return [
    plus(lanes, 4, d0!, plus(lanes, -5, d2!, d4!)),
    lanes.add(even, odd),
    lanes.sub(even, odd),
    lanes.add(difference, twice),
    lanes.sub(difference, twice),
    plus(lanes, 4, d1!, plus(lanes, -5, d3!, d5!)),
  ]
}

/** G: three weights → six points. */
export const ofWeights: Transform = (f, lanes, { given, parts }) => {
  const [g0, g1, g2] = given as readonly V128[]
  const outer = keep(f, parts[0]!, scaled(lanes, -1 / 6, lanes.add(g0!, g2!)))
  const middle = keep(f, parts[1]!, scaled(lanes, 1 / 6, g1!))
  const wide = keep(f, parts[2]!, scaled(lanes, 1 / 24, plus(lanes, 4, g2!, g0!)))
  const twelfth = keep(f, parts[3]!, scaled(lanes, 1 / 12, g1!))
  return [
    scaled(lanes, 1 / 4, g0!),
    lanes.sub(outer, middle),
    lanes.add(outer, middle),
    lanes.add(wide, twelfth),
    lanes.sub(wide, twelfth),
    g2!,
  ]
}

/** Aᵀ: six points → four results. */
export const toResults: Transform = (f, lanes, { given, parts }) => {
  const [m0, m1, m2, m3, m4, m5] = given as readonly V128[]
  const near = keep(f, parts[0]!, lanes.add(m1!, m2!))
  const nearOdd = keep(f, parts[1]!, lanes.sub(m1!, m2!))
  const far = keep(f, parts[2]!, lanes.add(m3!, m4!))
  const farOdd = keep(f, parts[3]!, lanes.sub(m3!, m4!))
  return [
    lanes.add(lanes.add(m0!, near), far),
    plus(lanes, 2, farOdd, nearOdd),
    plus(lanes, 4, far, near),
    lanes.add(plus(lanes, 8, farOdd, nearOdd), m5!),
  ]
}

/** A: four results → six points. */
export const ofResults: Transform = (f, lanes, { given, parts }) => {
  const [y0, y1, y2, y3] = given as readonly V128[]
  const even = keep(f, parts[0]!, lanes.add(y0!, y2!))
  const odd = keep(f, parts[1]!, lanes.add(y1!, y3!))
  const wide = keep(f, parts[2]!, plus(lanes, 4, y2!, y0!))
  const wideOdd = keep(f, parts[3]!, scaled(lanes, 2, plus(lanes, 4, y3!, y1!)))
  return [
    y0!,
    lanes.add(even, odd),
    lanes.sub(even, odd),
    lanes.add(wide, wideOdd),
    lanes.sub(wide, wideOdd),
    y3!,
  ]
}

/** Gᵀ: six points → three weights. */
export const toWeights: Transform = (f, lanes, { given, parts }) => {
  const [p0, p1, p2, p3, p4, p5] = given as readonly V128[]
  const near = keep(f, parts[0]!, scaled(lanes, -1 / 6, lanes.add(p1!, p2!)))
  const far = keep(f, parts[1]!, lanes.add(p3!, p4!))
  const nearOdd = scaled(lanes, -1 / 6, lanes.sub(p1!, p2!))
  return [
    plus(lanes, 1 / 24, far, plus(lanes, 1 / 4, p0!, near)),
    plus(lanes, 1 / 12, lanes.sub(p3!, p4!), nearOdd),
    lanes.add(plus(lanes, 1 / 6, far, near), p5!),
  ]
}

/** Bits of NaN in some lane as soon as one of the values is not finite: ∞ − ∞ and NaN are NaN. */
export const noteNonFinite = (f: Body, lanes: Lanes, noted: Local<'v128'>, value: V128): void =>
  f.set(noted, v128.or(noted, lanes.sub(value, value)))
