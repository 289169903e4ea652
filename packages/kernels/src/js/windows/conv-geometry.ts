// The sizes of a convolution, worked out once from params and shapes, and the framed copy of an
// image that spares the inner loops every question about padding.
import {
  type ConvParams,
  type Pair,
  resolvePads,
  type Shape,
  type SizedConvParams,
} from '@backprove/graph'
import type { Memory } from '../../backend.ts'

export interface ConvGeometry {
  readonly samples: number
  readonly channels: number
  readonly height: number
  readonly width: number
  readonly filters: number
  readonly groups: number
  /** Channels that one filter sees. */
  readonly seen: number
  readonly kernel: Pair
  readonly stride: Pair
  readonly dilation: Pair
  readonly rows: number
  readonly columns: number
  /** Rows above and columns to the left of the image in its frame. */
  readonly top: number
  readonly left: number
  readonly framedHeight: number
  readonly framedWidth: number
}

function geometry(
  { stride, dilation, padding, groups }: ConvParams,
  image: Shape,
  filters: number,
  kernel: Pair,
  output: Shape,
): ConvGeometry {
  const [channels = 1, height = 1, width = 1] = image.slice(-3)
  const pads = resolvePads({ stride, dilation, padding }, [height, width], kernel)
  return {
    samples: image.length > 3 ? image[0]! : 1,
    channels,
    height,
    width,
    filters,
    groups,
    seen: channels / groups,
    kernel,
    stride,
    dilation,
    rows: output.at(-2)!,
    columns: output.at(-1)!,
    top: pads[0][0],
    left: pads[1][0],
    framedHeight: height + pads[0][0] + pads[0][1],
    framedWidth: width + pads[1][0] + pads[1][1],
  }
}

export const forwardGeometry = (params: ConvParams, [x, w]: readonly Shape[], y: Shape) =>
  geometry(params, x!, w![0]!, [w![2]!, w![3]!], y)

export const inputGeometry = (params: SizedConvParams, [y, w]: readonly Shape[], x: Shape) =>
  geometry(params, x, w![0]!, [w![2]!, w![3]!], y!)

export const filterGeometry = (params: SizedConvParams, [x, y]: readonly Shape[], w: Shape) =>
  geometry(params, x!, w[0]!, params.size, y!)

export const isFramed = ({ framedHeight, framedWidth, height, width }: ConvGeometry): boolean =>
  framedHeight !== height || framedWidth !== width

export const framedSize = ({ channels, framedHeight, framedWidth }: ConvGeometry): number =>
  channels * framedHeight * framedWidth

/** Copies one sample into its frame; the frame itself stays 0. */
export function frame(g: ConvGeometry, x: Memory, at: number, framed: Memory): void {
  const { channels, height, width, framedHeight, framedWidth, top, left } = g
  for (let c = 0; c < channels; c++) {
    for (let h = 0; h < height; h++) {
      const from = at + (c * height + h) * width
      const into = (c * framedHeight + top + h) * framedWidth + left
      for (let v = 0; v < width; v++) framed[into + v] = x[from + v]!
    }
  }
}

/** Copies one sample out of its frame. */
export function unframe(g: ConvGeometry, framed: Memory, x: Memory, at: number): void {
  const { channels, height, width, framedHeight, framedWidth, top, left } = g
  for (let c = 0; c < channels; c++) {
    for (let h = 0; h < height; h++) {
      const into = at + (c * height + h) * width
      const from = (c * framedHeight + top + h) * framedWidth + left
      for (let v = 0; v < width; v++) x[into + v] = framed[from + v]!
    }
  }
}
