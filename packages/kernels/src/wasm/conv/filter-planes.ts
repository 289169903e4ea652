// The filter gradient of few filters of a group, one for depthwise: a vector is four neighbours of
// a row of pixels, and each cell of the window has a vector of sums of its own. A panel of eight
// filters would add zeros for those that are not there.
import { type Body, type I32, i32, type Local, memory, v128 } from '../encoder/index.ts'
import { type Kernel, layout, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { clearPlanes, firstLanes, packPlane, planeSizes } from './pack-planes.ts'
import { type ConvShape, derive, isPointwise } from './shape.ts'
import { forward } from './walks.ts'

/** Sums that fit in registers beside what is multiplied. */
const mostSums = 12
/** Vectors of a row whose code is written one after another. */
const mostTogether = 4
const fewFilters = 3

/** With more filters a panel of eight wastes less. */
export const filterSuitsPlanes = (lanes: Lanes, shape: ConvShape): boolean =>
  shape.filters / shape.groups <= fewFilters &&
  shape.window[1] <= mostSums &&
  flat(shape).output[1] >= lanes.count

/** Rows of a 1×1 convolution are one long row. */
function flat(shape: ConvShape): ConvShape {
  if (!isPointwise(shape)) return shape
  const row = [1, shape.image[0] * shape.image[1]] as const
  return { ...shape, image: row, output: row }
}

/** What of the gradient is summed at once: rows of a window, for filters and channels. */
function blocksOf({ window, channels, filters, groups }: ConvShape) {
  const rows = Math.min(window[0], Math.max(1, Math.floor(mostSums / window[1])))
  const passes = Math.ceil(window[0] / rows)
  const room = passes > 1 ? 1 : Math.floor(mostSums / (rows * window[1]))
  const divisor = (of: number, most: number) =>
    Array.from({ length: Math.max(1, most) }, (_, k) => k + 1).findLast((n) => of % n === 0)!
  const filtersTogether = divisor(filters / groups, room)
  const channelsTogether = divisor(channels / groups, Math.floor(room / filtersTogether))
  return { rows, passes, filtersTogether, channelsTogether }
}

function cut(lanes: Lanes, given: ConvShape) {
  const shape = flat(given)
  const { stride, dilation, window, output, image, padding, channels, filters } = shape
  const vectors = Math.ceil(output[1] / lanes.count)
  const isInside = derive(shape).padded.every((size, axis) => size <= image[axis]!)
  /** Read where it stands: no frame, no steps over columns. */
  const inPlace = isInside && padding.every((size) => size === 0) && stride[1] === 1
  const reach = dilation[1] * (window[1] - 1)
  const whole = Math.ceil((stride[1] * (vectors * lanes.count - 1) + reach + 1) / stride[1])
  const source = { ...forward(shape).source, needed: whole }
  const blocks = blocksOf(shape)
  const tasks =
    (channels / blocks.channelsTogether) * (filters / shape.groups / blocks.filtersTogether)
  return { shape, vectors, inPlace, source, tasks, ...blocks }
}

/** A task's planes of one image, and its sums where they do not stay in registers. */
function sections(lanes: Lanes, made: ReturnType<typeof cut>) {
  const { shape, inPlace, source, channelsTogether, passes, rows } = made
  const planes = inPlace ? 0 : channelsTogether * planeSizes(lanes, source).plane + 64
  const sums = passes > 1 ? 16 * passes * rows * shape.window[1] : 0
  return layout({ planes, sums })
}

/**
 * A row's last vector may reach past the last column of y, where 0 stands for y. But x may hold
 * pixels there that the sum has no term for, and 0 · NaN is NaN: whether its lanes are to be
 * cleared too.
 */
function readsBeyond(lanes: Lanes, { shape, vectors }: ReturnType<typeof cut>, column: number) {
  const { image, output, padding, stride, dilation } = shape
  const kept = output[1] - lanes.count * (vectors - 1)
  const pixel = (lane: number) =>
    stride[1] * (output[1] - kept + lane) + dilation[1] * column - padding[1]
  const beyond = Array.from({ length: lanes.count - kept }, (_, k) => pixel(kept + k))
  return beyond.some((at) => at >= 0 && at < image[1])
}

/** w ← Σ x y; a task is some filters of some channels. */
export function filterByPlanes(
  lanes: Lanes,
  given: ConvShape,
  at: { readonly x: number; readonly w: number; readonly y: number; readonly scratch: number },
): Kernel {
  const made = cut(lanes, given)
  const { shape, vectors, inPlace, source, passes, filtersTogether, channelsTogether } = made
  const { batch, channels, filters, window, stride, dilation, output, image } = shape
  const { channelsPerGroup, filtersPerGroup } = derive(shape)
  const { bytes, count: width } = lanes
  const slot = sections(lanes, made)
  const { slots } = scratchLayout({ slots: made.tasks * slot.end }, at.scratch)
  const sizes = inPlace
    ? { residue: 0, row: image[1] * bytes, plane: image[0] * image[1] * bytes }
    : planeSizes(lanes, source)
  const [rowY, planeX] = [output[1] * bytes, image[0] * image[1] * bytes]
  const planeY = output[0] * rowY
  const x = inPlace ? at.x : slots + slot.planes
  const kept = output[1] - width * (vectors - 1)
  /** Vectors that a loop takes; the last one stands outside where it is not whole. */
  const inLoop = vectors - (kept < width ? 1 : 0)
  const rounds = Math.floor(inLoop / mostTogether)
  const numbers = (count: number) => Array.from({ length: count }, (_, k) => k)
  const clears = numbers(window[1]).map((column) => inPlace || readsBeyond(lanes, made, column))
  const cellOffset = (column: number): number => {
    const pixel = dilation[1] * column
    return (pixel % stride[1]) * sizes.residue + Math.floor(pixel / stride[1]) * bytes
  }
  const filterBlocks = filtersPerGroup / filtersTogether
  const filterBytes = channelsPerGroup * window[0] * window[1] * bytes

  const body = (f: Body, task: I32) => {
    const block = f.let(i32.divU(task, filterBlocks))
    const firstChannel = f.let(i32.mul(block, channelsTogether))
    const group = f.let(i32.divU(firstChannel, channelsPerGroup))
    const inGroup = i32.mul(i32.remU(task, filterBlocks), filtersTogether)
    const firstFilter = f.let(i32.add(i32.mul(group, filtersPerGroup), inGroup))
    const channel = f.let(i32.remU(firstChannel, channelsPerGroup))
    const target = f.let(
      i32.add(i32.mul(firstFilter, filterBytes), i32.mul(channel, window[0] * window[1] * bytes)),
    )
    const own = f.let(i32.mul(task, slot.end))
    const [read, write] = [f.let(i32.mul(firstChannel, planeX)), f.local('i32')]
    const startY = f.let(i32.mul(firstFilter, planeY))
    const [atX, atY] = [f.local('i32'), f.local('i32')]
    const value = f.local('v128')
    const factors = numbers(filtersTogether).map(() => f.local('v128'))
    const registers = numbers(mostSums).map(() => f.local('v128'))

    interface Sum {
      readonly register: Local<'v128'>
      readonly filter: number
      readonly channel: number
      readonly row: number
      readonly column: number
    }
    const sumsOf = (first: number): Sum[] => {
      const rows = Math.min(made.rows, window[0] - first)
      const all = numbers(channelsTogether).flatMap((channel) =>
        numbers(rows).flatMap((row) =>
          numbers(window[1]).flatMap((column) =>
            numbers(filtersTogether).map((filter) => ({
              channel,
              row: first + row,
              column,
              filter,
            })),
          ),
        ),
      )
      return all.map((sum, k) => ({ ...sum, register: registers[k]! }))
    }
    const vector = (sums: readonly Sum[], number: number, isLast: boolean) => {
      const ends = isLast && kept < width
      factors.forEach((factor, filter) => {
        const read = lanes.load(atY, at.y + filter * planeY + 16 * number)
        f.set(factor, ends ? v128.and(read, firstLanes(lanes, kept)) : read)
      })
      for (const { register, filter, channel, row, column } of sums) {
        if (filter === 0) {
          const offset = channel * sizes.plane + row * dilation[0] * sizes.row + cellOffset(column)
          const read = lanes.load(atX, x + offset + 16 * number)
          const clear = ends && clears[column]
          f.set(value, clear ? v128.and(read, firstLanes(lanes, kept)) : read)
        }
        f.set(register, lanes.madd(value, factors[filter]!, register))
      }
    }
    const addImage = (sums: readonly Sum[]) => {
      f.set(atX, inPlace ? read : own)
      f.set(atY, startY)
      const steps = (times: number, together: number, last?: number) =>
        f.repeat(times, () => {
          for (let k = 0; k < together; k++) vector(sums, k, k === last)
          f.bump(atX, 16 * together)
          f.bump(atY, 16 * together)
        })
      f.repeat(output[0], () => {
        steps(rounds, mostTogether)
        const rest = vectors - rounds * mostTogether
        if (rest > 0) steps(1, rest, rest - 1)
        f.bump(atX, stride[0] * sizes.row - 16 * vectors)
        f.bump(atY, rowY - 16 * vectors)
      })
    }
    const finish = (sums: readonly Sum[]) => {
      for (const { register, filter, channel, row, column } of sums) {
        const total = lanes.across(lanes.add, (half) => f.let(half), register)
        f.set(value, total)
        const place = (channel * window[0] + row) * window[1] + column
        f.do(lanes.storeLane(target, value, 0, at.w + filter * filterBytes + place * bytes))
      }
    }
    const eachImage = (add: () => void) =>
      f.repeat(batch, () => {
        if (!inPlace) {
          f.set(write, own)
          f.repeat(channelsTogether, () => {
            packPlane(f, lanes, source, { from: at.x, to: x }, read, write)
          })
          f.bump(read, -channelsTogether * planeX)
        }
        add()
        f.bump(read, channels * planeX)
        f.bump(startY, filters * planeY)
      })
    const parts = numbers(passes).map((pass) => sumsOf(pass * made.rows))
    const clear = (sums: readonly Sum[]) => {
      for (const { register } of sums) f.set(register, v128.zero)
    }
    if (!inPlace) f.do(clearPlanes(lanes, source, i32.add(own, x), channelsTogether))
    if (passes === 1) {
      clear(parts[0]!)
      eachImage(() => addImage(parts[0]!))
      finish(parts[0]!)
      return
    }
    const place = ({ row, column }: Sum) => slots + slot.sums + 16 * (row * window[1] + column)
    f.do(memory.fill(i32.add(own, slots + slot.sums), 0, slot.end - slot.sums))
    const takeUp = (sums: readonly Sum[]) => {
      for (const sum of sums) f.set(sum.register, lanes.load(own, place(sum)))
    }
    eachImage(() => {
      for (const sums of parts) {
        takeUp(sums)
        addImage(sums)
        for (const sum of sums) f.do(lanes.store(own, sum.register, place(sum)))
      }
    })
    for (const sums of parts) {
      takeUp(sums)
      finish(sums)
    }
  }
  return [{ name: 'filter gradient of planes', tasks: made.tasks, body }]
}
