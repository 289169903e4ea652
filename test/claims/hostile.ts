// A thousand claims that nobody means well: the same ones every time. For the test, which wants a
// verdict for each, and for the benchmark, which measures time and memory.
import {
  conv2d,
  dense,
  Graph,
  maxPool2d,
  type Node,
  sigmoid,
  softmax,
  squaredError,
} from '@backprove/graph'
import {
  type Random,
  seededRandom,
} from '../../packages/verify/src/index-terms/fixtures/random.fixture.ts'

export const hostileCount = 1000

/** Named so that claims reach every part of the verifier. */
export const victim = (): Node => {
  const graph = new Graph()
  const x = graph.input('x_{ij}', [1, 6, 6])
  const z = conv2d(x, graph.parameter('w_{kuv}', [2, 1, 3, 3])).as('z_{kij}')
  const p = maxPool2d(sigmoid(z).as('a_{kij}'), { size: 2 }).as('p_{kij}')
  const y = softmax(dense(p, graph.parameter('V_{nkij}', [3, 2, 2, 2])).as('q_n')).as('y_n')
  return squaredError(y, graph.input('t_n', [3])).as('C')
}

const tokens = [
  ..."xzapywVtqCδΣ∂σ_^{}()[]=+-·/*⊙,|'′ijknuv0123456789≤≥<>≠½⌈⌉⌊⌋∗⊗…√",
  ...['δ_{kij}', '∂C/∂w', '∂C/∂x_{ij}', 'Σ_{i,j}', 'Σ_{i=1}^{9}', "σ'(z_{kij})", '*full', '*same'],
  ...[
    'conv',
    'rot180(',
    'up(',
    'pad(',
    '^T',
    '[a_{kij} = max]',
    'argmax_i',
    'max(',
    'e^{',
    'diag(',
  ],
  ...['\\frac{', '\\sum_{', '\\left(', '\\partial', '\\ast_{', '\\begin{x}', '\\\\', '$', '%', '&'],
  ...['constructor', '__proto__', 'toString', 'Infinity', 'NaN', '1e999', '0/0', '∞', '\u0000'],
] as const

const well = [
  "δ_{kij} = ∂C/∂a_{kij} σ'(z_{kij})",
  '∂C/∂w_{kuv} = Σ_{i,j} δ_{kij} x_{i+u-1,j+v-1}',
  '∂C/∂V_{nkij} = ∂C/∂q_n p_{kij}',
  '∂C/∂x = δ *full rot180(w)',
  '∂y_i/∂q_j = y_i ([i = j] - y_j)',
  'C = 1/2 Σ_n (t_n - y_n)^2',
] as const

const many = (text: string, times: number): string => text.repeat(times)
const between = (random: Random, low: number, high: number): number =>
  low + random.below(high - low + 1)

const kinds: readonly ((random: Random) => string)[] = [
  // Any characters.
  (random) =>
    String.fromCharCode(...Array.from({ length: random.below(80) }, () => random.below(0xffff))),
  // Words of the language in any order.
  (random) => Array.from({ length: between(random, 1, 40) }, () => random.pick(tokens)).join(' '),
  (random) => `x = ${Array.from({ length: 30 }, () => random.pick(tokens)).join('')}`,
  // A good claim with characters lost, doubled or exchanged.
  (random) => {
    const letters = [...random.pick(well)]
    for (let k = between(random, 1, 4); k > 0; k--)
      letters.splice(random.below(letters.length), random.below(2), random.pick(tokens))
    return letters.join('')
  },
  // Depth.
  (random) => {
    const depth = random.pick([20, 99, 199, 201, 5000])
    const [open, close] = random.pick([
      ['(', ')'],
      ['{', '}'],
      ['[', ']'],
      ['⌊', '⌋'],
      ['|', '|'],
      ['\\frac{', '}{2}'],
      ['Σ_i (', ')'],
      ["σ'(", ')'],
      ['-', ''],
      ['rot180(', ')'],
    ])
    return `x = ${many(open, depth)}x${many(close, depth)}`
  },
  // Size.
  (random) => {
    const part = random.pick([
      ' + x_{11}',
      ' x_{12}',
      ' * w',
      ' ⊙ x',
      ' = x',
      '^2',
      '_1',
      "'",
      ' Σ_i',
    ])
    return `x${many(part, random.pick([30, 300, 3000, 2 * 10_000]))}`.slice(0, 20_500)
  },
  // Powers and sums that no machine can write out.
  (random) => {
    const power = random.pick(['99', '999', '10^{10}', '{9^{9^9}}', '-5', '1/2', '{x_{11}}'])
    const base = random.pick([
      'x_{11}',
      '(x_{11} + x_{12} + z_{111})',
      'C',
      '2',
      '(1/3)',
      'σ(x_{11})',
    ])
    return `${base}^{${power}} = ${random.pick(['0', base, `${base}^{2}`])}`
  },
  (random) => {
    const end = random.pick(['10^{90}', '999999999', '-1', '1/2', 'n', 'x_{11}', '9'])
    const letters = ['i', 'j', 'k', 'l', 'm', 'n'].slice(0, between(random, 1, 6))
    const sums = letters
      .map((each) => random.pick([`Σ_{${each}=1}^{${end}}`, `Σ_${each}`]))
      .join(' ')
    return `x_{11} = ${sums} ${random.pick(['1', 'x_{ij}', 'w_{ijk}', 'z_{kij} w_{kij}', 'δ_{lmn}'])}`
  },
  // Products of sums: as terms they double with every factor.
  (random) => {
    const factor = random.pick([
      '(x_{11} + x_{12})',
      '(z_{111} - 1)',
      '(Σ_{ij} x_{ij})',
      "(1 + σ'(z_{111}))",
    ])
    const times = between(random, 2, 40)
    return `${many(factor, times)} = ${many(`${factor} `, times)}${random.pick(['', '+ 1', factor])}`
  },
  // Windows over windows.
  (random) => {
    const mode = random.pick(['*full', '*valid', '*same', '*', 'conv full', '⊗'])
    return `∂C/∂x = ${many(`δ ${mode} `, between(random, 1, 12))}rot180(w)`
  },
  // Derivatives of derivatives.
  (random) =>
    random
      .pick(['∂²C/(∂x ∂w) = 0', '∂δ/∂x = ∂δ/∂x', '∂z/∂x = w', '∂C/∂C = 1', '∂x/∂C = 0'])
      .replace('x', random.pick(['x', 'w', 'V', 'z', 'y', 'x_{99}'])),
]

export const hostileClaims = (): string[] => {
  const random = seededRandom(1789)
  return Array.from({ length: hostileCount }, (_, k) => kinds[k % kinds.length]!(random))
}
