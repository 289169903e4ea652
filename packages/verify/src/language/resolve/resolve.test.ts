// Names looked up in a network: tags, letters, powers, layers.
import { describe, expect, it } from 'vitest'
import { plain } from '../plain.fixture.ts'
import { parseClaim } from '../read/claim.ts'
import { continued } from '../read/continued.ts'
import type { Resolved, Scope, ScopeName } from '../resolved.ts'
import { ClaimError } from '../syntax.ts'
import { resolve, resolveSizes } from './resolve.ts'

const name = (text: string, letters: string, shape: number[]): ScopeName => {
  const [base, tag = ''] = text.split('^')
  return {
    name: text,
    base: base!,
    tag: tag.replace(/[{}]/g, ''),
    letters: [...letters],
    rank: shape.length,
    shape,
    role: 'leaf',
  }
}

/** A book's network for 6×6 images: three filters, 2×2 pooling, three outputs. */
const book: Scope = {
  names: [
    name('x', 'ij', [1, 6, 6]),
    name('w^F', 'kij', [3, 3, 3]),
    name('z^F', 'kij', [3, 4, 4]),
    name('a^F', 'kij', [3, 4, 4]),
    name('a^P', 'kij', [3, 2, 2]),
    name('w^O', 'nkij', [3, 3, 2, 2]),
    name('z^O', 'n', [3]),
    name('a^O', 'n', [3]),
    name('t', 'n', [3]),
    name('C', '', []),
  ],
  costName: 'C',
}
const layers: Scope = {
  names: [
    ...[1, 2, 3].flatMap((l) => [name(`z^${l}`, '', [4]), name(`a^${l}`, '', [4])]),
    name('W^2', '', [4, 4]),
    name('W^3', '', [4, 4]),
    name('a', '', [4]),
  ],
}

const show = (node: Resolved | null): string => {
  if (node === null) return ':'
  const each = (nodes: readonly (Resolved | null)[]) => nodes.map(show).join(' ')
  switch (node.kind) {
    case 'numeral':
      return `${node.value.numerator}`
    case 'index':
    case 'size':
    case 'variable':
      return `${node.kind}:${node.name}`
    case 'array':
      return node.name
    case 'cost':
      return 'cost'
    case 'entry':
      return `${show(node.array)}[${node.indices.map(show).join(',')}]`
    case 'derivative':
      return `∂${show(node.of)}/${each(node.by)}`
    case 'call':
      return `${node.word}${"'".repeat(node.order)}(${each(node.operands)})`
    case 'activation':
      return `act${"'".repeat(node.order)}(${show(node.operand)})`
    case 'product':
      return `(${each(node.factors)})`
    case 'addition':
      return `(${node.terms.map(show).join(' + ')})`
    case 'negation':
      return `-${show(node.operand)}`
    case 'power':
      return `${show(node.base)}^${show(node.exponent)}`
    case 'transposed':
      return `${show(node.operand)}ᵀ`
    case 'hadamard':
      return `(${show(node.left)} ⊙ ${show(node.right)})`
    case 'star':
      return `(${show(node.left)} *${node.ordinal ?? node.mode} ${show(node.right)})`
    case 'reduction':
      return `Σ{${node.binders.map((each) => each.name)}} ${show(node.body)}`
    case 'quotient':
      return `(${show(node.numerator)} / ${show(node.denominator)})`
    default:
      return node.kind
  }
}

const read = (text: string, scope: Scope): string[] =>
  resolve(parseClaim(text), scope).flatMap(({ instances }) =>
    instances.map(({ claim }) => claim.operands.map(show).join(' = ')),
  )

