// Verdicts that were wrong once, each found by brute force or by reading the checker.
import {
  add,
  concat,
  crossEntropy,
  dense,
  exp,
  Graph,
  matmul,
  maximum,
  mean,
  minimum,
  mul,
  type Node,
  neg,
  relu,
  sigmoid,
  square,
  squaredError,
  sum,
  tanh,
} from '@backprove/graph'
import {
  parseClaim,
  printClaim,
  type Verdict,
  verify,
  verifyEqual,
  verifySizes,
} from '@backprove/verify'
import { describe, expect, it } from 'vitest'
import {
  judge,
  newTally,
} from '../../packages/verify/src/index-terms/fixtures/soundness.fixture.ts'

const kindOf = (verdict: Verdict): string => verdict.kind

/** r = relu(x), C = Σ r y. */
const rectified = (): Node => {
  const g = new Graph()
  const r = relu(g.input('x_i', [4])).as('r_i')
  return sum(mul(r, g.input('y_i', [4]))).as('C')
}

describe('assumptions that nothing meets are an error, whatever is claimed', () => {
  it.each([
    ['x_i = 2 x_i', ['1 > 2']],
    ['x_i = 2 x_i', ['1 = 2']],
    ['r_i = x_i', ['x > 0', 'x < 0']],
    ['r_i = x_i', ['x > 0', '1 > 2']],
    ['r_i = x_i', ['x > 0', 'x_1 < 0']],
    ['r_i = x_i', ['x > 0', 'Σ_i x_i = -1']],
    ['x_i = 2 x_i', ['x_i > 0', 'x_i = -1']],
    ['x_i = 2 x_i', ['Σ_i x_i = 1', 'Σ_i x_i = 2']],
  ])('%s where %j', (claim, assume) => {
    expect(kindOf(verify(rectified(), claim, { assume }))).toBe('ill-formed')
  })
})

describe('inequalities of whole arrays hold at the points that are tried', () => {
  it.each([
    ['r_i = 0', ['x < 0']],
    ['r_i = 0', ['x ≤ 0']],
    ['r_i = x_i', ['x ≥ 0']],
    ['r_i = 2 r_i', ['x < 0']],
  ])('%s where %j', (claim, assume) => {
    expect(['proved', 'agrees']).toContain(kindOf(verify(rectified(), claim, { assume })))
  })
  it('0 stands for an array of zeros', () => {
    expect(kindOf(verify(rectified(), 'r = 0', { assume: ['x < 0'] }))).toBe('agrees')
    expect(verify(rectified(), 'r = 0')).toMatchObject({ kind: 'refuted', got: '0' })
    expect(kindOf(verify(rectified(), 'r = 1'))).toBe('refuted')
    expect(kindOf(verify(rectified(), 'r - r = 0'))).toBe('proved')
  })
  it('one-hot targets may be none at all, and are seen at more than one class', () => {
    const g = new Graph()
    const cost = crossEntropy(g.parameter('z_k', [3]), g.input('t_k', [3])).as('C')
    const softmax = 'e^{z_k}/Σ_l e^{z_l}'
    const assume = ['t_i t_j = [i = j] t_i']
    const deadline = 20_000
    const none = verify(cost, `∂C/∂z_k = ${softmax} - t_k`, { assume, deadline })
    // Where there is none, y − t is off by y: it holds if a class is always there.
    expect(none).toMatchObject({ kind: 'holds-if', convention: expect.stringContaining('sum') })
    const some = [...assume, 'Σ_i t_i = 1']
    const first = `∂C/∂z_1 = ${softmax.replace('z_k', 'z_1')}`
    expect(kindOf(verify(cost, first, { assume: some, deadline }))).toBe('refuted')
  })
  it('a counterexample meets them', () => {
    const verdict = verify(rectified(), 'r_i = 2 x_i', { assume: ['x > 0'] })
    expect(verdict.kind).toBe('refuted')
    if (verdict.kind === 'refuted' && 'inputs' in verdict)
      expect(verdict.inputs.x!.every((entry) => Number(entry) > 0)).toBe(true)
  })
})

