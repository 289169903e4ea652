// True convolution: conv2d with the kernel turned by 180°. One definition of its own, and
// derivatives by way of the convolution family.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply } from '../../record/operand.ts'
import { rot180 } from '../movement/rot180.ts'
import { applied, joined, spoken } from '../print-parts.ts'
import { sum } from '../reduction/sum.ts'
import { windowSizes } from '../window.ts'
import { convolved, lastTwo } from './conv-print.ts'
import {
  type ConvOptions,
  type ConvParams,
  checkConvolution,
  conv2dFilterOp,
  conv2dInputOp,
  conv2dOp,
  convParamKinds,
  convSymbols,
  normaliseConvOptions,
  readImage,
} from './conv2d.ts'

export const convolve2dOp = defineOp<'x' | 'w' | 'b', ConvParams>({
  name: 'convolve2d',
  operands: { x: '…,C,H,W', w: 'F,K,m,n', b: 'F' },
  optional: ['b'],
  line: (params) => `y_{…,f,i,j} = b_f + Σ_{c,u≤m,v≤n} ${readImage(params)} w_{f,c,m+1-u,n+1-v}`,
  symbols: convSymbols,
  axes: `…,F,${windowSizes()}`,
  params: convParamKinds,
  check: checkConvolution,
  vjp: {
    x: (g, { x, w }, params) =>
      apply(conv2dInputOp, [g, rot180(w)], { ...params, size: x.shape.slice(-2) }),
    w: (g, { x, w }, params) =>
      rot180(apply(conv2dFilterOp, [x, g], { ...params, size: w.shape.slice(-2) })),
    b: (g) => sum(g, { axes: g.shape.length === 4 ? [0, 2, 3] : [1, 2] }),
  },
  expansion: ({ x, w, b }, params) => apply(conv2dOp, [x, rot180(w), ...(b ? [b] : [])], params),
  latex: ({ x, w, b }, params, shapes) => {
    const turned = applied('\\operatorname{rot180}', w)
    const product = convolved(params, lastTwo(shapes.x), lastTwo(shapes.w), x, turned)
    if (!b) return product
    const all = joined('sum', '+', product, b)
    // One map has a bias of one entry, which is no map.
    return shapes.w[0] === 1 ? spoken(all) : all
  },
})

/**
 * Convolution as mathematics has it, the kernel flipped:
 * y_{fij} = b_f + Σ_{cuv} x_{c, s(i−1)+d(u−1)+1−p, s(j−1)+d(v−1)+1−p} w_{f,c,m+1−u,n+1−v}.
 * Shapes and options are those of conv2d.
 * @throws ShapeError where channels, filters and groups do not fit, or the kernel is too large
 */
export function convolve2d(x: Node, w: Node, options: ConvOptions = {}): Node {
  const params = normaliseConvOptions('convolve2d', options)
  const { bias } = options
  return apply(convolve2dOp, bias === undefined ? [x, w] : [x, w, bias], params)
}
