// Who is refuted and has no single edit to make is told what is true, in their own form.
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from '../../notes/network/build-network.ts'
import { verify as verifyWithRepairs } from '../../notes/verify-with-repairs.ts'
import { verify } from '../../verify.ts'

const text = `x_i: input 3
t_j: input 2
W_{ji}: parameter 2 3
b_j: parameter 2
z_j = dense(x, W, b)
a_j = sigmoid(z)
C = squaredError(a, t)`

describe('the right formula', () => {
  const { cost, sizes } = buildNetwork(readNetwork(text))
  const diagnosesOf = (claim: string) => {
    const verdict = verifyWithRepairs(cost, claim, { sizes, deadline: 8000 })
    expect(verdict.kind).toBe('refuted')
    return verdict.kind === 'refuted' ? verdict.diagnoses : []
  }

  it.each([
    ['δ_j = a_j t_j + 7 z_j b_j', "δ_j = (a_j - t_j) σ'(z_j)"],
    ['δ = a ⊙ a ⊙ b', "δ = (a - t) ⊙ σ'(z)"],
    ['z = W x + 3 b ⊙ t', 'z = W x + b'],
    ['a_j = z_j^3 + b_j^2', 'a_j = σ(z_j)'],
    ['∂C/∂a_j = a_j + t_j b_j', '∂C/∂a_j = a_j - t_j'],
    [
      '\\frac{\\partial C}{\\partial W_{ji}} = z_j x_i b_j a_j',
      '\\frac{\\partial C}{\\partial W_{ji}} = \\delta_j x_i',
    ],
  ])('beside %s stands %s, which is proved', (claim, right) => {
    expect(diagnosesOf(claim)).toMatchObject([{ name: 'the right formula', formula: right }])
    expect(verify(cost, right, { sizes }).kind).toBe('proved')
  })

  it.each([
    ['dx = W.T @ a * x', 'dx = W.T @ dz'],
    ['dW = np.outer(a, x) * t.sum()', 'dW = dz[:, None] * x'],
  ])('of a program, %s, is a line of a program: %s', (claim, right) => {
    expect(diagnosesOf(claim)).toMatchObject([{ name: 'the right formula', formula: right }])
    expect(verify(cost, right, { sizes }).kind).toBe('proved')
  })

  it('is set against theirs term by term', () => {
    const [diagnosis] = diagnosesOf('∂C/∂a_j = a_j + t_j b_j')
    expect(diagnosis?.message).toBe(
      '∂C/∂a_j is a_j - t_j. In yours ‘a_j’ is right; ‘t_j b_j’ is not; ‘-t_j’ is missing. ' +
        'This is proved.',
    )
  })

  it('a single edit comes before it', () => {
    expect(diagnosesOf('∂C/∂a_j = t_j - a_j')[0]?.name).not.toBe('the right formula')
  })

  it.each([
    ['9007199254740993 δ = 9007199254740992 (a - t) ⊙ σ′(z)', 'factor'],
    ['\\frac{\\partial C}{\\partial W_{12}} = \\delta_1 x_1', 'index off by one'],
    ['\\frac{\\partial C}{\\partial W_{11}} = \\delta_2 x_2', 'index off by one'],
    ['δ_j = (a_j - t_j) a_j (a_j)', 'missing term'],
  ])('%s: %s', (claim, name) => {
    expect(diagnosesOf(claim)[0]?.name).toBe(name)
  })
})

describe('the error of the last layer is a − y', () => {
  const verdictOf = (costs: string, claim: string) => {
    const { cost, sizes } = buildNetwork(
      readNetwork(`X: input n=4 m=6\nW: parameter 3 4\nY: input 3 6\nZ = W X\n${costs}`),
    )
    return verifyWithRepairs(cost, claim, { sizes })
  }
  const logistic = 'A = sigmoid(Z)\nJ = -sum(Y * log(A) + (1 - Y) * log(1 - A)) / 6'
  const classes = 'A = softmax(Z, axis=0)\nJ = -sum(Y * log(A)) / 6'
  it.each([
    [logistic, 'dZ = 1/m A ⊙ Z', 'dZ = (1 / m) (A - Y)', 'proved'],
    [logistic, 'dZ = 1/m (A - Y) ⊙ A ⊙ (1 - A)', 'dZ = (1 / m) (A - Y)', 'proved'],
    [classes, 'dZ = 1/m A ⊙ (1 - A)', 'dZ = (1 / m) (A - Y)', 'holds-if'],
  ])('%s: beside %s stands %s', (costs, claim, right, kind) => {
    const verdict = verdictOf(costs, claim)
    const [first] = verdict.kind === 'refuted' ? verdict.diagnoses : []
    expect(first?.formula).toBe(right)
    expect(verdictOf(costs, right).kind).toBe(kind)
  })
})

