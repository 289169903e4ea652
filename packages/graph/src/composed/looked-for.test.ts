// Compositions that people of other libraries look for: values by hand, derivatives at orders 1
// and 2, tails, refusals.
import { describe, expect, it, test } from 'vitest'
import { evaluate } from '../evaluate.ts'
import { grad } from '../grad.ts'
import * as g from '../index.ts'
import { checkDerivatives } from '../testing/check-derivatives.ts'
import { drawFrom, separated } from '../testing/draw.ts'

type Node = g.Node
const values = (y: Node): number[] => [...evaluate(y)]
const constant = (numbers: g.NestedNumbers): Node => new g.Graph().constant(numbers)
const close = (numbers: readonly number[]) => numbers.map((v) => expect.closeTo(v, 12))

/** Of operands of these shapes. */
function check(of: (...args: Node[]) => Node, ...shapes: readonly g.Shape[]): void {
  const graph = new g.Graph()
  const args = shapes.map((shape, k) => graph.input(`x${k}`, shape))
  const given = separated(shapes, drawFrom(3))
  const feeds = Object.fromEntries(given.map((data, k) => [`x${k}`, data]))
  checkDerivatives(of(...args), args, feeds)
}

const E = Math.E
const sigma = (x: number): number => 1 / (1 + E ** -x)

describe.each<[string, (x: Node) => Node, (x: number) => number]>([
  ['relu6', g.relu6, (x) => Math.min(Math.max(x, 0), 6)],
  ['hardTanh', g.hardTanh, (x) => Math.min(Math.max(x, -1), 1)],
  ['hardSigmoid', g.hardSigmoid, (x) => (x < -3 ? 0 : x > 3 ? 1 : (x + 3) / 6)],
  ['hardSwish', g.hardSwish, (x) => (x < -3 ? 0 : x > 3 ? x : (x * (x + 3)) / 6)],
  ['selu', g.selu, (x) => 1.05070098735548 * (x > 0 ? x : 1.673263242354377 * (E ** x - 1))],
  ['mish', g.mish, (x) => x * Math.tanh(Math.log(1 + E ** x))],
  ['softsign', g.softsign, (x) => x / (1 + Math.abs(x))],
  ['logSigmoid', g.logSigmoid, (x) => Math.log(sigma(x))],
])('%s', (name, op, f) => {
  it('has its values and its derivatives', () => {
    const at = [-8, -2, -0.5, 0.25, 1.5, 4, 7]
    expect(values(op(constant(at)))).toEqual(close(at.map(f)))
    check(op, [2, 3])
  })
  it('is finite, with its slope, where e^x is not', () => {
    const x = new g.Graph().input('x', [2])
    const slope = grad(g.sum(op(x)), x)
    for (const y of [op(x), slope]) {
      expect(evaluate(y, { x: [-1e4, 1e4] }).every(Number.isFinite)).toBe(true)
    }
  })
  it('takes a node alone', () => {
    expect(() => op(3 as never)).toThrow(`${name}: 3 is not a node`)
    expect(() => (op as (x: Node, o: object) => Node)(constant([1]), { alpha: 1 })).toThrow(name)
  })
})

describe('costs', () => {
  const pair = (y: number[], t: number[]): [Node, Node] => {
    const graph = new g.Graph()
    return [graph.constant(y), graph.constant(t)]
  }
  test('hinge: max(0, 1 − t y), its square, another margin', () => {
    const [y, t] = pair([2, 0.5, -1, 0.25], [1, 1, 1, -1])
    expect(values(g.hinge(y, t))).toEqual([(0 + 0.5 + 2 + 1.25) / 4])
    expect(values(g.hinge(y, t, { reduction: 'sum', squared: true }))).toEqual([0.25 + 4 + 1.5625])
    expect(values(g.hinge(y, t, { reduction: 'sum', margin: 3 }))).toEqual([1 + 2.5 + 4 + 3.25])
    expect(() => g.hinge(y, t, { margin: Infinity })).toThrow('hinge: margin is Infinity')
    check((a, b) => g.hinge(a, b, { squared: true }), [2, 3], [2, 3])
  })
  test('logCosh: log cosh(y − t), and no overflow', () => {
    const [y, t] = pair([2, 1, -900, 0], [1, 1, 0, 900])
    const far = 900 - Math.LN2
    const expected = [Math.log(Math.cosh(1)), 0, far, far].reduce((a, b) => a + b)
    expect(values(g.logCosh(y, t, { reduction: 'sum' }))).toEqual(close([expected]))
    check((a, b) => g.logCosh(a, b), [2, 3], [2, 3])
  })
  test('klDivergence: Σ t log(t/p), 0 where they are equal, and 0 log 0 = 0', () => {
    const [z, t] = pair([0, 0], [0.25, 0.75])
    const expected = 0.25 * Math.log(0.5) + 0.75 * Math.log(1.5)
    expect(values(g.klDivergence(z, t))).toEqual(close([expected]))
    const [same, p] = pair([0, Math.log(3)], [0.25, 0.75])
    expect(values(g.klDivergence(same, p))).toEqual(close([0]))
    const [any, one] = pair([0, 0], [1, 0])
    expect(values(g.klDivergence(any, one))).toEqual(close([Math.LN2]))
    check((a, b) => g.klDivergence(a, g.softmax(b)), [2, 3], [2, 3])
  })
  test('cosineSimilarity: 1, 0, −1, along any axis, and 0 of a vector 0', () => {
    const graph = new g.Graph()
    const a = graph.constant([
      [1, 1],
      [1, 0],
      [2, 0],
      [0, 0],
    ])
    const b = graph.constant([
      [2, 2],
      [0, 5],
      [-1, 0],
      [1, 1],
    ])
    expect(values(g.cosineSimilarity(a, b))).toEqual(close([1, 0, -1, 0]))
    expect(g.cosineSimilarity(a, b, { axes: 0 }).shape).toEqual([2])
    expect(() => g.cosineSimilarity(a, b, { dim: 0 } as never)).toThrow('is axes meant?')
    expect(() => g.cosineSimilarity(a, g.sum(b))).toThrow('a [4, 2] and b [] differ in shape')
    check((x, y) => g.cosineSimilarity(x, y), [2, 3], [2, 3])
  })
})

