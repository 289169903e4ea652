// Training does not go on in silence: the step that makes a NaN or an infinity stops it, says where
// it began, and leaves the model as it was; predictions of such a model are refused.
import { squaredError } from '@backprove/graph'
import { expect, test } from 'vitest'
import { dataset } from '../data/dataset.ts'
import { digits123 } from '../data/digits123.ts'
import { dense, relu, sigmoid } from '../layers/index.ts'
import { bookCnn } from '../nets/book-cnn.ts'
import { network } from '../network.ts'
import type { Checkpoint } from './checkpoint.ts'
import { accuracy, confusionMatrix, costOf, predict } from './evaluate.ts'
import { NonFiniteError } from './non-finite.ts'
import { adam, sgd } from './optimizers/optimizers.ts'
import { type TrainEvent, type TrainOptions, train } from './train.ts'

const linear = () =>
  network({ input: [1, 6, 6], layers: [dense({ units: 3 })], cost: squaredError, seed: 1 })

async function run(model: ReturnType<typeof linear>, options: Partial<TrainOptions>) {
  const costs: number[] = []
  const all = { optimizer: sgd({ rate: 1e12 }), epochs: 3, batchSize: 32, ...options }
  for await (const { cost } of train(model, digits123(), all)) costs.push(cost)
  return costs
}

const failure = (promise: Promise<unknown>): Promise<NonFiniteError> =>
  promise.then(
    () => expect.unreachable(),
    (error) => error as NonFiniteError,
  )

test('the step that overflows is not made', async () => {
  const model = linear()
  const error = await failure(run(model, {}))
  expect(error).toBeInstanceOf(NonFiniteError)
  expect(error.step).toBeGreaterThan(1)
  expect(error.message).toMatch(/^train: step \d+ \(epoch \d+\): the (cost is|next .* holds)/)
  expect(error.diagnosis?.node).toBeDefined()
  expect(error.message).toContain(error.diagnosis!.formula)
  for (const values of Object.values(model.values)) {
    expect([...values].every(Number.isFinite)).toBe(true)
  }
  // The same seed comes to the same step, from numbers that are still good.
  expect((await failure(run(linear(), {}))).message).toBe(error.message)
})

test('a parameter that is NaN from the start is named', async () => {
  const model = linear()
  const name = model.parameters[0]!.name!
  model.values[name]![4] = Number.NaN
  const error = await failure(run(model, { optimizer: sgd({ rate: 0.1 }) }))
  expect(error.step).toBe(1)
  expect(error.diagnosis?.node.name).toBe(name)
})

test('a network whose units hide the NaN does not train on either', async () => {
  const model = network({
    input: [1, 6, 6],
    layers: [dense({ units: 3 }), sigmoid()],
    cost: squaredError,
    seed: 1,
  })
  const error = await failure(run(model, { optimizer: sgd({ rate: Number.MAX_VALUE }) }))
  expect(error.message).toContain('the next')
})

test('onNaN "continue" goes on, and another word is refused', async () => {
  const costs = await run(linear(), { onNaN: 'continue', validation: digits123() })
  expect(costs.some((cost) => !Number.isFinite(cost))).toBe(true)
  await expect(run(linear(), { onNaN: 'stop' as 'throw' })).rejects.toThrow('onNaN')
})

test('predictions of a model that holds a NaN say so', () => {
  const model = bookCnn()
  const data = digits123()
  expect(accuracy(model, data)).toBeGreaterThanOrEqual(0)
  const { name = '' } = model.parameters[0]!
  model.values[name]![0] = Number.NaN
  for (const ask of [predict, accuracy, costOf, confusionMatrix]) {
    expect(() => ask(model, data)).toThrow(`${ask.name}: ${name} of the model holds NaN`)
  }
})

test('an image that holds a NaN has no class', () => {
  const model = linear()
  const image = new Float32Array(72)
  image[40] = Number.NaN
  expect(() => predict(model, image)).toThrow('output 1 of sample 1 is NaN')
})

test('a dataset has no NaN pixels', () => {
  const images = new Float32Array(2 * 8)
  images[13] = Number.NaN
  const parts = { images, labels: [0, 1], shape: [2, 2, 2] as const, classes: 2 }
  expect(() => dataset(parts)).toThrow('pixel channel 1, row 0, column 1 of image 1 is NaN')
  images[13] = Number.POSITIVE_INFINITY
  expect(() => dataset(parts)).toThrow('is Infinity')
})

test('a step far on: the model and the last checkpoint stand before it, to the bit', async () => {
  const good = adam({ rate: (step) => (step < 100 ? 1e-3 : 1e38), beta1: 0.5 })
  const options = { optimizer: good, epochs: 60, batchSize: 20 }
  const model = linear()
  let last: TrainEvent | undefined
  const error = await failure(
    (async () => {
      for await (const event of train(model, digits123(), options)) last = event
    })(),
  )
  expect(error.step).toBeGreaterThan(100)
  expect(error.diagnosis).toBeDefined()
  const again = linear()
  let same: Checkpoint | undefined
  for await (const event of train(again, digits123(), { ...options, onNaN: 'continue' })) {
    if (event.step < error.step - 1) continue
    same = event.checkpoint()
    break
  }
  expect(again.values).toEqual(model.values)
  expect(last!.checkpoint().state).toEqual(same!.state)
})

test('a checkpoint is of the step at which training stands', async () => {
  const events: TrainEvent[] = []
  const options = { optimizer: sgd({ rate: 0.01 }), epochs: 1, batchSize: 32 }
  for await (const event of train(linear(), digits123(), options)) events.push(event)
  expect(events.at(-1)!.checkpoint().step).toBe(events.length)
  expect(() => events[0]!.checkpoint()).toThrow(
    `checkpoint: of step 1, while training stands at ${events.length}`,
  )
})

test('what is remembered of dead units ends at 0, not among the smallest numbers', async () => {
  const model = network({
    input: [1, 6, 6],
    layers: [dense({ units: 4, tag: 'F' }), relu(), dense({ units: 3 })],
    cost: squaredError,
    seed: 1,
  })
  model.values['b^F']!.set([0, 0, 0, -1e3])
  // One step wakes all units, then the fourth is dead: m decays by a half each step.
  const options = { optimizer: adam({ rate: 1e-5, beta1: 0.5, beta2: 0.5 }), batchSize: 96 }
  const early: Checkpoint[] = []
  for await (const event of train(model, digits123(), { ...options, epochs: 1 })) {
    early.push(event.checkpoint())
  }
  const [from] = early as [Checkpoint]
  const kept = { ...from, state: { ...from.state } }
  const name = Object.keys(kept.state).find((each) => each.startsWith('b^F') && each.endsWith('m'))!
  kept.state[name] = Float32Array.of(0, 0, 0, 1)
  const ends: number[] = []
  for await (const event of train(model, digits123(), { ...options, epochs: 200, from: kept })) {
    if ([30, 126, 128, 129].includes(event.step)) ends.push(event.checkpoint().state[name]![3]!)
    if (event.step === 129) break
  }
  // The smallest normal number is 2^−126.
  expect(ends).toEqual([2 ** -29, 2 ** -125, 2 ** -127, 0])
})
