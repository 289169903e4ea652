// What is printed is what a textbook prints: networks as people have them, one formula each.
import {
  add,
  chainStep,
  crossEntropy,
  formula,
  Graph,
  grad,
  latex,
  mul,
  type Node,
  square,
  squaredError,
  stopGradient,
  sum,
} from '@backprove/graph'
import {
  batchNorm,
  conv,
  dense,
  elu,
  embedding,
  gelu,
  groupNorm,
  hardTanh,
  inception,
  layerNorm,
  leakyRelu,
  maxPool,
  nets,
  network,
  relu,
  residual,
  rmsNorm,
  selu,
  softmax,
} from '@backprove/nn'
import { derivation, formatDerivation, verify } from '@backprove/verify'
import { describe, expect, it } from 'vitest'

const by = (cost: Node, name: string): Node => grad(cost, cost.graph.node(name))
const lines = (text: string) => text.split('\n')

describe('batch normalisation in training, as Ioffe and Szegedy have it', () => {
  const layers = [conv({ filters: 2, kernel: 3 }), batchNorm()]
  const model = network({ input: [1, 4, 4], layers, cost: squaredError })
  const { cost } = model.at(2, { training: true })
  const { graph } = cost
  it.each([
    ['μ^{B2}', 'μ^{B2}_k = 1/8 Σ_{s,i,j} z^{1sk}_{ij}'],
    ['v^{B2}', 'v^{B2}_k = 1/8 Σ_{s,i,j} (z^{1sk}_{ij} - μ^{B2}_k)²'],
    ['ẑ^2', 'ẑ^{2sk}_{ij} = (z^{1sk}_{ij} - μ^{B2}_k)/(√(v^{B2}_k + ε))'],
    ['z^2', 'z^{2sk}_{ij} = ẑ^{2sk}_{ij} γ^2_k + β^2_k'],
  ])('%s', (name, expected) => {
    expect(formula(graph.node(name), { form: 'index' })).toBe(expected)
  })
  it.each([
    ['γ^2', '∂C/∂γ^2_k = Σ_{s,i,j} δ^{2sk}_{ij} ẑ^{2sk}_{ij}'],
    ['β^2', '∂C/∂β^2_k = Σ_{s,i,j} δ^{2sk}_{ij}'],
    ['ẑ^2', '∂C/∂ẑ^{2sk}_{ij} = δ^{2sk}_{ij} γ^2_k'],
    [
      'z^1',
      'δ^{1sk}_{ij} = ∂C/∂ẑ^{2sk}_{ij}/(√(v^{B2}_k + ε)) + ' +
        '1/4 ∂C/∂v^{B2}_k (z^{1sk}_{ij} - μ^{B2}_k) + 1/8 ∂C/∂μ^{B2}_k',
    ],
  ])('by %s', (name, expected) => {
    expect(formula(by(cost, name), { form: 'index' })).toBe(expected)
  })
  it('sets hats and ε', () => {
    expect(latex(graph.node('ẑ^2'))).toBe(
      '\\hat{z}^{2sk}_{ij} = ' +
        '\\frac{z^{1sk}_{ij} - \\mu^{B2}_{k}}{\\sqrt{v^{B2}_{k} + \\varepsilon}}',
    )
  })
})

