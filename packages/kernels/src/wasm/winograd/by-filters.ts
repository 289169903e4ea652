// A convolution whose tiles are one group: the points of a filter are read once. So some filters at
// a time are transformed, multiplied and put down, while the nearest caches have them, and a task
// is a block of filters.
import type { FilterLayout } from '../conv/pack-filters.ts'
import type { ConvShape } from '../conv/shape.ts'
import { type Body, type I32, i32, memory, v128 } from '../encoder/index.ts'
import { alignUp, type Kernel, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { afterWord } from './again.ts'
import { filterPoints, filterTransform } from './filters.ts'
import { addingBias, applying, type Finishing } from './finish.ts'
import { frameBytes, gather, pixelsOf } from './gather.ts'
import { products } from './products.ts'
import { scatter, scatterBytes } from './scatter.ts'
import { algorithm, mostRooms, pointsOf, slotOf, type Tiling } from './tiling.ts'
import { registersOf } from './transforms.ts'

/** Filters of a block: two register tiles, or one that is a vector wide. */
const together = 8
/** Tasks that transform the pixels, each some of the channels. */
const mostParts = 4

export const suitsFilters = ({ filters }: ConvShape, { groups }: Tiling): boolean =>
  groups === 1 && filters % together === 0

function sectionsOf(shape: ConvShape, tiling: Tiling, start: number) {
  const { channels, filters } = shape
  const parts = [4, 3, 2, 1].find((n) => n <= mostParts && channels % n === 0)!
  const frame = alignUp(frameBytes(tiling, pixelsOf(shape)))
  const pixels = pointsOf(channels, tiling.tiles)
  const weights = filterPoints(together, channels)
  const results = pointsOf(together, tiling.tiles)
  const slot = slotOf({
    weights: weights.bytes,
    results: results.bytes,
    rows: scatterBytes(tiling),
  })
  const tasks = filters / together
  const rooms = Math.min(mostRooms, tasks)
  const sizes = { frames: parts * frame, pixels: pixels.bytes, slots: rooms * slot.end }
  const places = scratchLayout(sizes, start)
  return { parts, frame, pixels, weights, results, slot, tasks, rooms, places }
}

/** y = Σ x w + b, or what an epilogue makes of it. The word at `scratch` says what is not finite. */
export function byFilters(
  lanes: Lanes,
  shape: ConvShape,
  tiling: Tiling,
  layout: FilterLayout,
  at: Finishing & { readonly x: number; readonly scratch: number },
): Kernel {
  const sections = sectionsOf(shape, tiling, at.scratch + afterWord)
  const { parts, frame, pixels, weights, results, slot, tasks, rooms, places } = sections
  const { channels, filters, image, output } = shape
  const firstRow = i32.constant(0)

  const channelsInPart = channels / parts
  const part = { ...pixels, rows: channelsInPart }
  const partBytes = channelsInPart * image[0] * image[1] * lanes.bytes
  const transformPixels = (f: Body, task: I32) => {
    f.do(i32.store(at.scratch, i32.constant(0)))
    const from = i32.add(i32.mul(task, partBytes), at.x)
    const own = f.let(i32.add(i32.mul(task, frame), places.frames))
    f.do(memory.fill(own, 0, frame))
    const to = i32.add(i32.mul(task, channelsInPart * pixels.row), places.pixels)
    const source = pixelsOf(shape)
    const addresses = { from, frame: 0, slot: own, points: 0, pointsSlot: to }
    gather(f, lanes, tiling, source, part, addresses, firstRow, registersOf(f))
  }

  const multiply = (f: Body, task: I32, thread: I32) => {
    const position = f.let(i32.add(i32.mul(thread, slot.end), places.slots))
    const first = f.let(i32.mul(task, together))
    const registers = registersOf(f)
    const noted = f.let(v128.zero)
    const finish = addingBias(f, lanes, at.b)
    const afterwards = at.epilogue && applying(f, lanes, at.y, at.epilogue)
    const transform = filterTransform(f, lanes, channels, layout, weights, registers)
    const [filter, target] = [f.let(first), f.let(i32.add(position, slot.weights))]
    f.repeat(together, () => {
      transform(filter, target)
      f.bump(filter, 1)
      f.bump(target, weights.row)
    })
    products(
      f,
      lanes,
      channels,
      { ...weights, offset: slot.weights, position },
      { ...pixels, offset: 0, position: i32.constant(places.pixels) },
      { ...results, offset: slot.results, position },
    )
    const to = { points: slot.results, rows: slot.rows, slot: position, y: at.y }
    const block = { filters, first }
    const finishing = { finish, afterwards }
    scatter(f, lanes, tiling, output, results, to, firstRow, block, registers, finishing, noted)
    f.if(v128.anyTrue(noted), () => f.do(i32.store(at.scratch, i32.constant(1))))
  }
  return [
    { name: 'transform pixels', tasks: parts, body: transformPixels },
    { name: algorithm, tasks, rooms, body: multiply },
  ]
}
