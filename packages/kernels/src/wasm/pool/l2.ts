// L2 pooling.
import { type Kernel, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { eachTotal } from './average.ts'
import { lengthOf } from './length.ts'
import { frameBytes, frameOf, intoFrame, type PoolShape } from './window.ts'

/** y = √(Σ x²) */
export function l2Pool(
  lanes: Lanes,
  shape: PoolShape,
  at: { readonly x: number; readonly y: number; readonly scratch: number },
): Kernel {
  const { framed } = frameOf(shape)
  const { frame } = scratchLayout({ frame: frameBytes(lanes, shape) }, at.scratch)
  return [
    ...(framed ? intoFrame(lanes, shape, at.x, frame, 0) : []),
    eachTotal(lanes, shape, framed ? frame : at.x, at.y, ['L2 pool', lengthOf]),
  ]
}
