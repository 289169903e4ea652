// The same entries in the same row-major order under another shape.

import { ShapeError } from '../../errors.ts'
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import { formatShape, isShape, type Shape, sameShape, sizeOf, stridesOf } from '../../shape.ts'
import { show } from '../../show.ts'
import { access, indexLetters, sizeLetters } from '../axes.ts'
import { applied, spoken } from '../print-parts.ts'
/** Params of `reshape` and `broadcastTo`: the shape that comes out. */
export interface ShapeParams {
  readonly shape: Shape
}

export const reshapeOp = defineOp<'x', ShapeParams>({
  name: 'reshape',
  operands: { x: '…' },
  patterns: (_, { x }) => ({ x: sizeLetters(x.length).join() }),
  line: ({ shape }, { x }) => {
    const letters = indexLetters(shape.length)
    // Axes of length 1 come and go: the others keep their letters.
    if (wide(shape) === wide(x)) {
      const others = letters.filter((_, axis) => shape[axis] !== 1)
      const same = x.map((length) => (length === 1 ? '1' : others.shift()!))
      return `${access('y', letters)} = ${access('x', same)}`
    }
    // Axes that both begin with stay as they are: the samples of a batch are no part of positions.
    const own = shape.findIndex((length, axis) => length !== x[axis])
    const kept = own < 0 ? shape.length : own
    const at = position(letters.slice(kept), shape.slice(kept))
    const places = [...letters.slice(0, kept), ...unravel(at, x.slice(kept))]
    return `${access('y', letters)} = ${access('x', places)}`
  },
  axes: ({ shape }) => shape.join(),
  params: { shape: 'shape' },
  check: ({ x }, { shape }) =>
    sizeOf(x) === sizeOf(shape)
      ? undefined
      : `x has ${sizeOf(x)} entries and ${formatShape(shape)} has ${sizeOf(shape)}`,
  vjp: { x: (g, { x }) => reshape(g, x.shape) },
  // Axes of length 1 come and go unseen, where another says which they are.
  latex: ({ x }, { shape }, shapes) => {
    const [before, after] = [wide(shapes.x), wide(shape)]
    if (before !== after) return spoken(applied('\\operatorname{reshape}', x))
    const isOne = before === '' && shapes.x.length > 0
    return isOne && shape.length > shapes.x.length ? spoken(x) : x
  },
  traits: { movesOnly: true, sized: true },
})

const wide = (shape: Shape): string => shape.filter((length) => length > 1).join()

/** The 0-based row-major position of an entry. */
const position = (letters: readonly string[], shape: Shape): string => {
  const strides = stridesOf(shape)
  const terms = letters.flatMap((letter, axis) =>
    shape[axis] === 1 ? [] : [`${strides[axis]}(${letter}-1)`],
  )
  return terms.length > 0 ? terms.join('+') : '0'
}

/** The 1-based indices of the entry at a position, which is no larger than the first axis lets it. */
const unravel = (at: string, shape: Shape): string[] => {
  const strides = stridesOf(shape)
  return shape.map((length, axis) => {
    if (length === 1) return '1'
    const whole = strides[axis] === 1 ? `(${at})` : `⌊(${at})/${strides[axis]}⌋`
    return axis === 0 ? `${whole} + 1` : `${whole} mod ${length} + 1`
  })
}

/** x under another shape of the same size; at most one axis may be −1 and is worked out. */
export function reshape(x: Node, shape: Shape): Node {
  requireNode('reshape', x)
  const target = inferOpenAxis(x, shape)
  return sameShape(x.shape, target) ? x : apply(reshapeOp, [x], { shape: [...target] })
}

function inferOpenAxis(x: Node, shape: Shape): Shape {
  if (!Array.isArray(shape))
    throw new ShapeError(`reshape: ${show(shape)} is not a shape, such as [2, 3]`)
  const open = shape.indexOf(-1)
  const known = sizeOf(shape.filter((_, axis) => axis !== open))
  const target = shape.map((n, axis) => (axis === open ? sizeOf(x.shape) / known : n))
  if (isShape(target)) return target
  throw new ShapeError(
    `reshape: ${formatShape(x.shape)} cannot take the shape ${formatShape(shape)}`,
  )
}
