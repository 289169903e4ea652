// Claims about whole arrays as data, with a meaning of their own: every star and product by its
// definition, entry by entry.
import type { Tensor, World } from '../expressions.ts'

export type Mode = 'valid' | 'full' | 'same'
type Kind =
  | 'array'
  | 'star'
  | 'matrix'
  | 'outer'
  | 'entrywise'
  | 'plus'
  | 'minus'
  | 'rot180'
  | 'transpose'
  | 'sum'
  | 'σ'
  | 'diag'
  | 'pad'
  | 'up'
  | 'scale'

export interface Tree {
  readonly kind: Kind
  readonly of: readonly Tree[]
  /** Of an array. */
  readonly name?: string
  /** Of a star; turned: a true convolution. */
  readonly mode?: Mode
  readonly turned?: boolean
  /** Of pad, up and scale (a fraction). */
  readonly by?: readonly [number, number]
}

export const array = (name: string): Tree => ({ kind: 'array', name, of: [] })
export const star = (a: Tree, mode: Mode, b: Tree, turned = false): Tree => ({
  kind: 'star',
  mode,
  turned,
  of: [a, b],
})
export const node = (kind: Kind, ...of: readonly Tree[]): Tree => ({ kind, of })
export const scale = (by: readonly [number, number], a: Tree): Tree => ({
  kind: 'scale',
  by,
  of: [a],
})

export class Misfit extends Error {}

const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)
const build = (shape: readonly number[], at: (index: readonly number[]) => number): Tensor => {
  if (shape.some((n) => n < 1)) throw new Misfit('nothing is left')
  const data = Array.from({ length: size(shape) }, (_, k) => {
    let rest = k
    const index = shape.map(() => 0)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis]!
      rest = Math.floor(rest / shape[axis]!)
    }
    return at(index)
  })
  return { shape, data }
}
const read = ({ shape, data }: Tensor, index: readonly number[]): number => {
  let offset = 0
  for (const [axis, i] of index.entries()) {
    if (i < 0 || i >= shape[axis]!) return 0
    offset = offset * shape[axis]! + i
  }
  return data[offset]!
}
const matrixOf = (t: Tensor): readonly [number, number] => {
  if (t.shape.length !== 2) throw new Misfit('no matrix')
  return t.shape as [number, number]
}

const slide = (a: Tensor, b: Tensor, mode: Mode, turned: boolean): Tensor => {
  const [[h, w], [m, n]] = [matrixOf(a), matrixOf(b)]
  if (mode === 'same' && (m % 2 === 0 || n % 2 === 0)) throw new Misfit('an even kernel')
  if (mode === 'valid' && (m > h || n > w)) throw new Misfit('a large kernel')
  const [p, q] = { valid: [0, 0], full: [m - 1, n - 1], same: [(m - 1) / 2, (n - 1) / 2] }[
    mode
  ] as [number, number]
  return build([h + 2 * p - m + 1, w + 2 * q - n + 1], ([i, j]) => {
    let total = 0
    for (let u = 0; u < m; u++)
      for (let v = 0; v < n; v++)
        total +=
          read(a, [i! + u - p, j! + v - q]) * read(b, turned ? [m - 1 - u, n - 1 - v] : [u, v])
    return total
  })
}

const entrywise = (a: Tensor, b: Tensor, f: (x: number, y: number) => number): Tensor => {
  if (a.shape.join() !== b.shape.join()) throw new Misfit('two shapes')
  const data = a.data.map((x, k) => f(x, b.data[k]!))
  return a.isRow && b.isRow ? { shape: a.shape, data, isRow: true } : { shape: a.shape, data }
}

const multiplied = (a: Tensor, b: Tensor): Tensor => {
  const [rows, inner] = matrixOf(a)
  if (b.shape[0] !== inner) throw new Misfit('a product')
  const sum = (i: number, rest: readonly number[]) => {
    let total = 0
    for (let k = 0; k < inner; k++) total += read(a, [i, k]) * read(b, [k, ...rest])
    return total
  }
  const product = build([rows, ...b.shape.slice(1)], ([i, ...rest]) => sum(i!, rest))
  return a.isRow ? { ...product, isRow: true } : product
}

export const value = (e: Tree, world: World): Tensor => {
  if (e.kind === 'array') return world.array(e.name!)
  const [a, b] = e.of.map((each) => value(each, world)) as [Tensor, Tensor]
  switch (e.kind) {
    case 'star':
      return slide(a, b, e.mode!, e.turned!)
    case 'matrix':
      return multiplied(a, b)
    case 'outer':
      if (a.shape.length !== 1 || b.shape.length !== 1) throw new Misfit('no vectors')
      return build([...a.shape, ...b.shape], ([i, j]) => a.data[i!]! * b.data[j!]!)
    case 'entrywise':
      return entrywise(a, b, (x, y) => x * y)
    case 'plus':
      return entrywise(a, b, (x, y) => x + y)
    case 'minus':
      return entrywise(a, b, (x, y) => x - y)
    case 'rot180':
      return { shape: matrixOf(a), data: a.data.toReversed() }
    case 'transpose': {
      // A vector is a column, and its transpose a row, whose transpose is the column again.
      if (a.shape.length === 1) return { shape: [1, ...a.shape], data: a.data, isRow: true }
      if (a.isRow) return { shape: a.shape.slice(1), data: a.data }
      const [h, w] = matrixOf(a)
      return build([w, h], ([i, j]) => read(a, [j!, i!]))
    }
    case 'sum':
      return { shape: [], data: [a.data.reduce((x, y) => x + y, 0)] }
    case 'σ':
      return { ...a, data: a.data.map(world.functions.σ!) }
    case 'diag':
      if (a.shape.length !== 1) throw new Misfit('no vector')
      return build([a.shape[0]!, a.shape[0]!], ([i, j]) => (i === j ? a.data[i!]! : 0))
    case 'pad': {
      const [[h, w], [p, q]] = [matrixOf(a), e.by!]
      return build([h + 2 * p, w + 2 * q], ([i, j]) => read(a, [i! - p, j! - q]))
    }
    case 'up': {
      const [[h, w], [p, q]] = [matrixOf(a), e.by!]
      return build([h * p, w * q], ([i, j]) => read(a, [Math.floor(i! / p), Math.floor(j! / q)]))
    }
    case 'scale':
      return { ...a, data: a.data.map((x) => (x * e.by![0]) / e.by![1]) }
  }
}

export const text = (e: Tree): string => {
  if (e.kind === 'array') return e.name!
  const [a, b] = e.of.map((each) =>
    each.kind === 'array' && !each.name!.startsWith('∂') ? text(each) : `(${text(each)})`,
  )
  const inside = text(e.of[0]!)
  switch (e.kind) {
    case 'star':
      return e.turned ? `${a} conv ${e.mode} ${b}` : `${a} *${e.mode} ${b}`
    case 'matrix':
      return `${a} ${b}`
    case 'outer':
      return `${a} ${b}^T`
    case 'entrywise':
      return `${a} ⊙ ${b}`
    case 'plus':
      return `${a} + ${b}`
    case 'minus':
      return `${a} - ${b}`
    case 'transpose':
      return `${a}^T`
    case 'pad':
    case 'up':
      return `${e.kind}(${inside}, [${e.by!.join(', ')}])`
    case 'scale':
      return e.by![1] === 1 ? `${e.by![0]} ${a}` : `${e.by!.join('/')} ${a}`
    default:
      return `${e.kind}(${inside})`
  }
}
