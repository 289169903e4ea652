// The adjoints of a convolution, as they are printed, read back and computed: a printed
// correlation must be the adjoint for every stride, padding and dilation.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { evaluate } from '../../evaluate.ts'
import { Graph } from '../../record/graph.ts'
import type { Node } from '../../record/node.ts'
import { apply } from '../../record/operand.ts'
import { drawFrom } from '../../testing/draw.ts'
import { reshape } from '../movement/reshape.ts'
import { rot180 } from '../movement/rot180.ts'
import { transpose } from '../movement/transpose.ts'
import type { Pads } from '../window.ts'
import { type ConvOptions, conv2d, conv2dFilterOp, conv2dInputOp } from './conv2d.ts'

/** `\ast_{s=2,p=((0,1),(0,1))}` as options; undefined for the transposed stars. */
function optionsOf(latex: string): ConvOptions | undefined {
  const [, raised, under = ''] = /\\ast(\^\{[^}]*\})?(?:_\{(.*?)\})? (?:\\operatorname|[wy])/.exec(
    latex,
  )!
  if (raised) return undefined
  const mode = /^\\mathrm\{(full|same|valid)/.exec(under)?.[1] as ConvOptions['padding']
  if (mode) return { padding: mode, ...numbers(under) }
  return numbers(under)
}

function numbers(under: string): ConvOptions {
  const found = [...under.matchAll(/([spd])=(\d+|\(.*?\)(?=,[spdg]=|$))/g)]
  const names = { s: 'stride', p: 'padding', d: 'dilation' } as const
  return Object.fromEntries(
    found.map(([, letter, value = '']) => [
      names[letter as keyof typeof names],
      JSON.parse(value.replaceAll('(', '[').replaceAll(')', ']')),
    ]),
  )
}

const pair = (least: number, most: number) =>
  fc.tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))

const cases = fc.record({
  stride: pair(1, 2),
  dilation: pair(1, 2),
  padding: fc.tuple(pair(0, 2), pair(0, 2)) as fc.Arbitrary<Pads>,
  kernel: pair(1, 3),
  image: pair(5, 6),
  seed: fc.nat(),
})

it('what is printed is what is computed', () => {
  let correlations = 0
  const compare = (adjoint: Node, printed: Node, seed: number): void => {
    const draw = drawFrom(seed)
    const feeds = Object.fromEntries(
      [...adjoint.graph.named].map(([name, leaf]) => [name, draw.entries(leaf.shape)]),
    )
    const [expected, found] = evaluate([adjoint, printed], feeds)
    expect(printed.shape).toEqual(adjoint.shape)
    found!.forEach((value, k) => void expect(value).toBeCloseTo(expected![k]!, 12))
    correlations++
  }
  fc.assert(
    fc.property(cases, ({ kernel, image, seed, ...window }) => {
      const graph = new Graph()
      const x = graph.input('x', [2, ...image])
      const w = graph.input('w', [3, 2, ...kernel])
      const y = graph.input('y', conv2d(x, w, window).shape)
      const params = { ...window, groups: 1 }
      const printed = { x: letter('x'), y: letter('y'), w: letter('w') }
      const shapes = { x: x.shape, y: y.shape, w: w.shape }

      const byInput = apply(conv2dInputOp, [y, w], { ...params, size: image })
      const input = optionsOf(conv2dInputOp.latex(printed, byInput.params, shapes).text)
      if (input) {
        const turned = rot180(transpose(w, { axes: [1, 0, 2, 3] }))
        compare(byInput, conv2d(y, turned, input), seed)
      }

      const byFilter = apply(conv2dFilterOp, [x, y], { ...params, size: kernel })
      const filter = optionsOf(conv2dFilterOp.latex(printed, byFilter.params, shapes).text)
      if (filter) {
        // Every channel of x is an image of its own, every channel of y a filter of its own.
        const stack = reshape(x, [2, 1, ...image])
        const filters = reshape(y, [3, 1, ...y.shape.slice(1)])
        compare(byFilter, transpose(conv2d(stack, filters, filter), { axes: [1, 0, 2, 3] }), seed)
      }
    }),
    { numRuns: 60 },
  )
  expect(correlations).toBeGreaterThan(30)
})

const letter = (text: string) => ({ text, binds: 'atom' }) as const
