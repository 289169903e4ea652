// Which entry of a node is meant: indices as people give them, counted from 1.
import { OptionError } from '../errors.ts'
import { optionError } from '../options.ts'
import { describeNode, type Node } from '../record/node.ts'
import { formatShape, type Shape, stridesOf } from '../shape.ts'
import { show } from '../show.ts'
import { labelOf, numberLabel } from './label/labels.ts'

/** The 1-based indices of a row-major position. */
export const indexAt = (offset: number, shape: Shape): number[] => {
  const strides = stridesOf(shape)
  return shape.map((length, axis) => (Math.floor(offset / strides[axis]!) % length) + 1)
}

/** An index for every axis, from one for every axis or for every letter. */
export function entryOf(node: Node, at: readonly number[]): number[] {
  if (!Array.isArray(at)) throw optionError(describeNode(node), 'at', at, 'a list of indices')
  const { axes } = labelOf(node) ?? numberLabel(node)
  const isWhole = at.length === node.shape.length
  const entry = node.shape.map((_, axis) => at[isWhole ? axis : axes.indexOf(axis)] ?? 1)
  const fits =
    (isWhole || at.length === axes.length) &&
    entry.every((index, k) => Number.isInteger(index) && index >= 1 && index <= node.shape[k]!)
  if (fits) return entry
  throw new OptionError(
    `${describeNode(node)} ${formatShape(node.shape)} has no entry at ${show(at)}; it ` +
      `takes ${axes.length} indices, counted from 1`,
    node.source,
  )
}
