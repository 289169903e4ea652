// Maps made larger or smaller between their pixels: linear along both axes, and so the product with
// two fixed matrices, whose derivative is the product with their transposes.

import { ShapeError } from '../errors.ts'
import { matmul } from '../ops/product/matmul.ts'
import { type PairOption, pairOption } from '../ops/window.ts'
import { readOptions } from '../options.ts'
import type { Node } from '../record/node.ts'
import { requireNode } from '../record/operand.ts'
import { formatShape } from '../shape.ts'
import { composed } from './composed.ts'

/** Options of `bilinear`. */
export interface BilinearOptions {
  /** The size of the result: a number, or [h, w]. */
  readonly size: PairOption
}

/**
 * The last two axes at another size. Pixels are squares beside each other, the corners of the whole
 * stay where they are, and a value between the middles of two pixels lies on the line between them;
 * beyond the middles at the border it is that of the border.
 */
export function bilinear(x: Node, options: BilinearOptions): Node {
  requireNode('bilinear', x)
  const given = readOptions('bilinear', options, ['size'])
  const [height, width] = pairOption('bilinear', 'size', given.size as PairOption, 1)
  if (x.shape.length < 2) {
    throw new ShapeError(`bilinear: x ${formatShape(x.shape)} should have axes […, H, W]`)
  }
  const [h, w] = x.shape.slice(-2) as [number, number]
  return composed('bilinear', x, () => {
    const rows = x.graph.constant(between(h, height), [height, h])
    const columns = x.graph.constant(transposed(between(w, width), width, w), [w, width])
    return matmul(matmul(rows, x), columns)
  })
}

/** Row i: how much each of `from` pixels counts in pixel i of `to`. */
function between(from: number, to: number): Float64Array {
  const weights = new Float64Array(to * from)
  for (let i = 0; i < to; i++) {
    const place = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1)
    const first = Math.floor(place)
    const second = Math.min(first + 1, from - 1)
    weights[i * from + first]! += 1 - (place - first)
    weights[i * from + second]! += place - first
  }
  return weights
}

const transposed = (matrix: Float64Array, rows: number, columns: number): Float64Array =>
  Float64Array.from(matrix, (_, k) => matrix[(k % rows) * columns + Math.floor(k / rows)]!)
