// The convolution family where Winograd's algorithm is linked: each of the three directly, or,
// under relaxed precision, by that algorithm where it costs less.
import * as direct from '../conv/conv2d.ts'
import { flippedLayout, plainLayout } from '../conv/pack-filters.ts'
import { type ConvShape, derive, transposed } from '../conv/shape.ts'
import type { Epilogue } from '../elementwise/elementwise.ts'
import type { Kernel } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { tilingOfShape, winograd } from './convolution.ts'
import { isWinograd, paysBesideWinners, paysForFilter, paysForward, paysToFinish } from './cost.ts'
import { tilingForFilter, winogradFilter } from './filter-gradient.ts'

type At<Name extends string> = Readonly<Record<Name, number>>
/** An epilogue only where the algorithm below is the one that runs. */
interface Finished {
  readonly epilogue?: Epilogue | undefined
}

const mayMixPixels = (lanes: Lanes, shape: ConvShape): boolean =>
  lanes.precision === 'relaxed' && isWinograd(lanes, shape)

const goesForward = (lanes: Lanes, shape: ConvShape): boolean =>
  mayMixPixels(lanes, shape) && paysForward(shape, tilingOfShape(shape))
const goesForFilter = (lanes: Lanes, shape: ConvShape): boolean =>
  mayMixPixels(lanes, shape) && paysForFilter(shape, tilingForFilter(shape))

/** Whether y = b + Σ x w may have an epilogue, and is better with it. */
export const finishesForward = (lanes: Lanes, shape: ConvShape): boolean =>
  goesForward(lanes, shape) && paysToFinish(shape)
/** The same of x ← Σ y w. */
export const finishesBack = (lanes: Lanes, shape: ConvShape): boolean =>
  goesBack(lanes, shape) && paysToFinish(transposed(shape))

/** Whether a convolution before a max-pooling is better not run over its winners. */
export const byTilesInstead = (lanes: Lanes, shape: ConvShape): boolean =>
  mayMixPixels(lanes, shape) && paysBesideWinners(shape, tilingOfShape(shape))

const filtersOf = (shape: ConvShape) => {
  const { channelsPerGroup, filtersPerGroup } = derive(shape)
  return { groups: shape.groups, channelsPerGroup, filtersPerGroup, window: shape.window }
}

/** y = b + Σ x w. */
export function conv2d(
  lanes: Lanes,
  shape: ConvShape,
  at: At<'x' | 'w' | 'y' | 'scratch'> & { readonly b?: number } & Finished,
): Kernel {
  if (!goesForward(lanes, shape)) return direct.conv2d(lanes, shape, at)
  return winograd(lanes, shape, plainLayout(at.w, filtersOf(shape)), at, (scratch) =>
    direct.conv2d(lanes, shape, { ...at, scratch }),
  )
}

/** x ← Σ y w: a convolution of y with the window turned, where the stride is one. */
export function conv2dInput(
  lanes: Lanes,
  shape: ConvShape,
  at: At<'x' | 'w' | 'y' | 'scratch'> & Finished,
): Kernel {
  const turned = transposed(shape)
  if (!goesBack(lanes, shape)) return direct.conv2dInput(lanes, shape, at)
  const layout = flippedLayout(lanes, at.w, filtersOf(turned))
  return winograd(
    lanes,
    turned,
    layout,
    { x: at.y, y: at.x, scratch: at.scratch, epilogue: at.epilogue },
    (scratch) => direct.conv2dInput(lanes, shape, { ...at, scratch }),
  )
}

const goesBack = (lanes: Lanes, shape: ConvShape): boolean =>
  shape.stride.every((step) => step === 1) && goesForward(lanes, transposed(shape))

/** w ← Σ x y. */
export function conv2dFilter(
  lanes: Lanes,
  shape: ConvShape,
  at: At<'x' | 'w' | 'y' | 'scratch'>,
): Kernel {
  if (!goesForFilter(lanes, shape)) return direct.conv2dFilter(lanes, shape, at)
  return winogradFilter(lanes, shape, plainLayout(at.w, filtersOf(shape)), at, (scratch) =>
    direct.conv2dFilter(lanes, shape, { ...at, scratch }),
  )
}
