// Which pixels of packed planes a row of results sums over: forward and for the input gradient,
// with any stride and dilation. Sizes only.
import type { Lanes } from '../lanes.ts'
import { type FilterLayout, flippedLayout, plainLayout } from './pack-filters.ts'
import type { PackedPlanes } from './pack-planes.ts'
import { type ConvShape, derive } from './shape.ts'

/** A cell of the window along one axis, and where the pixel that it meets stands in the image. */
export interface Tap {
  readonly cell: number
  readonly pixel: number
}

/** A sum over windows: y of x, or the gradient of x of y. */
export interface Walk {
  readonly source: PackedPlanes
  /** Channels and filters of a group, as they stand in memory at an address. */
  readonly channels: number
  readonly filters: number
  readonly layout: (lanes: Lanes, address: number) => FilterLayout
  readonly result: readonly [number, number]
  /** What the results k of an axis sum: those ≡ e modulo the number of these lists the e-th. */
  readonly rows: readonly (readonly Tap[])[]
  readonly columns: readonly (readonly Tap[])[]
  /** Rows of the image from the results of one task to those of the next. */
  readonly rowStep: number
}

/** Result j meets x at s j + d v: residue d v mod s of a row, there at j + ⌊d v / s⌋. */
export function forward(shape: ConvShape): Walk {
  const { batch, groups, window, stride, dilation, padding, output, image } = shape
  const { channelsPerGroup, filtersPerGroup, padded } = derive(shape)
  const cells = (axis: 0 | 1) =>
    Array.from({ length: window[axis] }, (_, cell) => ({ cell, pixel: dilation[axis] * cell }))
  const residues = Math.max(...cells(1).map(({ pixel }) => pixel % stride[1])) + 1
  return {
    source: {
      planes: batch * shape.channels,
      image,
      first: [-padding[0], -padding[1]],
      rows: padded[0],
      stride: stride[1],
      residues,
      needed: Math.ceil(padded[1] / stride[1]),
    },
    channels: channelsPerGroup,
    filters: filtersPerGroup,
    layout: (_, address) =>
      plainLayout(address, { groups, channelsPerGroup, filtersPerGroup, window }),
    result: output,
    rows: [cells(0)],
    columns: [cells(1)],
    rowStep: stride[0],
  }
}

/** Pixel i = s k + e of x met y at j where s j + d u = i + p: at k + (e + p − d u) / s. */
export function back(shape: ConvShape): Walk {
  const { batch, groups, window, stride, dilation, padding, output, image, filters } = shape
  const { channelsPerGroup, filtersPerGroup } = derive(shape)
  const along = (axis: 0 | 1) => {
    const [step, size] = [stride[axis], window[axis]]
    const lists = Array.from({ length: step }, (_, e) =>
      Array.from({ length: size }, (_, cell) => {
        // The window is turned.
        const distance = e + padding[axis] - dilation[axis] * (size - 1 - cell)
        return { cell, pixel: distance / step }
      }).filter(({ pixel }) => Number.isInteger(pixel)),
    )
    const pixels = lists.flat().map(({ pixel }) => pixel)
    const [first, last] = [Math.min(...pixels), Math.max(...pixels)]
    const moved = lists.map((taps) =>
      taps.map(({ cell, pixel }) => ({ cell, pixel: pixel - first })),
    )
    return { first, moved, needed: last - first + Math.ceil(image[axis] / step) }
  }
  const [rows, columns] = [along(0), along(1)]
  const turned = {
    groups,
    channelsPerGroup: filtersPerGroup,
    filtersPerGroup: channelsPerGroup,
    window,
  }
  return {
    source: {
      planes: batch * filters,
      image: output,
      first: [rows.first, columns.first],
      rows: rows.needed,
      stride: 1,
      residues: 1,
      needed: columns.needed,
    },
    channels: filtersPerGroup,
    filters: channelsPerGroup,
    layout: (lanes, address) => flippedLayout(lanes, address, turned),
    result: image,
    rows: rows.moved,
    columns: columns.moved,
    rowStep: 1,
  }
}
