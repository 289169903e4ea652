// Speed of single WebAssembly kernels in GFLOP/s, packing included: 3×3 and 1×1 convolutions of
// 8 × 64 × 32 × 32 into 64 filters with both gradients, and a 512³ matrix product.
import {
  type ConvShape,
  conv2d,
  conv2dFilter,
  conv2dInput,
} from '../packages/kernels/src/wasm/conv/conv2d.ts'
import type { Kernel } from '../packages/kernels/src/wasm/kernel.ts'
import { lanesOf } from '../packages/kernels/src/wasm/lanes.ts'
import { dense } from '../packages/kernels/src/wasm/linear/dense.ts'
import { matmul } from '../packages/kernels/src/wasm/linear/matmul.ts'
import { type Bench, kernelTimes, randoms } from './kernel-times.ts'

const lanes = lanesOf('float32', process.argv.includes('--relaxed') ? 'relaxed' : 'strict')

/** Median and best of many short runs after a warm-up: on a busy machine the best says more. */
function measure(name: string, flops: number, make: (bench: Bench) => Kernel): void {
  const times = kernelTimes(make, { warm: 250, count: 41, each: 2 })
  const [best, middle] = [times[0]!, times[20]!]
  const rate = (ms: number) => (flops / ms / 1e6).toFixed(1).padStart(5)
  console.log(`${name.padEnd(14)} median ${rate(middle)}, best ${rate(best)} GFLOP/s`)
}

// Everything in the first cache: what the register tile can do at most.
measure('tile', 2 * 64 * 8 * 128, (bench) => {
  const a = { address: bench.place(randoms(64 * 128)), row: 128, column: 1 }
  const b = { address: bench.place(randoms(128 * 8)), row: 8, column: 1 }
  const shape = { m: 64, n: 8, k: 128, a, b, c: bench.result(64 * 8) }
  return bench.withScratch((scratch) => matmul(lanes, shape, scratch))
})

const size = 8 * 64 * 32 * 32
for (const window of [3, 1]) {
  const side = (window - 1) / 2
  const shape: ConvShape = {
    batch: 8,
    channels: 64,
    filters: 64,
    groups: 1,
    image: [32, 32],
    window: [window, window],
    output: [32, 32],
    stride: [1, 1],
    dilation: [1, 1],
    padding: [side, side],
  }
  const weights = 64 * 64 * window ** 2
  const flops = 2 * size * 64 * window ** 2
  const arrays = (bench: Bench) => ({
    x: bench.place(randoms(size)),
    w: bench.place(randoms(weights)),
    y: bench.place(randoms(size)),
  })
  for (const [name, write] of Object.entries({
    forward: conv2d,
    dx: conv2dInput,
    dW: conv2dFilter,
  })) {
    measure(`${window}×${window} ${name}`, flops, (bench) => {
      const at = arrays(bench)
      return bench.withScratch((scratch) => write(lanes, shape, { ...at, scratch }))
    })
  }
}

measure('512³', 2 * 512 ** 3, (bench) => {
  const matrix = () => ({ address: bench.place(randoms(512 ** 2)), row: 512, column: 1 })
  const shape = { m: 512, n: 512, k: 512, a: matrix(), b: matrix(), c: bench.result(512 ** 2) }
  return bench.withScratch((scratch) => matmul(lanes, shape, scratch))
})
measure('dense 512³', 2 * 512 ** 3, (bench) => {
  const shape = { samples: 512, inputs: 512, units: 512 }
  const place = () => bench.place(randoms(512 ** 2))
  const product = dense(shape, [place(), place()], place())
  return bench.withScratch((scratch) => matmul(lanes, product, scratch))
})
