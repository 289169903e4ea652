// What the three kernels of the convolution family are told about sizes.

type Pair = readonly [number, number]

/**
 * x [batch, channels, …image], w [filters, channels / groups, …window],
 * y [batch, filters, …output].
 */
export interface ConvShape {
  readonly batch: number
  readonly channels: number
  readonly filters: number
  readonly groups: number
  readonly image: Pair
  readonly window: Pair
  readonly output: Pair
  readonly stride: Pair
  readonly dilation: Pair
  /** Zeros above and to the left; what lies below and to the right follows from the output. */
  readonly padding: Pair
}

/** Sizes that every part of the family needs. */
export function derive(shape: ConvShape) {
  const { channels, filters, groups, window, dilation, stride, output } = shape
  const reach = (axis: 0 | 1): number => dilation[axis] * (window[axis] - 1) + 1
  return {
    channelsPerGroup: channels / groups,
    filtersPerGroup: filters / groups,
    /** Rows and columns of the image that the output reads, padding included. */
    padded: [
      stride[0] * (output[0] - 1) + reach(0),
      stride[1] * (output[1] - 1) + reach(1),
    ] as const,
  }
}

/** A 1×1 convolution without padding or stride is a matrix product over the channels. */
export const isPointwise = ({ window, stride, padding, image, output }: ConvShape): boolean =>
  [...window, ...stride].every((size) => size === 1) &&
  padding.every((size) => size === 0) &&
  image[0] === output[0] &&
  image[1] === output[1]

/**
 * The input gradient as a convolution of y: y is spread out by the stride, the window is flipped,
 * and channels and filters change places.
 */
export function transposed(shape: ConvShape): ConvShape {
  const { channels, filters, image, output, window, dilation, padding } = shape
  const margin = (axis: 0 | 1): number => dilation[axis] * (window[axis] - 1) - padding[axis]
  return {
    ...shape,
    channels: filters,
    filters: channels,
    image: output,
    output: image,
    stride: [1, 1],
    padding: [margin(0), margin(1)],
  }
}
