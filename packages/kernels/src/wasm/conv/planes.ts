// A convolution into few filters of a group, one for depthwise, and its input gradient: a vector is
// four neighbours of a row of pixels, so that no lane stands for a filter that is not there. Images
// are packed plane by plane, filters as users have them.

import { copy } from '../elementwise/elementwise.ts'
import { contiguous } from '../elementwise/loops.ts'
import { type Body, type I32, i32, select } from '../encoder/index.ts'
import { alignUp, type Kernel, product, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { blockOf } from '../linear/tile.ts'
import { clearPlanes, packPlane, packPlanes, planeSizes } from './pack-planes.ts'
import { rowsOf, weights } from './rows-of-planes.ts'
import type { ConvShape } from './shape.ts'
import { back, forward, type Walk } from './walks.ts'

/** With more filters a panel of eight wastes less. */
const fewFilters = 6
/** Every step between rows has code of its own, and every cell of a window's row. */
const [mostSteps, mostCells] = [4, 32]

export const suitsPlanes = (lanes: Lanes, shape: ConvShape): boolean =>
  shape.filters / shape.groups <= fewFilters &&
  shape.window[1] <= mostCells &&
  shape.output[1] >= lanes.count

export const inputSuitsPlanes = (lanes: Lanes, shape: ConvShape): boolean =>
  shape.channels / shape.groups <= fewFilters &&
  shape.stride[0] <= mostSteps &&
  shape.stride[1] <= 2 &&
  shape.image[1] >= lanes.count * shape.stride[1]

type At = Readonly<Record<'x' | 'w' | 'y' | 'scratch', number>>

/** y = b + Σ x w. */
export const convolvePlanes = (
  lanes: Lanes,
  shape: ConvShape,
  at: At & { readonly b?: number },
): Kernel => walkPlanes(lanes, shape, forward(shape), at)

/** x ← Σ y w. */
export const inputByPlanes = (lanes: Lanes, shape: ConvShape, { x, y, w, scratch }: At): Kernel =>
  walkPlanes(lanes, shape, back(shape), { x: y, y: x, w, scratch })

/** Enough tasks to keep threads busy, and not more than there is memory for. */
const [fewestTasks, mostTasks] = [8, 32]

/** Images, group by group, and how many of them a task has. */
function cut({ batch, groups }: ConvShape) {
  const images = batch * groups
  const imagesInTask = Math.ceil(images / mostTasks)
  return { images, imagesInTask, tasks: Math.ceil(images / imagesInTask) }
}

function sections(lanes: Lanes, shape: ConvShape, walk: Walk, start: number) {
  const filters = product(weights(shape, walk)) * lanes.bytes
  const { bytes, plane } = planeSizes(lanes, walk.source)
  const { tasks } = cut(shape)
  /** Of one task; 0 where all is packed. */
  const slot = tasks >= fewestTasks ? alignUp(walk.channels * plane) + 64 : 0
  const image = slot > 0 ? tasks * slot : bytes
  return { ...scratchLayout({ image, filters }, start), slot }
}

/**
 * Where there are images enough a task has some of them: it packs one group of an image after
 * another into memory of its own, which a first cache holds, and sums over it there. Else all is
 * packed, and a task is the results of some rows.
 */
function walkPlanes(
  lanes: Lanes,
  shape: ConvShape,
  walk: Walk,
  at: At & { readonly b?: number },
): Kernel {
  const { channels, filters: count, source, result } = walk
  const { image, filters, slot } = sections(lanes, shape, walk, at.scratch)
  const { images, imagesInTask, tasks } = cut(shape)
  const bias = at.b === undefined ? {} : { b: at.b }
  const rows = rowsOf(lanes, shape, walk, { image, filters, y: at.y, ...bias })
  const sizes = planeSizes(lanes, source)
  const plane = product(source.image) * lanes.bytes
  const resultPlane = product(result) * lanes.bytes
  const lists = walk.rows.length
  const [whole, left] = [Math.floor(result[0] / lists), result[0] % lists]
  const steps = Math.ceil(result[0] / lists)

  const packAndSum = (f: Body, task: I32) => {
    const own = f.let(i32.mul(task, slot))
    f.do(clearPlanes(lanes, source, i32.add(own, image), channels))
    const number = f.let(i32.mul(task, imagesInTask))
    const last = images % imagesInTask
    const all = i32.constant(imagesInTask)
    const isLast = i32.eq(task, tasks - 1)
    const places = rows.places(f)
    const [read, write] = [f.local('i32'), f.local('i32')]
    f.repeat(last === 0 ? all : select(isLast, i32.constant(last), all), () => {
      f.set(read, i32.mul(number, channels * plane))
      f.set(write, own)
      f.repeat(channels, () => {
        packPlane(f, lanes, source, { from: at.x, to: image }, read, write)
      })
      rows.inGroup(f, places, number)
      f.set(places.start, own)
      f.set(places.target, i32.mul(number, count * resultPlane))
      f.repeat(whole, () => rows.write(f, places, lists))
      rows.write(f, places, left)
      f.bump(number, 1)
    })
  }
  const sum = (f: Body, task: I32) => {
    const number = f.let(i32.divU(task, steps))
    const step = f.let(i32.remU(task, steps))
    const places = rows.places(f)
    rows.inGroup(f, places, number)
    const start = i32.mul(number, channels * sizes.plane)
    f.set(places.start, i32.add(start, i32.mul(step, walk.rowStep * sizes.row)))
    const target = i32.mul(number, count * resultPlane)
    f.set(places.target, i32.add(target, i32.mul(step, lists * result[1] * lanes.bytes)))
    blockOf(f, result[0], lists, step, (count) => rows.write(f, places, count))
  }
  const packed = weights(shape, walk)
  const { address, group, filter, channel, row, column } = walk.layout(lanes, at.w)
  const strides = [group, filter, channel, row, column]
  const name = 'convolve planes'
  const phases: Kernel =
    slot > 0
      ? [{ name, tasks, body: packAndSum }]
      : [
          packPlanes(lanes, source, { from: at.x, to: image }),
          { name, tasks: images * steps, body: sum },
        ]
  return [
    ...copy(lanes, packed, { address, strides }, { address: filters, strides: contiguous(packed) }),
    ...phases,
  ]
}
