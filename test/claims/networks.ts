// Random small networks, recorded with ops of the graph: a convolution with random options, an
// activation, sometimes a pooling, sometimes a dense layer, a cost. And what is true of them.
import {
  avgPool2d,
  conv2d,
  dense,
  Graph,
  maxPool2d,
  type Node,
  relu,
  ShapeError,
  sigmoid,
  squaredError,
  tanh,
} from '@backprove/graph'
import type { Random } from '../../packages/verify/src/index-terms/fixtures/random.fixture.ts'
import {
  type Access,
  type Affine,
  access,
  affine,
  type Formula,
  type Term,
  term,
} from './formulas.ts'

export interface Sample {
  readonly cost: Node
  /** Of every kind one or more, by name. */
  readonly truths: readonly Truth[]
  /** What δ may be replaced by: the derivative of a cost on the activation itself. */
  readonly error: readonly Term[] | undefined
}
export interface Truth {
  readonly name: string
  readonly formula: Formula
}

const activations = {
  sigmoid: { apply: sigmoid, slopes: ['a', 'aa', 'function'] },
  tanh: { apply: tanh, slopes: ['1', 'aa'] },
  relu: { apply: relu, slopes: ['positive'] },
} as const
const names = ['sigmoid', 'tanh', 'relu'] as const

/** Axes of one direction: rows with i, columns with j. */
interface Window {
  readonly stride: number
  readonly dilation: number
  readonly padding: number
}

/** s(i−1) + d(u−1) + 1 − p */
const cell = ({ stride, dilation, padding }: Window, i: string, u: string): Affine =>
  affine(1 - padding - stride - dilation, [stride, i], [dilation, u])

const entry = ['k', 'i', 'j'] as const

/** φ′(z_{kij}) in the ways in which people write it. */
const slopeOf = (random: Random, name: (typeof names)[number]): readonly Term[] => {
  const [a, z] = [access('a', ...entry), access('z', ...entry)]
  if (name === 'relu') {
    return [term([], { guards: [{ left: z, relation: '>', right: affine(0) }] })]
  }
  const minusSquare = term([a, a], { coefficient: [-1, 1] })
  if (name === 'tanh') return [term([]), minusSquare]
  return random.chance(0.4) ? [term([{ ...z, applied: "σ'" }])] : [term([a]), minusSquare]
}

export const product = (left: readonly Term[], right: readonly Term[]): readonly Term[] =>
  left.flatMap((l) =>
    right.map((r) => ({
      coefficient: [
        l.coefficient[0] * r.coefficient[0],
        l.coefficient[1] * r.coefficient[1],
      ] as const,
      bound: [...l.bound, ...r.bound],
      accesses: [...l.accesses, ...r.accesses],
      guards: [...l.guards, ...r.guards],
      factors: [...l.factors, ...r.factors],
    })),
  )

const minus = (...accesses: readonly Access[]): Term => term(accesses, { coefficient: [-1, 1] })
const equation = (left: Access, right: readonly Term[]): Formula => ({
  left: [term([left])],
  right,
})

/** A network that a random draw describes; drawn again where an op refuses it. */
export const randomSample = (random: Random): Sample => {
  for (;;) {
    try {
      return record(random)
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error
    }
  }
}

