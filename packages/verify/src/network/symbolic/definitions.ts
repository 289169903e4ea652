// What an op's definition says whatever the lengths, and what its check ties together. Found out by
// asking the op about other shapes; no op is known here.

import {
  axisLetters,
  lineText,
  type Node,
  type Op,
  type Shape,
  type Shapes,
  shapesOf,
} from '@backprove/graph'
import type { Polynomial } from '../../arithmetic/polynomial.ts'
import type { Sizes } from './sizes.ts'

export const PACK = '…'

export interface Definition {
  readonly line: string
  readonly axes: string | undefined
  readonly symbols: Readonly<Record<string, number | string>>
}

export const definitionOf = (op: Op, params: object, shapes: Shapes): Definition => ({
  line: lineText(op, params, shapes),
  axes: typeof op.axes === 'function' ? op.axes(params, shapes) : op.axes,
  symbols: op.symbols?.(params, shapes) ?? {},
})

/**
 * Whether the definition says the same whatever the length of one axis: concat's does, reshape's
 * has the lengths written into it.
 */
export const isIndependent = (node: Node, operand: string, axis: number): boolean => {
  const { op, params } = node
  const shapes = shapesOf(op, node.args)
  const spell = (length: number): string => {
    const shape = shapes[operand]!.map((n, k) => (k === axis ? length : n)) as Shape
    const changed = { ...shapes, [operand]: shape }
    try {
      return JSON.stringify([
        definitionOf(op, params, changed),
        op.patterns?.(params, changed) ?? op.operands,
      ])
    } catch {
      return ''
    }
  }
  const length = shapes[operand]![axis]!
  return [1, length + 1, 2 * length + 3].every((other) => spell(other) === spell(length))
}

/** The operands' shapes with the lengths of some letters grown. */
const grownShapes = (node: Node, letters: readonly string[], by: number): Shapes => {
  const { op, params } = node
  const shapes = shapesOf(op, node.args)
  const patterns = axisLetters(op, shapes, params)
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const pattern = patterns[name]!
      const packAt = pattern.indexOf(PACK)
      const shift = packAt < 0 ? 0 : shape.length - pattern.length
      const grown = [...shape]
      pattern.forEach((letter, position) => {
        const axis = packAt >= 0 && position > packAt ? position + shift : position
        if (letters.includes(letter)) grown[axis]! += by
      })
      return [name, grown]
    }),
  )
}

/**
 * Letters that the op's check ties together, the channels of an image and of its filters: one that
 * may not grow alone is equal to one with which it may, or stays as recorded.
 */
export const tieLetters = (
  node: Node,
  letters: ReadonlyMap<string, Polynomial>,
  sizes: Sizes,
): void => {
  const { check } = node.op
  if (!check) return
  const mayGrow = (...names: string[]): boolean =>
    [1, 2].some((by) => check(grownShapes(node, names, by), node.params) === undefined)
  const tied = [...letters.keys()].filter((letter) => !mayGrow(letter))
  for (const letter of tied) {
    const length = letters.get(letter)!
    const other = tied.find((each) => {
      const isAsLong =
        sizes.recorded(sizes.settled(letters.get(each)!)) === sizes.recorded(sizes.settled(length))
      return each !== letter && isAsLong && mayGrow(letter, each)
    })
    if (other) sizes.equate(length, letters.get(other)!)
    else sizes.fix(length)
  }
}
