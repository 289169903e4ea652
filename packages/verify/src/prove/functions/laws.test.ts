// The laws of exponentials, logarithms and roots: identities that lecturers use are proved for all
// sizes, their false neighbours refuted; whatever is proved of random formulas holds in numbers.
import {
  add,
  dense,
  Graph,
  gather,
  l2Pool2d,
  log,
  logSumExp,
  mul,
  type Node,
  neg,
  sigmoid,
  softmax,
  squaredError,
  sub,
  sum,
  tanh,
} from '@backprove/graph'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verify } from '../../verify.ts'

const layer = (activation: (z: Node) => Node) => (): Node => {
  const g = new Graph()
  const z = dense(g.input('x_i', [4]), g.parameter('W_{ki}', [3, 4])).as('z_k')
  return squaredError(activation(z).as('a_k'), g.input('t_k', [3])).as('C')
}
const classes = (): Node => {
  const g = new Graph()
  const y = softmax(g.parameter('z_k', [4])).as('y_k')
  return squaredError(y, g.input('t_k', [4])).as('C')
}
const lengths = (): Node => {
  const g = new Graph()
  const p = l2Pool2d(g.parameter('x_{ij}', [1, 4, 4]), { size: 2 }).as('p_{ij}')
  return squaredError(p, g.input('t', p.shape)).as('C')
}

const logistic = layer(sigmoid)
const hyperbolic = layer(tanh)

const sums = (): Node => {
  const g = new Graph()
  const y = logSumExp(g.input('x_{nk}', [3, 4]), { axes: 1 }).as('y_n')
  return squaredError(y, g.input('t_n', [3])).as('C')
}
/** What is nested deeply: worked out twice at every level, it would end at the budget. */
const regression = (): Node => {
  const g = new Graph()
  const [x, w, b] = [g.input('x_j', [4]), g.parameter('w_j', [4]), g.parameter('b', [])]
  const a = sigmoid(add(sum(mul(w, x)), b)).as('a')
  const y = g.input('y', [])
  return neg(add(mul(y, log(a)), mul(sub(1, y), log(sub(1, a))))).as('C')
}
const table = (): Node => {
  const g = new Graph()
  const y = gather(g.input('x_{nk}', [3, 4]), g.input('p_m', [2])).as('y_{mk}')
  return squaredError(y, g.input('t_{mk}', [2, 4])).as('C')
}

const rows: readonly (readonly [claim: string, isTrue: boolean, cost: () => Node])[] = [
  ["σ'(z_k) = e^{-z_k}/(1+e^{-z_k})^2", true, logistic],
  ["σ'(z_k) = e^{-z_k}/(1+e^{-z_k})", false, logistic],
  ["σ'(z_k) = 1/(e^{z_k/2} + e^{-z_k/2})^2", true, logistic],
  ['a_k = e^{z_k}/(1+e^{z_k})', true, logistic],
  ['a_k = e^{z_k}/(1-e^{z_k})', false, logistic],
  ['1 - a_k = 1/(1+e^{z_k})', true, logistic],
  ['a_k = 1/2 (1 + tanh(z_k/2))', true, logistic],
  ['a_k = 1/2 (1 + tanh(z_k))', false, logistic],
  ['log a_k = -log(1 + e^{-z_k})', true, logistic],
  ['log a_k + log(1 + e^{-z_k}) = 0', true, logistic],
  ['log a_k + log(1 + e^{-z_k}) = 10^{-14} z_k', false, logistic],
  ['δ_k = (a_k - t_k) e^{-z_k} a_k^2', true, logistic],
  ['δ_k = (a_k - t_k) e^{z_k} a_k^2', false, logistic],
  ['a_k = (e^{z_k} - e^{-z_k})/(e^{z_k} + e^{-z_k})', true, hyperbolic],
  ['∂a_k/∂z_k = 4/(e^{z_k}+e^{-z_k})^2', true, hyperbolic],
  ['∂a_k/∂z_k = 2/(e^{z_k}+e^{-z_k})^2', false, hyperbolic],
  ['Σ_k y_k = 1', true, classes],
  ['Σ_k y_k^2 = 1', false, classes],
  ['Σ_k ∂C/∂z_k = 0', true, classes],
  ['Σ_k ∂y_k/∂z_l = 0', true, classes],
  ['∂ log y_k/∂z_l = [k=l] - y_l', true, classes],
  ['p_{ij}^2 = Σ_{u=1}^2 Σ_{v=1}^2 x_{2(i-1)+u,2(j-1)+v}^2', true, lengths],
  ['p_{ij}^2 = Σ_{u=1}^2 Σ_{v=1}^2 x_{2(i-1)+u,2(j-1)+v}', false, lengths],
]

