// Ops that stand for several ops of the graph at once, recorded by laws of this backend only. Their
// kernels are in winners/. The pooled values and what the gradients need of the forward pass are
// one flat array, so that the planner keeps them as long as anybody reads them.
import type { Op, OpDefinition, Printed } from '@backprove/graph'
import type { ConvShape } from '../conv/conv2d.ts'

/** The convolution's sizes as a flat list: params of ops are numbers and lists of them. */
interface Sized {
  readonly sizes: readonly number[]
  /** How much arithmetic that is, for `explain`. */
  readonly flops: number
}
export interface ConvolvePoolParams extends Sized {
  /** Entries of the flat result. */
  readonly length: number
}
export interface AtWinnersParams extends Sized {
  readonly shape: readonly number[]
}

const never = (): never => {
  throw new Error('an op of the WebAssembly backend is neither read nor differentiated')
}
/** No line says what a flat array with addresses in it is: these ops never leave a plan. */
const unread = { line: 'y = 0', latex: never as () => Printed }

/** By its types alone: `defineOp` looks at what a user defines, and a page need not carry that. */
const held = <Operand extends string, Params extends object>(
  definition: OpDefinition<Operand, Params>,
): Op => Object.freeze(definition) as unknown as Op

/** x ⋆ w, max-pooled by 2×2: the pooled array, then the packed image and the winners. */
export const convolvePoolOp: Op = held<'x' | 'w', ConvolvePoolParams>({
  ...unread,
  name: 'convolvePool',
  operands: { x: '…,C,H,W', w: 'F,K,m,n' },
  axes: ({ length }) => String(length),
  vjp: { x: null, w: null },
})

const shaped = ({ shape }: AtWinnersParams): string => shape.join()

/** conv2dFilter(x, maxPool2dInput(x ⋆ w, g)) */
export const filterAtWinnersOp: Op = held<'kept' | 'g', AtWinnersParams>({
  ...unread,
  name: 'filterAtWinners',
  operands: { kept: 'L', g: '…,F,I,J' },
  axes: shaped,
  vjp: { kept: null, g: null },
})

/** conv2dInput(maxPool2dInput(x ⋆ w, g), w) */
export const inputAtWinnersOp: Op = held<'kept' | 'g' | 'w', AtWinnersParams>({
  ...unread,
  name: 'inputAtWinners',
  operands: { kept: 'L', g: '…,F,I,J', w: 'F,K,m,n' },
  axes: shaped,
  vjp: { kept: null, g: null, w: null },
})

export const sizesOf = (shape: ConvShape): number[] => [
  shape.batch,
  shape.channels,
  shape.filters,
  ...shape.image,
  ...shape.window,
  ...shape.output,
  ...shape.padding,
]

/** Kernels at winners know no stride, dilation or groups. */
export function shapeOfSizes(sizes: readonly number[]): ConvShape {
  const [batch, channels, filters] = sizes as [number, number, number]
  const pair = (at: number) => [sizes[at]!, sizes[at + 1]!] as const
  return {
    batch,
    channels,
    filters,
    groups: 1,
    image: pair(3),
    window: pair(5),
    output: pair(7),
    stride: [1, 1],
    dilation: [1, 1],
    padding: pair(9),
  }
}
