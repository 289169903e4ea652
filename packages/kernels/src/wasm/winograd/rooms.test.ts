// No task writes what a task on another thread writes: each is run on a thread of its own from the
// same memory, and the words that it changed are compared. No race has to happen for it to show.
import { expect, test } from 'vitest'
import { plainLayout } from '../conv/pack-filters.ts'
import type { ConvShape } from '../conv/shape.ts'
import { encodeModule, pageBytes } from '../encoder/index.ts'
import { engine, type WasmMemory } from '../engine.ts'
import { workbench } from '../fixture.ts'
import { type Kernel, readBeyond } from '../kernel.ts'
import { lanesOf } from '../lanes.ts'
import { phaseFunction } from '../program.ts'
import { winograd } from './convolution.ts'
import { winogradFilter } from './filter-gradient.ts'

const lanes = lanesOf('float32', 'relaxed')

function shapeOf(batch: number, channels: number, filters: number, side: number): ConvShape {
  const image = [side, side] as const
  const ones = { groups: 1, stride: [1, 1], dilation: [1, 1], padding: [1, 1] } as const
  return { ...ones, batch, channels, filters, image, output: image, window: [3, 3] }
}

/** Both kernels of a convolution, and memory in which each word is another small number. */
function kernelsOf(shape: ConvShape) {
  const { batch, channels, filters, image } = shape
  const { result, reserve, withScratch } = workbench('float32')
  const pixels = batch * image[0] * image[1]
  const [x, w, b] = [pixels * channels, filters * channels * 9, filters].map(result)
  const [y, dw] = [pixels * filters, filters * channels * 9].map(result)
  const size = { groups: 1, channelsPerGroup: channels, filtersPerGroup: filters }
  const layout = plainLayout(w!, { ...size, window: [3, 3] })
  const kernels: Record<string, Kernel> = {
    forward: withScratch((scratch) =>
      winograd(lanes, shape, layout, { x: x!, y: y!, b: b!, scratch }, () => []),
    ),
    'filter gradient': withScratch((scratch) =>
      winogradFilter(
        lanes,
        shape,
        { ...layout, address: dw! },
        { x: x!, y: y!, scratch },
        () => [],
      ),
    ),
  }
  return { kernels, bytes: reserve(64) + readBeyond }
}

/** Words that two of a phase's threads write otherwise: how many, and how many rooms it has. */
function sharedWords(kernel: Kernel, bytes: number): { shared: number; rooms: number }[] {
  const pages = Math.ceil(bytes / pageBytes)
  const functions = kernel.map((phase, k) => phaseFunction(phase, `phase ${k}`))
  const exports = kernel.map((_, k) => `phase ${k}`)
  const made = encodeModule({ functions, exports, memory: { pages } })
  const instance = new engine.Instance(new engine.Module(made)).exports
  const words = new Uint32Array((instance.memory as WasmMemory).buffer)
  new Float32Array(words.buffer).forEach((_, k, all) => {
    all[k] = Math.sin(k)
  })
  return kernel.map(({ tasks, rooms = tasks }, k) => {
    const run = instance[`phase ${k}`] as (from: number, to: number, thread: number) => void
    const before = words.slice()
    const owner = new Int32Array(words.length).fill(-1)
    const written = new Uint32Array(words.length)
    let shared = 0
    for (let task = 0; task < tasks; task++) {
      const thread = task % rooms
      words.set(before)
      run(task, task + 1, thread)
      words.forEach((word, at) => {
        if (word === before[at]) return
        // All may say of a word that nothing is amiss.
        if (owner[at] !== -1 && owner[at] !== thread && written[at] !== word) shared++
        owner[at] = thread
        written[at] = word
      })
    }
    for (let task = 0; task < tasks; task++) run(task, task + 1, 0)
    return { shared, rooms }
  })
}

test.each([
  ['one group of tiles, cut by its filters', shapeOf(1, 8, 24, 8), 3],
  ['many groups', shapeOf(12, 8, 12, 16), 8],
] as const)('threads write apart: %s', (_, shape, most) => {
  const { kernels, bytes } = kernelsOf(shape)
  const phases = Object.entries(kernels).flatMap(([name, kernel]) =>
    sharedWords(kernel, bytes).map((found, k) => ({
      ...found,
      name: `${name}: ${kernel[k]!.name}`,
    })),
  )
  expect(phases.filter(({ shared }) => shared > 0)).toEqual([])
  expect(Math.max(...phases.map(({ rooms }) => rooms))).toBeGreaterThanOrEqual(most)
})