/** Numbers, angles, what a sum does not run through, places that are values. */
const more: typeof rows = [
  ['∂C/∂w_j = (a - y) x_j', true, regression],
  ['∂C/∂w_j = (y - a) x_j', false, regression],
  ['√(2π) = √2 √π', true, logistic],
  ['1/√(2π) = √2/(2 √π)', true, logistic],
  ['√8 + √(1/2) = 5/√2', true, logistic],
  ['√12 √(3/4) = 3', true, logistic],
  ['√(4π^2) = 2π', true, logistic],
  ['√(π/2) √(2/π) = 1', true, logistic],
  ['e^{-(z_k/√2)^2} = e^{-z_k^2/2}', true, logistic],
  ['√(2π) = 2 √π', false, logistic],
  ['√8 + √(1/2) = 4/√2', false, logistic],
  ['1/√π = √π', false, logistic],
  ['e^{-(z_k/√2)^2} = e^{-z_k^2/4}', false, logistic],
  ['cos(z_k)^2 + sin(z_k)^2 = 1', true, logistic],
  ['sin(2 z_k)^2 = 1 - cos(2 z_k)^2', true, logistic],
  ['cos(z_k)^4 - sin(z_k)^4 = cos(z_k)^2 - sin(z_k)^2', true, logistic],
  ['1/cos(z_k)^2 = 1 + sin(z_k)^2/cos(z_k)^2', true, logistic],
  ['cos(z_k)^2 - sin(z_k)^2 = 1', false, logistic],
  ['cos(z_k)^2 + sin(2 z_k)^2 = 1', false, logistic],
  ['cos(z_k)^2 + sin(x_k)^2 = 1', false, logistic],
  ['y_n = x_{n1} + log Σ_k e^{x_{nk} - x_{n1}}', true, sums],
  ['y_n = x_{n1} - log Σ_k e^{x_{nk} - x_{n1}}', false, sums],
  ['y_n = x_{n1} + log Σ_k e^{x_{nk} + x_{n1}}', false, sums],
  ['y_n = log Σ_k e^{x_{nk} - x_{n1}}', false, sums],
  ['y_{mk} = Σ_n [n = p_m + 1] x_{nk}', true, table],
  ['y_{mk} = Σ_n [p_m = n - 1] x_{nk}', true, table],
  ['y_{mk} = Σ_n [n = p_m] x_{nk}', false, table],
  ['y_{mk} = Σ_n [n = p_m + 1] x_{nk} + Σ_n n x_{nk} - Σ_n (n + 1) x_{nk}', false, table],
  ['∂C/∂x_{nk} = Σ_m [n = p_m + 1] (y_{mk} - t_{mk})', true, table],
  ['∂C/∂x_{nk} = Σ_m [n + 1 = p_m] (y_{mk} - t_{mk})', false, table],
  ['∂y_{mk}/∂x_{nl} = [k = l] [n = p_m + 1]', true, table],
  ['∂y_{mk}/∂x_{nl} = [k = l] [n = p_k + 1]', false, table],
]

