// What a statement means is settled before it is judged: what its letters run through, where its
// sides have values, what its brackets compare. A verdict is never about something else.
import {
  add,
  concat,
  conv2d,
  exp,
  Graph,
  maxPool2d,
  mul,
  type Node,
  relu,
  sigmoid,
  slice,
  square,
  squaredError,
  sum,
  tanh,
} from '@backprove/graph'
import { format, type Verdict, verify } from '@backprove/verify'
import { describe, expect, it } from 'vitest'

const deadline = 60_000

/** One word for a verdict: `proved` with its scope. */
const answerOf = (verdict: Verdict): string =>
  verdict.kind === 'proved' ? `proved, ${verdict.scope}` : verdict.kind

type Row = readonly [claim: string, answer: string, assume?: readonly string[]]

const expectAnswers = (cost: () => Node, rows: readonly Row[]): void => {
  it.each(rows.map((row) => [...row] as const))('%s: %s', (claim, answer, assume = []) => {
    const verdict = verify(cost(), claim, { assume, deadline })
    expect(answer.split(' or '), JSON.stringify({ ...verdict, certificate: 0 })).toContain(
      answerOf(verdict),
    )
  })
}

/** a = σ(x), b = tanh(y), h = a and b behind one another. */
const joined = (n: number, m: number) => (): Node => {
  const g = new Graph()
  const a = sigmoid(g.input('x_i', [n])).as('a_i')
  const b = tanh(g.input('y_j', [m])).as('b_j')
  return sum(square(concat([a, b], { axis: 0 }).as('h_k'))).as('C')
}

/** a = f(x), and t beside it. */
const beside = (n: number, m: number, f: (x: Node) => Node) => (): Node => {
  const g = new Graph()
  const a = f(g.input('x_i', [n])).as('a_i')
  return add(sum(square(a)), sum(square(g.input('t_j', [m])))).as('C')
}

const plain = (): Node => {
  const g = new Graph()
  return sum(square(g.input('x_i', [3]))).as('C')
}

const pooled =
  (f: (x: Node) => Node, height = 4) =>
  (): Node => {
    const g = new Graph()
    const a = f(g.input('x_{ij}', [1, height, 4])).as('a_{ij}')
    const p = maxPool2d(a, { size: 2 }).as('p_{ij}')
    return squaredError(p, g.input('t_{ij}', p.shape)).as('C')
  }

describe('a free letter over boxes that differ', () => {
  expectAnswers(joined(3, 2), [
    ['a_k = h_k', 'ambiguous'],
    ['h_k = a_k', 'ambiguous'],
    ['2 a_k = 2 h_k', 'ambiguous'],
    ['a_k + b_{k-3} - h_k = 0 h_k', 'proved, shape'],
    ['∂C/∂h_k = ∂C/∂a_k', 'ambiguous'],
    ['h_k = a_k = σ(x_k)', 'ambiguous'],
    ['h_{k+3} = b_k', 'proved, shape'],
    ['h_k = a_k + b_{k-3}', 'proved, shape'],
    ['a_k + b_{k-3} = h_k', 'proved, shape'],
    ['σ(x_k) = a_k', 'proved, all-sizes'],
    ['h_k = 2 a_k', 'refuted'],
    ['a_k b_k = b_k a_k', 'proved, all-sizes'],
  ])
  it('has the true row first, and says what the letter runs through', () => {
    const verdict = verify(joined(3, 2)(), 'h_k = a_k', { deadline })
    if (verdict.kind !== 'ambiguous') throw new Error(verdict.kind)
    expect(verdict.table.map(([, { kind }]) => kind)).toEqual(['proved', 'refuted'])
    expect(verdict.descriptions).toEqual(['k = 1, …, 3', 'k = 1, …, 5'])
  })
  it('is not taken to be alike for all sizes where only the recorded ones are', () => {
    const verdict = verify(joined(3, 3)(), 'a_k b_k = b_k a_k', { deadline })
    expect(answerOf(verdict)).toBe('proved, shape')
  })
})

