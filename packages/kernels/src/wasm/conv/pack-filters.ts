// Filters in panels: [group, panel, bias, row, column, channel, lane], so that a tile reads its
// weights as one run. And back, for the filter gradient.

import { type Cursor, nest } from '../elementwise/loops.ts'
import { type Body, type I32, i32, v128 } from '../encoder/index.ts'
import type { Phase } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { blockOf, tileColumns } from '../linear/tile.ts'

export interface Filters {
  readonly groups: number
  readonly filtersPerGroup: number
  readonly channelsPerGroup: number
  readonly window: readonly [number, number]
}

/** Elements of one panel without its bias. */
export const panelLength = (lanes: Lanes, { channelsPerGroup, window }: Filters): number =>
  window[0] * window[1] * channelsPerGroup * tileColumns(lanes)

export const panelCount = (lanes: Lanes, { filtersPerGroup }: Filters): number =>
  Math.ceil(filtersPerGroup / tileColumns(lanes))

export const packedFiltersBytes = (lanes: Lanes, filters: Filters): number =>
  filters.groups *
  panelCount(lanes, filters) *
  (panelLength(lanes, filters) + tileColumns(lanes)) *
  lanes.bytes

/** How an array of filters lies in memory: strides in elements; the first entry that is packed. */
export interface FilterLayout {
  readonly address: number
  readonly group: number
  readonly filter: number
  readonly channel: number
  readonly row: number
  readonly column: number
}

/** [filters, channels per group, m, n] as users have it. */
export function plainLayout(address: number, filters: Filters): FilterLayout {
  const [m, n] = filters.window
  const filter = filters.channelsPerGroup * m * n
  const group = filters.filtersPerGroup * filter
  return { address, group, filter, channel: m * n, row: n, column: 1 }
}

/**
 * The same memory read for the input gradient: channels and filters change places, rows and columns
 * run backwards from the cell `last` in steps. `filters` are those of the result: its filters are
 * the array's channels.
 */
export function flippedLayout(
  lanes: Lanes,
  address: number,
  filters: Filters,
  last = filters.window.map((size) => size - 1),
  steps: readonly [number, number] = [1, 1],
): FilterLayout {
  const [m, n] = filters.window
  const channel = filters.filtersPerGroup * m * n
  return {
    address: address + (last[0]! * n + last[1]!) * lanes.bytes,
    group: filters.channelsPerGroup * channel,
    filter: m * n,
    channel,
    row: -n * steps[0],
    column: -steps[1],
  }
}

/** Walks through a panel in its order with a cursor in the plain array. */
function walk(
  f: Body,
  lanes: Lanes,
  filters: Filters,
  layout: FilterLayout,
  panel: I32,
  visit: (position: Cursor['position'], count: number) => void,
): void {
  const width = tileColumns(lanes)
  const panels = panelCount(lanes, filters)
  const group = i32.mul(i32.divU(panel, panels), layout.group * lanes.bytes)
  const inGroup = f.let(i32.remU(panel, panels))
  const firstFilter = i32.mul(inGroup, width * layout.filter * lanes.bytes)
  const position = f.let(i32.add(i32.add(group, firstFilter), layout.address))
  const steps = [layout.row, layout.column, layout.channel].map((step) => step * lanes.bytes)
  const shape = [...filters.window, filters.channelsPerGroup]
  const visitAll = (count: number) =>
    nest(f, [{ position, steps }], shape, [0, 1, 2], () => visit(position, count))
  blockOf(f, filters.filtersPerGroup, width, inGroup, visitAll)
}

/** Zeros stand for filters behind the last one and for an absent bias. */
export function packFilters(
  lanes: Lanes,
  filters: Filters,
  layout: FilterLayout,
  to: number,
  bias?: number,
): Phase {
  const width = tileColumns(lanes)
  const panels = panelCount(lanes, filters)
  const panelBytes = (panelLength(lanes, filters) + width) * lanes.bytes
  const body = (f: Body, task: I32) => {
    const target = f.let(i32.add(i32.mul(task, panelBytes), to))
    writeBias(f, target, task)
    f.bump(target, width * lanes.bytes)
    walk(f, lanes, filters, layout, task, (position, count) => {
      gather(f, target, position, layout.filter * lanes.bytes, count)
      f.bump(target, width * lanes.bytes)
    })
  }
  /** Stores a panel's row: `count` values `step` bytes apart, then zeros. */
  const gather = (f: Body, target: I32, position: I32, step: number, count: number) => {
    for (let j = 0; j < width; j += lanes.count) {
      let vector = v128.zero
      for (let lane = 0; lane < Math.min(lanes.count, count - j); lane++) {
        vector = lanes.loadLane(position, vector, lane, (j + lane) * step)
      }
      f.do(lanes.store(target, vector, j * lanes.bytes))
    }
  }
  const writeBias = (f: Body, target: I32, panel: I32) => {
    if (bias === undefined) {
      gather(f, target, i32.constant(0), 0, 0)
      return
    }
    const group = i32.mul(i32.divU(panel, panels), filters.filtersPerGroup)
    const inGroup = f.let(i32.remU(panel, panels))
    const first = i32.mul(i32.add(group, i32.mul(inGroup, width)), lanes.bytes)
    const position = f.let(i32.add(first, bias))
    const write = (count: number) => gather(f, target, position, lanes.bytes, count)
    blockOf(f, filters.filtersPerGroup, width, inGroup, write)
  }
  return { name: 'pack filters', tasks: filters.groups * panels, body }
}

/** The inverse, for panels without bias. */
export function unpackFilters(
  lanes: Lanes,
  filters: Filters,
  from: number,
  layout: FilterLayout,
): Phase {
  const width = tileColumns(lanes)
  const body = (f: Body, task: I32) => {
    const panel = i32.mul(task, panelLength(lanes, filters) * lanes.bytes)
    const source = f.let(i32.add(panel, from))
    walk(f, lanes, filters, layout, task, (position, count) => {
      for (let j = 0; j < count; j += lanes.count) {
        const vector = f.let(lanes.load(source, j * lanes.bytes))
        for (let lane = 0; lane < Math.min(lanes.count, count - j); lane++) {
          const offset = (j + lane) * layout.filter * lanes.bytes
          f.do(lanes.storeLane(position, vector, lane, offset))
        }
      }
      f.bump(source, width * lanes.bytes)
    })
  }
  return { name: 'unpack filters', tasks: filters.groups * panelCount(lanes, filters), body }
}
