// Five ops of one's own, each a line of index notation and a rule for each operand: looked at,
// differentiated, compiled, proved, and trained with in one network.
//
//   npx tsx examples/own-ops.ts
import {
  add,
  apply,
  crossEntropy,
  cumsum,
  defineOp,
  div,
  evaluate,
  formula,
  Graph,
  grad,
  mul,
  type Node,
  type Printed,
  pad,
  reshape,
  type Shape,
  sin,
  sizeOf,
  sqrt,
  square,
  squaredError,
  sub,
  sum,
} from '@backprove/graph'
import { compile } from '@backprove/kernels'
import {
  accuracy,
  activate,
  adam,
  dense,
  digits123,
  fit,
  flatten,
  type Layer,
  network,
  softmax,
  split,
} from '@backprove/nn'
import { verify } from '@backprove/verify'

const printed = (name: string, ...operands: readonly Printed[]): Printed => ({
  text: `\\operatorname{${name}}\\left(${operands.map(({ text }) => text).join(', ')}\\right)`,
  binds: 'atom',
})

// 1. A function of every entry, with an option.
const snakeOp = defineOp<'x', { readonly a: number }>({
  name: 'snake',
  operands: { x: '…' },
  line: 'y = x + sin(a x)^2/a',
  params: { a: 'number' },
  symbols: ({ a }) => ({ a }),
  vjp: { x: (g, { x }, { a }) => mul(g, add(1, sin(mul(2 * a, x)))) },
  latex: ({ x }) => printed('snake', x),
  traits: { elementwise: true },
})
const snake = (x: Node, a = 2): Node => apply(snakeOp, [x], { a })

// 2. Neighbours: what an index computes.
const differenceOp = defineOp<'x'>({
  name: 'difference',
  operands: { x: '…,n' },
  axes: '…,n-1',
  line: 'y_{…,i} = x_{…,i+1} - x_{…,i}',
  vjp: {
    x: (g) => {
      const beside = (before: number, after: number): Node => {
        const none = g.shape.slice(1).map(() => 0)
        return pad(g, { before: [...none, before], after: [...none, after] })
      }
      return sub(beside(1, 0), beside(0, 1))
    },
  },
  latex: ({ x }) => printed('difference', x),
})
const difference = (x: Node): Node => apply(differenceOp, [x])

// 3. A sum under a condition.
const runningMeanOp = defineOp<'x'>({
  name: 'runningMean',
  operands: { x: '…,n' },
  axes: '…,n',
  line: 'y_{…,i} = (1/i) Σ_k [k ≤ i] x_{…,k}',
  vjp: {
    x: (g) => {
      const places = g.graph.constant(Array.from({ length: g.shape.at(-1)! }, (_, k) => k + 1))
      return cumsum(div(g, places), { axis: -1, reverse: true })
    },
  },
  latex: ({ x }) => printed('mean', x),
})
const runningMean = (x: Node): Node => apply(runningMeanOp, [x])

// 4. Entries that depend on all others.
const squashOp = defineOp<'x'>({
  name: 'squash',
  operands: { x: '…,n' },
  axes: '…,n',
  line: 'y_{…,i} = x_{…,i}/√(1 + Σ_k x_{…,k}^2)',
  vjp: {
    x: (g, { x }) => {
      const along = (v: Node): Node => sum(v, { axes: -1, keepDims: true })
      const r = sqrt(add(1, along(square(x))))
      return sub(div(g, r), div(mul(x, along(mul(g, x))), mul(r, square(r))))
    },
  },
  latex: ({ x }) => printed('squash', x),
})
const squash = (x: Node): Node => apply(squashOp, [x])

// 5. Two operands, one of them trained: how far x is from each centre.
const distanceOp = defineOp<'x' | 'c'>({
  name: 'distance',
  operands: { x: '…,d', c: 'n,d' },
  axes: '…,n',
  line: 'y_{…,j} = Σ_k (x_{…,k} - c_{j,k})^2',
  vjp: {
    x: (g, { x, c }) => sum(twice(g, x, c), { axes: -2 }),
    c: (g, { x, c }) => {
      const each = twice(g, x, c)
      const samples = [...each.shape.keys()].slice(0, -2)
      return sub(0, samples.length > 0 ? sum(each, { axes: samples }) : each)
    },
  },
  latex: ({ x, c }) => printed('distance', x, c),
})
const distance = (x: Node, c: Node): Node => apply(distanceOp, [x, c])