describe('one side that an equation defines gives its letters their range', () => {
  const sliced = (): Node => {
    const g = new Graph()
    const y = slice(g.input('x_i', [5]), { start: [0], end: [3], step: 1 }).as('y_i')
    return sum(square(y)).as('C')
  }
  expectAnswers(sliced, [
    ['y_i = x_i', 'proved, all-sizes'],
    ['x_i = y_i', 'proved, all-sizes'],
    ['y_i = 2 x_i - x_i', 'proved, all-sizes'],
    ['2 y_i = 2 x_i', 'ambiguous'],
  ])
  const convolved = (): Node => {
    const g = new Graph()
    const x = g.input('x_{ij}', [1, 4, 4])
    const z = conv2d(x, g.parameter('w_{uv}', [1, 1, 2, 2])).as('z_{ij}')
    return squaredError(z, g.input('t_{ij}', z.shape)).as('C')
  }
  const written = 'w_{11} x_{ij} + w_{12} x_{i,j+1} + w_{21} x_{i+1,j} + w_{22} x_{i+1,j+1}'
  expectAnswers(convolved, [
    [`z_{ij} = ${written}`, 'proved, some-sizes'],
    [`${written} = z_{ij}`, 'proved, some-sizes'],
    ['∂z_{ij}/∂w_{11} = x_{ij}', 'proved, all-sizes'],
    ['x_{ij} = ∂z_{ij}/∂w_{11}', 'proved, all-sizes'],
    ['∂z_{ij}/∂x_{ij} = w_{11}', 'proved, all-sizes'],
    ['∂z_{ij}/∂w_{12} = x_{ij}', 'refuted'],
  ])
  it('says for which sizes, and what letters run through', () => {
    const [said] = format(verify(convolved(), `z_{ij} = ${written}`, { deadline })).split('\n')
    expect(said).toBe('proved for 2×2 kernels and every size of x, i over z and j over z')
    const whole = format(verify(joined(3, 2)(), 'h_k = a_k + b_{k-3}', { deadline }))
    expect(whole.split('\n')[0]).toBe('proved for this shape, k over h')
  })
})

describe('a sum without a range', () => {
  const claim = 'Σ_k σ(x_k) t_{k-1} = Σ_k a_k t_{k-1}'
  const less = 'Σ_k (1 - σ(x_k)) t_{k-1} = Σ_k t_{k-1} - Σ_k a_k t_{k-1}'
  const notForAll = 'proved, shape or ambiguous or agrees'
  expectAnswers(beside(4, 2, sigmoid), [
    [claim, notForAll],
    [less, notForAll],
    ['Σ_k e^{x_k} t_k = Σ_k e^{x_k} t_k [k ≤ 2]', notForAll],
    ['Σ_k σ(x_{k+1}) = Σ_k σ(x_{k+1})', 'ill-formed'],
    ['Σ_k e^{x_k} = Σ_{k=1}^4 e^{x_k}', 'proved, shape or proved, all-sizes'],
  ])
  expectAnswers(beside(2, 2, sigmoid), [
    [claim, 'ambiguous or refuted'],
    [less, 'ambiguous or refuted'],
  ])
  // What is times 0 does not say where a sum ends.
  const ending = (zero: string) =>
    `Σ_k (x_k + a_{k-1}) [k ≤ 3] = Σ_k ((x_k + a_{k-1}) [k ≤ 3] + ${zero})`
  expectAnswers(beside(1, 2, tanh), [
    [ending('0 (x_1/(1 + e^{x_1}))'), 'proved, all-sizes'],
    [ending('0'), 'proved, all-sizes'],
    [ending('0 σ(t_k)'), 'proved, shape or proved, all-sizes'],
    [ending('-(0 σ(x_k))/2'), 'proved, shape or proved, all-sizes'],
    ['Σ_k (σ(x_k) t_k + 0 σ(t_{k+1})) = Σ_k σ(x_k) t_k', 'proved, all-sizes'],
    [ending('1'), 'refuted or ill-formed or ambiguous'],
  ])
  expectAnswers(beside(3, 3, tanh), [['Σ_k tanh(x_k) t_k = Σ_k a_k t_k', 'proved, all-sizes']])
  const assume = ['x > 0']
  expectAnswers(beside(2, 4, relu), [
    ['Σ_k [x_k > 0] t_k = Σ_k t_k', 'refuted', assume],
    ['Σ_k [0 < x_k] t_k = Σ_k t_k', 'refuted', assume],
    ['Σ_k [x_k > 0] x_k = Σ_k a_k', 'proved, all-sizes', assume],
  ])
  expectAnswers(beside(4, 2, relu), [
    ['Σ_k [x_k > 0] t_k = Σ_k t_k', 'proved, shape or agrees', assume],
  ])
})

