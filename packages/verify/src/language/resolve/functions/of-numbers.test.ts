// Formulas about functions of a number that the graph has not, as lectures begin with them; what is
// refuted is false at the number that is told, by arithmetic that shares nothing with ours.
import { dense, Graph, mul, sigmoid, squaredError, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { verify } from '../../../front.ts'

/** The graph has an array x and layers z^1 and z^2, and neither z nor u. */
const network = () => {
  const graph = new Graph()
  const x = graph.input('x', [3])
  const z1 = dense(x, graph.parameter('w^1', [4, 3])).as('z^1')
  const z2 = dense(sigmoid(z1).as('a^1'), graph.parameter('w^2', [2, 4])).as('z^2')
  return squaredError(sigmoid(z2).as('a^2'), graph.input('y', [2])).as('C')
}

const judged = (claim: string) => verify(network(), claim, { diagnose: () => [] })

it.each([
  "σ(z) (1 - σ(z)) = σ'(z)",
  "-σ'(z) = σ(z) (σ(z) - 1)",
  '\\frac{d\\sigma(z)}{dz} = \\sigma(z)(1-\\sigma(z))',
  '\\frac{d}{du} \\tanh(u) = 1 - \\tanh^2(u)',
  '\\frac{d}{du}\\frac{1}{1+e^{-u}} = \\frac{e^{-u}}{(1+e^{-u})^2}',
  '\\frac{d^2}{du^2} \\sigma(u) = \\sigma(u)(1-\\sigma(u))(1-2\\sigma(u))',
  '\\tanh(z) = \\frac{e^z - e^{-z}}{e^z + e^{-z}}',
  '2 σ(2u) - 1 = \\tanh(u)',
  '1 - σ(z) = σ(-z)',
  "σ(u) - σ^2(u) = σ'(u)",
  '\\frac{d}{du} u^2 = 2u',
  // Functions by themselves, also of a letter that the graph has.
  "σ' = σ (1 - σ)",
  "f' = f - f^2",
  "g' = g (1 - g)",
  '\\frac{d\\sigma}{dz} = \\sigma(1-\\sigma)',
  '\\frac{d\\sigma}{dx} = \\sigma(1-\\sigma)',
  '\\frac{d}{du}\\left(-\\ln σ(u)\\right) = σ(u) - 1',
  '\\sqrt{4\\pi^2} = 2\\pi',
])('proved of every number: %s', (claim) => {
  expect(judged(claim)).toMatchObject({ kind: 'proved', scope: 'all-sizes' })
})

it('π is no letter for any number', () => {
  expect(['proved', 'agrees']).toContain(judged('\\sin(u + 2\\pi) = \\sin(u)').kind)
  expect(judged('\\sin(\\pi) = 1').kind).toBe('refuted')
})

const logistic = (x: number) => 1 / (1 + Math.exp(-x))

it.each<[string, (x: number) => [number, number]]>([
  ['\\tanh(u) = u', (u) => [Math.tanh(u), u]],
  ['relu(u) = u', (u) => [Math.max(0, u), u]],
  ['relu(u) = |u|', (u) => [Math.max(0, u), Math.abs(u)]],
  ['e^u = 1 + u', (u) => [Math.exp(u), 1 + u]],
  ['\\ln(1+u) = \\ln u', (u) => [Math.log1p(u), Math.log(u)]],
  ['\\sqrt{u^2} = u', (u) => [Math.sqrt(u * u), u]],
  ['σ(2u) = 2 σ(u)', (u) => [logistic(2 * u), 2 * logistic(u)]],
  ['σ^2(u) = σ(u^2)', (u) => [logistic(u) ** 2, logistic(u * u)]],
  ['\\frac{d}{du} \\tanh(u) = 1 - \\tanh(u)', (u) => [1 - Math.tanh(u) ** 2, 1 - Math.tanh(u)]],
])('refuted at a number of its own: %s', (claim, sides) => {
  const verdict = judged(claim)
  if (verdict.kind !== 'refuted' || !('inputs' in verdict)) throw new Error(verdict.kind)
  expect(verdict.sizes).toEqual({})
  expect(Object.keys(verdict.inputs)).toEqual(['u'])
  const [left, right] = sides(Number(verdict.inputs.u![0]))
  expect(Math.abs(left - right)).toBeGreaterThan(1e-6)
})

describe('a name that the graph has not stays unknown', () => {
  it.each([
    "δ = (a - q) σ'(u)",
    'σ(u) v = v σ(u)',
    'σ(u) = a^1',
    'σ^2 = 1',
    'σ = 1',
    'f = 3',
    'e^{i\\pi} = -1',
    'e^{j\\pi} = -1',
    'u^2 = u',
    'σ^{-1}(u) = \\ln \\frac{u}{1-u}',
    '\\ln(u v) = \\ln u + \\ln v',
  ])('%s', (claim) => {
    expect(judged(claim).kind).toBe('ill-formed')
  })
})

it('z^2 is the z of a layer', () => {
  expect(judged("σ'(z^2) = σ(z^2) (1 - σ(z^2))")).toMatchObject({
    kind: 'proved',
    readAs: { text: expect.stringContaining('z^2_') },
  })
  expect(judged('\\frac{\\partial z^2}{\\partial z^2} = 1').kind).not.toBe('ill-formed')
})

describe('of an array of the graph it is about the entries', () => {
  // Where a matrix is square σ(z) (1 − σ(z)) would be a product of matrices, and nobody means it.
  const shapes: readonly (readonly number[])[] = [[], [3], [2, 3], [2, 2], [2, 4, 4]]
  const over = (shape: readonly number[]) => {
    const graph = new Graph()
    const z = mul(graph.input('x', shape), 2).as('z')
    return sum(sigmoid(z).as('a')).as('C')
  }
  it.each(shapes.map((shape) => ({ shape })))('of shape $shape', ({ shape }) => {
    const kinds = (claims: readonly string[]) =>
      claims.map((claim) => verify(over(shape), claim, { diagnose: () => [] }).kind)
    const right = [
      "σ'(z) = σ(z) (1 - σ(z))",
      "σ(z) σ(-z) = σ'(z)",
      '\\frac{d}{dz} σ(z) = σ(z) (1 - σ(z))',
      "\\tanh'(x) = 1 - \\tanh^2(x)",
      'relu(x) relu(-x) = 0',
    ]
    expect(kinds(right)).toEqual(right.map(() => 'proved'))
    const wrong = ["σ'(z) = σ(z) (1 + σ(z))", '\\tanh(x) \\tanh(x) = \\tanh(x)']
    expect(kinds(wrong)).toEqual(wrong.map(() => 'refuted'))
  })
})

it('of a vector too', () => {
  expect(judged('\\tanh(x) = 2 σ(2x) - 1').kind).toBe('proved')
  expect(judged('\\tanh(x) = x')).toMatchObject({
    kind: 'refuted',
    inputs: { x: expect.any(Array) },
  })
})
