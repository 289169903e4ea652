// The entries of each sample in one row, row-major: what stands between a convolution and a
// dense layer.

import { noMore } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import { applied, spoken } from '../print-parts.ts'
import { reshape } from './reshape.ts'

export const flattenOp = defineOp<'x'>({
  name: 'flatten',
  operands: { x: '…,C,H,W' },
  line: 'y_{…,r} = Σ_{c,h,w} [r = H W (c-1) + W (h-1) + w] x_{…,c,h,w}',
  axes: '…,C H W',
  check: ({ x }) => (x.length > 4 ? 'x has more axes than [N, C, H, W]' : undefined),
  vjp: { x: (g, { x }) => reshape(g, x.shape) },
  // Of a batch each sample is a row of its own.
  latex: ({ x }, _, shapes) => {
    const written = applied('\\operatorname{vec}', x)
    return shapes.x.length > 3 ? spoken(written) : written
  },
  traits: { movesOnly: true },
})

/**
 * One row for each sample: [C,H,W] → [C·H·W] and [N,C,H,W] → [N, C·H·W]. A vector [n] and a batch
 * of vectors [N,n] are flat already and come back as they are.
 * @throws ShapeError for a single number or more than four axes
 */
export function flatten(x: Node): Node
export function flatten(x: Node, ...further: readonly unknown[]): Node {
  noMore('flatten', further)
  requireNode('flatten', x)
  return x.shape.length === 1 || x.shape.length === 2 ? x : apply(flattenOp, [x])
}
