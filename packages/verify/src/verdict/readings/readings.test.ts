// What may be read in two ways is read in both: spellings, letters, definitions, literals.
import {
  dense,
  exp,
  Graph,
  mul,
  type Node,
  relu,
  sigmoid,
  softplus,
  square,
  squaredError,
  sub,
  sum,
  tanh,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { checkNotes } from '../../notes/check.ts'
import { verify } from '../../verify.ts'
import { format } from '../format.ts'
import { verifySizes } from '../sizes.ts'

const vector = (): Node => {
  const graph = new Graph()
  return sum(exp(graph.input('x_i', [4]))).as('C')
}

const matrix = (): Node => {
  const graph = new Graph()
  return sum(square(graph.input('x_{mn}', [4, 4]))).as('C')
}

const score = (): Node => {
  const graph = new Graph()
  const s = sum(mul(graph.input('w_i', [3]), graph.input('x_i', [3]))).as('s')
  return square(s).as('C')
}

const distance = (): Node => {
  const graph = new Graph()
  const h = tanh(graph.input('x_i', [3])).as('h_i')
  return sum(square(sub(h, graph.input('t_i', [3])))).as('C')
}

describe('two usual readings', () => {
  it.each<[string, () => Node]>([
    ['√(x_i)^2 = x_i', vector],
    ['1/x_1 x_2 = x_2/x_1', vector],
    ['1/x_1 x_2 = 1/(x_1 x_2)', vector],
    ['1/(4 x_i) (x_i - x_1) = (x_i - x_1)/(4 x_i)', vector],
    ['1/x_1 (x_2 + 1)^2 = (x_2 + 1)^2/x_1', vector],
    ['1/x_1 (x_2 + 1)^2 = 1/(x_1 (x_2 + 1)^2)', vector],
    ['x_1/2 x_2 = x_1 x_2/2', vector],
    ['Σ_{m,n ≤ 2} x_{mn} = x_{1,1} + x_{1,2} + x_{2,1} + x_{2,2}', matrix],
    ['Σ_{m,n ≤ 2} x_{mn} = Σ_m Σ_{n≤2} x_{mn}', matrix],
    ['Σ_{m≠n} x_{mn} + Σ_m x_{mm} = Σ_{m,n} x_{mn}', matrix],
    ['Σ_{m<n} x_{mn} + Σ_{m>n} x_{mn} + Σ_m x_{mm} = Σ_{m,n} x_{mn}', matrix],
  ])('are both tried, the true one first: %s', (claim, network) => {
    const verdict = verify(network(), claim)
    expect(verdict).toMatchObject({ kind: 'ambiguous' })
    const kinds = verdict.kind === 'ambiguous' ? verdict.table.map(([, { kind }]) => kind) : []
    expect(['proved', 'agrees']).toContain(kinds[0])
    expect(kinds).toContain('refuted')
  })

  it.each<[string, () => Node, string]>([
    ['1/x_1 x_2 = x_2 + 1', vector, 'refuted'],
    ['√(x_i)^2 = 2 x_i', vector, 'refuted'],
    ['1/2 x_i = x_i/2', vector, 'proved'],
    ['1/(x_1 x_2) = x_1^{-1} x_2^{-1}', vector, 'proved'],
    ['\\frac{1}{x_1} x_2 = x_2/x_1', vector, 'proved'],
    ['\\sqrt{x_i}^2 = x_i', vector, 'proved'],
    ['1/4 Σ_{m,n} x_{mn} = (Σ_{m,n} x_{mn})/4', matrix, 'proved'],
    ['Σ_{1 ≤ m,n ≤ 2} x_{mn} = x_{11} + x_{12} + x_{21} + x_{22}', matrix, 'proved'],
    ['Σ_{m≠n} x_{mn} = Σ_m x_{mn} - x_{nn} for n ≤ 4', matrix, 'proved'],
  ])('where they agree, or there is one: %s', (claim, network, kind) => {
    expect(verify(network(), claim).kind).toBe(kind)
  })

  it('are named in what a person reads', () => {
    expect(format(verify(vector(), '1/x_1 x_2 = x_2/x_1'))).toMatch(
      /a\/b c is \(a\/b\) c: proved.*\n.*a\/b c is a\/\(b c\): refuted/,
    )
  })
})

describe('a definition', () => {
  it.each<[string, () => Node, RegExp]>([
    ['s = Σ_i w_i x_i where i = 1', score, /nothing here speaks of it/],
    ['s = Σ_i w_i x_i where i = 1, 2, 3', score, /nothing here speaks of it/],
    ['s = Σ_k w_k x_k where k = 3', score, /nothing here speaks of it/],
    ['∂C/∂h = Δ where Δ = 2(h - t), Δ = h - t', distance, /defined twice/],
    ['Δ := h - t; Δ := 2(h - t); ∂C/∂h = Δ', distance, /defined twice/],
    [
      '∂C/∂h_i = Δ_i where Δ_i = 2(h_i - t_i), Δ_j = h_j',
      distance,
      /‘Δ_j’ is defined, and nothing here speaks of it/,
    ],
    ['∂C/∂h = 2 Δ where Δ = Δ', distance, /no ‘Δ’/],
  ])('that says nothing, or two things, is ill-formed: %s', (claim, network, reason) => {
    expect(verify(network(), claim)).toMatchObject({
      kind: 'ill-formed',
      reason: expect.stringMatching(reason),
    })
  })

  it.each([
    ['∂C/∂h = Δ where Δ = 2(h - t)', 'proved'],
    ['E := 2C, ∂E/∂h = 4(h - t)', 'proved'],
    ['E = 2C, ∂E/∂h = 2(h - t)', 'refuted'],
    ['∂E/∂h = 4(h - t) where E = 2C', 'proved'],
    ['J := C/2, ∂J/∂h = h - t', 'proved'],
    ['L := C + 1, ∂L/∂h = 2(h - t)', 'proved'],
    ['J := C/2, dJ/dh = 2(h - t)', 'refuted'],
    ['E := -C, ∂E/∂h_i = 2(t_i - h_i)', 'proved'],
    ['E = Σ_i (h_i - t_i)^2, ∂E/∂h = 2(h - t)', 'proved'],
  ])('of another cost is used: %s, %s', (claim, kind) => {
    expect(verify(distance(), claim).kind).toBe(kind)
  })
})

describe('a letter that means two things', () => {
  const notes = (formula: string) => {
    const network = 'x_i: input n=3\nz_i = 2*x\nC = sum(square(z))'
    return checkNotes(`\`\`\`network\n${network}\n\`\`\`\n\n$${formula}$\n`).entries[0]!.verdict!
  }

  it('a length that is an index too', () => {
    expect(notes('z_n = z_3')).toMatchObject({ kind: 'ambiguous' })
    expect(notes('z_n = 2 x_n').kind).toBe('proved')
    expect(notes('Σ_{i=1}^n z_i = Σ_i z_i').kind).toBe('proved')
    expect(notes('z_i = 2 x_i').kind).toBe('proved')
  })

  it('an array called e', () => {
    const graph = new Graph()
    const p = softplus(graph.input('x_i', [3])).as('p_i')
    const cost = sum(mul(graph.input('e_i', [3]), p)).as('C')
    const verdict = verify(cost, 'p_i = log(1 + e^{x_i})')
    expect(verdict).toMatchObject({ kind: 'ambiguous' })
    expect(format(verdict)).toContain('a power of 2.718…: proved')
    expect(verify(cost, '∂C/∂p_i = e_i').kind).toBe('proved')
    expect(verify(cost, 'p_i = log(1 + exp(x_i))').kind).toBe('proved')
  })

  it.each([
    ['a_i = g(x_i)', 'ill-formed'],
    ['a_i = h(x_i)', 'ill-formed'],
    ['a_i = σ(x_i)', 'proved'],
    ["∂C/∂x_i = 2 a_i f'(x_i)", 'proved'],
  ])('a function that nobody knows: %s, %s', (claim, kind) => {
    const graph = new Graph()
    const a = sigmoid(graph.input('x_i', [3])).as('a_i')
    expect(verify(sum(square(a)).as('C'), claim).kind).toBe(kind)
  })
})

/** a = relu(z), of [2, 3]. */
const rectified = (): Node => {
  const graph = new Graph()
  return sum(square(relu(graph.input('z_{ij}', [2, 3])).as('a_{ij}'))).as('C')
}

describe('a(a), where it is no product, is the activation', () => {
  it.each([
    ['a = a(a)', 'proved'],
    ['a_{ij} = a(a_{ij})', 'proved'],
    ['a_{ij} = a_{ij} (1 - a_{ij})', 'refuted'],
    ["∂C/∂z = 2 a(a) ⊙ a'(z)", 'proved'],
  ])('%s: %s', (claim, kind) => {
    expect(verify(rectified(), claim)).toMatchObject({ kind })
  })
})

describe('an array called as a function is', () => {
  const scaled = () => {
    const graph = new Graph()
    const x = graph.input('x_i', [3])
    const y = mul(graph.input('σ_i', [3]), x).as('y_i')
    return sum(mul(y, sigmoid(x).as('s_i'))).as('C')
  }

  it.each([
    ['s_i = σ(x_i)', 'ambiguous'],
    ['y_i = σ_i x_i', 'proved'],
    ['y_i = σ(x_i)', 'refuted'],
    ['∂C/∂σ_i = x_i s_i', 'proved'],
  ])('%s: %s', (claim, kind) => {
    expect(verify(scaled(), claim).kind).toBe(kind)
  })
})

describe('literals', () => {
  it.each([
    '2½ s = 5/2 Σ_i w_i x_i',
    '1¼ s = 5/4 s',
    '½ s = s/2',
    '1e-3 s = s/1000',
    '1e+3 s = 1000 s',
    '0.1 s + 0.2 s = 0.3 s',
  ])('%s', (claim) => {
    expect(verify(score(), claim).kind).toBe('proved')
  })

  it.each([0.1, 1 / 3, 1e-7, 1e300, 2 ** 60, 5e-324, 0.1 + 0.2])('the double %s is exact', (k) => {
    const graph = new Graph()
    const cost = sum(mul(graph.input('x_i', [3]), k).as('y_i')).as('C')
    expect(verify(cost, `y_i = ${k} x_i`).kind).toBe('proved')
  })

  it.each([
    ['1/3*x', '1/3 x_i', 'proved'],
    ['x/7', '1/7 x_i', 'proved'],
    ['-2/3*x', '-2/3 x_i', 'proved'],
    ['(0.1 + 0.2)*x', '0.3 x_i', 'proved'],
    ['1/3*x', '0.3333333333333333 x_i', 'refuted'],
  ])('of a network in text are exact: %s, %s', (line, claim, kind) => {
    const network = `x_i: input 3\ny_i = ${line}\nC = sum(y)`
    const document = `\`\`\`network\n${network}\n\`\`\`\n\n$y_i = ${claim}$\n`
    expect(checkNotes(document).entries[0]!.verdict!.kind).toBe(kind)
  })
})

describe('powers', () => {
  it.each([
    ['n ≤ n^2', 'proved'],
    ['n^0 = 1', 'proved'],
    ['(n + 1)^2 = n^2 + 2n + 1', 'proved'],
    ['n^3 ≥ n^2', 'proved'],
    ['⌊n^2/n⌋ = n', 'proved'],
    ['n ≤ m^2', 'refuted'],
    ['n^{-1} ≤ 1', 'ill-formed'],
    ['n^{1/2} ≤ n', 'ill-formed'],
    ['n^2 = n', 'refuted'],
    ['n^2 ≤ n^1 + n^3', 'refuted'], // lengths of three layers
  ])('of lengths: %s, %s', (claim, kind) => {
    expect(verifySizes(claim).kind).toBe(kind)
  })

  it.each([
    '(((((9^99)^99)^99)^99)^99)^99 x_1 = x_1',
    '((x_1^99)^99)^99 = x_1',
    '9^{9^{9^9}} x_1 = x_1',
    'x_1^{(1/9^{99})^{99}} = x_1',
    '((1 + x_1)^99)^99 = ((x_1 + 1)^99)^99 + 1',
    'Σ_{i=1}^{9^9} x_i = x_1',
    'x_{9^9} = x_1',
    '((10^{99})^{99})^{50} x_1 = ((10^{99})^{99})^{50} x_1 + 1',
  ])('have a bound: %s', (claim) => {
    expect(['refuted', 'budget', 'ill-formed']).toContain(
      verify(vector(), claim, { deadline: 1000 }).kind,
    )
  })
})

describe('columns side by side are entry by entry, where no product of matrices fits', () => {
  const layer = (): Node => {
    const graph = new Graph()
    const W = graph.parameter('W', [2, 3])
    const a = sigmoid(dense(graph.input('x', [3]), W).as('z')).as('a')
    return squaredError(a, graph.input('t', [2])).as('C')
  }
  it.each([
    ['∂C/∂z = (a - t) a (1 - a)', 'proved'],
    ['∂C/∂W = (a - t) a (1 - a) x^T', 'proved'],
    ['∂C/∂x = W^T (a - t) a (1 - a)', 'proved'],
    ['∂C/∂x = W^T (a - t) a', 'refuted'],
    ['∂C/∂z = (a - t) a (1 + a)', 'refuted'],
    ['∂C/∂W = (a - t) x', 'refuted'],
  ])('%s: %s', (claim, kind) => {
    expect(verify(layer(), claim)).toMatchObject({ kind })
  })
})
