// The transposed convolution: a kernel stamped by hand, the adjoint of conv2d, and derivatives.
import { describe, expect, it } from 'vitest'
import { evaluate } from '../evaluate.ts'
import { vjp } from '../grad.ts'
import { type ConvTransposeOptions, conv2d, convTranspose2d } from '../index.ts'
import { Graph } from '../record/graph.ts'
import { sizeOf } from '../shape.ts'
import { checkDerivatives } from '../testing/check-derivatives.ts'
import { drawFrom } from '../testing/draw.ts'

const graph = new Graph()
const x = graph.constant([
  [
    [1, 2],
    [3, 4],
  ],
])
const w = graph.constant([
  [
    [
      [1, 10],
      [100, 1000],
    ],
  ],
])

/** The formula of the docstring, cell by cell: no op is asked. */
function stamped(
  [xs, ws]: readonly [Float64Array, Float64Array],
  [channels, height, width]: readonly number[],
  [, perGroup, m, n]: readonly number[],
  made: readonly number[],
  { stride, pad, dilation, groups }: Record<'stride' | 'pad' | 'dilation' | 'groups', number>,
): number[] {
  const [F, H, W] = made as [number, number, number]
  const y = new Array<number>(F * H * W).fill(0)
  for (let k = 0; k < channels!; k++)
    for (let f = 0; f < perGroup!; f++)
      for (let i = 0; i < height!; i++)
        for (let j = 0; j < width!; j++)
          for (let u = 0; u < m!; u++)
            for (let v = 0; v < n!; v++) {
              const row = stride * i + dilation * u - pad
              const column = stride * j + dilation * v - pad
              if (row < 0 || row >= H || column < 0 || column >= W) continue
              const filter = Math.floor(k / (channels! / groups)) * perGroup! + f
              y[(filter * H + row) * W + column]! +=
                xs[(k * height! + i) * width! + j]! * ws[((k * perGroup! + f) * m! + u) * n! + v]!
            }
  return y
}

describe('convTranspose2d', () => {
  it('stamps the kernel at every pixel, by hand', () => {
    expect([...evaluate(convTranspose2d(x, w))]).toEqual([
      ...[1, 12, 20],
      ...[103, 1234, 2040],
      ...[300, 3400, 4000],
    ])
    expect([...evaluate(convTranspose2d(x, w, { stride: 2 }))]).toEqual([
      ...[1, 10, 2, 20],
      ...[100, 1000, 200, 2000],
      ...[3, 30, 4, 40],
      ...[300, 3000, 400, 4000],
    ])
    expect([...evaluate(convTranspose2d(x, w, { padding: 1 }))]).toEqual([1234])
  })

  it.each<[ConvTransposeOptions, number[]]>([
    [{}, [1, 3, 3]],
    [{ stride: 3 }, [1, 5, 5]],
    [{ stride: 3, outputPadding: [2, 1] }, [1, 7, 6]],
    [{ stride: [2, 3], padding: 'same' }, [1, 4, 6]],
    [
      {
        stride: 2,
        padding: [
          [1, 0],
          [0, 1],
        ],
      },
      [1, 3, 3],
    ],
    [{ stride: 2, dilation: 3, padding: 'valid' }, [1, 6, 6]],
    [{ stride: 3, dilation: 2, padding: 'full' }, [1, 2, 2]],
  ])('%j', (options, shape) => {
    expect(convTranspose2d(x, w, options).shape).toEqual(shape)
  })

  it.each([
    { stride: 1, pad: 0, dilation: 1, groups: 1, more: 0 },
    { stride: 2, pad: 1, dilation: 1, groups: 2, more: 1 },
    { stride: 3, pad: 2, dilation: 2, groups: 4, more: 2 },
  ])('agrees with its formula and has its derivatives: %j', ({ more, ...how }) => {
    const own = new Graph()
    const leaf = own.input('x', [2, 4, 3, 2])
    const kernel = own.parameter('w', [4, 3, 3, 2])
    const filters = 3 * how.groups
    const bias = own.parameter('b', [filters])
    const draw = drawFrom(2)
    const feeds = Object.fromEntries(
      [leaf, kernel, bias].map((node) => [node.name!, draw.entries(node.shape)]),
    )
    const y = convTranspose2d(leaf, kernel, {
      ...{ bias, stride: how.stride, padding: how.pad, dilation: how.dilation },
      ...{ groups: how.groups, outputPadding: more },
    })
    const made = y.shape.slice(1)
    const area = made[1]! * made[2]!
    const found = evaluate(y, feeds)
    for (const sample of [0, 1]) {
      const xs = feeds.x!.slice(24 * sample, 24 * (sample + 1))
      const expected = stamped([xs, feeds.w!], [4, 3, 2], kernel.shape, made, how)
      expected.forEach((value, k) => {
        const at = sample * sizeOf(made) + k
        expect(found[at]).toBeCloseTo(value + feeds.b![Math.floor(k / area)]!, 12)
      })
    }
    checkDerivatives(y, [leaf, kernel, bias], feeds)
  })

  it('is the gradient of the convolution, and its gradient the convolution', () => {
    const own = new Graph()
    const image = own.input('image', [2, 6, 7])
    const filters = own.parameter('filters', [4, 2, 3, 3])
    const g = own.input('g', [4, 3, 4])
    const [back] = vjp([conv2d(image, filters, { stride: 2, padding: 1 })], [g], [image])
    const same = convTranspose2d(g, filters, { stride: 2, padding: 1, outputPadding: [1, 0] })
    expect(same).toBe(back)
  })

  it('says what does not fit', () => {
    const said = (body: () => unknown) => expect(body)
    const three = new Graph()
    const image = three.input('x', [3, 4, 4])
    const kernel = three.parameter('w', [3, 2, 3, 3])
    said(() => convTranspose2d(image, three.parameter('v', [2, 3, 3, 3]))).toThrow(
      'convTranspose2d of "x" [3, 4, 4] and "v" [2, 3, 3, 3]: x has 3 channels, but w expects 2',
    )
    said(() => convTranspose2d(image, kernel, { groups: 2 })).toThrow(
      '3 channels do not split into 2 groups',
    )
    said(() => convTranspose2d(image, kernel, { bias: three.parameter('b', [3]) })).toThrow(
      'the bias is "b" [3], but the result has 2 channels',
    )
    said(() => convTranspose2d(image, kernel, { bias: 1 as never })).toThrow('1 is not a node')
    said(() => convTranspose2d(three.input('f', [4, 4]), kernel)).toThrow('x must have axes')
    said(() => convTranspose2d(image, three.input('g', [3, 2, 3]))).toThrow('w must have axes')
    said(() => convTranspose2d(image, kernel, { outputPadding: 1 })).toThrow(
      'convTranspose2d: outputPadding is [1,1]; it must be below the stride, 1',
    )
    said(() =>
      convTranspose2d(image, kernel, { stride: 2, padding: 'same', outputPadding: 1 }),
    ).toThrow("it must be 0 under padding 'same'")
    said(() => convTranspose2d(image, kernel, { padding: 3 })).toThrow(
      'the padding takes all there is: the result would be 0×0',
    )
    said(() => convTranspose2d(image, kernel, { output_padding: 1 } as never)).toThrow(
      'there is no option "output_padding"; is outputPadding meant?',
    )
  })
})
