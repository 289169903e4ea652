// The filter gradient of a convolution behind 2×2 max-pooling. Three quarters of the cells get no
// gradient, so it runs over the winners alone, and over those of them whose δ is not 0.
import type { ConvShape } from '../conv/shape.ts'
import { copy } from '../elementwise/elementwise.ts'
import { contiguous } from '../elementwise/loops.ts'
import { type Body, type I32, i32, memory } from '../encoder/index.ts'
import { type Kernel, type Phase, scratchLayout } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { accumulatorCount, addList, append, entryBytes, evenParts, listVariables } from './list.ts'
import { packedSteps, patches, pooledSize, winnerRow, winnerSections } from './shape.ts'

const filterSections = (lanes: Lanes, shape: ConvShape, start: number) => {
  const { vectors, samples } = patches(lanes, shape)
  const [rows, columns] = pooledSize(shape)
  const list = (samples * rows * columns + 1) * entryBytes(lanes)
  const bytes = {
    lists: shape.filters * list,
    sums: shape.filters * shape.window[0] * vectors * 16,
  }
  return { ...scratchLayout(bytes, start), list }
}

export const filterAtWinnersScratch = (lanes: Lanes, shape: ConvShape): number =>
  filterSections(lanes, shape, 0).end

/** w ← Σ δ · (the winner's patch); δ [N, F, pooled], `kept` as the forward kernel left it. */
export function filterAtWinners(
  lanes: Lanes,
  shape: ConvShape,
  at: {
    readonly delta: number
    readonly w: number
    readonly kept: number
    readonly scratch: number
  },
): Kernel {
  const { batch, channels, filters, window } = shape
  const { bytes } = lanes
  const [pooledRows, pooledColumns] = pooledSize(shape)
  const cells = pooledRows * pooledColumns
  const { vectors, samples } = patches(lanes, shape)
  const { row } = packedSteps(lanes, shape)
  const { image, winners } = winnerSections(lanes, shape, at.kept)
  const { lists, sums, list } = filterSections(lanes, shape, at.scratch)
  const sumBytes = window[0] * vectors * 16
  const winnerStep = winnerRow(lanes, shape) * bytes

  const body = (f: Body, filter: I32) => {
    const start = f.let(i32.add(i32.mul(filter, list), lists))
    const sum = f.let(i32.mul(filter, sumBytes))
    const delta = f.let(i32.mul(filter, cells * bytes))
    const winner = f.let(i32.mul(filter, bytes))
    const end = f.local('i32')
    const variables = listVariables(f)
    f.do(memory.fill(i32.add(sum, sums), 0, sumBytes))

    const collect = (count: number) => {
      f.set(end, start)
      f.repeat(count, () => {
        f.repeat(cells, () => {
          append(f, lanes, end, lanes.loadZero(delta, at.delta), i32.load(winner, winners))
          f.bump(delta, bytes)
          f.bump(winner, winnerStep)
        })
        f.bump(delta, (filters - 1) * cells * bytes)
      })
    }
    const places = Array.from({ length: window[0] * vectors }, (_, k) => ({
      from: Math.floor(k / vectors) * row + (k % vectors) * 16,
      to: k * 16,
    }))
    const addSamples = (count: number) => {
      collect(count)
      f.if(i32.gtU(end, start), () => {
        for (const runs of evenParts(places, accumulatorCount)) {
          const list = { start, end, base: image }
          addList(f, lanes, variables, list, { position: sum, base: sums }, runs)
        }
      })
    }
    f.repeat(Math.floor(batch / samples), () => addSamples(samples))
    if (batch % samples > 0) addSamples(batch % samples)
  }
  const phase: Phase = { name: 'filter at winners', tasks: filters, body }
  const perRow = vectors * lanes.count
  const from = { address: sums, strides: [window[0] * perRow, 1, perRow, channels] }
  const plain = [filters, channels, ...window]
  return [phase, ...copy(lanes, plain, from, { address: at.w, strides: contiguous(plain) })]
}