describe('a cell in no window', () => {
  const notForAll = 'proved, shape or agrees'
  expectAnswers(pooled(relu), [
    ['[a_{ij} = p_{⌈i/2⌉,⌈j/2⌉}] = [a_{ij} = max]', notForAll],
    ['[a_{ij} = max] = [a_{ij} = p_{⌈i/2⌉,⌈j/2⌉}]', notForAll],
    ['[a_{ij} = up(p)_{ij}] = [a_{ij} = max]', notForAll],
    ['[a_{ij} = p_{kl}] = [a_{ij} = p_{kl}] [k = ⌈i/2⌉] [l = ⌈j/2⌉]', 'refuted or budget'],
    ['∂C/∂a = up(∂C/∂p) ⊙ [a = up(p)]', 'proved, all-sizes'],
    ['∂C/∂a_{ij} = ∂C/∂p_{⌈i/2⌉,⌈j/2⌉} [a_{ij} = p_{⌈i/2⌉,⌈j/2⌉}]', 'proved, all-sizes'],
    ['∂C/∂x_{ij} = ∂C/∂p_{⌈i/2⌉,⌈j/2⌉} [a_{ij} = max] [x_{ij} > 0]', 'proved, all-sizes'],
  ])
  expectAnswers(pooled(relu, 5), [
    ['[a_{ij} = p_{⌈i/2⌉,⌈j/2⌉}] = [a_{ij} = max]', 'refuted or budget'],
    ['[a_{ij} = max] = [a_{ij} = p_{⌈i/2⌉,⌈j/2⌉}]', 'refuted or budget'],
    ['∂C/∂a = up(∂C/∂p) ⊙ [a = up(p)]', 'proved, all-sizes'],
  ])
})

describe('what only the recorded shapes say is not said of others', () => {
  const scaled = (m: number) => (): Node => {
    const g = new Graph()
    const x = g.input('x_{ij}', [1, 4, 4])
    const a = conv2d(x, exp(g.parameter('w_{uv}', [1, 1, m, m]))).as('a_{ij}')
    return sum(maxPool2d(a, { size: 2 }).as('p_{ij}')).as('C')
  }
  expectAnswers(scaled(1), [
    ['∂C/∂a_{ij} = [x_{ij} = max]', 'proved, shape or agrees'],
    ['[a_{ij} = max] = [x_{ij} = max]', 'proved, shape or agrees'],
    ['∂C/∂a_{ij} = [a_{ij} = max]', 'proved, all-sizes'],
  ])
  expectAnswers(scaled(2), [['∂C/∂a_{ij} = [a_{ij} = max]', 'proved, all-sizes']])
})

