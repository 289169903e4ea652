// Layers that change the size of maps and have no parameters: a map to one number, a pixel to a
// block.
import {
  max,
  mean,
  type Node,
  type PairOption,
  readOptions,
  show,
  upsample as upsampleOp,
} from '@backprove/graph'
import { ELSEWHERE } from './elsewhere.ts'
import { NetworkError } from './errors.ts'
import { type Layer, type Recorder, sampleShape } from './layer.ts'

const overMaps = (kind: string, op: typeof mean | typeof max): Layer => ({
  kind,
  options: {},
  record(x, recorder) {
    requireMaps(kind, x, recorder)
    return recorder.name(op(x, { axes: [-2, -1] }), 'p', recorder.currentTag)
  },
  work: () => ({ global: true }),
})

/** `globalAvgPool()`: the mean of each map, [C,H,W] → [C]. */
export const globalAvgPool = (): Layer => overMaps('globalAvgPool', mean)
/** `globalMaxPool()`: the largest of each map, [C,H,W] → [C]. */
export const globalMaxPool = (): Layer => overMaps('globalMaxPool', max)

/** `upsample({ size: 2 })`: every pixel as a block of that size, [C,H,W] → [C,sH,s′W]. */
export function upsample(options: { readonly size: PairOption }): Layer {
  const { size } = readOptions('upsample', options, ['size'], {
    ...ELSEWHERE,
    scale_factor: 'size',
    scaleFactor: 'size',
    factor: 'size',
  })
  const pair: readonly unknown[] = Array.isArray(size) ? size : [size, size]
  if (pair.length !== 2 || !pair.every((n) => Number.isSafeInteger(n) && (n as number) >= 1)) {
    const may = 'a whole number from 1, or [height, width]'
    throw new NetworkError(`upsample: size is ${show(size)}; it must be ${may}`)
  }
  const factor = pair as [number, number]
  return {
    kind: 'upsample',
    options,
    record(x, recorder) {
      requireMaps('upsample', x, recorder)
      return upsampleOp(x, { size: factor })
    },
    work: () => ({ spread: { factor, kernel: factor } }),
  }
}

function requireMaps(kind: string, x: Node, recorder: Recorder): void {
  const sample = sampleShape(x, recorder)
  if (sample.length === 3) return
  throw new NetworkError(`${kind}: it takes maps [C,H,W], not a sample [${sample}]`)
}
