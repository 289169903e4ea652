// An activation of one's own, from a formula: recorded as ops, so that its derivative follows.
//
//   npx tsx examples/custom-activation.ts
import { activation, evaluate, formula, Graph, grad, squaredError, sum } from '@backprove/graph'
import {
  accuracy,
  activate,
  conv,
  dense,
  digits123,
  maxPool,
  network,
  sgd,
  sigmoid,
  split,
  train,
} from '@backprove/nn'

const SWISH = 'x / (1 + exp(-x))'

const graph = new Graph()
const z = graph.input('z_{i}', [3])
const swish = activation('swish', SWISH)
const slope = grad(sum(swish(z)), z)
console.log('swish(z)  =', formula(swish(z)))
console.log('swish′(z) =', formula(slope, { form: 'index' }))

const at = [-2, 0, 2]
const step = 1e-6
const exact = evaluate(slope, { z: at })
at.forEach((value, k) => {
  const f = (v: number): number => v / (1 + Math.exp(-v))
  const difference = (f(value + step) - f(value - step)) / (2 * step)
  console.log(`at ${value}: ${exact[k]!.toFixed(6)}, by differences ${difference.toFixed(6)}`)
})

const model = network({
  input: [1, 6, 6],
  layers: [
    conv({ filters: 3, kernel: 3 }),
    activate('swish', SWISH),
    maxPool({ size: 2 }),
    dense({ units: 3 }),
    sigmoid(),
  ],
  cost: squaredError,
})
const digits = split(digits123(), { train: 0.8, dev: 0, test: 0.2, seed: 1 })
for await (const _ of train(model, digits.train, { optimizer: sgd({ rate: 0.1 }), epochs: 40 })) {
  // Every step is an event; here only the end counts.
}
console.log(`held-out digits right: ${(100 * accuracy(model, digits.test)).toFixed(1)} %`)
