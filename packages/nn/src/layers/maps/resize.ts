// Layers that change the size of maps and have no parameters: a map to one number, a pixel to a
// block.
import {
  avgPool2d,
  bilinear,
  max,
  mean,
  NO_PADDING,
  type Node,
  type PairOption,
  pad,
  readOptions,
  type Shape,
  show,
  upsample as upsampleOp,
} from '@backprove/graph'
import { requirePair } from '../../check.ts'
import { ELSEWHERE } from '../elsewhere.ts'
import { NetworkError } from '../errors.ts'
import { type Layer, type Recorder, sampleShape } from '../layer.ts'

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

/**
 * `adaptiveAvgPool({ size: 2 })`: the means of as many windows of one size, [C,H,W] →
 * [C,size,size].
 */
export function adaptiveAvgPool(options: { readonly size: PairOption }): Layer {
  const { size } = readOptions('adaptiveAvgPool', options, ['size'], {
    output_size: 'size',
    outputSize: 'size',
  })
  const [rows, columns] = requirePair('adaptiveAvgPool', 'size', size)
  const windowsOf = (sample: Shape): [number, number] => {
    const [height, width] = sample.slice(-2) as [number, number]
    if (height % rows === 0 && width % columns === 0) return [height / rows, width / columns]
    const why = `maps of ${height}×${width} are not ${rows}×${columns} windows of one size`
    throw new NetworkError(`adaptiveAvgPool: ${why}`)
  }
  return {
    kind: 'adaptiveAvgPool',
    options,
    record(x, recorder) {
      requireMaps('adaptiveAvgPool', x, recorder)
      const windows = windowsOf(sampleShape(x, recorder))
      return recorder.name(avgPool2d(x, { size: windows }), 'p', recorder.currentTag)
    },
    work: (_, from) => {
      const kernel = windowsOf(from)
      return { window: { kernel, stride: kernel, padding: NO_PADDING, dilation: [1, 1] } }
    },
  }
}

/** `zeroPad({ size: 1 })`: rows and columns of zeros around each map; a number, or [h, w]. */
export function zeroPad(options: { readonly size: PairOption }): Layer {
  const { size } = readOptions('zeroPad', options, ['size'], { padding: 'size' })
  const [rows, columns] = requirePair('zeroPad', 'size', size, 0)
  return {
    kind: 'zeroPad',
    options,
    record(x, recorder) {
      requireMaps('zeroPad', x, recorder)
      const around = [...x.shape.slice(0, -2).map(() => 0), rows, columns]
      return pad(x, { before: around, after: around })
    },
  }
}

/** Options of `upsample`: `size` must be given. */
export interface UpsampleLayerOptions {
  /** How many times as large: a number, or [height, width]. */
  readonly size: PairOption
  /** Every pixel as a block, or the lines between the middles of pixels. Default 'nearest'. */
  readonly mode?: 'nearest' | 'bilinear'
}

/** `upsample({ size: 2 })`: every pixel as a block of that size, [C,H,W] → [C,sH,s′W]. */
export function upsample(options: UpsampleLayerOptions): Layer {
  const given = readOptions('upsample', options, ['size', 'mode'], {
    ...ELSEWHERE,
    scale_factor: 'size',
    scaleFactor: 'size',
    factor: 'size',
    interpolation: 'mode',
  })
  const { size, mode = 'nearest' } = given
  if (mode !== 'nearest' && mode !== 'bilinear') {
    const may = "it must be 'nearest' or 'bilinear'"
    throw new NetworkError(`upsample: mode is ${show(mode)}; ${may}`)
  }
  const factor = requirePair('upsample', 'size', size)
  return {
    kind: 'upsample',
    options,
    record(x, recorder) {
      requireMaps('upsample', x, recorder)
      if (mode === 'nearest') return upsampleOp(x, { size: factor })
      const [height, width] = x.shape.slice(-2) as [number, number]
      return bilinear(x, { size: [height * factor[0], width * factor[1]] })
    },
    work: () => {
      // A pixel reaches the middles of its neighbours.
      const [down, right] = factor
      const kernel = mode === 'nearest' ? factor : ([2 * down, 2 * right] as const)
      return { spread: { factor, kernel } }
    },
  }
}

function requireMaps(kind: string, x: Node, recorder: Recorder): void {
  const sample = sampleShape(x, recorder)
  if (sample.length === 3) return
  throw new NetworkError(`${kind}: it takes maps [C,H,W], not a sample [${sample}]`)
}