describe('conv1d', () => {
  test('Σ x_{c,i+u−1} w_{f,c,u} + b_f, its strides and its padding', () => {
    const graph = new g.Graph()
    const x = graph.constant([[1, 2, 3, 4]])
    const w = graph.constant([[[1, 10]]])
    const bias = graph.constant([0.5])
    expect(values(g.conv1d(x, w, { bias }))).toEqual([21.5, 32.5, 43.5])
    expect(values(g.conv1d(x, w, { stride: 2 }))).toEqual([21, 43])
    expect(values(g.conv1d(x, w, { dilation: 2 }))).toEqual([31, 42])
    expect(values(g.conv1d(x, w, { padding: [1, 0] }))).toEqual([10, 21, 32, 43])
    expect(values(g.conv1d(x, w, { padding: 'same' }))).toHaveLength(4)
    expect(values(g.conv1d(x, w, { padding: 'full' }))).toEqual([10, 21, 32, 43, 4])
  })
  test('of a batch, in groups, with its derivatives', () => {
    const options = { groups: 2, padding: 1, stride: 2 }
    check((x, w) => g.conv1d(x, w, options), [2, 4, 5], [2, 2, 3])
    check((x, w, bias) => g.conv1d(x, w, { bias }), [2, 4], [3, 2, 2], [3])
  })
  it.each<[object, string]>([
    [{ stride: [1, 1] }, 'conv1d: stride is [1,1]; it must be a whole number from 1'],
    [{ padding: -1 }, 'conv1d: padding is -1'],
    [{ padding: [1, 2, 3] }, 'padding is [1,2,3]'],
    [{ strides: 2 }, 'is stride meant?'],
  ])('refuses %j', (options, message) => {
    const graph = new g.Graph()
    const [x, w] = [graph.input('x', [1, 4]), graph.input('w', [1, 1, 2])]
    expect(() => g.conv1d(x, w, options)).toThrow(message)
    expect(() => g.conv1d(graph.input('v', [4]), w)).toThrow('x must have axes [C, W]')
  })
})

describe('bilinear', () => {
  test('between the middles of pixels on the line, beyond them the border', () => {
    expect(values(g.bilinear(constant([[0, 4]]), { size: [1, 4] }))).toEqual([0, 1, 3, 4])
    expect(values(g.bilinear(constant([[0], [4]]), { size: [4, 1] }))).toEqual([0, 1, 3, 4])
    expect(values(g.bilinear(constant([[1, 2, 3, 6]]), { size: [1, 2] }))).toEqual([1.5, 4.5])
    expect(
      values(
        g.bilinear(
          constant([
            [1, 2],
            [3, 4],
          ]),
          { size: 1 },
        ),
      ),
    ).toEqual([2.5])
  })
  test('at its own size nothing changes; of any leading axes, with its derivatives', () => {
    expect(
      values(
        g.bilinear(
          constant([
            [
              [1, 2],
              [3, 4],
            ],
          ]),
          { size: 2 },
        ),
      ),
    ).toEqual([1, 2, 3, 4])
    check((x) => g.bilinear(x, { size: [3, 4] }), [2, 2, 2, 3])
    expect(() => g.bilinear(constant([1, 2]), { size: 2 })).toThrow('should have axes […, H, W]')
    expect(() => g.bilinear(constant([[1]]), { size: 0 })).toThrow('bilinear: size is 0')
  })
})