it('layer normalisation has no parts with numbers for names', () => {
  const layers = [dense({ units: 4 }), layerNorm()]
  const { cost } = network({ input: [5], layers, cost: squaredError })
  for (const form of ['layer', 'index'] as const) {
    const text = formula(by(cost, 'z^1'), { form })
    expect(lines(text)).toHaveLength(1)
    expect(text).toMatch(/∂C\/∂μ\^2/)
    expect(text).not.toMatch(/0\.00001|\^\{?\(/)
  }
})

describe('branches', () => {
  const one = () => conv({ filters: 2, kernel: 1 })
  const layers = [
    inception([
      [one(), relu()],
      [one(), relu()],
    ]),
    dense({ units: 2 }),
  ]
  const { cost } = network({ input: [1, 3, 3], layers, cost: squaredError })
  it('stop at the derivative by what they join in', () => {
    expect(formula(by(cost, 'z^1'), { form: 'index' })).toBe(
      'δ^{1k}_{ij} = [z^{1k}_{ij} > 0] ∂C/∂h^{2k}_{ij}',
    )
    expect(formula(by(cost, 'z^2'), { form: 'index' })).toBe(
      'δ^{2k}_{ij} = [z^{2k}_{ij} > 0] ∂C/∂h^{2,k+2}_{ij}',
    )
  })
})

describe('softmax with cross entropy', () => {
  const layers = [dense({ units: 3 }), softmax()]
  const { cost } = network({ input: [4], layers, cost: crossEntropy })
  it('is −Σ t log y, and its error (Σ t) y − t', () => {
    expect(formula(cost, { form: 'index' })).toBe('C = -Σ_n t_n log(a^1_n)')
    expect(formula(by(cost, 'z^1'))).toBe('δ^1 = (Σ t) a^1 - t')
    expect(formula(by(cost, 'z^1'), { form: 'index' })).toMatch(
      /= \(Σ_\{n′\} t_\{n′\}\) a\^1_n - t_n$/,
    )
  })
  it.each(['layer', 'index'] as const)('read back in the %s form', (form) => {
    for (const node of [cost, by(cost, 'z^1')])
      expect(verify(cost, formula(node, { form })).kind).toBe('proved')
  })
})

it('decimals are not multiplied: what they make would be rounded', () => {
  const layers = [dense({ units: 2 }), selu()]
  const { cost } = network({ input: [3], layers, cost: squaredError })
  const { graph } = cost
  const step = chainStep(cost, graph.node('z^1'))
  expect(step.right.text).toContain('1.0507009873554805')
  expect(step.right.text).not.toContain('1.758')
  expect(verify(cost, `${step.left.text} = ${step.right.text}`).kind).toBe('proved')
})

it('windows that overlap are never said by up', () => {
  const { cost } = network({
    input: [1, 5, 5],
    layers: [maxPool({ size: 3, stride: 2 }), dense({ units: 2 })],
    cost: squaredError,
  })
  expect(formula(by(cost, 'x'))).not.toMatch(/up|1_max/)
})

describe('reshapes are read away', () => {
  const { cost } = network({
    input: [4, 2, 2],
    layers: [groupNorm({ groups: 2 })],
    cost: squaredError,
  })
  const { graph } = cost
  it.each([
    ['μ^1', 'μ^1_t = 1/8 Σ_{j ≤ 2,i,j′} x_{2t+j-2,i,j′}'],
    ['ẑ^1', 'ẑ^{1k}_{ij} = (x_{kij} - μ^1_{⌈k/2⌉})/(√(v^1_{⌈k/2⌉} + ε))'],
  ])('%s', (name, expected) => {
    expect(formula(graph.node(name), { form: 'index' })).toBe(expected)
  })
})

it('maps before a dense layer are one column', () => {
  const layers = [dense({ units: 2 })]
  const { cost } = network({ input: [2, 2, 2], layers, cost: squaredError })
  const printed = [formula(cost.graph.node('z^1')), formula(by(cost, 'w^1'))]
  expect(printed).toEqual(['z^1 = w^1 vec(x) + b^1', '∂C/∂w^1 = δ^1 vec(x)ᵀ'])
  for (const claim of printed) expect(verify(cost, claim).kind).toBe('proved')
})

it('windows that overlap say where each is largest', () => {
  const layers = [maxPool({ size: 3, stride: 2 })]
  const { cost } = network({ input: [2, 5, 5], layers, cost: squaredError })
  const claim = formula(by(cost, 'x'), { form: 'index' })
  expect(claim).toBe(
    '∂C/∂x_{kij} = Σ_{i′,j′} [(i-2i′+2,j-2j′+2) = argmax_{a ≤ 3,b ≤ 3} ' +
      'x_{k,2i′+a-2,2j′+b-2}] ∂C/∂p^{0k}_{i′j′}',
  )
  expect(verify(cost, claim).kind).toBe('proved')
  expect(verify(cost, claim.replace('i-2i′+2', 'i-2i′+3')).kind).toBe('refuted')
})

it('masks stand once, and numbers in front of them', () => {
  const of = (layer: ReturnType<typeof relu>) => {
    const layers = [dense({ units: 2 }), layer]
    return by(network({ input: [2], layers, cost: squaredError }).cost, 'z^1')
  }
  expect(formula(of(elu()))).toBe('δ^1 = (a^1 - t) ⊙ [z^1 > 0] + (a^1 - t) ⊙ [z^1 ≤ 0] ⊙ e^{z^1}')
  expect(formula(of(leakyRelu()), { form: 'index' })).toMatch(
    /= \[z\^1_n > 0\] \(a\^1_n - t_n\) \+ 0\.01 \[z\^1_n ≤ 0\] \(a\^1_n - t_n\)$/,
  )
  expect(formula(of(hardTanh()))).toMatch(/⊙ \[max\(z\^1, -1\) ≤ 1\] ⊙ \[z\^1 ≥ -1\]$/)
})

it('an array of many names is told of by the one that was asked for', () => {
  const layers = [dense({ units: 3 }), residual([dense({ units: 3 })])]
  const { cost } = network({ input: [3], layers, cost: squaredError })
  for (const name of ['b^2', 'z^2']) by(cost, name)
  expect(lines(formula(by(cost, 'h^2')))).toEqual([
    '∂C/∂h^2 = h^2 - t',
    '  where δ^2 = ∂C/∂h^2',
    '  where ∂C/∂b^2 = ∂C/∂h^2',
  ])
})

it('steps define what they have by number', () => {
  const layers = [dense({ units: 2 }), gelu({ approximate: 'tanh' } as never)]
  const { cost } = network({ input: [2], layers, cost: squaredError })
  const { right, definitions } = chainStep(cost, cost.graph.node('z^1'))
  const used = new Set(right.text.match(/v\^\{\(\d+\)\}/g))
  expect(used.size).toBeGreaterThan(0)
  for (const name of used) expect(definitions.some(({ text }) => text.startsWith(name))).toBe(true)
  const { verdict } = derivation(cost, cost.graph.node('z^1')).at(-1)!
  expect(verdict.kind).toBe('proved')
})

it('no slope is printed through stopGradient', () => {
  const graph = new Graph()
  const x = graph.parameter('x', [2])
  const y = stopGradient(square(x)).as('y')
  const cost = sum(mul(add(y, x), y)).as('C')
  const [step] = derivation(cost, x).slice(-1)
  expect(step).toMatchObject({ before: '∂C/∂x_i', after: 'y_i' })
  expect(step!.chain).toBeUndefined()
  expect(step!.passes.map(({ name }) => name)).toEqual(['C'])
})

it('arrays one behind the other are told case by case, and by where they end', () => {
  const one = () => conv({ filters: 2, kernel: 1 })
  const layers = [inception([[one()], [one(), relu()]])]
  const { cost } = network({ input: [2, 3, 3], layers, cost: squaredError })
  const h = cost.graph.node('h^2')
  const claim = 'h^{2k}_{ij} = { z^{1k}_{ij} if k ≤ 2; a^{2,k-2}_{ij} otherwise }'
  expect(formula(h, { form: 'index' })).toBe(claim)
  expect(latex(h, { form: 'index' })).toContain('\\begin{cases}')
  const { left, right } = chainStep(cost, cost.graph.node('z^1'))
  const step = `${left.text} = ${right.text}`
  expect(step).toBe('δ^{1k}_{ij} = ∂C/∂h^{2k}_{ij} for k ≤ 2')
  for (const each of [claim, latex(h, { form: 'index' }), step])
    expect(verify(cost, each).kind).toBe('proved')
})

it('what an embedding looks up is a sum over the symbols', () => {
  const layers = [embedding({ symbols: 4, units: 2 })]
  const { cost } = network({ input: [3], layers, cost: squaredError })
  const claim = formula(cost.graph.node('z^1'), { form: 'index' })
  expect(claim).toBe('z^1_{ij} = Σ_{i′} [i′ = x_i + 1] w^1_{i′j}')
  expect(verify(cost, claim).kind).toBe('proved')
  expect(formula(grad(cost, cost.graph.node('x'), { unused: 'zero' }))).toBe('∂C/∂x = 0')
  // The same under the Σ: x_i is an entry, and no index of its own.
  expect(verify(cost, 'z^1_{ij} = Σ_{k, x_i+1 = k} w^1_{kj}').kind).not.toBe('refuted')
})

it('a derivation ends (Σ t) y − t as textbooks do, where the targets sum to 1', () => {
  const layers = [dense({ units: 3 }), softmax()]
  const { cost } = network({ input: [4], layers, cost: crossEntropy })
  const [step] = derivation(cost, cost.graph.node('z^1')).slice(-1)
  expect(step!.underTargets!.text).toBe('a^1_n - t_n if Σ_{n′} t_{n′} = 1')
  expect(formatDerivation([step!])).toContain('= a^1_n - t_n if Σ_{n′} t_{n′} = 1')
})

it('each step of the small residual network is proved', () => {
  const { cost } = nets.miniResNet({ seed: 1 })
  const steps = derivation(cost, cost.graph.node('w^1'))
  expect(steps.filter(({ verdict }) => verdict.kind !== 'proved')).toEqual([])
  expect(steps).toHaveLength(22)
})

it('what a part sums over has letters of its own, and axes of one entry are not told', () => {
  const layers = [dense({ units: 3 }), rmsNorm()]
  const { cost } = network({ input: [4], layers, cost: squaredError })
  const claim = formula(by(cost, 'z^1'), { form: 'index' })
  expect(claim).toMatch(/\n {2}where v\^\{\(\d+\)\} = √\(1\/3 Σ_\{?([i-z])′*\}?/)
  expect(verify(cost, claim).kind).toBe('proved')
})

it('a batch of maps is told in indices where its samples would be taken for maps or rows', () => {
  const layers = [conv({ filters: 2, kernel: 1 }), maxPool({ size: 2 }), dense({ units: 2 })]
  const model = network({ input: [1, 4, 4], layers, cost: squaredError })
  const { cost } = model.at(2)
  for (const name of ['z^1', 'z^2'])
    expect(verify(cost, formula(cost.graph.node(name))).kind).toBe('proved')
  for (const name of ['w^1', 'w^2', 'p^1'])
    expect(verify(cost, formula(by(cost, name))).kind, name).toBe('proved')
})
