// A user's first program, run against the packed tarballs: plain JavaScript, no test runner.
// A package that exports nothing yet is only imported.

import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'

const uses = {
  // d/dx ½(t − x)² = x − t
  '@backprove/graph': ({ Graph, squaredError, grad, evaluate }) => {
    const graph = new Graph()
    const x = graph.parameter('x', [2])
    const cost = squaredError(x, graph.input('t', [2]))
    const derivative = evaluate(grad(cost, x), { x: [3, 5], t: [1, 1] })
    assert.deepEqual([...derivative], [2, 4])
  },
  '@backprove/kernels': async ({ compile }) => {
    const { Graph, mul } = await import('@backprove/graph')
    const x = new Graph().input('x', [2])
    const { y } = compile({ y: mul(x, x) }).run({ x: [3, 5] })
    assert.deepEqual([...y], [9, 25])
  },
  '@backprove/nn': ({ bookCnn, digits123, predict }) => {
    const data = digits123()
    assert.ok(data !== undefined)
    const image = new Float32Array(36).fill(0.5)
    const [prediction] = predict(bookCnn({ pooling: 'max' }), image)
    assert.equal(prediction.outputs.length, 3)
  },
  '@backprove/verify': async ({ verify }) => {
    const { Graph, squaredError } = await import('@backprove/graph')
    const graph = new Graph()
    const y = graph.parameter('y', [3])
    const cost = squaredError(y, graph.input('t', [3]))
    const verdict = verify(cost, String.raw`\frac{\partial C}{\partial y} = y - t`)
    assert.equal(verdict.kind, 'proved')
  },
  backprove: ({ graph }) => assert.equal(typeof graph.Graph, 'function'),
}

console.log(`Node ${process.version}`)
for (const [name, use] of Object.entries(uses)) {
  const exported = await import(name)
  if (Object.keys(exported).length === 0) console.log(`${name}: exports nothing yet`)
  else {
    await use(exported)
    console.log(`${name}: works`)
  }
}

// Two copies in one process, as two bundles of one page have them: each names the other's nodes.
cpSync('node_modules/@backprove/graph', 'node_modules/another-graph', { recursive: true })
const copy = 'another-graph'
const [one, other] = [await import('@backprove/graph'), await import(copy)]
const foreign = new other.Graph().parameter('x', [])
for (const use of [() => one.grad(foreign, foreign), () => one.exp(foreign)]) {
  assert.throws(use, /recorded by another copy of @backprove\/graph/)
}
console.log('Two copies are told apart.')
