// Axes of length 1 added and removed, and arrays one above the other along a new axis.

import { ShapeError } from '../../errors.ts'
import { normaliseAxes } from '../../ops/axes.ts'
import { concat, MAX_CONCAT } from '../../ops/movement/concat.ts'
import { reshape } from '../../ops/movement/reshape.ts'
import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { requireNode } from '../../record/operand.ts'
import { formatShape, resolveAxis, sameShape } from '../../shape.ts'
import { show } from '../../show.ts'
import { composed } from '../composed.ts'

/** Options of `expandDims` and `stack`: where the new axis stands. */
export interface NewAxisOptions {
  /** Counted from 0 among the axes of the result, negative from the end. */
  readonly axis?: number
}
/** Options of `squeeze`. */
export interface SqueezeOptions {
  /** Counted from 0, negative from the end. Default: every axis of length 1. */
  readonly axes?: number | readonly number[]
}

const SYNONYMS = { dim: 'axis', axes: 'axis' }

function newAxis(op: string, options: NewAxisOptions | undefined, rank: number, usual?: number) {
  const { axis = usual } = readOptions(op, options, ['axis'], SYNONYMS)
  const place = axis === undefined ? undefined : resolveAxis(axis, rank)
  if (place !== undefined) return place
  throw optionError(op, 'axis', axis, `one of the result's ${rank} axes, from 0`)
}

const expanded = (x: Node, axis: number): Node => reshape(x, x.shape.toSpliced(axis, 0, 1))

/** x with a further axis of length 1 at `axis`. @throws OptionError where there is no such place */
export function expandDims(x: Node, options: NewAxisOptions): Node {
  requireNode('expandDims', x)
  const axis = newAxis('expandDims', options, x.shape.length + 1)
  return composed('expandDims', x, () => expanded(x, axis))
}

/**
 * x without its axes of length 1, or without those of `axes`.
 * @throws ShapeError where one of them is longer; OptionError where there is none
 */
export function squeeze(x: Node, options: SqueezeOptions = {}): Node {
  requireNode('squeeze', x)
  const { axes } = readOptions('squeeze', options, ['axes'], { dim: 'axes', axis: 'axes' })
  const rank = x.shape.length
  const ones = [...x.shape.keys()].filter((axis) => x.shape[axis] === 1)
  const gone = axes === undefined ? ones : normaliseAxes(axes, rank)
  if (!gone) throw optionError('squeeze', 'axes', axes, `distinct axes of ${formatShape(x.shape)}`)
  const long = gone.find((axis) => x.shape[axis] !== 1)
  if (long !== undefined) {
    const length = `has length ${x.shape[long]}, not 1`
    throw new ShapeError(`squeeze: axis ${long} of ${formatShape(x.shape)} ${length}`)
  }
  return composed('squeeze', x, () =>
    reshape(
      x,
      x.shape.filter((_, axis) => !gone.includes(axis)),
    ),
  )
}

/**
 * Arrays of one shape beside each other along a new axis, 0 by default: y_{k…} is the k-th.
 * @throws ShapeError where their shapes differ; OptionError where there is no such place
 */
export function stack(xs: readonly Node[], options: NewAxisOptions = {}): Node {
  if (!Array.isArray(xs)) throw new ShapeError(`stack: it takes a list of nodes, not ${show(xs)}`)
  for (const x of xs) requireNode('stack', x)
  const [first] = xs as readonly Node[]
  if (!first) throw new ShapeError('stack: 0 arrays; it takes one or more')
  const axis = newAxis('stack', options, first.shape.length + 1, 0)
  const other = (xs as readonly Node[]).find(({ shape }) => !sameShape(shape, first.shape))
  if (other) {
    const shapes = `${formatShape(first.shape)} and ${formatShape(other.shape)}`
    throw new ShapeError(`stack: arrays of ${shapes} differ in shape`)
  }
  return composed('stack', first, () =>
    joined(
      xs.map((x) => expanded(x, axis)),
      axis,
    ),
  )
}

/** As many as there are, however few one join takes. */
export function joined(xs: readonly Node[], axis: number): Node {
  if (xs.length <= MAX_CONCAT) return concat(xs, { axis })
  const size = Math.ceil(xs.length / MAX_CONCAT)
  const parts = Array.from({ length: Math.ceil(xs.length / size) }, (_, k) =>
    joined(xs.slice(k * size, (k + 1) * size), axis),
  )
  return joined(parts, axis)
}
