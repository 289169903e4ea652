// Gradients that are nearly right: by a factor close to 1, or wrong in one corner only. Checks with
// a tolerance may let them pass; a verdict must not.
import {
  add,
  conv2d,
  evaluate,
  Graph,
  grad,
  mul,
  type Node,
  pad,
  sigmoid,
  squaredError,
} from '@backprove/graph'
import { verify, verifyEqual } from '@backprove/verify'
import { describe, expect, it } from 'vitest'
import { drawnFeeds, gradcheckPasses } from './gradcheck.ts'

const network = (activation: (x: Node) => Node = sigmoid) => {
  const graph = new Graph()
  const x = graph.input('x_{ij}', [1, 6, 6])
  const w = graph.parameter('w_{uv}', [1, 1, 3, 3])
  const a = activation(conv2d(x, w).as('z_{ij}')).as('a_{ij}')
  const cost = squaredError(a, graph.input('t_{ij}', a.shape)).as('C')
  return { graph, x, w, cost }
}

const sum = 'Σ_{i,j} δ_{ij} x_{i+u-1,j+v-1}'

describe('claims that are nearly right', () => {
  it.each([
    ['by 5·10⁻⁴ of it', `∂C/∂w_{uv} = 2001/2000 ${sum}`],
    ['by 5·10⁻⁴ of it, as a decimal', `∂C/∂w_{uv} = 1.0005 ${sum}`],
    ['in a corner of the kernel', `∂C/∂w_{uv} = (1 + 1/2000 [u = 3] [v = 3]) ${sum}`],
    [
      'in a corner of the image',
      '∂C/∂x_{gh} = (1 + 1/2000 [g = 1] [h = 1]) Σ_{i,j} δ_{ij} w_{g-i+1,h-j+1}',
    ],
    ['where the last row is left out', '∂C/∂x_{gh} = [g ≤ 5] Σ_{i,j} δ_{ij} w_{g-i+1,h-j+1}'],
  ])('wrong %s', (_, claim) => {
    const verdict = verify(network().cost, claim, { deadline: 20_000 })
    expect(verdict.kind, JSON.stringify(verdict)).toBe('refuted')
  })
})

describe('claims that float64 cannot tell from right ones', () => {
  const tiny = [
    `∂C/∂w_{uv} = 1.000000000001 ${sum}`,
    `∂C/∂w_{uv} = ${sum} + 1/10^{30} ${sum}`,
    `∂C/∂w_{uv} = (1 + 1/1000000000000 [u = 1] [v = 1]) ${sum}`,
  ]
  it.each(tiny)('refuted without an activation: %s', (claim) => {
    const verdict = verify(network((x) => x).cost, claim, { deadline: 20_000 })
    expect(verdict.kind, JSON.stringify(verdict)).toBe('refuted')
  })
  it.each(tiny)('never proved: %s', (claim) => {
    expect(verify(network().cost, claim).kind).not.toBe('proved')
  })
})

describe('a numeric check with a tolerance lets them pass', () => {
  const { x, w, cost } = network()
  const gradients = grad(cost, [x, w]) as [Node, Node]
  const feeds = drawnFeeds({ x: 36, w: 9, t: 16 }, 1)
  const [byImage, byKernel] = evaluate(gradients, feeds) as [Float64Array, Float64Array]
  const scaled = (values: Float64Array, by: number, from = 0) =>
    values.map((value, k) => (k >= from ? value * by : value))
  it('5·10⁻⁴ of it passes gradcheck at its defaults, and 1 % does not', () => {
    expect(gradcheckPasses(cost, 'w', byKernel, feeds)).toBe(true)
    expect(gradcheckPasses(cost, 'w', scaled(byKernel, 1.0005), feeds)).toBe(true)
    expect(gradcheckPasses(cost, 'w', scaled(byKernel, 1.01), feeds)).toBe(false)
  })
  it('so does a last entry that is wrong by 5·10⁻⁴, of an image and of a kernel', () => {
    expect(gradcheckPasses(cost, 'x', scaled(byImage, 1.0005, 35), feeds)).toBe(true)
    expect(gradcheckPasses(cost, 'w', scaled(byKernel, 1.0005, 8), feeds)).toBe(true)
  })
})

describe('graphs that are nearly right', () => {
  const { graph, x, w, cost } = network()
  const [byImage, byKernel] = grad(cost, [x, w]) as [Node, Node]
  const corner = pad(graph.constant(5e-4, [1, 1, 1]), { before: [0, 0, 0], after: [0, 5, 5] })
  it.each<[string, Node, Node]>([
    ['by 5·10⁻⁴ of it', byKernel, mul(1.0005, byKernel)],
    ['by the least that a double can hold', w, mul(1 + 2 ** -52, w)],
    ['in one corner', byImage, mul(byImage, add(1, corner))],
  ])('wrong %s', (_, right, wrong) => {
    expect(verifyEqual(right, right).kind).toBe('proved')
    const verdict = verifyEqual(right, wrong, { deadline: 20_000 })
    expect(verdict.kind, JSON.stringify(verdict)).toBe('refuted')
  })
})
