// The operations on arrays in this process, each as obvious as it can be: what a lowered line means
// without any engine.
import { sizeOf, stridesOf } from '@backprove/graph'
import type {
  Binary,
  Comparison,
  Kind,
  Target,
  Tensor,
  Unary,
} from '../../packages/interop/src/lower/target.ts'

export interface Values extends Tensor {
  readonly data: readonly number[]
}
type Shape = readonly number[]

const UNARY: Record<Unary, (a: number) => number> = {
  ...{ negate: (a: number) => -a, exp: Math.exp, log: Math.log, log1p: Math.log1p },
  ...{ tanh: Math.tanh, sqrt: Math.sqrt, abs: Math.abs, sign: Math.sign },
  ...{ sin: Math.sin, cos: Math.cos },
  ...{ floor: Math.floor, ceil: Math.ceil },
}
const BINARY: Record<Binary, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  power: (a, b) => a ** b,
  maximum: Math.max,
  minimum: Math.min,
}
const COMPARISONS: Record<Comparison, (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '≠': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '≤': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '≥': (a, b) => a >= b,
}

/** Every entry of an array of that shape by its indices. */
function build(shape: Shape, kind: Kind, entry: (at: number[]) => number): Values {
  const strides = stridesOf(shape)
  const data = Array.from({ length: sizeOf(shape) }, (_, k) =>
    entry(shape.map((size, axis) => Math.floor(k / strides[axis]!) % size)),
  )
  return { shape, kind, data }
}

const at = ({ shape, data }: Values, indices: readonly number[]): number => {
  if (indices.some((index, axis) => !(index >= 0 && index < shape[axis]!)))
    throw new Error('outside')
  const strides = stridesOf(shape)
  return data[indices.reduce((place, index, axis) => place + index * strides[axis]!, 0)]!
}

function entrywise(kind: Kind, f: (...entries: number[]) => number, ...parts: Values[]): Values {
  const rank = Math.max(...parts.map(({ shape }) => shape.length))
  const mixed = parts.some(({ shape }) => shape.length !== rank && shape.length !== 0)
  if (mixed) throw new Error('operands of different ranks')
  const shape = Array.from({ length: rank }, (_, axis) => {
    const sizes = parts.filter((part) => part.shape.length > 0).map((part) => part.shape[axis]!)
    const size = Math.max(...sizes)
    if (sizes.some((each) => each !== size && each !== 1))
      throw new Error('shapes do not broadcast')
    return size
  })
  return build(shape, kind, (indices) =>
    f(
      ...parts.map((part) =>
        at(
          part,
          part.shape.map((size, axis) => (size === 1 ? 0 : indices[axis]!)),
        ),
      ),
    ),
  )
}

const truth = (isTrue: boolean): number => (isTrue ? 1 : 0)
const replaced = (list: readonly number[], axis: number, entry: number): number[] =>
  list.map((old, k) => (k === axis ? entry : old))

export const arrays: Target<Values> = {
  constant: (data, shape, kind) => ({
    shape,
    kind,
    data: data.length === 1 ? new Array(sizeOf(shape)).fill(data[0]) : Array.from(data),
  }),
  unary: (f, a) => entrywise('number', (x) => UNARY[f](x!), a),
  binary: (f, a, b) => entrywise('number', (x, y) => BINARY[f](x!, y!), a, b),
  compare: (r, a, b) => entrywise('truth', (x, y) => truth(COMPARISONS[r](x!, y!)), a, b),
  both: (a, b) => entrywise('truth', (x, y) => x! * y!, a, b),
  either: (a, b) => entrywise('truth', (x, y) => truth(x! + y! > 0), a, b),
  not: (a) => entrywise('truth', (x) => 1 - x!, a),
  select: (c, a, b) => entrywise(a.kind, (t, x, y) => (t === 1 ? x! : y!), c, a, b),
  reshape: (a, shape) => {
    if (sizeOf(shape) !== a.data.length) throw new Error('a reshape keeps the entries')
    return { ...a, shape }
  },
  transpose: (a, axes) =>
    build(
      axes.map((axis) => a.shape[axis]!),
      a.kind,
      (indices) =>
        at(
          a,
          a.shape.map((_, axis) => indices[axes.indexOf(axis)]!),
        ),
    ),
  slice: (a, axis, start, end, step) =>
    build(replaced(a.shape, axis, Math.ceil((end - start) / step)), a.kind, (indices) =>
      at(a, replaced(indices, axis, start + step * indices[axis]!)),
    ),
  reverse: (a, axis) =>
    build(a.shape, a.kind, (indices) =>
      at(a, replaced(indices, axis, a.shape[axis]! - 1 - indices[axis]!)),
    ),
  pad: (a, axis, before, after) =>
    build(replaced(a.shape, axis, before + a.shape[axis]! + after), a.kind, (indices) => {
      const index = indices[axis]! - before
      const isInside = index >= 0 && index < a.shape[axis]!
      return isInside ? at(a, replaced(indices, axis, index)) : 0
    }),
  expand: (a, shape) =>
    build(shape, a.kind, (indices) =>
      at(
        a,
        a.shape.map((size, axis) => (size === 1 ? 0 : indices[axis]!)),
      ),
    ),
  reduce: (f, a, axes) => {
    const kept = a.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis))
    const start = { sum: 0, max: -Infinity, min: Infinity }[f]
    const join = { sum: BINARY.add, max: Math.max, min: Math.min }[f]
    const shape = kept.map((axis) => a.shape[axis]!)
    const totals = new Array<number>(sizeOf(shape)).fill(start)
    const strides = stridesOf(shape)
    build(a.shape, a.kind, (indices) => {
      const place = kept.reduce((sum, axis, k) => sum + indices[axis]! * strides[k]!, 0)
      totals[place] = join(totals[place]!, at(a, indices))
      return 0
    })
    return { shape, kind: a.kind, data: totals }
  },
  dot: (a, b, { summed, shared }) => {
    const used = (side: 0 | 1) => [...summed, ...shared].map((pair) => pair[side])
    const free = ([a, b] as const).map((part, side) =>
      part.shape.map((_, axis) => axis).filter((axis) => !used(side as 0 | 1).includes(axis)),
    )
    const shape = [
      ...shared.map(([left]) => a.shape[left]!),
      ...free[0]!.map((axis) => a.shape[axis]!),
      ...free[1]!.map((axis) => b.shape[axis]!),
    ]
    const inner = summed.map(([left]) => a.shape[left]!)
    return build(shape, 'number', (indices) => {
      let total = 0
      build(inner, 'number', (over) => {
        const left = a.shape.map((_, axis) => {
          const s = summed.findIndex((pair) => pair[0] === axis)
          if (s >= 0) return over[s]!
          const h = shared.findIndex((pair) => pair[0] === axis)
          return h >= 0 ? indices[h]! : indices[shared.length + free[0]!.indexOf(axis)]!
        })
        const right = b.shape.map((_, axis) => {
          const s = summed.findIndex((pair) => pair[1] === axis)
          if (s >= 0) return over[s]!
          const h = shared.findIndex((pair) => pair[1] === axis)
          const after = shared.length + free[0]!.length
          return h >= 0 ? indices[h]! : indices[after + free[1]!.indexOf(axis)]!
        })
        total += at(a, left) * at(b, right)
        return 0
      })
      return total
    })
  },
  take: (a, axis, places) =>
    build(replaced(a.shape, axis, places.length), a.kind, (indices) =>
      at(a, replaced(indices, axis, places[indices[axis]!]!)),
    ),
}
