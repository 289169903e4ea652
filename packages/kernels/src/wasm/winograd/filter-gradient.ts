// The gradient of a 3×3 convolution's filters by Winograd's algorithm.
import type { FilterLayout } from '../conv/pack-filters.ts'
import type { ConvShape } from '../conv/shape.ts'
import { type Body, type I32, i32, memory } from '../encoder/index.ts'
import { alignUp, type Kernel, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { afterWord, again, type Direct } from './again.ts'
import { collectFilters, filterPoints } from './filters.ts'
import { frameBytes, gather, gradientsOf, pixelsOf } from './gather.ts'
import { outerProducts } from './products.ts'
import {
  algorithm,
  type Points,
  pointsOf,
  roomsFor,
  slotOf,
  type Tiling,
  tilingOf,
} from './tiling.ts'
import { registersOf } from './transforms.ts'

/** Sums of all tasks together, in bytes, that are added in the end: a third cache holds them. */
const mostSums = 1 << 22
const mostTasks = 8
/** Tiles that cost as much as taking up a group's sums and putting them down. */
const onceInGroup = 9
const tiles = 64

/** Each task of the filter gradient keeps sums of its own for all filters. */
export function tilingForFilter({ batch, output, channels, filters }: ConvShape): Tiling {
  const { bytes } = filterPoints(filters, channels)
  const tasks = Math.max(2, Math.min(mostTasks, Math.floor(mostSums / bytes)))
  return tilingOf(batch, output, { tiles, onceInGroup, mostTasks: tasks })
}

/** The groups of tiles that a task has: what is done for the first row of each. */
function eachGroup(f: Body, tiling: Tiling, task: I32, write: (firstRow: I32) => void): void {
  const { groups, groupsInTask, rowsTogether } = tiling
  const row = f.let(i32.mul(task, groupsInTask * rowsTogether))
  const turn = () => {
    write(row)
    f.bump(row, rowsTogether)
  }
  // A group that is not there reads zeros and writes nothing: rare, and only in the last task.
  f.repeat(Math.min(groups, groupsInTask), turn)
}

function filterSections(shape: ConvShape, start: number) {
  const tiling = tilingForFilter(shape)
  const pixels = pointsOf(shape.channels, tiling.tiles)
  const gradients = pointsOf(shape.filters, tiling.tiles)
  const sums = filterPoints(shape.filters, shape.channels)
  const slot = slotOf({
    frame: frameBytes(tiling, pixelsOf(shape)),
    rows: frameBytes(tiling, gradientsOf(shape)),
    pixels: pixels.bytes,
    gradients: gradients.bytes,
  })
  const rooms = roomsFor(tiling)
  const part = alignUp(sums.bytes)
  const places = scratchLayout({ slots: rooms * slot.end, sums: tiling.tasks * part }, start)
  return { tiling, rooms, pixels, gradients, sums, part, slot, places }
}

/** w ← Σ x y. */
export function winogradFilter(
  lanes: Lanes,
  shape: ConvShape,
  layout: FilterLayout,
  at: { readonly x: number; readonly y: number; readonly scratch: number },
  direct: Direct,
): Kernel {
  const start = at.scratch + afterWord
  const sections = filterSections(shape, start)
  const { tiling, rooms, pixels, gradients, sums, part, slot, places } = sections
  const body = (f: Body, task: I32, thread: I32) => {
    f.do(i32.store(at.scratch, i32.constant(0)))
    const position = f.let(i32.add(i32.mul(thread, slot.end), places.slots))
    const ownSums = f.let(i32.add(i32.mul(task, part), places.sums))
    const registers = registersOf(f)
    // Both frames, which lie one behind the other.
    f.do(memory.fill(i32.add(position, slot.frame), 0, slot.pixels - slot.frame))
    f.do(memory.fill(ownSums, 0, sums.bytes))
    const place = (points: Points, offset: number) => ({ ...points, offset, position })
    eachGroup(f, tiling, task, (row) => {
      const x = { from: at.x, frame: slot.frame, points: slot.pixels }
      const y = { from: at.y, frame: slot.rows, points: slot.gradients }
      const slotted = { slot: position }
      gather(f, lanes, tiling, pixelsOf(shape), pixels, { ...x, ...slotted }, row, registers)
      gather(f, lanes, tiling, gradientsOf(shape), gradients, { ...y, ...slotted }, row, registers)
      outerProducts(
        f,
        lanes,
        shape.channels,
        place(gradients, slot.gradients),
        place(pixels, slot.pixels),
        { ...sums, offset: 0, position: ownSums },
      )
    })
  }
  const collected = { points: places.sums, part, word: at.scratch }
  return [
    { name: algorithm, tasks: tiling.tasks, rooms, body },
    collectFilters(lanes, shape, layout, collected, tiling.tasks),
    ...again(direct, at.scratch),
  ]
}