describe('where a side has no value', () => {
  const excludedOf = (claim: string) => {
    const verdict = verify(plain(), claim, { deadline })
    return verdict.kind === 'proved' ? verdict.excluded : verdict.kind
  }
  it.each([
    'e^{log x_i} = x_i',
    '0 log x_i = 0',
    '0 (1/x_i) = 0',
    'x_i/x_i = 1',
    'x_i x_i^{-1} = 1',
    '√(x_i) √(x_i) = x_i',
    'log(1/x_i) = -log(x_i)',
    'x_i - 1/x_i + 1/x_i = x_i',
    'x_i^0 + log(x_i^2) - log(x_i^2) = 1',
  ])('%s has poles', (claim) => {
    expect(excludedOf(claim)).toEqual(['poles'])
  })
  it.each([
    'log(e^{x_i}) = x_i',
    '1/(1 + e^{-x_i}) = σ(x_i)',
    'e^{x_i} / Σ_k e^{x_k} = e^{x_i} (Σ_k e^{x_k})^{-1}',
    '(x_i^2 + 1)/(1 + x_i^2) = 1',
    'x_i/(1 + e^{x_i}) = x_i (1 + e^{x_i})^{-1}',
  ])('%s has none', (claim) => {
    expect(excludedOf(claim)).toEqual([])
  })
  expectAnswers(plain, [
    ['e^{log(-1)} = -1', 'ill-formed'],
    ['0/0 = 0', 'ill-formed'],
    ['x_i + 0/0 = x_i', 'ill-formed'],
    ['√(-1) √(-1) = -1', 'ill-formed'],
    ['x_i = x_i + 0 log(0)', 'ill-formed'],
    ['x_i/(x_i - x_i) = x_i/(x_i - x_i)', 'budget'],
    ['log(-x_i^2) = log(-x_i^2)', 'budget'],
    ['0 log(-e^{x_i}) = 0', 'budget'],
  ])
})

describe('where every point is excluded', () => {
  const constant = (): Node => {
    const g = new Graph()
    const a = mul(g.input('x_{ij}', [1, 4, 4]), 0).as('a_{ij}')
    return sum(maxPool2d(a, { size: 2 }).as('p_{ij}')).as('C')
  }
  const said = 'budget or refuted'
  expectAnswers(constant, [
    ['∂C/∂a_{ij} = ∂C/∂p_{⌈i/2⌉,⌈j/2⌉} [a_{ij} = max]', said],
    ['∂C/∂a_{ij} = [a_{ij} = max]', said],
    ['∂C/∂a = up(∂C/∂p) ⊙ [a = up(p)]', said],
  ])
  const kinked = (): Node => {
    const g = new Graph({ reluAtZero: 1 })
    const y = mul(g.input('x_i', [3]), 0).as('y_i')
    return sum(relu(y).as('r_i')).as('C')
  }
  expectAnswers(kinked, [
    ['∂C/∂y_i = [y_i > 0]', said],
    // 1 = 1, by the policy.
    ["∂C/∂y_i = relu'(y_i)", `${said} or proved, shape`],
    ["relu'(0) = 0", 'refuted'],
    ["relu'(0) = 1", 'proved, all-sizes'],
  ])
  expectAnswers(plain, [["relu'(0) = 0", 'proved, all-sizes']])
})

describe('a star with steps is the sum that it stands for', () => {
  const strided = (): Node => {
    const g = new Graph()
    const w = g.parameter('w_{uv}', [1, 1, 2, 2])
    const z = conv2d(g.input('x_{ij}', [1, 5, 4]), w, { stride: 2 }).as('z_{ij}')
    return squaredError(z, g.input('t_{ij}', z.shape)).as('C')
  }
  expectAnswers(strided, [
    ['z = x *_{s=2} w', 'proved, all-sizes'],
    ['x *_{s=2} w = z', 'proved, all-sizes'],
    ['z_{ij} = Σ_{u,v} w_{uv} x_{2i+u-2,2j+v-2}', 'proved, all-sizes'],
    ['z_{ij} = (x *_{s=2} w)_{ij}', 'proved, all-sizes'],
    ['z = x *_{s=3} w', 'refuted'],
  ])
})

describe('i and j of an image are used again for what is pooled from it', () => {
  const narrow = (): Node => {
    const g = new Graph()
    const p = maxPool2d(g.input('x_{ij}', [1, 4, 2]), { size: 2 }).as('p_{ij}')
    return sum(square(p)).as('C')
  }
  expectAnswers(narrow, [
    ['p_{ij} = max(x_{2i-1,2j-1}, x_{2i-1,2j}, x_{2i,2j-1}, x_{2i,2j})', 'agrees'],
    ['p_{21} = max(x_{31}, x_{32}, x_{41}, x_{42})', 'agrees'],
  ])
})
