// One entry of each row, by its place: what was done of what could be, the right class of all.

import { ShapeError } from '../../errors.ts'
import { gather } from '../../ops/movement/gather.ts'
import { reshape } from '../../ops/movement/reshape.ts'
import { sum } from '../../ops/reduction/sum.ts'
import { equal } from '../../ops/selection/equal.ts'
import { where } from '../../ops/selection/where.ts'
import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { requireNode } from '../../record/operand.ts'
import { formatShape, resolveAxis, sameShape } from '../../shape.ts'
import { composed } from '../composed.ts'

/** Options of `pick`. */
export interface PickOptions {
  /** The axis that the places count along, negative from the end. Default: the last. */
  readonly axis?: number
}

/**
 * y_n = x_{n, place n}: of everything along `axis` the entry at its own place, counted from 0. The
 * places have the shape of x without that axis. A place out of range is an IndexError at run time.
 * @throws ShapeError where the shapes do not fit; OptionError where there is no such axis
 */
export function pick(x: Node, places: Node, options: PickOptions = {}): Node {
  requireNode('pick', x)
  requireNode('pick', places)
  const { axis = -1 } = readOptions('pick', options, ['axis'], { dim: 'axis' })
  const along = resolveAxis(axis, x.shape.length)
  if (along === undefined) {
    throw optionError('pick', 'axis', axis, `an axis of ${formatShape(x.shape)}`)
  }
  const others = x.shape.toSpliced(along, 1)
  if (!sameShape(others, places.shape)) {
    const needed = `x ${formatShape(x.shape)} without axis ${along} has ${formatShape(others)}`
    throw new ShapeError(`pick: ${needed}, and the places ${formatShape(places.shape)}`)
  }
  const length = x.shape[along]!
  return composed('pick', x, () => {
    const { graph } = x
    const fromOne = Float64Array.from({ length }, (_, k) => k + 1)
    // Places counted from 1; gather refuses those that are none as they were given. Where a proof
    // asks for one of them all the same, it is 0, and nothing is picked.
    const known = gather(graph.constant(fromOne), places)
    const standing = graph.constant(
      fromOne,
      x.shape.map((_, k) => (k === along ? length : 1)),
    )
    const isPicked = equal(reshape(known, x.shape.with(along, 1)), standing)
    return sum(where(isPicked, x, 0), { axes: along })
  })
}
