// Networks as programs and notes write them: the same graph as with our own words.
import { evaluate } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from './build-network.ts'

const leaves = `W: parameter 2 3
V: parameter 2 2
x: input 3
u: input 2
t: input 2
s: parameter
`
const feeds = {
  W: [
    [1, -2, 3],
    [0.5, 4, -1],
  ],
  V: [
    [2, 1],
    [-3, 5],
  ],
  x: [0.25, -1, 2],
  u: [3, -0.5],
  t: [1.5, 2],
  s: 0.75,
}

/** The cost of a network whose last line is this expression, summed with weights of its own. */
const costOf = (expression: string): unknown => {
  const { cost } = buildNetwork(readNetwork(`${leaves}q = ${expression}\nC = sum(q * q + 3 * q)`))
  const named = Object.fromEntries(
    Object.entries(feeds).filter(([name]) => cost.graph.node(name) !== undefined),
  )
  return evaluate(cost, named)
}

const reason = (text: string): string => {
  try {
    buildNetwork(readNetwork(text))
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

describe('one array, two spellings', () => {
  it.each([
    ['W @ x', 'matmul(W, x)'],
    ['W x + u', 'matmul(W, x) + u'],
    ['Wx + u', 'matmul(W, x) + u'],
    ['W · 2', '2 * W'],
    ['2 x', '2 * x'],
    ['s x - x/2', 's * x - x / 2'],
    ['W (x + x)', 'matmul(W, 2 * x)'],
    ['W^T u', 'matmul(transpose(W), u)'],
    ['W.T @ u', 'matmul(transpose(W), u)'],
    ['u^T V u', 'sum(u * matmul(V, u))'],
    ['(W x)^T u', 'sum(matmul(W, x) * u)'],
    ['x^2', 'square(x)'],
    ['x**3', 'x * x * x'],
    ['x^{2}', 'square(x)'],
    ['x²', 'square(x)'],
    ['(u − t)² / 2', '0.5 * square(u - t)'],
    ['Wᵀu', 'matmul(transpose(W), u)'],
    ['(W x)ᵀ u', 'sum(matmul(W, x) * u)'],
    ['-x^2', '0 - square(x)'],
    ['(u - t)^2 / 2', '0.5 * square(u - t)'],
    ['1/2 sum((u - t)^2)', 'sum(square(u - t)) / 2'],
    ['2^-1 x', 'x / 2'],
    ['1 / (1 + e^{-x})', 'sigmoid(x)'],
    ['e^(x)', 'exp(x)'],
    ['exp(x)^0.5', 'sqrt(exp(x))'],
    ['u ⊙ (1 − u)', 'u * (1 - u)'],
    ['σ(x)', 'sigmoid(x)'],
    ['ReLU(x)', 'relu(x)'],
    ['max(0, x)', 'maximum(0, x)'],
    ['np.maximum(0, x)', 'maximum(x, 0)'],
    ['np.dot(V, u)', 'matmul(V, u)'],
    ['np.dot(u, t)', 'sum(u * t)'],
    ['torch.tanh(V.mm(V))', 'tanh(matmul(V, V))'],
    ['W.sum(0)', 'sum(W, axes=0)'],
    ['W.max(1, keepdim=True).values + W', 'max(W, axes=1, keepDims=true) + W'],
    ['np.max(W, 1, keepdims=True) + W', 'max(W, axes=1, keepDims=true) + W'],
    ['np.mean(W, axis=1, keepdims=True) + W', 'mean(W, axes=1, keepDims=true) + W'],
    ['(u - t).sum() * u', 'sum(u - t) * u'],
    ['softmax(W, -1)', 'softmax(W, axis=1)'],
    ['F.softmax(W, dim=0)', 'softmax(W, axis=0)'],
    ['tf.reduce_sum(W, axis=0)', 'sum(W, axes=0)'],
    ['np.linalg.norm(u - t)', 'norm(u - t)'],
    [
      'F.max_pool2d(F.conv2d(reshape(V W, [1, 2, 3]), reshape(V, [1, 1, 2, 2])), 1)',
      'conv2d(reshape(matmul(V, W), [1, 2, 3]), reshape(V, [1, 1, 2, 2]))',
    ],
    ['1e-3 x', 'x / 1000'],
    ['mean(x) + 1. * x', 'mean(x) + x'],
  ])('%s is %s', (written, ours) => {
    expect(costOf(written)).toEqual(costOf(ours))
  })

  it.each([
    ['x: input(3, 4)', 'x: input 3 4'],
    ['x = input(3, 4)', 'x: input 3 4'],
    ['x: Input [3 × 4]', 'x: input 3 4'],
    ['x: input 3x4', 'x: input 3 4'],
    ['x: data (n=3, 4)', 'x: input n=3 4'],
    ['W: weights 3, 4', 'W: parameter 3 4'],
    ['W: param [3, 4]', 'W: parameter 3 4'],
    ['σ²: input 3', 'σ^{2}: input 3'],
    ['h₁: input 3', 'h_{1}: input 3'],
  ])('%s declares what %s does', (written, ours) => {
    const lines = (text: string) => {
      const read = readNetwork(text)
      return read.kind === 'lines' ? read.lines.map((line) => ({ ...line, span: undefined })) : read
    }
    expect(lines(written)).toEqual(lines(ours))
  })

  it.each(['x, y_{i,j}: input 3 4', 'x, y_{i,j} ∈ ℝ^{3×4}'])('%s declares two arrays', (text) => {
    const read = readNetwork(text)
    const lines = read.kind === 'lines' ? read.lines : []
    expect(lines.map((line) => 'name' in line && line.name)).toEqual(['x', 'y_{i,j}'])
  })

  it('an array whose name looks like a power or a product is that array', () => {
    const text = 'x: input 2\nx^2: input 2\nW: input 2\nWx: input 2\nC = sum(x^2 + 10 * Wx)'
    const { cost } = buildNetwork(readNetwork(text))
    const given = { 'x^2': [1, 2], Wx: [3, 4] }
    expect(evaluate(cost, given)).toEqual(evaluate(cost, given))
    expect([...(evaluate(cost, given) as never as Float64Array)]).toEqual([73])
  })
})

describe('what is not one network', () => {
  it.each([
    ['q = u t', /Which product is it\? a \* b is entry by entry, a @ b of matrices/],
    ['q = u / s t', /parentheses say what is divided by what/],
    ['q = max(x, 0)', /maximum\(x, 0\) takes the larger of two, max\(x, axis=0\) goes along/],
    ['q = 2 @ x', /@ is a product of arrays/],
    ['q = \\underbrace{u}', /‘\\’ is not understood in a network: .* \(a \+ b\) \/ c/],
    ['q = Σ x', /sum\(…\) sums every entry/],
    ['q = 2 > 1', /Two numbers are compared/],
    ['q = x | 2', /a norm is norm/],
    ['q = y^2', /Nothing above is called ‘y\^2’/],
    ['q = F.constructor(x)', /There is no operation/],
    ['q = np.linalg.solve(V, u)', /There is no operation ‘np.linalg.solve’/],
  ])('%s', (line, says) => {
    expect(reason(`${leaves}${line}\nC = sum(q)`)).toMatch(says)
  })
})

describe('what notebooks and MATLAB write', () => {
  it.each([
    ['of a difference', 'C = 1/2 Σ_{i,j} (u - t)_{ij}^2', 'C = sum((u - t)^2) / 2'],
    ['of two', 'C = Σ_{i,j} (u - t)_{ij} (u + t)_{ij}', 'C = sum((u - t) * (u + t))'],
    ['MATLAB', 'a = max(u, 0);\nC = sum(sum(a .* t));', 'C = sum(relu(u) * t)'],
    ['keys', 'k = jax.random.key(0)\nk, s = jax.random.split(k)\nC = sum(u * t)', 'C = sum(u * t)'],
    ['generators', 'rng = np.random.default_rng(0)\nC = sum(u * t)', 'C = sum(u * t)'],
  ])('%s', (_, text, same) => {
    const leaves = 'u_{ij}: input 2 3\nt_{ij}: input 2 3\n'
    const [own, other] = [text, same].map((each) => buildNetwork(readNetwork(leaves + each)).cost)
    const given = {
      u: [
        [1, -2, 3],
        [4, 5, -6],
      ],
      t: [
        [7, 8, 9],
        [1, 2, 3],
      ],
    }
    expect(evaluate(own!, given)).toEqual(evaluate(other!, given))
  })
})
