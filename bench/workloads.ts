// The workloads: the same data, the same initial parameters and the same step for every candidate,
// so that costs can be compared and not only times. Arrays are row-major, images NCHW.

export interface Tensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** A network's training step: p ← p − rate · ∂C/∂p, with C summed over the batch. */
export interface Training {
  readonly images: Tensor
  /** One-hot rows. */
  readonly labels: Tensor
  readonly parameters: {
    readonly [name: string]: Tensor
  }
  /** Rate for one sample at a time and for the whole batch. */
  readonly rate: { readonly sample: number; readonly batch: number }
}

interface Workload {
  readonly title: string
  /** A training workload states after how many samples its cost is compared. */
  readonly compareAfter?: number
  /** Floating-point operations of one sample; the table then shows GFLOP/s. */
  readonly flopPerSample?: number
}

const layerFlop = (kernel: number) => 2 * 32 * 32 * 64 * 64 * kernel * kernel

export const workloads = {
  w1a: { title: "W1a  the book's CNN, training one sample at a time", compareAfter: 192 },
  w1b: { title: "W1b  the book's CNN, training on batches of 96", compareAfter: 1920 },
  w2: { title: 'W2   a LeNet-sized net, training on batches of 64', compareAfter: 192 },
  w2Forward: { title: 'W2   the same net, forward only' },
  w3Forward: { title: 'W3   conv 3×3, 64→64, 32×32, N = 8', flopPerSample: layerFlop(3) },
  w3Input: { title: 'W3   its input gradient', flopPerSample: layerFlop(3) },
  w3Filter: { title: 'W3   its filter gradient', flopPerSample: layerFlop(3) },
  w3Pointwise: { title: 'W3   conv 1×1, 64→64, 32×32, N = 8', flopPerSample: layerFlop(1) },
  w3Matmul: { title: 'W3   512³ matrix product', flopPerSample: 2 * 512 ** 3 },
} satisfies Record<string, Workload>

export type WorkloadName = keyof typeof workloads
export const workloadNames = Object.keys(workloads) as WorkloadName[]
export const workload = (name: WorkloadName): Workload => workloads[name]

/**
 * W1: conv 3×3, 1→3, sigmoid, max-pool 2, dense 12→3, sigmoid; C = ½ Σ (t − y)²; 69 parameters.
 */
export function bookCnn(): Training {
  return {
    ...classes(1, 96, 6, 3),
    parameters: {
      w: uniform(11, [3, 1, 3, 3], 9),
      b: zeros([3]),
      v: uniform(12, [3, 12], 12),
      c: zeros([3]),
    },
    rate: { sample: 0.5, batch: 0.02 },
  }
}

/**
 * W2: conv 5×5, 1→8, same; relu; max-pool 2; conv 5×5, 8→16, same; relu; max-pool 2;
 * dense 784→10; softmax; C = −Σ t log y.
 */
export function leNetSized(): Training {
  return {
    ...classes(2, 64, 28, 10),
    parameters: {
      w: uniform(21, [8, 1, 5, 5], 25),
      b: zeros([8]),
      u: uniform(22, [16, 8, 5, 5], 200),
      d: zeros([16]),
      v: uniform(23, [10, 784], 784),
      c: zeros([10]),
    },
    rate: { sample: 0.001, batch: 0.0005 },
  }
}

/** W3: x [8,64,32,32], its cotangent g of the same shape, filters of both sizes, two matrices. */
export function layer() {
  return {
    x: uniform(31, [8, 64, 32, 32], 3),
    g: uniform(32, [8, 64, 32, 32], 3),
    w: uniform(33, [64, 64, 3, 3], 576),
    w1: uniform(34, [64, 64, 1, 1], 64),
    a: uniform(35, [512, 512], 512),
    b: uniform(36, [512, 512], 512),
  }
}

/** Images of n classes: each a template of its class under noise. Classes take turns. */
function classes(seed: number, count: number, size: number, n: number) {
  const random = generator(seed)
  const pixels = size * size
  const templates = Array.from({ length: n * pixels }, () => (random() < 0.3 ? 0.8 : 0))
  const images = new Float32Array(count * pixels)
  const labels = new Float32Array(count * n)
  for (let i = 0; i < count; i++) {
    labels[i * n + (i % n)] = 1
    for (let k = 0; k < pixels; k++) {
      images[i * pixels + k] = (templates[(i % n) * pixels + k] ?? 0) + 0.2 * random()
    }
  }
  return {
    images: { shape: [count, 1, size, size], data: images },
    labels: { shape: [count, n], data: labels },
  }
}

/** Uniform with variance 1 / fanIn. */
function uniform(seed: number, shape: readonly number[], fanIn: number): Tensor {
  const random = generator(seed)
  const bound = Math.sqrt(3 / fanIn)
  const size = shape.reduce((a, b) => a * b, 1)
  return { shape, data: Float32Array.from({ length: size }, () => bound * (2 * random() - 1)) }
}

function zeros(shape: readonly number[]): Tensor {
  return { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) }
}

/** Numbers in [0, 1): the linear congruential generator of Numerical Recipes, its upper bits. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 8) / 2 ** 24
  }
}