describe('claims about integers', () => {
  it.each([
    ['n/(9 - m) ≥ 0', { n: 1, m: 10 }],
    ['⌊n/(9 - m)⌋ ≥ 0', { n: 1, m: 10 }],
    ['⌊n/(-1)⌋ ≥ -7', { n: 8 }],
    ['n ≤ 100', { n: 101 }],
    ['⌊n/9⌋ = 0', { n: 9 }],
  ])('%s is false', (claim, sizes) => {
    expect(verifySizes(claim)).toMatchObject({ kind: 'refuted', sizes })
  })
  it.each([
    ['n/(m - m) = 5 n/(m - m)', []],
    ['n = 2 n', ['n n = 2 m m']],
    ['n = 5', ['n ≠ n']],
    ['n/(m - k) = 2 n/(m - k)', ['m ≤ k', 'k ≤ m']],
  ])('%s where %j says nothing', (claim, assume) => {
    expect(['budget', 'ill-formed']).toContain(kindOf(verifySizes(claim, { assume })))
  })
  it('dividing by what may be 0 excludes poles', () => {
    expect(verifySizes('n/p = 2n/(2p)')).toMatchObject({ kind: 'proved', excluded: ['poles'] })
    expect(verifySizes('n/m = 2n/(2m)')).toMatchObject({ kind: 'proved', excluded: [] })
  })
})

it.each(['e^{1/x_i} = e^{1/x_i}', 'σ(1/x_i) = σ(1/x_i)'])('%s has poles', (claim) => {
  expect(verify(rectified(), claim)).toMatchObject({ kind: 'proved', excluded: ['poles'] })
})

it('an index is one in a guard, though an array is called so', () => {
  const g = new Graph()
  const z = mul(g.input('i_n', [3]), g.input('w_n', [3])).as('j_n')
  const y = exp(z).as('y_n')
  const cost = squaredError(y, g.input('t_n', [3])).as('C')
  expect(kindOf(verify(cost, '∂y_i/∂i_j = [i = j] w_i exp(j_i)'))).toBe('proved')
  expect(kindOf(verify(cost, '∂y_i/∂i_j = w_i exp(j_i)'))).toBe('refuted')
  const h = new Graph()
  const product = matmul(h.parameter('k_{ij}', [2, 3]), h.parameter('B_{jk}', [3, 2])).as('y_{ik}')
  const other = squaredError(product, h.input('t_{ik}', [2, 2])).as('C')
  expect(kindOf(verify(other, '∂y_{ik}/∂k_{lj} = [i = l] B_{jk}'))).toBe('proved')
})

describe('rows and columns', () => {
  const g = new Graph()
  const z = dense(g.input('x_i', [4]), g.parameter('W_{ki}', [3, 4]), g.parameter('b_k', [3]))
  const cost = squaredError(z.as('z_k'), g.input('t_k', [3])).as('C')
  it.each([
    'z^T = x^T W^T + b^T',
    'δ^T W x = δ^T (z - b)',
    '∂C/∂x = (δ^T W)^T',
    'C = 1/2 (z - t)^T (z - t)',
  ])('%s', (claim) => {
    expect(kindOf(verify(cost, claim))).toBe('proved')
  })
  it.each(['z = W x + b^T', '∂C/∂b = δ^T', 'δ = z - t^T', 'z^T = x^T W^T + b', '∂C/∂x = δ^T W'])(
    'not: %s',
    (claim) => {
      expect(verify(cost, claim)).toMatchObject({ kind: 'refuted', shapes: expect.anything() })
    },
  )
})

describe('brackets bind their script', () => {
  const g = new Graph()
  const z = dense(g.input('x_i', [4]), g.parameter('W_{ki}', [3, 4]), g.parameter('b_k', [3]))
  const cost = squaredError(z.as('z_k'), g.input('t_k', [3])).as('C')
  it.each([
    ['(x_1 (x_2))^2 = x_1^2 x_2^2', 'proved'],
    ['(x_1 (x_2))^2 = x_1 x_2^2', 'refuted'],
    ['x_1 (x_2)^2 = x_1 x_2^2', 'proved'],
    ['x_1 (x_2 (x_3))^2 = x_1 x_2^2 x_3^2', 'proved'],
    ['x_1 (x_2 (x_3))^2 = x_1 x_2 x_3^2', 'refuted'],
    ['(x_1 (x_2)^2)^2 = x_1^2 x_2^4', 'proved'],
    ['(z - b)^T = (W (x))^T', 'proved'],
    ['∂C/∂W = (x (δ)^T)^T', 'proved'],
    ['(∂C/∂W)^T = x (δ)^T', 'proved'],
  ])('%s: %s', (claim, kind) => {
    const verdict = verify(cost, claim)
    expect(kindOf(verdict)).toBe(kind)
    expect(kindOf(verify(cost, printClaim(parseClaim(claim))))).toBe(kind)
  })
})

