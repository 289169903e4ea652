// Blocks of layers: the residual block of note 004 and the Inception block of note 001.
import { add, concat, type Node } from '@backprove/graph'
import { NetworkError } from './errors.ts'
import type { Layer, Recorder } from './layer.ts'

/** The layers one after another. */
export const recordAll = (layers: readonly Layer[], x: Node, recorder: Recorder): Node =>
  layers.reduce((value, layer) => layer.record(value, recorder), x)

/**
 * h = x + f(x, θ): the layers beside a skip connection. Where f changes the shape, `shortcut` (a
 * 1×1 convolution, say) takes x to it.
 */
export function residual(layers: readonly Layer[], shortcut: readonly Layer[] = []): Layer {
  if (layers.length === 0) throw new NetworkError('residual: a block needs at least one layer')
  return {
    kind: 'residual',
    record(x, recorder) {
      const f = recordAll(layers, x, recorder)
      const skipped = recordAll(shortcut, x, recorder)
      if (f.shape.join() !== skipped.shape.join()) {
        throw new NetworkError(
          `residual: x is [${skipped.shape}] and f(x) is [${f.shape}]; ` +
            'give a shortcut that makes them equal',
        )
      }
      return recorder.name(add(skipped, f), 'h', recorder.currentTag)
    },
  }
}

/** Branches that see the same x, their maps stacked along the depth. */
export function inception(branches: readonly (readonly Layer[])[]): Layer {
  if (branches.length === 0) throw new NetworkError('inception: a block needs at least one branch')
  return {
    kind: 'inception',
    record(x, recorder) {
      const maps = branches.map((branch) => recordAll(branch, x, recorder))
      return recorder.name(concat(maps, { axis: -3 }), 'h', recorder.currentTag)
    },
  }
}