/** 2 g_j (x_k − c_jk). */
function twice(g: Node, x: Node, c: Node): Node {
  const apart = sub(reshape(x, [...x.shape.slice(0, -1), 1, x.shape.at(-1)!]), c)
  return mul(mul(2, reshape(g, [...g.shape, 1])), apart)
}

// Each by itself. The derivative of C = ½ Σ (t − y)² against central differences and compiled
// kernels, and a formula for it that was derived by hand.
interface Case {
  readonly shape: Shape
  readonly op: (x: Node) => Node
  readonly byHand: string
}
const centres = [0.5, -1, 2, 0, 1, -0.5]
const cases: Readonly<Record<string, Case>> = {
  snake: { shape: [3], op: (x) => snake(x), byHand: '(y_i - t_i) (1 + 2 sin(2 x_i) cos(2 x_i))' },
  difference: {
    shape: [3],
    op: difference,
    byHand: '(y_{i-1} - t_{i-1}) - (y_i - t_i)',
  },
  runningMean: { shape: [3], op: runningMean, byHand: 'Σ_k [i ≤ k] (y_k - t_k)/k' },
  squash: {
    shape: [3],
    op: squash,
    byHand: '((y_i - t_i) - y_i Σ_j (y_j - t_j) y_j)/√(1 + Σ_k x_k^2)',
  },
  distance: {
    shape: [3],
    op: (x) => distance(x, x.graph.constant(centres, [2, 3]).as('c_{jk}')),
    byHand: '2 Σ_j (y_j - t_j) (x_i - c_{ji})',
  },
}

for (const [name, { shape, op, byHand }] of Object.entries(cases)) {
  const graph = new Graph()
  const x = graph.input('x_i', shape)
  const y = op(x).as('y_i')
  const C = squaredError(y, graph.input('t_i', y.shape)).as('C')
  const slope = grad(C, x)
  const at = { x: [0.3, -0.7, 1.1], t: [0.2, 0.1, -0.4].slice(0, sizeOf(y.shape)) }
  const values = evaluate(slope, at)
  const compiled = compile([slope], { backend: 'wasm', dtype: 'float64' }).run(at)[0]!
  const step = 1e-6
  const worst = Math.max(
    ...values.map((value, k) => {
      const moved = (by: number): number =>
        evaluate(C, { ...at, x: at.x.map((v, n) => (n === k ? v + by : v)) })[0]!
      return Math.abs((moved(step) - moved(-step)) / (2 * step) - value)
    }),
    ...values.map((value, k) => Math.abs(compiled[k]! - value)),
  )
  const claim = `∂C/∂x_i = ${byHand}`
  console.log(`${name}: ${formula(y, { form: 'index' })}`)
  console.log(`  ${claim}: ${verify(C, claim).kind}; differences within ${worst.toExponential(0)}`)
}

// All five in one network. What has parameters is a layer of one's own.
const toCentres = (count: number): Layer => ({
  kind: 'distance',
  record(x, recorder) {
    const tag = recorder.tag()
    const shape = [count, x.shape.at(-1)!]
    const c = recorder.parameter('c', tag, ['', 'ij'], shape, { deviation: 0.5 })
    return recorder.name(distance(x, c), 'z', tag)
  },
})
const model = network({
  input: [1, 6, 6],
  layers: [
    flatten(),
    activate(difference),
    activate(runningMean),
    dense({ units: 12 }),
    activate(snake),
    activate(squash),
    toCentres(8),
    dense({ units: 3 }),
    softmax(),
  ],
  cost: crossEntropy,
})
const digits = split(digits123(), { train: 0.8, dev: 0, test: 0.2, seed: 1 })
await fit(model, digits.train, { optimizer: adam({ rate: 0.01 }), epochs: 30 })
console.log(`held-out digits right: ${(100 * accuracy(model, digits.test)).toFixed(1)} %`)
