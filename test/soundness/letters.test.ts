// A letter of an index is an index, whatever array of the graph has its name.
import {
  dense,
  exp,
  Graph,
  mul,
  type Node,
  sigmoid,
  softmax,
  squaredError,
  sum,
} from '@backprove/graph'
import { verify, verifySizes } from '@backprove/verify'
import { describe, expect, it } from 'vitest'

/** y = softmax(z), with targets t. */
const classifier = (): Node => {
  const g = new Graph()
  const y = softmax(g.parameter('z_k', [2])).as('y_k')
  return squaredError(y, g.input('t_k', [2])).as('C')
}

/** j = k i, a = σ(j), y = V a. */
const layers = (): Node => {
  const g = new Graph()
  const z = dense(g.input('i_i', [3]), g.parameter('k_{ji}', [3, 3])).as('j_j')
  const a = sigmoid(z).as('a_j')
  return squaredError(dense(a, g.parameter('V_{kj}', [4, 3])).as('y_k'), g.input('t_k', [4])).as(
    'C',
  )
}

/** y = e^{i w}. */
const exponential = (): Node => {
  const g = new Graph()
  const y = exp(mul(g.input('i_i', [3]), g.parameter('w_i', [3]))).as('y_i')
  return sum(mul(y, g.input('t_p', [3]))).as('C')
}

describe('a letter that an array is called too', () => {
  it.each([
    ['∂y_{k}/∂z_{l} = y_{k} ([k = l] - Σ_{t} [t = l] y_{t})', classifier],
    ['∂y_{k}/∂z_{l} = y_{k} ([k = l] - Σ_{t≥0} [t = l] y_{t})', classifier],
    ['∂y_{k}/∂i_{i} = Σ_{j} V_{k,j} (a_{j} (1 - a_{j})) k_{j,i}', layers],
    ['i_{i} Σ_{n} y_{n} i_{n-1} = [i ≤ 4] i_{i} Σ_{g} y_{g} i_{g-1} + [i > 4] i_{i}', exponential],
  ])('%s', (claim, cost) => {
    expect(verify(cost(), claim)).toMatchObject({ kind: 'proved' })
  })

  it.each([
    ['∂y_{k}/∂z_{l} = y_{k+1} ([k = l] - Σ_{t} [t = l] y_{t})', classifier],
    ['∂y_{k}/∂i_{i} = Σ_{j} V_{k,j} (a_{j} (1 - a_{j})) k_{j,j}', layers],
  ])('%s fails at numbers, not by its shapes', (claim, cost) => {
    const verdict = verify(cost(), claim, { deadline: 600 })
    expect(verdict.kind).toBe('refuted')
    expect(verdict).not.toHaveProperty('shapes')
  })
})

// A length-1 array called i: [m < -i] says that i is an index, and no part of the name y_i.
it.each([
  ['y_i i_2 + Σ_m y_m [m < i] = y_i i_2 + Σ_m y_m [m < -i]', 1],
  ['y_i + Σ_m y_m [m < i] [i ≤ 3] = y_i + Σ_m y_m [m < -i] [i ≤ 3]', 1],
])('%s is not refuted by values of the array i', (claim, length) => {
  const g = new Graph()
  const y = exp(mul(g.input('i_i', [length]), g.parameter('w_i', [length])).as('j_i')).as('y_i')
  const cost = squaredError(y, g.input('t_i', [length])).as('C')
  expect(verify(cost, claim).kind).not.toBe('refuted')
})

// i x_i of a number i, dz of an array d: which is meant nobody knows; n^m may be a power of n.
it.each([
  ['y_i = i x_i', 'ambiguous'],
  ['y_j = j x_j', 'refuted'],
  ['y_k = i x_k', 'proved'],
  ['Σ_i x_i = i', 'refuted'],
  ['dy = y - d', 'ambiguous'],
  ['dy_k = y_k - d_k', 'ambiguous'],
  ['dy = d - y', 'refuted'],
  ['d y = y - d', 'refuted'],
  ['∂C/∂y = y - d', 'proved'],
])('of numbers and errors %s is %s', (claim, kind) => {
  const g = new Graph()
  const y = mul(g.input('x_k', [3]), g.input('i', [])).as('y_k')
  const cost = squaredError(y, g.input('d_k', [3])).as('C')
  expect(verify(cost, claim).kind).toBe(kind)
})

it.each([
  ['n^m ≥ n', 'ill-formed'],
  ['n^m = m n', 'ill-formed'],
  ['n^l = n^{l-1}', 'refuted'],
  ['n^2 ≥ n', 'proved'],
])('of lengths %s is %s', (claim, kind) => {
  expect(verifySizes(claim).kind).toBe(kind)
})
