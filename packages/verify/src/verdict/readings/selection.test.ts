// What a condition selects: indices, values and layers; from nothing, nothing follows.
import {
  add,
  dense,
  Graph,
  mul,
  type Node,
  relu,
  sigmoid,
  square,
  squaredError,
  sum,
  tanh,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { verify } from '../../verify.ts'
import { format } from '../format.ts'

const four = (): Node => {
  const graph = new Graph()
  const z = mul(graph.input('x_i', [4]), 3).as('z_i')
  return sum(square(tanh(z).as('a_i'))).as('C')
}

/** Three dense layers; those whose activation is to be called a^l. */
const layers = (
  activations: readonly ((z: Node) => Node)[],
  named: readonly number[] = [1, 2, 3],
): Node => {
  const graph = new Graph()
  let a = graph.input('a^0_i', [2])
  activations.forEach((activation, k) => {
    const layer = k + 1
    const w = graph.parameter(`w^${layer}_{ij}`, [2, 2])
    const z = dense(a, w, graph.parameter(`b^${layer}_i`, [2])).as(`z^${layer}_i`)
    a = activation(z)
    if (named.includes(layer)) a.as(`a^${layer}_i`)
  })
  return squaredError(a, graph.input('t_i', [2])).as('C')
}

describe('a selection that is empty', () => {
  it.each([
    'z_7 = 2 a_7',
    'z_9 = 3 x_9',
    '∂C/∂x_9 = 0',
    '2 z_5 = a_1',
    'z_0 = 2 a_0',
    'z_{-1} = a_{-1}',
    'z_0 = 5',
    '∂C/∂x_0 = 0',
    'z_i = 5 for i = 7',
    'z_i = 5 for i > 9',
    'z_i = 5 for 2 < i < 3',
    'z_i = 5 if 1 > 2',
    'z_i = a_j for i > 2, j > 4',
    'a_i = 5 if a_i > 1', // tanh is below 1
    'z_i = 5 if x_i^2 < 0',
    'z_i = 5 if x_i > 0, x_i < 0',
    'z_i = 5 if x_i = 1, x_i = 2',
  ])('claims nothing: %s', (claim) => {
    expect(verify(four(), claim)).toMatchObject({
      kind: 'ill-formed',
      reason: expect.stringContaining('nothing is claimed'),
    })
  })

  it.each([
    ['z_4 = 3 x_4', 'proved'],
    ['z_i = 3 x_i for i ≤ 2', 'proved'],
    ['z_i = 3 x_i for i = 4', 'proved'],
    ['z_i = 3 x_i if x_i > 0', 'proved'],
    ['z_i = 5 for i = 4', 'refuted'],
    ['z_i = 5 if x_i > 100', 'refuted'],
    ['z_i = 5 if x_i = 1/2', 'refuted'],
  ])('is not taken for one that is not: %s, %s', (claim, kind) => {
    expect(verify(four(), claim).kind).toBe(kind)
  })
})

describe('a condition on the layer', () => {
  const three = () => layers([relu, tanh, sigmoid])

  it.each([
    ['a^l_i = tanh(z^l_i) for l = 2', 'proved'],
    ['a^l_i = tanh(z^l_i), l = 2', 'proved'],
    ['a^l_i = relu(z^l_i) for l = 1', 'proved'],
    ['a^l_i = σ(z^l_i) for l > 2', 'proved'],
    ['a^l_i = σ(z^l_i) for l ≠ 3', 'refuted'],
    ['a^l_i = tanh(z^l_i) for l ≤ 2', 'refuted'],
    ['a^l_i = relu(z^l_i) for l = 2', 'refuted'],
    [
      'a^l_i = \\begin{cases} \\max(0, z^l_i) & l = 1 \\\\ \\tanh(z^l_i) & l = 2 \\\\ \\sigma(z^l_i) & l = 3 \\end{cases}',
      'proved',
    ],
    [
      'a^l_i = \\begin{cases} \\tanh(z^l_i) & l \\le 2 \\\\ \\sigma(z^l_i) & l = 3 \\end{cases}',
      'refuted',
    ],
    ['a^l_i = σ(z^l_i) for l = 7', 'ill-formed'],
    ['a^l_i = σ(z^l_i) for l > 3', 'ill-formed'],
    ['a^l_i = σ(z^l_i) for l = L', 'proved'],
    ['a^l_i = tanh(z^l_i) for l = L - 1', 'proved'],
    ['a^l_i = tanh(z^l_i) for l = L', 'refuted'],
    ['a^l_i = σ(z^l_i) for l < L', 'refuted'],
    ['a^l_i = σ(z^l_i) for l > L', 'ill-formed'],
    ['a^l_i = a^l_i for l = L - 1, …, 1', 'proved'],
    ['a^l_i = relu(z^l_i) for l = 1, 3', 'refuted'],
    ['(l - 1)(l - 3) a^l_i = 0 for l = 1, 3', 'proved'],
    ['a^l_i = { σ(z^l_i) if l = L; tanh(z^l_i) if l = 2; relu(z^l_i) otherwise }', 'proved'],
  ])('selects instances: %s, %s', (claim, kind) => {
    expect(verify(three(), claim).kind).toBe(kind)
  })

  it('says which layers were judged', () => {
    const verdict = verify(three(), 'a^l_i = tanh(z^l_i) for l = 2')
    expect(verdict).toMatchObject({ layers: { judged: [{ l: 2 }] } })
    expect(format(verdict)).toContain('judged at l = 2')
  })

  it('says why a layer is left out', () => {
    const cost = layers([sigmoid, relu, sigmoid], [1, 3])
    expect(verify(cost, 'a^l_i = σ(z^l_i) for l = 2')).toMatchObject({
      kind: 'ill-formed',
      reason: expect.stringContaining('At l = 2: The graph has no ‘a^l_i’'),
    })
    const verdict = verify(cost, 'a^l_i = σ(z^l_i)')
    expect(verdict).toMatchObject({
      kind: 'proved',
      layers: {
        judged: [{ l: 1 }, { l: 3 }],
        leftOut: [{ layers: { l: 0 } }, { layers: { l: 2 } }],
      },
    })
    expect(format(verdict)).toContain('not at l = 2: The graph has no ‘a^l_i’')
  })

  it('leaves the last layer out where there is none after it', () => {
    const verdict = verify(three(), "δ^l_i = Σ_j w^{l+1}_{ji} δ^{l+1}_j relu'(z^l_i) for l = 1")
    expect(verdict).toMatchObject({ kind: 'proved', layers: { judged: [{ l: 1 }] } })
  })
})

describe('a list of values', () => {
  const plain = (): Node => {
    const g = new Graph()
    return add(
      sum(sigmoid(g.input('x_i', [4])).as('y_i')),
      sum(square(g.input('w_{ij}', [4, 4]))),
    ).as('C')
  }
  it.each([
    ['y_i = σ(x_i) for i = 1, 2', 'proved'],
    ['y_i = σ(x_i), i = 1, 2, 3', 'proved'],
    ['y_i = σ(x_i) for i ∈ {1, 3}', 'proved'],
    ['y_i = 5 for i = 1, 2', 'refuted'],
    ['y_i = 5 for i = 5, 6', 'ill-formed'],
    ['[i ≠ 2][i ≠ 4] y_i = y_i for i = 1, 3', 'proved'],
    ['[i ≠ 2] y_i = y_i for i = 1, 2', 'refuted'],
    ['[i + j ≥ 4] w_{ij} = w_{ij} for i = 1, 2, j = 3, 4', 'proved'],
    ['[i + j ≥ 4] w_{ij} = w_{ij} for i = 1, 2, j = 2, 3', 'refuted'],
    ['[i ≤ 3] y_i = y_i for i = 3, …, 1', 'proved'],
    ['y_1 = 1, 2', 'ill-formed'],
  ])('%s: %s', (claim, kind) => {
    expect(verify(plain(), claim).kind).toBe(kind)
  })
})
