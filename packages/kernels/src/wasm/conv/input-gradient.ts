// The input gradient without a product with 0. A pixel i of x meets the window's row u where
// i + p − d u is a multiple of the stride s: rows i ≡ r − p (mod s) meet the rows d u ≡ r alone,
// which are s / g apart, g = gcd(s, d), and meet pixels of y that are d / g apart. So each pair of
// residues is a convolution of y with stride 1 and a part of the window, and its pixels stand s
// apart in x.
import { fill } from '../elementwise/elementwise.ts'
import { type Kernel, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { convolve } from './direct.ts'
import { type Filters, flippedLayout, packedFiltersBytes, packFilters } from './pack-filters.ts'
import { packedImageBytes, packImage } from './pack-image.ts'
import { type ConvShape, derive } from './shape.ts'

/** The pixels of x of one residue along an axis. */
interface Residue {
  /** How many, and the first of them. */
  readonly count: number
  readonly first: number
  /** Cells of the window that they meet, and the last of those. */
  readonly taps: number
  readonly last: number
  /** Pixels of y that they meet: from ≤ j < end. */
  readonly from: number
  readonly end: number
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b))

/** From a cell of the window to the next one that a residue meets, and what these meet in y. */
const apart = ({ stride, dilation }: ConvShape, axis: 0 | 1) => {
  const common = gcd(stride[axis], dilation[axis])
  return { cells: stride[axis] / common, pixels: dilation[axis] / common }
}

function residues(shape: ConvShape, axis: 0 | 1): Residue[] {
  const { image, window, padding, stride, dilation } = shape
  const [size, pad, step] = [image[axis], padding[axis], stride[axis]]
  const { cells, pixels } = apart(shape, axis)
  return Array.from({ length: step }, (_, r) => {
    let cell = 0
    while (cell < window[axis] && (dilation[axis] * cell) % step !== r) cell++
    const taps = Math.ceil((window[axis] - cell) / cells)
    const from = Math.ceil((pad - r) / step)
    const end = Math.floor((size - 1 + pad - r) / step) + 1
    const behind = (dilation[axis] * cell - r) / step
    return {
      count: end - from,
      first: step * from + r - pad,
      taps,
      last: cell + cells * (taps - 1),
      from: from - behind - pixels * (taps - 1),
      end: end - behind,
    }
  }).filter(({ count }) => count > 0)
}

/** All convolutions, and the packed image of y that has room for what any of them reads. */
function cut(lanes: Lanes, shape: ConvShape) {
  const { batch, groups, output, channels, filters } = shape
  const along = [residues(shape, 0), residues(shape, 1)] as const
  const live = along.map((all) => all.filter(({ taps }) => taps > 0)) as [Residue[], Residue[]]
  const origin = live.map((all) => Math.max(...all.map(({ from }) => -from))) as [number, number]
  const sizes = live.map((all, axis) => origin[axis]! + Math.max(...all.map(({ end }) => end)))
  const width = filters / groups
  const parts = live[0].flatMap((row) =>
    live[1].map((column) => {
      const window = [row.taps, column.taps] as const
      const filtersPerGroup = channels / groups
      const packed: Filters = { groups, filtersPerGroup, channelsPerGroup: width, window }
      return { row, column, packed, bytes: packedFiltersBytes(lanes, packed) }
    }),
  )
  const [rows = 0, columns = 0] = parts.length > 0 ? sizes : []
  const frame = { batch, groups, channelsPerGroup: width, width, rows, columns }
  const isFull = along.every((all, axis) => all.length === live[axis]!.length)
  return { parts, image: { ...frame, image: output, origin }, isFull }
}

const sectionsOf = (lanes: Lanes, { parts, image }: ReturnType<typeof cut>, start: number) =>
  scratchLayout(
    {
      image: packedImageBytes(lanes, image),
      filters: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    start,
  )

/** x ← Σ y w. */
export function inputByResidues(
  lanes: Lanes,
  shape: ConvShape,
  at: { readonly x: number; readonly w: number; readonly y: number; readonly scratch: number },
): Kernel {
  const { batch, channels, filters, image, stride, window, groups } = shape
  const [down, along] = [apart(shape, 0), apart(shape, 1)]
  const { channelsPerGroup, filtersPerGroup } = derive(shape)
  const made = cut(lanes, shape)
  const sections = sectionsOf(lanes, made, at.scratch)
  const { origin, columns, rows } = made.image
  const turned = { groups, filtersPerGroup: channelsPerGroup, channelsPerGroup: filtersPerGroup }
  let packed = sections.filters
  const phases = made.parts.flatMap(({ row, column, packed: part, bytes }) => {
    const layout = flippedLayout(
      lanes,
      at.w,
      { ...turned, window },
      [row.last, column.last],
      [down.cells, along.cells],
    )
    const firstPixel = (row.from + origin[0]) * columns + column.from + origin[1]
    const places = {
      image: sections.image + firstPixel * filtersPerGroup * lanes.bytes,
      filters: packed,
      y: at.x + (row.first * image[1] + column.first) * lanes.bytes,
    }
    const placement = {
      frame: [rows, columns],
      plane: image[0] * image[1],
      row: stride[0] * image[1],
      column: stride[1],
    } as const
    const sizes: ConvShape = {
      ...shape,
      channels: filters,
      filters: channels,
      window: part.window,
      output: [row.count, column.count],
      stride: [1, 1],
      dilation: [down.pixels, along.pixels],
    }
    packed += bytes
    return [
      packFilters(lanes, part, layout, places.filters),
      convolve(lanes, sizes, places, placement),
    ]
  })
  return [
    ...(made.isFull ? [] : fill(lanes, at.x, batch * channels * image[0] * image[1], 0)),
    ...(phases.length > 0
      ? [packImage(lanes, { ...made.image, from: at.y, to: sections.image })]
      : []),
    ...phases,
  ]
}
