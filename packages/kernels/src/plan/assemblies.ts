// Ops whose result is put together from copies: which part of the result comes from where. A total
// table over the family; parts are written in order, later ones over earlier ones.
import type {
  ConcatParams,
  Node,
  PadParams,
  SliceScatterParams,
  UpsampleParams,
} from '@backprove/graph'
import type { Located } from './draft.ts'
import type { AssemblyName } from './families.ts'
import { denseView, sliceView, type View } from './views.ts'

export interface Part {
  /** An array of the part's shape, or a number for all of it. */
  readonly from: Located | number
  /** The part, within the dense result. */
  readonly into: View
}
export type Assembly = (node: Node, args: readonly Located[]) => readonly Part[]

export const assemblies: { readonly [K in AssemblyName]: Assembly } = {
  concat: (node, args) => {
    const { axis } = node.params as ConcatParams
    const steps = node.shape.map(() => 1)
    let start = 0
    return args.map((from) => {
      const { shape } = from.view
      const starts = shape.map((_, k) => (k === axis ? start : 0))
      start += shape[axis]!
      return { from, into: sliceView(denseView(node.shape), starts, steps, shape) }
    })
  },
  sliceScatter: (node, [from]) => {
    const { start, step } = node.params as SliceScatterParams
    const whole = denseView(node.shape)
    return [
      { from: 0, into: whole },
      { from: from!, into: sliceView(whole, start, step, from!.view.shape) },
    ]
  },
  pad: (node, [from]) => {
    const { before, value } = node.params as PadParams
    const whole = denseView(node.shape)
    const steps = node.shape.map(() => 1)
    return [
      { from: value, into: whole },
      { from: from!, into: sliceView(whole, before, steps, from!.view.shape) },
    ]
  },
  // Each entry stands still along the two axes of its block.
  upsample: (node, [from]) => {
    const { size } = node.params as UpsampleParams
    const { value, view } = from!
    const leading = view.shape.slice(0, -2)
    const [height = 1, width = 1] = view.shape.slice(-2)
    const [down = 0, across = 0] = view.strides.slice(-2)
    const shape = [...leading, height, size[0], width, size[1]]
    const strides = [...view.strides.slice(0, -2), down, 0, across, 0]
    return [{ from: { value, view: { ...view, shape, strides } }, into: denseView(shape) }]
  },
}
