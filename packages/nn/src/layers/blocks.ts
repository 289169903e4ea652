// Blocks of layers: the residual block of note 004 and the Inception block of notes 001 and 004.
import { add, concat, type Node, show } from '@backprove/graph'
import { requireLayers } from '../check.ts'
import { NetworkError } from './errors.ts'
import type { Layer, Recorder } from './layer.ts'

/** The layers one after another. */
export const recordAll = (layers: readonly Layer[], x: Node, recorder: Recorder): Node =>
  layers.reduce((value, layer) => recorder.layer(layer, value), x)

/**
 * h = x + f(x, θ): the layers beside a skip connection. Where f changes the shape, `shortcut` (a
 * 1×1 convolution, say) takes x to it.
 */
export function residual(layers: readonly Layer[], shortcut: readonly Layer[] = []): Layer {
  requireLayers('residual', layers)
  requireLayers('residual: shortcut', shortcut)
  if (layers.length === 0) throw new NetworkError('residual: a block needs at least one layer')
  return {
    kind: 'residual',
    options: {},
    branches: [layers, shortcut],
    record(x, recorder) {
      const f = recordAll(layers, x, recorder)
      const tag = recorder.currentTag
      const skipped = recordAll(shortcut, x, recorder)
      if (f.shape.join() !== skipped.shape.join()) {
        throw new NetworkError(
          `residual: x is [${skipped.shape}] and f(x) is [${f.shape}]; ` +
            'give a shortcut that makes them equal',
        )
      }
      return recorder.name(add(skipped, f), 'h', tag)
    },
  }
}

/** Branches that see the same x, their maps stacked along the depth. */
export function inception(branches: readonly (readonly Layer[])[]): Layer {
  if (!Array.isArray(branches)) {
    throw new NetworkError(
      `inception: ${show(branches)} is no list of branches, each a list of layers`,
    )
  }
  branches.forEach((branch, k) => {
    requireLayers(`inception: branch ${k + 1}`, branch)
  })
  if (branches.length === 0) throw new NetworkError('inception: a block needs at least one branch')
  return {
    kind: 'inception',
    options: {},
    branches,
    record(x, recorder) {
      const maps = branches.map((branch) => recordAll(branch, x, recorder))
      const sizes = new Set(maps.map(({ shape }) => shape.slice(-2).join('×')))
      if (sizes.size > 1) {
        throw new NetworkError(
          `inception: the branches make maps of ${[...sizes].join(' and ')}; ` +
            "only maps of one size can be stacked (padding 'same', stride 1)",
        )
      }
      return recorder.name(concat(maps, { axis: -3 }), 'h', recorder.currentTag)
    },
  }
}
