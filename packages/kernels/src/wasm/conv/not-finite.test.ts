// A NaN or ∞ of x reaches the entries of the filter gradient whose sum has a term with it, and no
// other: not those whose vectors read it beside what they sum.
import { expect, test } from 'vitest'
import { workbench } from '../fixture.ts'
import { type Dtype, lanesOf } from '../lanes.ts'
import { type ConvShape, conv2dFilter } from './conv2d.ts'

/** One channel and one filter: whether cell (u, v) of the window has a term with pixel (h, l). */
function meets(shape: ConvShape, cell: readonly number[], pixel: readonly number[]): boolean {
  return [0, 1].every((k) => {
    const distance = pixel[k]! + shape.padding[k]! - shape.dilation[k]! * cell[k]!
    const place = distance / shape.stride[k]!
    return Number.isInteger(place) && place >= 0 && place < shape.output[k]!
  })
}

function check(dtype: Dtype, precision: 'strict' | 'relaxed', shape: ConvShape, bad: number): void {
  const lanes = lanesOf(dtype, precision)
  const width = shape.image[1]
  const pixels = shape.image[0] * width
  const cells = shape.window[0] * shape.window[1]
  const bench = workbench(dtype)
  const x = bench.place(Array(pixels).fill(1))
  const y = bench.place(Array(shape.output[0] * shape.output[1]).fill(1))
  const w = bench.result(cells)
  const kernel = bench.withScratch((scratch) => conv2dFilter(lanes, shape, { x, w, y, scratch }))
  const program = bench.build([kernel])
  const Floats = dtype === 'float32' ? Float32Array : Float64Array
  const values = new Floats(program.memory.buffer, x, pixels)
  for (let place = 0; place < pixels; place++) {
    const pixel = [Math.floor(place / width), place % width]
    const want = Array.from({ length: cells }, (_, k) =>
      meets(shape, [Math.floor(k / shape.window[1]), k % shape.window[1]], pixel),
    )
    values.fill(1)[place] = bad
    program.run(4)
    const got = [...program.read(w, cells)]
    const fine = got.every((v, k) => (want[k] ? Object.is(v, bad) : Number.isFinite(v)))
    if (!fine) expect.fail(JSON.stringify({ shape, pixel, want, got: got.map(String) }))
  }
}

// Widths that leave every rest of lanes, and one, several and more than four vectors in a row.
const outputs = [4, 5, 6, 7, 8, 9, 15, 16, 17, 18, 19, 21]

test.each([
  ['float32', 'strict'],
  ['float32', 'relaxed'],
  ['float64', 'strict'],
  ['float64', 'relaxed'],
] as const)('%s, %s', (dtype, precision) => {
  const one = { batch: 1, channels: 1, filters: 1, groups: 1 } as const
  for (const stride of [1, 2]) {
    for (const [dilation, padding, unread] of [
      [1, 1, 0],
      [1, 0, 3],
      [2, 2, 1],
      [2, 0, 0],
    ] as const) {
      for (const output of outputs) {
        const width = stride * (output - 1) + 2 * dilation + 1 - 2 * padding + unread
        const shape = {
          ...one,
          image: [3, width],
          window: [2, 3],
          output: [2, output],
          stride: [1, stride],
          dilation: [1, dilation],
          padding: [0, padding],
        } as const
        check(dtype, precision, shape, output % 2 === 0 ? Number.NaN : Number.POSITIVE_INFINITY)
      }
    }
  }
})
