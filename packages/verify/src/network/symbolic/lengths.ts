// The unknown lengths of a network, as a claim is lowered with them.

import type { Polynomial } from '../../arithmetic/polynomial.ts'
import { SizesError } from '../../core/errors.ts'
import { type Lengths, recordedWindow } from '../lengths.ts'
import type { SymbolicNetwork } from './shapes.ts'

const letters = [
  { size: 'm', stride: 's', dilation: 'd', before: 'p' },
  { size: 'n', stride: 's′', dilation: 'd′', before: 'p′' },
] as const

/** `demand` is told p ≥ 0, which has to hold for a claim to have a meaning. */
export const symbolicLengths = (
  { shapeOf, sizes }: SymbolicNetwork,
  demand: (p: Polynomial) => void,
): Lengths => ({
  vary: true,
  shapeOf: (node) => shapeOf(node).shape,
  recorded: sizes.recorded,
  quotient: (e, s) => {
    const known = sizes.known(e, s)
    if (known) return known
    throw new SizesError('a length that no array of the network has')
  },
  remainder: sizes.remainder,
  demand,
  window: (pooling, side) => {
    const own = shapeOf(pooling).letters
    const { size, stride, dilation, before } = recordedWindow(pooling, side)
    const names = letters[side]
    return {
      size: own.get(names.size) ?? size,
      stride: own.get(names.stride) ?? stride,
      dilation: own.get(names.dilation) ?? dilation,
      before: own.get(names.before) ?? before,
    }
  },
})
