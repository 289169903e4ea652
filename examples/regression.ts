// Regression: a curve from noisy points, with early stopping, and how well it is met.
//
//   npx tsx examples/regression.ts
import { meanSquaredError } from '@backprove/graph'
import {
  adam,
  dense,
  evaluate,
  fit,
  generator,
  network,
  numbers,
  predict,
  split,
  tanh,
} from '@backprove/nn'

const random = generator(3).fork('points')
const truth = (x: number): number => Math.sin(3 * x) + x / 2
const xs = Array.from({ length: 400 }, () => random.uniform(-2, 2))
const data = numbers({
  inputs: xs.map((x) => [x]),
  targets: xs.map((x) => truth(x) + random.normal(0, 0.1)),
})
const { train, dev, test } = split(data, { train: 0.7, dev: 0.15, test: 0.15, seed: 1 })

const model = network({
  input: [1],
  layers: [dense({ units: 24 }), tanh(), dense({ units: 24 }), tanh(), dense({ units: 1 })],
  cost: meanSquaredError,
})
const { history, bestEpoch } = await fit(model, train, {
  optimizer: adam({ rate: 0.01 }),
  ...{ epochs: 150, batchSize: 32, validation: dev, patience: 20 },
})
console.log('Mean square, epoch by epoch:')
for (const { epoch, cost, validation } of history) {
  if (epoch % 10 !== 0 && epoch !== bestEpoch) continue
  const bar = '█'.repeat(Math.round(40 * Math.sqrt(cost)))
  const best = epoch === bestEpoch ? '  ← kept' : ''
  console.log(`${String(epoch).padStart(3)}  ${validation!.cost.toFixed(4)}  ${bar}${best}`)
}
const { cost, r2 } = evaluate(model, test)
console.log(`\nHeld out: mean square ${cost.toFixed(4)} (the noise has 0.01), r² ${r2!.toFixed(3)}`)
for (const x of [-1.5, -0.5, 0.5, 1.5]) {
  const [y] = predict(model, Float32Array.of(x))[0]!.outputs
  console.log(`f(${x}) = ${y!.toFixed(2)}, in truth ${truth(x).toFixed(2)}`)
}
