// A recipe's value to some 600 decimals, in whole numbers times 2⁻²⁰⁰⁰: what float64 rounds away,
// a factor of 1 + 2⁻⁴⁰ inside a cube or a saturated tanh, is seen here.
import type { Tree } from './draw/graph-trees.ts'

const digits = 2000n
const one = 1n << digits
const spare = 60n

export type Matrix = readonly (readonly bigint[])[]
export type Point = Readonly<Record<string, Matrix>>

/** A fraction like -3/7 or a decimal of float64 without an exponent of its own. */
export const preciseOf = (text: string): bigint => {
  const [above, below = '1'] = text.split('/')
  if (/^-?\d+$/.test(above!)) return (BigInt(above!) * one) / BigInt(below)
  return ofNumber(Number(above) / Number(below))
}

/** Of a float64 exactly: a whole number of 2⁻¹⁰⁷⁴. */
export const ofNumber = (value: number): bigint => {
  let [rest, shift] = [value, 0n]
  while (!Number.isInteger(rest)) {
    rest *= 2
    shift += 1n
  }
  return (BigInt(rest) << digits) >> shift
}

const times = (a: bigint, b: bigint): bigint => (a * b) >> digits
const over = (a: bigint, b: bigint): bigint => {
  if (b === 0n) throw new RangeError('a pole')
  return (a << digits) / b
}

/** e^z = (e^{z/2ᵏ})^{2ᵏ} by the series, with k digits more than are kept. */
const exponential = (z: bigint): bigint => {
  if (z < -one << 14n || z > one << 14n) throw new RangeError('too large')
  const halvings = 30n
  const wide = one << spare
  const small = (z << spare) >> halvings
  let [sum, term] = [wide, wide]
  for (let k = 1n; term !== 0n && k < 200n; k++) {
    term = ((term * small) >> (digits + spare)) / k
    sum += term
  }
  for (let k = 0n; k < halvings; k++) sum = (sum * sum) >> (digits + spare)
  return sum >> spare
}

const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const absolute = (a: bigint): bigint => (a < 0n ? -a : a)
/** Without a quotient of two large numbers: 1/(1 + e^{-|z|}), mirrored. */
const logistic = (z: bigint): bigint => {
  const small = exponential(-absolute(z))
  return over(z < 0n ? small : one, one + small)
}

const entrywise: Readonly<Record<string, (a: bigint) => bigint>> = {
  neg: (a) => -a,
  exp: exponential,
  square: (a) => times(a, a),
  abs: absolute,
  cube: (a) => times(times(a, a), a),
  relu: (a) => larger(a, 0n),
  sigmoid: logistic,
  tanh: (a) => 2n * logistic(2n * a) - one,
}

const pairwise: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: times,
  div: over,
  maximum: larger,
  minimum: smaller,
}

const total = (entries: readonly bigint[]): bigint => entries.reduce((a, b) => a + b, 0n)
const transposed = (a: Matrix): Matrix => a[0]!.map((_, j) => a.map((row) => row[j]!))

const softmaxOf = (row: readonly bigint[]): readonly bigint[] => {
  const most = row.reduce(larger)
  const powers = row.map((each) => exponential(each - most))
  return powers.map((each) => over(each, total(powers)))
}

/** undefined: a recipe with a gradient in it, of which nothing is said. */
export const preciseTree = ({ op, of, k }: Tree, at: Point): Matrix | undefined => {
  if (op === 'gradient') return undefined
  if (op === 'constant') return [[ofNumber(k!)]]
  if (of.length === 0) return at[op]!
  const parts = of.map((each) => preciseTree(each, at))
  if (parts.includes(undefined)) return undefined
  const [a, b] = parts as [Matrix, Matrix]
  if (entrywise[op]) return a.map((row) => row.map(entrywise[op]!))
  if (pairwise[op]) {
    // An axis of length 1 meets every entry of the other.
    const rows = Math.max(a.length, b.length)
    const columns = Math.max(a[0]!.length, b[0]!.length)
    const entry = (m: Matrix, i: number, j: number) => m[i % m.length]![j % m[0]!.length]!
    return Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => pairwise[op]!(entry(a, i, j), entry(b, i, j))),
    )
  }
  const count = BigInt(a.length * a[0]!.length)
  const whole: Readonly<Record<string, () => Matrix>> = {
    softmax: () => a.map(softmaxOf),
    matmul: () =>
      a.map((row) => transposed(b).map((column) => total(row.map((x, i) => times(x, column[i]!))))),
    transpose: () => transposed(a),
    rot180: () => a.toReversed().map((row) => row.toReversed()),
    flip: () => (k === 1 ? a.map((row) => row.toReversed()) : a.toReversed()),
    sum: () => [[total(a.flat())]],
    rows: () => [transposed(a).map(total)],
    mean: () => [[total(a.flat()) / count]],
    max: () => a.map((row) => [row.reduce(larger)]),
  }
  return whole[op]!()
}

/** Whether the values differ by more than what is cut off could make. */
export const differ = (a: Matrix, b: Matrix): boolean => {
  const size = [...a.flat(), ...b.flat()].map(absolute).reduce(larger, one)
  return a.some((row, i) => row.some((value, j) => absolute(value - b[i]![j]!) << 1900n > size))
}
