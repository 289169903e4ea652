// The convolution family: conv2d, conv2dInput and conv2dFilter, each the phases that pack, multiply
// and unpack. Arrays are [N, C, H, W] outside; channels last only within.
import type { Kernel } from '../kernel.ts'
import { scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { matmul } from '../linear/matmul.ts'
import type { MatrixProduct } from '../linear/matrix-product.ts'
import { tileColumns } from '../linear/tile.ts'
import { convolve } from './direct.ts'
import { outerProduct } from './filter-gradient.ts'
import { filterByPlanes, filterSuitsPlanes } from './filter-planes.ts'
import { inputByResidues } from './input-gradient.ts'
import {
  type Filters,
  packedFiltersBytes,
  packFilters,
  panelCount,
  panelLength,
  plainLayout,
  unpackFilters,
} from './pack-filters.ts'
import { packedImageBytes, packImage } from './pack-image.ts'
import { convolvePlanes, inputByPlanes, inputSuitsPlanes, suitsPlanes } from './planes.ts'
import { type ConvShape, derive, isPointwise } from './shape.ts'

export type { ConvShape } from './shape.ts'

type At<Name extends string> = Readonly<Record<Name, number>>

/** y = b + Σ x w. */
export function conv2d(
  lanes: Lanes,
  shape: ConvShape,
  at: At<'x' | 'w' | 'y' | 'scratch'> & { readonly b?: number },
): Kernel {
  if (isPointwise(shape)) return matmul(lanes, pointwise(shape, at), at.scratch)
  if (suitsPlanes(lanes, shape)) return convolvePlanes(lanes, shape, at)
  const filtersIn = filtersOf(shape)
  const { image, filters } = convolveSections(lanes, shape, at.scratch)
  return [
    packImage(lanes, { ...paddedImage(shape), from: at.x, to: image }),
    packFilters(lanes, filtersIn, plainLayout(at.w, filtersIn), filters, at.b),
    convolve(lanes, shape, { image, filters, y: at.y }),
  ]
}

/** The gradient with respect to x: convolutions of y with the window flipped. */
export function conv2dInput(
  lanes: Lanes,
  shape: ConvShape,
  at: At<'x' | 'w' | 'y' | 'scratch'>,
): Kernel {
  if (isPointwise(shape)) return matmul(lanes, pointwiseInput(shape, at), at.scratch)
  return inputSuitsPlanes(lanes, shape)
    ? inputByPlanes(lanes, shape, at)
    : inputByResidues(lanes, shape, at)
}

/** The gradient with respect to w. */
export function conv2dFilter(
  lanes: Lanes,
  shape: ConvShape,
  at: At<'x' | 'w' | 'y' | 'scratch'>,
): Kernel {
  if (filterSuitsPlanes(lanes, shape)) return filterByPlanes(lanes, shape, at)
  const filters = filtersOf(shape)
  const sections = filterSections(lanes, shape, at.scratch)
  const panels = yPanels(lanes, shape)
  const { image, y, w } = sections
  return [
    packImage(lanes, { ...paddedImage(shape), from: at.x, to: image }),
    packImage(lanes, { ...panels, origin: [0, 0], from: at.y, to: y }),
    outerProduct(lanes, shape, { image, y, filters: w }),
    unpackFilters(lanes, filters, w, plainLayout(at.w, filters)),
  ]
}

function filtersOf(shape: ConvShape): Filters {
  const { channelsPerGroup, filtersPerGroup } = derive(shape)
  return { groups: shape.groups, channelsPerGroup, filtersPerGroup, window: shape.window }
}

/** x with its frame, channels last, a block for each group. */
function paddedImage(shape: ConvShape) {
  const { channelsPerGroup, padded } = derive(shape)
  const { batch, groups, image, padding } = shape
  return {
    batch,
    groups,
    channelsPerGroup,
    width: channelsPerGroup,
    image,
    rows: padded[0],
    columns: padded[1],
    origin: padding,
  }
}

/** y in panels of as many filters as a tile has. */
function yPanels(lanes: Lanes, shape: ConvShape) {
  const { batch, groups, output } = shape
  return {
    batch,
    groups,
    channelsPerGroup: shape.filters / groups,
    width: tileColumns(lanes),
    image: output,
    rows: output[0],
    columns: output[1],
  }
}

const convolveSections = (lanes: Lanes, shape: ConvShape, start: number) =>
  scratchLayout(
    {
      image: packedImageBytes(lanes, paddedImage(shape)),
      filters: packedFiltersBytes(lanes, filtersOf(shape)),
    },
    start,
  )

function filterSections(lanes: Lanes, shape: ConvShape, start: number) {
  const filters = filtersOf(shape)
  const panels = shape.groups * panelCount(lanes, filters)
  return scratchLayout(
    {
      image: packedImageBytes(lanes, paddedImage(shape)),
      y: packedImageBytes(lanes, yPanels(lanes, shape)),
      w: panels * panelLength(lanes, filters) * lanes.bytes,
    },
    start,
  )
}

/** y[n, g] = w[g] x[n, g], matrices of filters × channels and channels × pixels. */
function pointwise(
  shape: ConvShape,
  at: At<'x' | 'w' | 'y'> & { readonly b?: number },
): MatrixProduct {
  const { batch, groups, image } = shape
  const { channelsPerGroup: k, filtersPerGroup: m } = derive(shape)
  const n = image[0] * image[1]
  return {
    m,
    n,
    k,
    batch: [batch, groups],
    a: { address: at.w, row: k, column: 1, batch: [0, m * k] },
    b: { address: at.x, row: n, column: 1, batch: [groups * k * n, k * n] },
    c: at.y,
    ...(at.b === undefined ? {} : { bias: { address: at.b, along: 'rows', batch: [0, m] } }),
  }
}

/** x[n, g] = w[g]ᵀ y[n, g] */
function pointwiseInput(shape: ConvShape, at: At<'x' | 'w' | 'y'>): MatrixProduct {
  const { batch, groups, image } = shape
  const { channelsPerGroup: m, filtersPerGroup: k } = derive(shape)
  const n = image[0] * image[1]
  return {
    m,
    n,
    k,
    batch: [batch, groups],
    a: { address: at.w, row: 1, column: m, batch: [0, m * k] },
    b: { address: at.y, row: n, column: 1, batch: [groups * k * n, k * n] },
    c: at.x,
  }
}
