// How ops that only move entries see their operand: a total table over the family of views. A rule
// gives undefined where the operand's strides cannot say it; a dense operand always can.
import type { FlipParams, Node, SliceParams, TransposeParams } from '@backprove/graph'
import type { ViewName } from './families.ts'
import {
  broadcastView,
  flipView,
  reshapeView,
  sliceView,
  transposeView,
  type View,
} from './views.ts'

export type ViewRule = (view: View, node: Node) => View | undefined

const reshaped: ViewRule = (view, { shape }) => reshapeView(view, shape)

export const viewRules: { readonly [K in ViewName]: ViewRule } = {
  broadcastTo: (view, { shape }) => broadcastView(view, shape),
  reshape: reshaped,
  flatten: reshaped,
  transpose: (view, { params }) => transposeView(view, (params as TransposeParams).axes),
  flip: (view, { params }) => flipView(view, (params as FlipParams).axes),
  rot180: (view, { shape }) => flipView(view, [shape.length - 2, shape.length - 1]),
  slice: (view, { params, shape }) => {
    const { start, step } = params as SliceParams
    return sliceView(view, start, step, shape)
  },
}
