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
  square,
  squaredError,
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
