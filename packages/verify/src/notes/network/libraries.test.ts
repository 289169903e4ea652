// Functions of NumPy and PyTorch, parts of arrays, statements: the graph of our own words.
import { evaluate } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from './build-network.ts'

const leaves = `A: input 3 4
P: input 3 4
S: input 3 3
X: input 2 3 4
I: input 1 1 4 4
K: input 2 1 3 3
u: input 3
v: input 3
w: input 4
`
const count = (from: number, ...shape: number[]): number[] =>
  Array.from({ length: shape.reduce((all, each) => all * each, 1) }, (_, k) =>
    Math.sin(from + 1.7 * k),
  )
const feeds: Readonly<Record<string, number[]>> = {
  A: count(1, 3, 4),
  P: count(2, 3, 4).map((each) => 0.5 + 0.4 * each),
  S: count(3, 3, 3),
  X: count(4, 2, 3, 4),
  I: count(5, 4, 4),
  K: count(6, 2, 3, 3),
  u: count(7, 3),
  v: count(8, 3),
  w: count(9, 4),
}

const built = (text: string) => buildNetwork(readNetwork(`${leaves}${text}`)).cost
const entriesOf = (lines: string) => {
  const graph = built(`${lines}\nC = sum(q)`).graph
  const named = Object.fromEntries(
    Object.entries(feeds).filter(([name]) => graph.node(name) !== undefined),
  )
  const q = graph.node('q')
  return { shape: [...q.shape], data: [...evaluate(q, named)] }
}
const reason = (text: string): string => {
  try {
    built(text)
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

describe('one array, as a library and as we say it', () => {
  it.each([
    ['A[:, None]', 'reshape(A, [3, 1, 4])'],
    ['u[:, np.newaxis] * w', 'matmul(reshape(u, [3, 1]), reshape(w, [1, 4]))'],
    ['A[-1, 2] * u', 'sum(slice(A, start=[2, 2], end=[3, 3])) * u'],
    ['A[1:, -2:]', 'slice(A, start=[1, 2], end=[3, 4])'],
    ['X[..., 0]', 'reshape(slice(X, start=[0, 0, 0], end=[2, 3, 1]), [2, 3])'],
    ["np.einsum('ij,kj->ik', A, P)", 'matmul(A, transpose(P))'],
    ['np.outer(u, w)', 'matmul(reshape(u, [3, 1]), reshape(w, [1, 4]))'],
    ['np.concatenate((u, w))', 'concat([u, w])'],
    ['torch.cat([A, P], dim=-1)', 'concat([A, P], axis=1)'],
    ['[u, w] * 1', 'concat([u, w])'],
    ['A.reshape(-1, 6)', 'reshape(A, [2, 6])'],
    ['X.transpose(1, 2)', 'transpose(X, axes=[0, 2, 1])'],
    ['X.transpose(2, 0, 1)', 'transpose(X, axes=[2, 0, 1])'],
    ['A.permute(0, 1)', '1 * A'],
    ['torch.transpose(A, 0, 1)', 'transpose(A)'],
    ['np.eye(3) @ A', '1 * A'],
    ['np.clip(A, 0, None)', 'maximum(A, 0)'],
    ['torch.clamp(A, -0.5, 0.5)', 'minimum(maximum(A, -0.5), 0.5)'],
    ['A.var(axis=0)', 'variance(A, axes=0)'],
    ['A.var(1, unbiased=True)', 'variance(A, axes=1, correction=1)'],
    ['A.mean((0, 1)) * u', 'mean(A) * u'],
    ['np.sum(A, axis=1) / A.shape[1]', 'mean(A, axes=1)'],
    ['F.linear(A, P)', 'matmul(A, transpose(P))'],
    ['F.mse_loss(A, P) * u', 'meanSquaredError(A, P) * u'],
    ['F.cross_entropy(A, P) * u', 'crossEntropy(A, P) / 3 * u'],
    [
      "F.binary_cross_entropy(P, P, reduction='sum') * u",
      '-sum(P * log(P) + (1 - P) * log(1 - P)) * u',
    ],
    ['F.binary_cross_entropy_with_logits(A, P) * u', 'binaryCrossEntropy(A, P) * u'],
    ['F.conv2d(I, K, None, 1, 1)', 'conv2d(I, K, padding=1)'],
    ['F.max_pool2d(I, 3, 1)', 'maxPool2d(I, size=3, stride=1)'],
    ['nn.MaxPool2d(2)(I)', 'maxPool2d(I, size=2)'],
    ['nn.LeakyReLU(0.2)(A)', 'leakyRelu(A, slope=0.2)'],
    ['np.pi * u', 'timesPi(u)'],
    ['‖u‖² w + √(4) w', 'sum(u^2) * w + 2 * w'],
    ['E[u] w + Var(u) w', 'mean(u) * w + variance(u) * w'],
    ['log P', 'log(P)'],
    ['np.c_[np.ones((3, 1)), A]', 'concat([ones([3, 1]), A], axis=1)'],
    ['A[torch.tensor([2, 0, 2])]', 'stack([A[2], A[0], A[2]])'],
    ['F.one_hot(torch.tensor([1, 3]), num_classes=4) * w', '[[0, 1, 0, 0], [0, 0, 0, 1]] * w'],
    ['A / (A * A).shape[-1] ** 0.5', 'A / 2'],
  ])('%s is %s', (written, ours) => {
    const [one, other] = [entriesOf(`q = ${written}`), entriesOf(`q = ${ours}`)]
    expect(one.shape).toEqual(other.shape)
    for (const [k, each] of one.data.entries()) expect(each).toBeCloseTo(other.data[k]!, 12)
  })
})

describe('lines that are more than one array', () => {
  it.each([
    ['q = 2 * u; q += v; q *= 3', 'q = 3 * (2 * u + v)'],
    ['q = 1 * A\nq[A < 0] = 0', 'q = maximum(A, 0)'],
    ['q = 1 * A\nq[:, 1:] = 0', 'q = A * [[1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]'],
    ['q = 1 * A\nq[1] = w', 'q = stack([A[0], w, A[2]])'],
    ['q, p = u + v, u - v\nq, p = p, q', 'q = u - v'],
    [
      'q = u\nfor t in range(3):\n    q = np.tanh(S @ q + t)',
      'q = tanh(S @ tanh(S @ tanh(S @ u) + 1) + 2)',
    ],
    [
      'h_0 = u\nfor t = 1, …, 2:\n    h_t = tanh(S h_{t-1} + X_t w)\nq = 1 * h_2',
      'h = tanh(S u + X[0] @ w)\nq = tanh(S h + X[1] @ w)',
    ],
    [
      'h[0] = np.zeros(3)\nfor t in range(2):\n    h[t+1] = np.tanh(S @ h[t] + X[t] @ w)\nq = h[2]',
      'h = tanh(X[0] @ w)\nq = tanh(S h + X[1] @ w)',
    ],
    ['for t = 1:2\n  h = u .* t;\nend\nq = h', 'q = 2 * u'],
    ["q = A * w .^ 2 + S' * u;", 'q = matmul(A, w^2) + matmul(transpose(S), u)'],
    [
      'def f(x, W, b=0):\n    z = W @ x + b\n    return np.tanh(z)\nq = f(f(u, S), S, b=v)',
      'q = tanh(S @ tanh(S @ u) + v)',
    ],
    ['f(z) = 1 / (1 + e^{-z})\nq = f(u)', 'q = sigmoid(u)'],
    ['f = lambda x: x * x\nq = f(u + v)', 'q = square(u + v)'],
    [
      'def step(x, h):\n    h = S @ h + x\n    return h, 2 * h\na, b = step(u, v)\na, b = step(b, a)\nq = a - b',
      'h = S @ v + u\nq = -(S @ h + 2 * h)',
    ],
    ['i, f = A.chunk(2, 1)\nq = i * f', 'q = A[:, :2] * A[:, 2:]'],
    ['i, f, g, o = np.split(w, 4)\nq = i * f + g * o', 'q = w[:1] * w[1:2] + w[2:3] * w[3:]'],
    ['i, f = torch.split(A, 2, dim=1)\nq = i * f', 'q = A[:, :2] * A[:, 2:]'],
    [
      'i, f, g, o = torch.split(2 * w, 1)\nq = i * f + g * o',
      'q = 4 * w[:1] * w[1:2] + 4 * w[2:3] * w[3:]',
    ],
    ['N, D = A.shape\nq = A / D', 'q = A / 4'],
    [
      'def f(x, W):\n    y = W @ x\n    cache = (x, y)\n    return y, cache\nh, c = f(u, S)\nu1 = 2 * h\na, b = c\nq = a + b * u1',
      'h = S @ u\nq = u + 2 * h * h',
    ],
    // What a name of a tuple had then is what it has, whatever becomes of the names in it.
    ['h = 2 * u\nc = (h, v)\nh = 3 * h\na, b = c\nq = a + b + h', 'q = 8 * u + v'],
    ['deep = True\nif deep:\n    q = S @ u\nelse:\n    q = u', 'q = S @ u'],
    ['q_i = Σ_j S_{ij} u_j + v_i', 'q = S @ u + v'],
    ['q_{ij} = S_{ji} u_i', 'q = transpose(S) * reshape(u, [3, 1])'],
    ['q = w * (1/3 Σ_{i=1}^3 (u_i - v_i)^2)', 'q = mean((u - v)^2) * w'],
    ['q_i = Σ_{j=2}^{3} S_{ij}', 'q = S[:, 1] + S[:, 2]'],
    ['import numpy as np\nq = (u +  # one\n     v)\nprint(q)', 'q = u + v'],
  ])('%s is %s', (written, ours) => {
    const [one, other] = [entriesOf(written), entriesOf(ours)]
    expect(one.shape).toEqual(other.shape)
    for (const [k, each] of one.data.entries()) expect(each).toBeCloseTo(other.data[k]!, 12)
  })

  it('what is drawn at random, and what layers begin with, are inputs and parameters', () => {
    const text = `N, D = 4, 3
x = np.random.randn(N, D)
W = nn.Parameter(torch.zeros(2, D))
fc = nn.Linear(2, 5)
class Net(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.out = nn.Linear(5, hidden, bias=False)
    def forward(self, x):
        return self.out(torch.relu(x))
net = Net(2)
C = np.sum(net(fc(x @ W.T)))`
    const { cost, sizes } = buildNetwork(readNetwork(text))
    const shapes = [...cost.graph.named].map(([name, { shape, op }]) => [name, op.name, [...shape]])
    expect(shapes).toEqual([
      ['x', 'input', [4, 3]],
      ['W', 'parameter', [2, 3]],
      ['fc.weight', 'parameter', [5, 2]],
      ['fc.bias', 'parameter', [5]],
      ['out.weight', 'parameter', [2, 5]],
      ['C', 'sum', []],
    ])
    expect(sizes.map(({ name }) => name)).toEqual(['N', 'D', 'D'])
  })

  it('a dot between vectors is what makes a network, and asked for where both do', () => {
    expect(built('y: input\nC = y - u·v').shape).toEqual([])
    expect(reason('C = sum(u·v)')).toMatch(/Which product is a · b of two vectors/)
  })
})

describe('what is asked for, or is no network', () => {
  it.each([
    ['q = A.var(0)', /By n or n − 1\?/],
    ['q = X.max(1)[0]', /all of the largest in PyTorch/],
    ['q = A[A > 0]', /How many entries a mask takes/],
    ['q = A[5]', /none at 5/],
    ['q = A[0:0]', /is empty/],
    ['u = u + 1', /given from outside/],
    ['i, f, g = A.chunk(3, 1)\nq = i', /4 entries do not fit this shape/],
    ['i, f = A.chunk(2, 1, 0)\nq = 2 * i', /^$/],
    ['q = A[u]', /In brackets after an array stand numbers/],
    ['q_i = Σ_j S_{ij} u_i', /^$/],
    ['q_i = Σ_j S_{ik} u_j', /letter k stands neither/],
    ['q_{ij} = S_{ij} + w_j', /j runs to 3 in one array and to 4/],
    ['q_i = Σ_{j=0}^{2} S_{ij}', /runs from 1 to 3 here/],
    ['q_i = A_i', /has not the letters i/],
    ['if u > 0:\n    q = u', /if between numbers/],
    ['while True:\n    q = u', /for, if, def and class/],
    ['for t in u:\n    q = u', /A loop is for t in range/],
    ['for t in range(9999):\n    q = u', /at most 1000 passes/],
    ['def f(x):\n    return f(x)\nq = f(u)', /calls itself without end/],
    ['def f(x):\n    y = x\nq = f(u)', /returns nothing/],
    ['a, b = u', /2 names get 2 values/],
    ['q: input foo', /‘foo’ is no length/],
    ["q = np.einsum('ij', A, u)", /is for 1 arrays/],
    ['q = E[A]', /of several axes/],
    ['m_{ij}: input 3 3\nq = m_{ji} * 2', /letters of m stand in another order/],
    ['q = F.cross_entropy(A, P, label_smoothing=0.1)', /has no option ‘label_smoothing’/],
    ['q = F.mse_loss(A, P, weight=P)', /it has input, target, reduction/],
    ['q = np.var(A, ddof=0, where=P)', /no option ‘where’/],
    ['q = np.var(A, ddof=0, dtype=None)', /^$/],
    ['q = A * np.random.randn(3, 4)', /no operation ‘np.random.randn’/],
  ])('%s', (text, says) => {
    expect(reason(`${text}\nC = sum(v)`)).toMatch(says)
  })
})
