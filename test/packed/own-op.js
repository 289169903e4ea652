// An op of a user's own, in this one file outside the repository: evaluated, compiled,
// differentiated twice, printed, proved, trained with and exported, against the packed tarballs.
import assert from 'node:assert/strict'
import {
  abs,
  add,
  apply,
  defineOp,
  div,
  evaluate,
  Graph,
  grad,
  latex,
  mul,
  square,
  squaredError,
  sub,
  sum,
  text,
} from '@backprove/graph'
import { toOnnx, toStableHLO } from '@backprove/interop'
import { compile } from '@backprove/kernels'
import { accuracy, activate, adam, dense, digits123, fit, flatten, network } from '@backprove/nn'
import { verify } from '@backprove/verify'

const softsignOp = defineOp({
  name: 'softsign',
  operands: { x: '…' },
  line: 'y = x / (1 + |x|)',
  vjp: { x: (g, { x }) => div(g, square(add(1, abs(x)))) },
  latex: ({ x }) => ({ text: `\\operatorname{softsign}\\left(${x.text}\\right)`, binds: 'atom' }),
  traits: { elementwise: true, monotone: true },
})
const softsign = (x) => apply(softsignOp, [x])

const graph = new Graph()
const x = graph.input('x_i', [5])
const y = softsign(x).as('y_i')
const cost = squaredError(y, graph.input('t_i', [5]))
const slope = grad(sum(y), x)
const curvature = grad(sum(slope), x)
const feeds = { x: [-3, -0.5, 0.25, 1, 7] }

// Compiled: a kernel from the line, not the interpreter, in both backends and both types.
for (const backend of ['js', 'wasm']) {
  for (const dtype of ['float32', 'float64']) {
    const program = compile({ y, slope, curvature }, { backend, dtype })
    const found = program.run(feeds)
    for (const [name, node] of Object.entries({ y, slope, curvature })) {
      evaluate(node, feeds).forEach((value, k) => {
        assert.ok(Math.abs(found[name][k] - value) <= (dtype === 'float32' ? 1e-6 : 1e-14))
      })
    }
    for (const step of program.explain().steps) assert.equal(step.backend, backend, step.kernel)
  }
}

// Differentiated twice: against central differences.
const step = 1e-5
const at = (node, shift) => evaluate(node, { x: feeds.x.map((value) => value + shift) })
for (const [of, derivative] of [
  [y, slope],
  [slope, curvature],
]) {
  const [above, below] = [at(of, step), at(of, -step)]
  evaluate(derivative, feeds).forEach((value, k) => {
    assert.ok(Math.abs((above[k] - below[k]) / (2 * step) - value) < 1e-6)
  })
}

// Printed, and proved or refuted.
assert.match(text([y]), /y #1 softsign/)
assert.match(latex(grad(cost, x), { form: 'index' }), /\\frac\{\\partial C\}\{\\partial x_\{i\}\}/)
const claim = (formula) => verify(cost, formula)
const written = '1/(1 + |x_i|) - x_i sign(x_i)/(1 + |x_i|)^2'
assert.equal(claim(`∂C/∂x_i = (y_i - t_i) (${written})`).kind, 'proved')
assert.equal(claim('∂C/∂x_i = (y_i - t_i) / (1 + |x_i|)^2').kind, 'agrees')
assert.equal(claim('∂C/∂x_i = (y_i - t_i) / (1 + |x_i|)').kind, 'refuted')

// One with sums, which no formula of entries is: loops from its line, differentiated by its rules.
const spreadOp = defineOp({
  name: 'spread',
  operands: { x: 'n,m' },
  axes: 'n,m',
  line: 'y_{i,j} = x_{i,j}^2 / (1 + Σ_k x_{i,k}^2)',
  vjp: {
    x: (g, { x }) => {
      const below = add(1, sum(square(x), { axes: 1, keepDims: true }))
      const along = sum(mul(g, square(x)), { axes: 1, keepDims: true })
      return mul(mul(2, x), sub(div(g, below), div(along, square(below))))
    },
  },
  latex: ({ x }) => ({ text: `\\operatorname{spread}\\left(${x.text}\\right)`, binds: 'atom' }),
})
const rows = new Graph().input('v', [3, 4])
const spread = apply(spreadOp, [rows])
const weighed = sum(mul(spread, rows.graph.constant([1, -2, 3, 0.5])))
const bySpread = grad(weighed, rows)
const v = Float64Array.from({ length: 12 }, (_, k) => Math.sin(2 * k + 1))
for (const backend of ['js', 'wasm']) {
  const program = compile([spread, bySpread], { backend, dtype: 'float64' })
  const found = program.run({ v })
  evaluate([spread, bySpread], { v }).forEach((values, n) => {
    values.forEach((value, k) => {
      assert.ok(Math.abs(found[n][k] - value) <= 1e-13)
    })
  })
  for (const each of program.explain().steps) assert.equal(each.backend, backend, each.kernel)
}
v.forEach((_, k) => {
  const moved = (by) => evaluate(weighed, { v: v.map((x, n) => (n === k ? x + by : x)) })[0]
  const difference = (moved(step) - moved(-step)) / (2 * step)
  assert.ok(Math.abs(difference - evaluate(bySpread, { v })[k]) < 1e-8)
})
const spreadCost = squaredError(spread.as('y_{ij}'), rows.graph.input('t_{ij}', [3, 4]))
assert.equal(verify(spreadCost, 'y_{ij} = v_{ij}^2 / (1 + Σ_k v_{ik}^2)').kind, 'proved')
assert.equal(verify(spreadCost, 'y_{ij} = v_{ij}^2 / (1 + Σ_k v_{kj}^2)').kind, 'refuted')

// Trained with.
const data = digits123()
const model = network({
  input: [1, 6, 6],
  layers: [
    flatten(),
    dense({ units: 12 }),
    activate(softsign),
    dense({ units: 3 }),
    activate(softsign),
  ],
  cost: squaredError,
})
await fit(model, data, { optimizer: adam({ rate: 0.01 }), epochs: 12, batchSize: 32 })
assert.ok(accuracy(model, data) > 0.9)

// Exported: the line is the export.
const outputs = { y, slope, curvature }
assert.match(toStableHLO(outputs).mlir, /stablehlo\.divide/)
assert.ok(toOnnx(outputs).bytes.length > 100)
console.log('An op of one file: compiled, differentiated, printed, proved, trained with, exported.')
