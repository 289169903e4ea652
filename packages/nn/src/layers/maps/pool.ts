// Pooling layers: a window's largest, mean, root of squares, or median; no parameters.
import {
  type AvgPoolOptions,
  avgPool2d,
  l2Pool2d,
  maxPool2d,
  medianPool2d,
  type Node,
  type PoolOptions,
  type PoolParams,
  readOptions,
} from '@backprove/graph'
import { requirePair, requireTag } from '../../check.ts'
import type { Layer } from '../layer.ts'

/** Poolings take the options of their op, and a tag for their name (`P` in the notes). */
const pooling =
  <Options extends PoolOptions>(kind: string, op: (x: Node, options: Options) => Node) =>
  (options: Options & { readonly tag?: string }): Layer => {
    requirePooling(kind, options)
    return pooled(kind, op, options)
  }

const pooled = <Options extends PoolOptions>(
  kind: string,
  op: (x: Node, options: Options) => Node,
  options: Options & { readonly tag?: string },
): Layer => ({
  kind,
  options,
  record(x, recorder) {
    const { tag, ...windows } = options
    const pooled = op(x, windows as unknown as Options)
    if (tag === undefined) return recorder.name(pooled, 'p', recorder.currentTag)
    // Input equals output in the notes' pooling layer, so one value has both names.
    recorder.name(pooled, 'a', tag)
    return recorder.name(pooled, 'z', tag)
  },
  work(pooled) {
    const params = pooled.params as PoolParams
    return { window: { ...params, kernel: params.size } }
  },
})

const OPTIONS = ['size', 'stride', 'padding', 'dilation', 'ceil', 'countPadding', 'tag']

const SYNONYMS = {
  kernel: 'size',
  kernel_size: 'size',
  kernelSize: 'size',
  poolSize: 'size',
  pool_size: 'size',
  strides: 'stride',
}

/** @throws NetworkError where a window is none; the op itself looks at the rest */
function requirePooling(kind: string, options: unknown): void {
  const known = kind === 'avgPool' ? OPTIONS : OPTIONS.filter((name) => name !== 'countPadding')
  const given = readOptions(kind, options as Record<string, unknown>, known, SYNONYMS)
  requirePair(kind, 'size', given.size)
  for (const option of ['stride', 'dilation']) requirePair(kind, option, given[option] ?? 1)
  requireTag(kind, given.tag)
}

/** `maxPool({ size: 2 })`: the largest of each window; stride is size by default. */
export const maxPool = pooling<PoolOptions>('maxPool', maxPool2d)
/** `avgPool({ size: 2 })`: the mean of each window. */
export const avgPool = pooling<AvgPoolOptions>('avgPool', avgPool2d)
/** `l2Pool({ size: 2 })`: √Σa² of each window. */
export const l2Pool = pooling<PoolOptions>('l2Pool', l2Pool2d)
/** `medianPool({ size: 2 })`: the median of each window, the mean of the middle two if even. */
export const medianPool = pooling<PoolOptions>('medianPool', medianPool2d)
