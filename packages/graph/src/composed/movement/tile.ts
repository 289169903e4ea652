// An array beside itself.

import { reshape } from '../../ops/movement/reshape.ts'
import { broadcastTo } from '../../ops/reduction/sum.ts'
import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { requireNode } from '../../record/operand.ts'
import { formatShape } from '../../shape.ts'
import { composed } from '../composed.ts'

/** Options of `tile`. */
export interface TileOptions {
  /** How often along each axis; more of them than x has axes begin with new ones. */
  readonly times: number | readonly number[]
}

/** x so often beside itself along each axis, as NumPy's tile: [1, 2] twice is [1, 2, 1, 2]. */
export function tile(x: Node, options: TileOptions): Node {
  requireNode('tile', x)
  const { times } = readOptions('tile', options, ['times'], { reps: 'times', multiples: 'times' })
  const all = typeof times === 'number' && x.shape.length === 1 ? [times] : times
  const isAmiss = (n: unknown) => !(Number.isSafeInteger(n) && (n as number) >= 1)
  if (!Array.isArray(all) || all.length < x.shape.length || all.some(isAmiss)) {
    const may = `a list with a whole number from 1 for each axis of ${formatShape(x.shape)}`
    throw optionError('tile', 'times', times, may)
  }
  const shape = [...new Array<number>(all.length - x.shape.length).fill(1), ...x.shape]
  return composed('tile', x, () => {
    const apart = reshape(
      x,
      shape.flatMap((length) => [1, length]),
    )
    const wide = broadcastTo(
      apart,
      shape.flatMap((length, axis) => [all[axis]!, length]),
    )
    return reshape(
      wide,
      shape.map((length, axis) => length * all[axis]!),
    )
  })
}