describe('exponentials, logarithms and roots', () => {
  it.each([
    '(a_k - a_k)/(a_k - a_k) = 5',
    '(1 - e^{z_k} e^{-z_k})/(1 - e^{z_k} e^{-z_k}) = 5',
    'a_k + (a_k - a_k)/(a_k - a_k) = 2',
  ])('%s is not proved: it has no value', (claim) => {
    expect(['budget', 'ill-formed', 'refuted']).toContain(verify(logistic(), claim).kind)
  })

  it.each([...rows, ...more])('%s: %s', (claim, isTrue, cost) => {
    const verdict = verify(cost(), claim)
    if (!isTrue) expect(['refuted', 'ill-formed']).toContain(verdict.kind)
    else expect(verdict.kind).toBe('proved')
  })
})

/** A formula in z, and its value. */
interface Formula {
  readonly text: string
  readonly at: (z: number) => number
}

const atom = (text: string, at: (z: number) => number): Formula => ({ text, at })
const atoms = [
  atom('z_k', (z) => z),
  atom('1', () => 1),
  atom('2', () => 2),
  atom('e^{z_k}', Math.exp),
  atom('e^{-z_k}', (z) => Math.exp(-z)),
  atom('e^{z_k/2}', (z) => Math.exp(z / 2)),
  atom('a_k', (z) => 1 / (1 + Math.exp(-z))),
  atom('tanh(z_k)', Math.tanh),
  atom('sin(z_k)', Math.sin),
  atom('cos(z_k)', Math.cos),
  atom('√2', () => Math.SQRT2),
  atom('√(2π)', () => Math.sqrt(2 * Math.PI)),
]

const formula: fc.Arbitrary<Formula> = fc.letrec<{ any: Formula }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom(...atoms),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => ({
      text: `(${a.text} + ${b.text})`,
      at: (z: number) => a.at(z) + b.at(z),
    })),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => ({
      text: `(${a.text} - ${b.text})`,
      at: (z: number) => a.at(z) - b.at(z),
    })),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => ({
      text: `(${a.text}) (${b.text})`,
      at: (z: number) => a.at(z) * b.at(z),
    })),
    tie('any').map((a) => ({ text: `1/(${a.text} + 3)`, at: (z: number) => 1 / (a.at(z) + 3) })),
  ),
})).any

/** The same written otherwise: each a law. */
const rewritten = ({ text, at }: Formula, k: number): Formula => {
  const laws: readonly (readonly [from: string, to: string])[] = [
    ['a_k', '(e^{z_k}/(e^{z_k} + 1))'],
    ['a_k', '(1 - 1/(1 + e^{z_k}))'],
    ['tanh(z_k)', '(2/(1 + e^{-2 z_k}) - 1)'],
    ['e^{-z_k}', '(1/e^{z_k})'],
    ['e^{z_k}', '(e^{z_k/2})^2'],
    ['e^{z_k}', '(a_k/(1 - a_k))'],
    ['cos(z_k)', '((1 - sin(z_k)^2)/cos(z_k))'],
    ['√(2π)', '(2 √π/√2)'],
    ['√2', '(√6/√3)'],
  ]
  const [from, to] = laws[k % laws.length]!
  return { text: text.replaceAll(from, to), at }
}

const points = [-1.3, -0.4, 0.35, 0.9, 1.7]

describe('random formulas', () => {
  const cost = logistic()

  it('are proved only where they hold', () => {
    let proved = 0
    fc.assert(
      fc.property(formula, formula, fc.nat(8), fc.boolean(), (left, other, k, same) => {
        const right = same ? rewritten(left, k) : other
        const verdict = verify(cost, `${left.text} = ${right.text}`, { deadline: 400 })
        if (verdict.kind !== 'proved') return
        proved++
        for (const z of points) {
          const [a, b] = [left.at(z), right.at(z)]
          const isPole = !Number.isFinite(a) || !Number.isFinite(b)
          if (!isPole) expect(Math.abs(a - b)).toBeLessThan(1e-9 * Math.max(1, Math.abs(a)))
        }
      }),
      { numRuns: 150 },
    )
    expect(proved).toBeGreaterThan(20)
  }, 60_000)
})