it('two edits that undo each other are no repair', () => {
  const cost = buildNetwork(
    readNetwork('z: input 4 5\nt: input 4 5\np = softmax(z, axis=1)\nC = crossEntropy(z, t)'),
  ).cost
  const verdict = verifyWithRepairs(cost, '∂C/∂z = p - t')
  expect(verdict.kind === 'holds-if' && verdict.then.kind).toBe('proved')
  expect(JSON.stringify(verdict)).not.toContain('rot180')
})

describe('the right formula of what is between arrays', () => {
  const layerNorm = `x: input D=4
ε: input
μ = mean(x)
σ^2 = variance(x)
x̂ = (x - μ) / sqrt(σ^2 + ε)
s = softmax(x̂)
t: input 4
L = squaredError(s, t)`
  const { cost, sizes } = buildNetwork(readNetwork(layerNorm))

  it.each([
    ['∂s_i/∂x̂_j = 2 s_i (1 - s_j) + s_j', /^∂s_i\/∂x̂_j = s_i\(\[i = j\] - s_j\)$/],
    [
      '∂L/∂x_i = 1/√(σ^2 + ε) (∂L/∂x̂_i - x̂_i)',
      /\(∂L\/∂x̂_i - .* Σ_k ∂L\/∂x̂_k - .* Σ_k ∂L\/∂x̂_k x̂_k\)$/,
    ],
  ])('%s: %s', (claim, right) => {
    const verdict = verifyWithRepairs(cost, claim, { sizes, deadline: 15_000 })
    const formulas = verdict.kind === 'refuted' ? verdict.diagnoses.map((each) => each.formula) : []
    expect(formulas).toEqual([expect.stringMatching(right)])
    expect(verify(cost, formulas[0]!, { sizes, deadline: 20_000 }).kind).toMatch(/proved|agrees/)
  })
})

describe('the right formula is in their notation', () => {
  const { cost, sizes } = buildNetwork(
    readNetwork(`x: input n
W: parameter m n
z = matmul(W, x)
h = sigmoid(z)
r = matmul(transpose(W), h)
L = squaredError(r, x)`),
  )

  it('derivatives stay derivatives, and no transpose is of a product', () => {
    const verdict = verifyWithRepairs(cost, '∂L/∂W = ∂L/∂z x^T', { sizes, deadline: 20_000 })
    const [first] = verdict.kind === 'refuted' ? verdict.diagnoses : []
    expect(first?.name).toBe('missing term')
    expect(first?.formula).toMatch(/^∂L\/∂W = h (?:· )?\(r - x\)\^T \+ ∂L\/∂z x\^T$/)
  })
})

describe('what is said of entries is said in one set of letters', () => {
  const first = (text: string, claim: string) => {
    const { cost, sizes } = buildNetwork(readNetwork(text))
    const verdict = verifyWithRepairs(cost, claim, { sizes, deadline: 20_000 })
    return (verdict.kind === 'refuted' && verdict.diagnoses[0]) || undefined
  }
  const normed = `X: input N=5 D=3
μ = mean(X, axis=0)
v = mean(square(X - μ), axis=0)
h = (X - μ) / sqrt(v + 0.001)
T: input 5 3
L = squaredError(h * h, T)`
  const distance = 'x: input 3\ny: input 3\nd = sqrt(sum(square(x - y)))\nC = square(d)'

  it('theirs where an array has none of them for its name', () => {
    const claim = '∂L/∂X_{nd} = ∂L/∂h_{nd} / √(v_d + 0.001) + 1/N ∂L/∂μ_d'
    const found = first(normed, claim)
    expect(found?.formula).toMatch(/^∂L\/∂X_\{nd\} = .*∂L\/∂v_d · \(X_\{nd\} - μ_d\)/)
    expect(found?.message).toMatch(/^∂L\/∂X_\{nd\} is .*X_\{nd\} - μ_d.* is missing/)
  })

  it.each([
    '∂C/∂x = ∂C/∂y',
    '∂C/∂x_{1ij} = Σ_{m,n} (y_{1mn} - t_{1mn})',
    '\\frac{∂C}{∂x_{1ij}} = \\sum_{m,n} (y_{1mn} - t_{1mn})',
  ])('a side goes on after a sign in its brackets: %s', (claim) => {
    const text =
      'x: input 1 7 7\ny = maxPool2d(x, 3, stride=2)\nt: input 1 3 3\nC = squaredError(y, t)'
    const formula = first(text, claim)?.formula ?? ''
    expect(formula).toContain('argmax')
    expect(verify(buildNetwork(readNetwork(text)).cost, formula).kind).toBe('proved')
  })

  it('an entry, where the answer is one', () => {
    expect(first(distance, '∂d/∂x = x - y')?.message).toMatch(/^∂d\/∂x_i is /)
  })

  it('a mean of a length without a letter has lost its factor', () => {
    const mean = 'x: input 5\nm = mean(x)\nC = square(m)'
    expect(first(mean, '∂m/∂x_i = 1')?.formula).toBe('∂m/∂x_i = 1 / 5')
  })
})