describe('functions with pieces are seen in more than one', () => {
  it.each<[string, (x: Node, y: Node) => [Node, Node]]>([
    [
      'min(w⁴, −y) = min(−y, σ(w²))',
      (w, y) => {
        const least = (a: Node) => minimum(a, neg(y))
        return [least(square(square(w))), least(sigmoid(square(w)))]
      },
    ],
    [
      'where every point has a tie',
      (x, y) => {
        const most = maximum(relu(x), minimum(y, mul(y, 1)))
        return [most, mul(most, 0)]
      },
    ],
  ])('%s', (_, pair) => {
    const g = new Graph()
    const [a, b] = pair(g.input('x', [1, 1]), g.input('y', [1, 1]))
    expect(['refuted', 'budget']).toContain(kindOf(verifyEqual(a, b)))
  })
})

it('what differs at other lengths may be equal at the recorded ones', () => {
  const g = new Graph()
  const x = g.input('x', [4])
  const left = mul(mul(exp(x), exp(x)), mean(x))
  const right = mul(exp(mul(2, x)), mul(0.25, sum(x)))
  expect(['proved', 'agrees']).toContain(kindOf(verifyEqual(left, right)))
})

it('verifySizes throws nothing for what a claim says', () => {
  expect(kindOf(verifySizes('⌊n/2⌋ ⌊n/3⌋ = ⌊n/3⌋ ⌊n/2⌋'))).toBe('budget')
})

it('a counterexample names every array, one called __proto__ too', () => {
  const g = new Graph()
  const z = dense(g.input('x_i', [2]), g.parameter('__proto__', [1, 2])).as('z_k')
  const cost = squaredError(sigmoid(z), g.input('t_k', [1])).as('C')
  const verdict = verify(cost, '∂C/∂z = 0')
  if (verdict.kind !== 'refuted' || !('inputs' in verdict)) throw new Error(verdict.kind)
  expect(Object.keys(verdict.inputs).sort()).toEqual(['__proto__', 't', 'x'])
})

it('an adjoint that is given has no derivative, not even 0', () => {
  const g = new Graph()
  const x = g.input('x_i', [2])
  const z = dense(x, g.parameter('W_{ki}', [3, 2]), g.parameter('b_k', [3])).as('z_k')
  const cost = squaredError(sigmoid(z), g.input('t_k', [3])).as('C')
  const claim = '(∂δ_k/∂b_l) [i ≤ 3] x_i = ∂²C/(∂W_{ki} ∂b_l)'
  const verdict = verify(cost, claim)
  expect(verdict).not.toMatchObject({ kind: 'proved', scope: 'all-sizes' })
  expect(verify(cost, '(∂δ_k/∂b_l) x_i = ∂²C/(∂W_{ki} ∂b_l)').kind).toBe('proved')
})

it('terms in canonical coordinates are put into them again', () => {
  const tally = newTally()
  judge(tally, 58_472, 2)
  expect(tally.rejected).toEqual([])
  expect(tally.provedEqual).toBe(tally.equal)
})

describe('a sum whose two ranges differ where one vector is much longer', () => {
  /** a = f(x) before b = tanh(t). */
  const joined = (f: (x: Node) => Node, lengths: readonly [number, number]): Node => {
    const g = new Graph()
    const a = f(g.input('x_i', [lengths[0]])).as('a_i')
    const b = tanh(g.input('t_j', [lengths[1]])).as('b_j')
    return add(sum(concat([a, b], { axis: 0 }).as('h_k')), sum(b)).as('C')
  }
  // 1 − a_k is 1 beyond a; at [1], [3] the right side goes on with h_2 t_3 = b_1 t_3.
  const claim = 'Σ_k a_k (1 - a_k) t_{k+1} = Σ_k h_k (1 - a_k) t_{k+1}'
  it.each([
    [1, 1],
    [4, 5],
    [1, 3],
  ])('recorded at %i and %i it is not proved for all sizes', (...lengths) => {
    const verdict = verify(joined(sigmoid, lengths), claim)
    expect(verdict).not.toMatchObject({ kind: 'proved', scope: 'all-sizes' })
  })
})
