// Claims about functions with pieces: what holds on the pieces that random points see, and fails on
// the others, is refuted. The values that refute are worked by hand beside each.
import {
  abs,
  add,
  clamp,
  equal,
  Graph,
  greater,
  less,
  maximum,
  maxPool2d,
  minimum,
  mul,
  type Node,
  neg,
  relu,
  sign,
  square,
  sub,
  sum,
  tanh,
  where,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { verify } from '../verify.ts'
import { verifyEqual } from '../verify-equal.ts'

const vectors = (build: (x: Node, t: Node) => Node): Node => {
  const graph = new Graph()
  return build(graph.input('x_i', [4]), graph.input('t_i', [4]))
}

const squares = () => vectors((x) => sum(square(x)).as('C'))

describe('an equality of values is decided by no sample', () => {
  it.each([
    '[x_i = 0] = 0', // x = 0
    '[x_1 = x_2] = 0', // x = (1, 1, …)
    '[x_i = x_j] = [i = j]',
    '[x_i ≠ 0] = 1',
    '[x_i = 7/2] = 0', // x = 7/2
    '[x_i = 2 x_j + 1] x_i = 0', // x_i = x_j = −1
    '[x_i ≥ 0] = [x_i > 0]',
    '[x_1 = x_2 = x_3] = 0',
  ])('%s', (claim) => {
    expect(verify(squares(), claim).kind).toBe('refuted')
  })

  // False where the sum is 0; at 0 itself, where samples look, 1/t has no value.
  it.each([
    '[Σ_k (x_k + t_k) ≠ 0] Σ_k 1/t_k = Σ_k 1/t_k',
    'Σ_k 1/t_k = [Σ_k (x_k + t_k) ≠ 0] Σ_k 1/t_k',
    'log(t_i) = [Σ_k x_k ≠ 0] log(t_i)',
  ])('%s does not agree where nothing was compared', (claim) => {
    const cost = vectors((x, t) => sum(mul(square(x), square(t))).as('C'))
    expect(['refuted', 'budget']).toContain(verify(cost, claim).kind)
  })

  it('brackets that hold together at a solved point alone are looked at there', () => {
    const claim = '[x_3 = 2 t_1] [x_2 ≤ t_2 - 1] [t_1 ≤ -7] = 0' // t_1 = −8, x_3 = −16
    const graph = new Graph()
    const [x, t] = [graph.input('x_i', [4]), graph.input('t_j', [3])]
    const cost = add(sum(square(x)), sum(square(t))).as('C')
    expect(['refuted', 'budget']).toContain(verify(cost, claim).kind)
  })

  it.each(['x_i [x_i = 0] = 0', '[x_i = 2 x_i] = [x_i = 0]'])(
    '%s, which is true, is not refuted, and proved by no sample',
    (claim) => {
      const verdict = verify(squares(), claim)
      expect(verdict.kind === 'proved' ? verdict.method : 'index').toBe('index')
      expect(['proved', 'agrees', 'budget']).toContain(verdict.kind)
    },
  )

  it.each<[string, (x: Node, t: Node) => readonly [Node, Node]]>([
    ['where(x = t, 5, x) and x', (x, t) => [where(equal(x, t), 5, x), x]],
    ['[x = t] and 0', (x, t) => [equal(x, t), mul(x, 0)]],
    ['where(x = 3, t, x) and x', (x, t) => [where(equal(x, 3), t, x), x]],
    [
      '[x = t] + [x < t] + [t < x] twice',
      (x, t) => [add(add(equal(x, t), less(x, t)), greater(x, t)), add(less(x, t), greater(x, t))],
    ],
    ['sign² and 1', (x) => [square(sign(x)), add(mul(x, 0), 1)]],
  ])('%s', (_, build) => {
    const pair: Node[] = []
    vectors((x, t) => {
      pair.push(...build(x, t))
      return sum(x)
    })
    expect(verifyEqual(pair[0]!, pair[1]!).kind).toBe('refuted')
  })
})

describe('both sides of every kink are looked at', () => {
  const twice = () => vectors((x) => sum(square(relu(relu(x)).as('q_i'))).as('C'))

  it.each([
    ['q_i = x_i', 'refuted'], // x = −1: 0, −1
    ['q_i = |x_i|', 'refuted'],
    ['∂C/∂x_i = 2 x_i', 'refuted'], // x = −1: 0, −2
    ['q_i = relu(x_i)', 'proved'],
    ['∂C/∂x_i = 2 q_i', 'proved'],
    // relu(x) is 0 for half of all x, and there relu′(0) is what the graph says: 0.
    ["1 = relu'(q_i)", 'refuted'],
    ["[x_i ≠ 0] = relu'(q_i)", 'refuted'],
    ["[x_i > 0] = relu'(q_i)", 'proved'],
  ])('%s: %s', (claim, kind) => {
    expect(verify(twice(), claim).kind).toBe(kind)
  })

  it.each<[string, (x: Node, t: Node) => readonly [Node, Node], string]>([
    ['relu(relu(x)) and x', (x) => [relu(relu(x)), x], 'refuted'],
    ['relu(x − 100) and 0', (x) => [relu(sub(x, 100)), mul(x, 0)], 'refuted'],
    ['relu(x² − 10⁴) and 0', (x) => [relu(sub(square(x), 10_000)), mul(x, 0)], 'refuted'],
    ['clamp to ±1000 and x', (x) => [clamp(x, -1000, 1000), x], 'refuted'],
    ['|relu(x) − 3| and 3 − relu(x)', (x) => [abs(sub(relu(x), 3)), sub(3, relu(x))], 'refuted'],
    ['max(x, −50) and x', (x) => [maximum(x, -50), x], 'refuted'],
    [
      'min(x, t, 20) and min(x, t)',
      (x, t) => [minimum(minimum(x, t), 20), minimum(x, t)],
      'refuted',
    ],
    ['[x > 3] and 0', (x) => [greater(x, 3), mul(x, 0)], 'refuted'],
    ['relu(x) relu(−x) and 0', (x) => [mul(relu(x), relu(neg(x))), mul(x, 0)], 'proved'],
    ['relu(relu(x)) and relu(x)', (x) => [relu(relu(x)), relu(x)], 'proved'],
    ['relu(tanh(x) − 1) and 0', (x) => [relu(sub(tanh(x), 1)), mul(x, 0)], 'agrees'],
  ])('%s', (_, build, kind) => {
    const pair: Node[] = []
    vectors((x, t) => {
      pair.push(...build(x, t))
      return sum(x)
    })
    expect(verifyEqual(pair[0]!, pair[1]!).kind).toBe(kind)
  })

  it('says how many choices there are and how many were met', () => {
    const verdict = verify(twice(), 'relu(tanh(q_i) - 1) = 0')
    expect(verdict).toMatchObject({ kind: 'agrees' })
    expect(verdict).not.toHaveProperty('errorBound')
    expect((verdict as { why: string }).why).toMatch(/met \d+ of at most 2\^\d+ choices/)
  })
})

describe('an extreme over an axis', () => {
  it.each([
    'max_i x_i = x_1',
    'min_i x_i = x_1',
    'max_i x_i = max_i |x_i|',
    'max(x_1, x_2) = x_1',
    'med_i x_i = x_2',
    'max_i x_i = min_i x_i',
  ])('%s is refuted', (claim) => {
    expect(verify(squares(), claim).kind).toBe('refuted')
  })

  it('has no error bound: a piece that no point met has nothing to do with degrees', () => {
    const verdict = verify(squares(), 'max_i (x_i - x_1) = max_i x_i - x_1')
    expect(verdict.kind).toBe('agrees')
    expect(verdict).not.toHaveProperty('errorBound')
  })

  it('is of no window where nothing is pooled', () => {
    expect(verify(squares(), '[x_i = max] = 1')).toMatchObject({
      kind: 'ill-formed',
      reason: expect.stringContaining('enters no pooling'),
    })
  })
})

describe('infinite bounds', () => {
  it.each<[string, (x: Node) => readonly [Node, Node], string]>([
    ['clamp(x, 0, ∞) is relu', (x) => [clamp(x, 0, Infinity), relu(x)], 'agrees'],
    ['clamp(x, −∞, ∞) is x', (x) => [clamp(x, -Infinity, Infinity), x], 'agrees'],
    ['clamp(x, 0, ∞) is no x', (x) => [clamp(x, 0, Infinity), x], 'refuted'],
    ['max(x, −∞) is x', (x) => [maximum(x, -Infinity), x], 'agrees'],
    ['min(x, −∞) is no x', (x) => [minimum(x, -Infinity), x], 'refuted'],
    ['x + ∞ is no x', (x) => [add(x, Infinity), x], 'refuted'],
  ])('%s', (_, build, kind) => {
    const pair: Node[] = []
    vectors((x) => {
      pair.push(...build(x))
      return sum(x)
    })
    expect(verifyEqual(pair[0]!, pair[1]!).kind).toBe(kind)
  })

  it.each(['y_i = max(x_i, 0)', '∂C/∂x_i = [x_i > 0]'])('%s', (claim) => {
    const cost = vectors((x) => sum(clamp(x, 0, Infinity).as('y_i')).as('C'))
    expect(verify(cost, claim).kind).toBe('agrees')
  })
})

describe('relu before pooling', () => {
  const pooled = () => {
    const graph = new Graph()
    const x = graph.input('x_{ij}', [1, 4, 4])
    const a = relu(x).as('a_{ij}')
    return sum(maxPool2d(a, { size: 2 }).as('p_{ij}')).as('C')
  }

  // Half of the windows hold zeros alone: a factor 0 stands before every choice of a winner.
  it.each([
    ['∂C/∂x_{ij} = [a_{ij} = max] [x_{ij} > 0]', true],
    ['p_{ij} = max(a_{2i-1,2j-1}, a_{2i-1,2j}, a_{2i,2j-1}, a_{2i,2j})', true],
    ['∂C/∂x_{ij} = [a_{ij} = max]', false],
    ['∂C/∂x_{ij} = [x_{ij} > 0]', false],
  ])('%s: %s', (claim, holds) => {
    const { kind } = verify(pooled(), claim)
    expect(['proved', 'agrees'].includes(kind)).toBe(holds)
    if (!holds) expect(kind).toBe('refuted')
  })
})
