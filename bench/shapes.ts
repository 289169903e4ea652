// Speed of the convolution family over shapes that are awkward: strides, odd sizes, few channels,
// groups, windows that are not square. GFLOP/s, packing included, best of a few short runs.
import {
  type ConvShape,
  conv2d,
  conv2dFilter,
  conv2dInput,
} from '../packages/kernels/src/wasm/conv/conv2d.ts'
import type { Kernel } from '../packages/kernels/src/wasm/kernel.ts'
import { lanesOf } from '../packages/kernels/src/wasm/lanes.ts'
import { type Bench, kernelTimes, randoms } from './kernel-times.ts'

const lanes = lanesOf('float32', process.argv.includes('--relaxed') ? 'relaxed' : 'strict')
type Pair = readonly [number, number]

/** batch × channels → filters, image, window; then what differs from stride 1, same padding. */
const shapes: [string, number, number, number, Pair, Pair, Partial<Changes>?][] = [
  ['3×3 64→64', 8, 64, 64, [32, 32], [3, 3]],
  ['3×3 64→128 stride 2', 8, 64, 128, [32, 32], [3, 3], { stride: 2 }],
  ['7×7 3→64 stride 2', 4, 3, 64, [112, 112], [7, 7], { stride: 2 }],
  ['3×3 3→32', 8, 3, 32, [64, 64], [3, 3]],
  ['3×3 1→8', 32, 1, 8, [28, 28], [3, 3]],
  ['5×5 1→6 valid', 64, 1, 6, [28, 28], [5, 5], { padding: 0 }],
  ['5×5 6→16 valid', 64, 6, 16, [14, 14], [5, 5], { padding: 0 }],
  ['3×3 13→21, 29×31', 8, 13, 21, [29, 31], [3, 3]],
  ['1×7 32→32, 17×17', 8, 32, 32, [17, 17], [1, 7]],
  ['7×1 32→32, 17×17', 8, 32, 32, [17, 17], [7, 1]],
  ['3×3 256→256, 7×7', 4, 256, 256, [7, 7], [3, 3]],
  ['3×3 512→512, 3×3', 4, 512, 512, [3, 3], [3, 3]],
  ['3×3 32→32 dilation 2', 8, 32, 32, [28, 28], [3, 3], { dilation: 2 }],
  ['3×3 64→64, 4 groups', 8, 64, 64, [28, 28], [3, 3], { groups: 4 }],
  ['3×3 64 depthwise', 8, 64, 64, [28, 28], [3, 3], { groups: 64 }],
  ['3×3 64 depthwise stride 2', 8, 64, 64, [28, 28], [3, 3], { groups: 64, stride: 2 }],
  ['5×5 32 depthwise stride 2', 8, 32, 32, [29, 29], [5, 5], { groups: 32, stride: 2 }],
  ['3×3 64→1', 8, 64, 1, [28, 28], [3, 3]],
  ['3×3 64→3', 8, 64, 3, [32, 32], [3, 3]],
  ['3×3 64→1 stride 2', 8, 64, 1, [28, 28], [3, 3], { stride: 2 }],
  ['1×1 64→1', 8, 64, 1, [28, 28], [1, 1]],
  ['1×1 64→256, 14×14', 8, 64, 256, [14, 14], [1, 1]],
  ['1×1 256→64, 7×7', 8, 256, 64, [7, 7], [1, 1]],
  ['1×1 64→128 stride 2', 8, 64, 128, [28, 28], [1, 1], { stride: 2 }],
  ['1×1 30→50, 13×13', 8, 30, 50, [13, 13], [1, 1]],
  ['11×11 3→16 stride 4', 4, 3, 16, [96, 96], [11, 11], { stride: 4, padding: 0 }],
]
interface Changes {
  readonly stride: number
  readonly dilation: number
  readonly groups: number
  readonly padding: number
}

function shapeOf([, batch, channels, filters, image, window, changes = {}]: (typeof shapes)[0]) {
  const { stride = 1, dilation = 1, groups = 1 } = changes
  const reach = window.map((size) => dilation * (size - 1)) as [number, number]
  const padding = reach.map((size) => changes.padding ?? Math.floor(size / 2)) as [number, number]
  const output = image.map((size, axis) => {
    return Math.floor((size + 2 * padding[axis]! - reach[axis]! - 1) / stride) + 1
  }) as [number, number]
  const pair = (n: number): Pair => [n, n]
  const steps = { stride: pair(stride), dilation: pair(dilation), padding }
  return { batch, channels, filters, groups, image, window, output, ...steps } satisfies ConvShape
}

const best = (make: (bench: Bench) => Kernel): number =>
  kernelTimes(make, { warm: 60, count: 8, each: 4 })[0]!

console.log('GFLOP/s                     forward      dx      dW')
for (const one of shapes) {
  const shape = shapeOf(one)
  const { batch, channels, filters, groups, image, window, output } = shape
  const weights = (filters * channels * window[0] * window[1]) / groups
  const flops = 2 * batch * output[0] * output[1] * weights
  const arrays = (bench: Bench) => ({
    x: bench.place(randoms(batch * channels * image[0] * image[1])),
    w: bench.place(randoms(weights)),
    y: bench.place(randoms(batch * filters * output[0] * output[1])),
  })
  const rates = [conv2d, conv2dInput, conv2dFilter]
    .map((write) =>
      best((bench) => {
        const at = arrays(bench)
        return bench.withScratch((scratch) => write(lanes, shape, { ...at, scratch }))
      }),
    )
    .map((ms) => (flops / ms / 1e6).toFixed(1).padStart(8))
  console.log(`${one[0].padEnd(26)}${rates.join('')}`)
}
