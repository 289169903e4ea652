// Three small nets for grey digits: LeNet-5, a residual net and an Inception net, the last two of a
// size that trains in seconds on 8×8 digits.
import { crossEntropy, readOptions } from '@backprove/graph'
import { relu, softmax, tanh } from '../layers/activations.ts'
import { inception, residual } from '../layers/blocks.ts'
import { dense } from '../layers/dense.ts'
import type { Layer } from '../layers/layer.ts'
import { conv } from '../layers/maps/conv.ts'
import { avgPool, maxPool } from '../layers/maps/pool.ts'
import { batchNorm } from '../layers/normal/batch-norm.ts'
import type { Model } from '../model.ts'
import { network } from '../network.ts'

/** Options of the nets for digits. */
export interface DigitNetOptions {
  /** The shape of one image, [C,H,W]. Default: [1,32,32] for LeNet-5, else [1,8,8]. */
  readonly input?: readonly [channels: number, height: number, width: number]
  /** Default 10. */
  readonly classes?: number
  readonly seed?: number
}

const OPTIONS = ['input', 'classes', 'seed'] as const

const classifier = (
  input: readonly number[],
  layers: readonly Layer[],
  { classes = 10, seed = 1 }: DigitNetOptions,
): Model =>
  network({
    input,
    layers: [...layers, dense({ units: classes }), softmax()],
    cost: crossEntropy,
    seed,
  })

/**
 * LeNet-5 (LeCun et al., 1998): 5×5 convolutions to 6 and 16 maps, each halved by mean pooling,
 * then 120, 84 and 10 units; tanh, and softmax in place of the paper's radial units: 61 706
 * parameters. Where an image is smaller than the paper's 32×32, maps keep their size (padding
 * 'same') instead of shrinking below the paper's: 28×28 has as many parameters, and 8×8 works.
 */
export function leNet5(options: DigitNetOptions = {}): Model {
  readOptions('leNet5', options, OPTIONS)
  const { input = [1, 32, 32] } = options
  const narrowest = Math.min(input[1], input[2])
  const padding = (size: number, paper: number) => (size < paper ? 'same' : 'valid')
  const first = padding(narrowest, 32)
  const halved = Math.floor((first === 'same' ? narrowest : narrowest - 4) / 2)
  const layers = [
    conv({ filters: 6, kernel: 5, padding: first }),
    tanh(),
    avgPool({ size: 2 }),
    conv({ filters: 16, kernel: 5, padding: padding(halved, 14) }),
    tanh(),
    avgPool({ size: 2 }),
    dense({ units: 120 }),
    tanh(),
    dense({ units: 84 }),
    tanh(),
  ]
  return classifier(input, layers, options)
}

const same = (filters: number, kernel: number, stride = 1): Layer =>
  conv({ filters, kernel, stride, padding: 'same' })

/**
 * A residual net (notes 001 and 004): a convolution to 8 maps, a block h = x + f(x, θ), a second
 * one to 16 maps of half the size whose shortcut is a 1×1 convolution, the mean of each map,
 * softmax.
 */
export function miniResNet(options: DigitNetOptions = {}): Model {
  readOptions('miniResNet', options, OPTIONS)
  const { input = [1, 8, 8] } = options
  const f = (filters: number, stride: number): Layer[] => [
    same(filters, 3, stride),
    batchNorm(),
    relu(),
    same(filters, 3),
    batchNorm(),
  ]
  const layers = [
    same(8, 3),
    batchNorm(),
    relu(),
    residual(f(8, 1)),
    relu(),
    residual(f(16, 2), [same(16, 1, 2)]),
    relu(),
    avgPool({ size: [Math.ceil(input[1] / 2), Math.ceil(input[2] / 2)] }),
  ]
  return classifier(input, layers, options)
}

/**
 * An Inception net (notes 001 and 004): 1×1, 3×3 and 5×5 convolutions and pooling side by side,
 * stacked along the depth, with 1×1 convolutions first where that makes the wide ones cheaper.
 */
export function miniInception(options: DigitNetOptions = {}): Model {
  readOptions('miniInception', options, OPTIONS)
  const { input = [1, 8, 8] } = options
  const block = (n: number): Layer =>
    inception([
      [same(n, 1), relu()],
      [same(n / 2, 1), relu(), same(n, 3), relu()],
      [same(n / 4, 1), relu(), same(n / 2, 5), relu()],
      [maxPool({ size: 3, stride: 1, padding: 1 }), same(n / 2, 1), relu()],
    ])
  const layers = [same(8, 3), relu(), block(8), maxPool({ size: 2 }), block(16)]
  return classifier(input, layers, options)
}