describe('names of the graph', () => {
  it.each([
    ['w^{F1}_{11} = w_11^{F1}', 'w^F[1,1,1] = w^F[1,1,1]'],
    ['w^{Fk} = w^F', 'w^F[index:k,:,:] = w^F'],
    [
      'w^{On}_{k-ij} = w^{On}_{k,i,j}',
      'w^O[index:n,index:k,index:i,index:j] = w^O[index:n,index:k,index:i,index:j]',
    ],
    [
      'δ^{Fk}_{ij} = ∂C/∂z^{Fk}_{ij}',
      '∂cost/z^F[index:k,index:i,index:j] = ∂cost/z^F[index:k,index:i,index:j]',
    ],
    ['x_{i+u-1,j} = x(i, j)', 'x[(index:i + index:u + -1),index:j] = x[index:i,index:j]'],
    ['x^2 = x^T', '(x x) = xᵀ'],
    ['t_n^2 = e^{-t_n}', 't[index:n]^2 = exp(-t[index:n])'],
    ["σ'(z^F)^2 = a'(z^F)", "sigmoid'(z^F)^2 = act'(z^F)"],
    ['x(t + x)^T = J', '(x (t + x)ᵀ) = cost'],
    ['∂f(Y)/∂x = C', '∂cost/x = cost'],
    ['C = ½Σ(t_n − a_n^O)²', 'cost = (1 Σ{n} (t[index:n] + -a^O[index:n])^2)'],
    ['C = Σ (t − a^O)', 'cost = sum((t + -a^O))'],
    [
      "∂C/∂w_ij^{Fk} = Σ δ_{i'j'}^{Fk} x_{i+i'−1, j+j'−1}",
      "∂cost/w^F[index:k,index:i,index:j] = Σ{i',j'} (∂cost/z^F[index:k,index:i',index:j'] x[(index:i + index:i' + -1),(index:j + index:j' + -1)])",
    ],
    [
      "a^{Pk}_{i'j'} = x_{ij}, i' = ⌈i/2⌉",
      "a^P[index:k,ceil((index:i / 2)),index:j'] = x[index:i,index:j]",
    ],
    ['f(y) = 1/(1 + e^{-y})', 'act(variable:y) = (1 / (1 + exp(-variable:y)))'],
    ['x * x * x ⊙ x *full x = x', '((( x *0 x) *1 x) ⊙ (x *full x)) = x'.replace('( x', '(x')],
  ])('%s', (text, expected) => {
    expect(read(text, book)).toEqual([expected])
  })

  it.each([
    ['t_1^2 + … + t_3^2 = 0', '(t[1]^2 + t[2]^2 + t[3]^2) = 0'],
    [
      'C = 2 + t_1 x_{11} + t_2 x_{22} + … + t_3 x_{33}',
      'cost = (2 + (t[1] x[1,1]) + (t[2] x[2,2]) + (t[3] x[3,3]))',
    ],
    ['t_1…t_3 = 0', '(t[1] + t[2] + t[3]) = 0'],
    ['x_{16} + x_{14} + … + x_{12} = 0', '(x[1,6] + x[1,4] + x[1,2]) = 0'],
  ])('writes dots out: %s', (text, expected) => {
    expect(read(text, book)).toEqual([expected])
  })

  it('writes a block out in the order of the page, backwards too', () => {
    const rows = [1, 2, 3].flatMap((u) => [1, 2, 3].map((v) => [u, v] as const))
    const along = rows.map(([u, v]) => `(w^F[1,${u},${v}] x[${u + 1},${v}])`)
    expect(read('w_11^{F1}x_21 + w_12^{F1}x_22 + … + w_33^{F1}x_43 = 0', book)).toEqual([
      `(${along.join(' + ')}) = 0`,
    ])
    const against = rows.map(([u, v]) => `(w^F[1,${4 - u},${4 - v}] x[${u},${v}])`)
    expect(read('w_33^{F1}x_11 + w_32^{F1}x_12 + … + w_11^{F1}x_33 = 0', book)).toEqual([
      `(${against.join(' + ')}) = 0`,
    ])
  })

  it('reads symbolic layers at every layer that has the names', () => {
    const claims = read("δ^l = (W^{l+1})^T δ^{l+1} ⊙ σ'(z^l)", layers)
    expect(claims).toEqual([
      "∂cost/z^1 = ((W^2ᵀ ∂cost/z^2) ⊙ sigmoid'(z^1))",
      "∂cost/z^2 = ((W^3ᵀ ∂cost/z^3) ⊙ sigmoid'(z^2))",
    ])
    expect(read('δ^L = δ^{(3)}', layers)).toEqual(['∂cost/z^3 = ∂cost/z^3'])
  })

  it('prefers literal layers', () => {
    const scope: Scope = { names: [name('z^l', '', [4]), name('z^{l-1}', '', [4])] }
    expect(read('z^l = z^{l-1}', scope)).toEqual(['z^l = z^{l-1}'])
  })

  it('finds both readings of a superscript', () => {
    const readings = resolve(parseClaim('a^2 = z^2'), layers)
    expect(readings.map((each) => each.description)).toEqual(['a^2: a name', 'a^2: a power'])
  })

  it('reads sizes', () => {
    const claim = resolveSizes(parseClaim('n_{out} = ⌊(n+2p-f)/s⌋+1'), 'lengths')
    expect(show(claim.operands[0]!)).toBe('size:n_{out}')
  })

  it('goes on from the formula before', () => {
    const claim = continued(parseClaim('= t'), parseClaim('x = a^O'))
    expect(claim.operands.map((each) => plain(each))).toMatchObject([{ base: 'a' }, { base: 't' }])
  })
})

describe('ill-formed at its place', () => {
  it.each([
    ['q = t', 0, 1, /no ‘q’/],
    ['w^F_{ij} = 0', 0, 8, /takes 3 indices, here are 2/],
    ['2^{200} = t', 3, 6, /at most 100/],
    ['2^{2^{99}} = t', 3, 9, /at most 100/],
    ['w_{11}^{F1} + … + w_{33}^{F1} = 0', 14, 15, /does not tell the order/],
    ['x_{11} + x_{12} + … + x_{33} = 0', 18, 19, /where a row ends/],
    ['t_1 + t_3 + … + t_2 = 0', 12, 13, /do not reach/],
    ['t_1 + … + t_{9999} = 0', 6, 7, /more than 1000/],
    ['t_1 + t_2 + … = 0', 12, 13, /none after/],
    ['t_1 + t_2 + … + z_3^O = 0', 12, 13, /same form/],
    ['x ∈ t', 0, 1, /declares/],
    ['= t', 0, 3, /before it/],
    ['constructor = t', 0, 11, /no ‘constructor’/],
    ["i' = i'; t = 0", 0, 2, /no ‘i'’/],
  ])('%s', (text, start, end, reason) => {
    const claim = parseClaim(text.split(';')[0]!)
    let error: unknown
    try {
      resolve(claim, book)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(ClaimError)
    expect(error).toMatchObject({ start, end })
    expect((error as ClaimError).reason).toMatch(reason)
  })

  it('tries no more layers than there can be', () => {
    const deep = (count: number): Scope => ({
      names: Array.from({ length: count }, (_, at) => name(`z^${9999 - at}`, '', [4])),
    })
    const claim = parseClaim('z^l = z^{L+1}')
    expect(resolve(claim, deep(2))[0]?.instances).toHaveLength(4)
    expect(() => resolve(claim, deep(300))).toThrow(/layers are tried/)
  })

  it('asks for commas where an index may have two digits', () => {
    const scope: Scope = { names: [name('x', 'ij', [12, 12])] }
    expect(() => resolve(parseClaim('x_{11} = 0'), scope)).toThrow(/Commas are missing/)
    expect(read('x_{1,11} = 0', scope)).toEqual(['x[1,11] = 0'])
  })
})