const record = (random: Random): Sample => {
  const size = (): number => 2 + random.below(4)
  const window = (): Window => ({
    stride: random.pick([1, 1, 1, 2, 3]),
    dilation: random.pick([1, 1, 1, 2]),
    padding: random.pick([0, 0, 1, 2]),
  })
  const [rows, columns] = [window(), window()]
  const graph = new Graph()
  const x = graph.input('x_{cij}', [1 + random.below(3), size(), size()])
  const [filters, height, width] = [1 + random.below(3), 1 + random.below(3), 1 + random.below(3)]
  const w = graph.parameter('W_{kcuv}', [filters, x.shape[0]!, height, width])
  const b = graph.parameter('b_k', [filters])
  const z = conv2d(x, w, {
    bias: b,
    stride: [rows.stride, columns.stride],
    dilation: [rows.dilation, columns.dilation],
    padding: [rows.padding, columns.padding],
  }).as('z_{kij}')
  const activation = random.pick(names)
  const a = activations[activation].apply(z).as('a_{kij}')
  const truths = convolutionTruths(rows, columns)
  const head = random.pick(['none', 'none', 'dense', 'avg', 'max'] as const)
  const slope = slopeOf(random, activation)
  if (head === 'none') {
    const cost = squaredError(a, graph.input('t_{kij}', a.shape)).as('C')
    const error = [term([access('a', ...entry)]), minus(access('t', ...entry))]
    const delta = product(error, slope)
    truths.push(
      { name: 'error of the output', formula: equation(access('δ', ...entry), delta) },
      { name: 'cost by the output', formula: equation(access('∂C/∂a', ...entry), error) },
    )
    return { cost, truths, error: delta }
  }
  const back = term([access('∂C/∂a', ...entry)])
  truths.push({
    name: 'error of the layer',
    formula: equation(access('δ', ...entry), product([back], slope)),
  })
  if (head === 'dense') {
    return { cost: denseHead(graph, a, 'a', truths), truths, error: undefined }
  }
  const pooling = head === 'avg' ? avgPool2d : maxPool2d
  const p = pooling(a, { size: 2 }).as('p_{kij}')
  const mean = term([], { coefficient: [1, 4] })
  const winner = term([], { factors: ['[a_{k,i,j} = max]'] })
  const up = random.chance(0.5)
    ? term([access('∂C/∂p', 'k', { text: '⌈i/2⌉' }, { text: '⌈j/2⌉' })])
    : term([access('∂C/∂p', 'k', 'g', 'h')], {
        bound: ['g', 'h'],
        guards: [...inBlock('i', 'g'), ...inBlock('j', 'h')],
      })
  truths.push({
    name: `through ${head} pooling`,
    formula: equation(access('∂C/∂a', ...entry), product([head === 'avg' ? mean : winner], [up])),
  })
  const cost = random.chance(0.5)
    ? denseHead(graph, p, 'p', truths)
    : squaredError(p, graph.input('t_{kij}', p.shape)).as('C')
  return { cost, truths, error: undefined }
}

/** 2g − 1 ≤ i ≤ 2g */
const inBlock = (i: string, g: string): Term['guards'] => [
  { left: affine(-1, [2, g]), relation: '≤', right: affine(0, [1, i]) },
  { left: affine(0, [1, i]), relation: '≤', right: affine(0, [2, g]) },
]

const convolutionTruths = (rows: Window, columns: Window): Truth[] => {
  const image = (i: string, u: string, j: string, v: string): Access =>
    access('x', 'c', cell(rows, i, u), cell(columns, j, v))
  const weight = access('W', 'k', 'c', 'u', 'v')
  const delta = access('δ', ...entry)
  const sum = term([weight, image('i', 'u', 'j', 'v')], { bound: ['c', 'u', 'v'] })
  const place = (free: string, at: Affine): Term['guards'][number] => ({
    left: affine(0, [1, free]),
    relation: '=',
    right: at,
  })
  return [
    {
      name: 'convolution',
      formula: equation(access('z', ...entry), [sum, term([access('b', 'k')])]),
    },
    {
      name: 'gradient of the weights',
      formula: equation(access('∂C/∂W', 'k', 'c', 'u', 'v'), [
        term([delta, image('i', 'u', 'j', 'v')], { bound: ['i', 'j'] }),
      ]),
    },
    {
      name: 'gradient of the bias',
      formula: equation(access('∂C/∂b', 'k'), [term([delta], { bound: ['i', 'j'] })]),
    },
    {
      name: 'gradient of the image',
      formula: equation(access('∂C/∂x', 'c', 'g', 'h'), [
        term([delta, weight], {
          bound: ['k', 'i', 'j', 'u', 'v'],
          guards: [place('g', cell(rows, 'i', 'u')), place('h', cell(columns, 'j', 'v'))],
        }),
      ]),
    },
  ]
}

const denseHead = (graph: Graph, input: Node, name: string, truths: Truth[]): Node => {
  const units = 1 + (graph.named.size % 3)
  const v = graph.parameter('V_{nkij}', [units, ...input.shape])
  const y = dense(input, v, graph.parameter('e_n', [units])).as('y_n')
  const weight = access('V', 'n', ...entry)
  const error = access('∂C/∂y', 'n')
  truths.push(
    {
      name: 'dense layer',
      formula: equation(access('y', 'n'), [
        term([weight, access(name, ...entry)], { bound: [...entry] }),
        term([access('e', 'n')]),
      ]),
    },
    {
      name: 'gradient of dense weights',
      formula: equation(access('∂C/∂V', 'n', ...entry), [term([error, access(name, ...entry)])]),
    },
    {
      name: 'through the dense layer',
      formula: equation(access(`∂C/∂${name}`, ...entry), [term([error, weight], { bound: ['n'] })]),
    },
    {
      name: 'cost by a linear output',
      formula: equation(error, [term([access('y', 'n')]), minus(access('t', 'n'))]),
    },
  )
  return squaredError(y, graph.input('t_n', [units])).as('C')
}
