// Training: what a step is, that it repeats bit for bit, drops nothing, and stops.
import { evaluate, grad, squaredError } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import {
  accuracy,
  augment,
  batchNorm,
  bookCnn,
  confusionMatrix,
  costOf,
  type Dataset,
  dense,
  digits123,
  dropout,
  epochOrder,
  type Model,
  network,
  oneHot,
  predict,
  select,
  sgd,
  sigmoid,
  split,
  type TrainEvent,
  type TrainOptions,
  train,
} from '../index.ts'

const DIGITS = digits123()
const some = (count: number): Dataset =>
  select(
    DIGITS,
    Array.from({ length: count }, (_, k) => k * 7),
  )
const OPTIONS: TrainOptions = { optimizer: sgd({ rate: 0.2 }), epochs: 2, batchSize: 4, seed: 3 }

async function run(model: Model, data: Dataset, options = OPTIONS): Promise<TrainEvent[]> {
  const events: TrainEvent[] = []
  for await (const event of train(model, data, options)) events.push(event)
  return events
}

describe('train', () => {
  it('sums the gradients of a batch, then updates: one step by the interpreter', async () => {
    const data = some(3)
    const model = bookCnn()
    const before = Object.fromEntries(
      Object.entries(model.values).map(([name, values]) => [name, values.slice()]),
    )
    const [event] = await run(model, data, { ...OPTIONS, epochs: 1, batchSize: 3 })
    const gradients = grad(model.cost, [...model.parameters])
    const targets = oneHot(data.labels, 3)
    let total = 0
    const sums = model.parameters.map(({ name }) => new Float64Array(before[name!]!.length))
    for (let sample = 0; sample < 3; sample++) {
      const x = data.images.slice(sample * 36, (sample + 1) * 36)
      const t = targets.slice(sample * 3, (sample + 1) * 3)
      const [cost, ...parts] = evaluate([model.cost, ...gradients], { ...before, x, t })
      total += cost![0]!
      parts.forEach((part, k) => {
        part.forEach((value, at) => {
          sums[k]![at]! += value
        })
      })
    }
    expect(event!.cost).toBeCloseTo(total / 3, 6)
    model.parameters.forEach(({ name }, k) => {
      model.values[name!]!.forEach((value, at) => {
        expect(value).toBeCloseTo(before[name!]![at]! - 0.2 * sums[k]![at]!, 6)
      })
    })
  })

  it('gives the same bits for the same seed, other bits for another', async () => {
    const trained = async (seed: number) => {
      const model = bookCnn()
      await run(model, some(30), { ...OPTIONS, seed })
      return model.values
    }
    const first = await trained(3)
    expect(await trained(3)).toEqual(first)
    expect(await trained(4)).not.toEqual(first)
  })

  it('uses the last, smaller batch, and a batch larger than the set', async () => {
    const events = await run(bookCnn(), some(10))
    expect(events.map(({ epoch, step, steps }) => [epoch, step, steps])).toEqual([
      ...[
        [1, 1, 6],
        [1, 2, 6],
        [1, 3, 6],
      ],
      ...[
        [2, 4, 6],
        [2, 5, 6],
        [2, 6, 6],
      ],
    ])
    // The third batch holds the ninth and the tenth sample of the epoch's order, and only they.
    const model = bookCnn()
    const data = some(10)
    const rest = select(data, epochOrder(10, 3, 0).slice(8))
    const costs: number[] = []
    for await (const { cost } of train(model, data, { ...OPTIONS, epochs: 1 })) {
      costs.push(cost)
      if (costs.length === 2) costs.push(costOf(model, rest))
    }
    expect(costs[3]).toBeCloseTo(costs[2]!, 6)
    const whole = await run(bookCnn(), data, { ...OPTIONS, batchSize: 1000 })
    expect(whole.map(({ step }) => step)).toEqual([1, 2])
  })

  it('stops when aborted, with the model as the last event left it', async () => {
    const controller = new AbortController()
    const model = bookCnn()
    const events: TrainEvent[] = []
    for await (const event of train(model, some(40), { ...OPTIONS, signal: controller.signal })) {
      events.push(event)
      if (event.step === 5) controller.abort()
    }
    expect(events.at(-1)!.step).toBe(5)
    expect(events.at(-1)!.checkpoint().state['w^F']).toEqual(model.values['w^F'])
    expect(await run(model, some(40), { ...OPTIONS, signal: AbortSignal.abort() })).toEqual([])
    const whole = run(model, some(40), { ...OPTIONS, signal: controller as never })
    await expect(whole).rejects.toThrow('train: signal is an AbortController; it must be an Abor')
  })

  it('measures a validation set at the end of each epoch', async () => {
    const model = bookCnn()
    const held = select(DIGITS, [1, 200, 400])
    const events = await run(model, some(10), { ...OPTIONS, validation: held })
    expect(events.map(({ validation }) => validation !== undefined)).toEqual([
      ...[false, false, true, false, false, true],
    ])
    expect(events.at(-1)!.validation).toEqual({
      cost: costOf(model, held),
      accuracy: accuracy(model, held),
    })
  })

  it('augments each image anew in every epoch, as augment.apply does', async () => {
    const noise = augment.noise({ deviation: 0.2 })
    const data = some(4)
    const options = { ...OPTIONS, augment: noise, epochs: 2, batchSize: 4 }
    const model = bookCnn()
    const costs: number[] = []
    const seen = (epoch: number) => costOf(model, augment.apply(data, noise, { seed: 3, epoch }))
    costs.push(seen(0))
    for await (const { cost, epoch } of train(model, data, options)) {
      expect(cost).toBeCloseTo(costs.at(-1)!, 6)
      costs.push(seen(epoch))
    }
    const crop = augment.crop({ size: 4 })
    await expect(run(model, data, { ...options, augment: crop })).rejects.toThrow(
      'augment made [1,4,4] of [1,6,6]',
    )
  })

  it('learns with dropout and batchNorm: masks by seed, running means of the data', async () => {
    const make = () =>
      network({
        input: [1, 6, 6],
        layers: [batchNorm(), dense({ units: 8 }), dropout({ rate: 0.5 }), dense({ units: 3 })],
        cost: squaredError,
      })
    const [one, two] = [make(), make()]
    const data = some(20)
    await run(one, data, { ...OPTIONS, optimizer: sgd({ rate: 0.01 }), epochs: 20 })
    await run(two, data, { ...OPTIONS, optimizer: sgd({ rate: 0.01 }), epochs: 20 })
    expect(one.values).toEqual(two.values)
    const mean = data.images.reduce((sum, value) => sum + value) / data.images.length
    expect(one.values['μ^1']![0]).toBeCloseTo(mean, 1)
    const [first, again] = [predict(one, data), predict(one, data)]
    expect(first).toEqual(again)
  })

  it('refuses what does not fit', async () => {
    const wrong = (options: Partial<TrainOptions>, data = some(5)) =>
      expect(run(bookCnn(), data, { ...OPTIONS, ...options })).rejects
    await wrong({ epochs: 0 }).toThrow('epochs is 0')
    await wrong({ batchSize: 2.5 }).toThrow('batchSize is 2.5')
    await wrong({}, { ...some(5), shape: [1, 4, 9] }).toThrow(
      'the images are [1,4,9], the network takes [1,6,6]',
    )
    await wrong({}, { ...some(5), classes: 10 }).toThrow('10 classes for a network of output [3]')
    await wrong({}, select(DIGITS, [])).toThrow('there are no samples')
  })
})

describe('predict, accuracy, confusionMatrix', () => {
  it('agree with the interpreter and with each other', async () => {
    const { train: part, test } = split(DIGITS, { train: 0.3, dev: 0, test: 0.7, seed: 1 })
    const model = bookCnn()
    await run(model, part, { ...OPTIONS, epochs: 20 })
    const predictions = predict(model, test)
    const x = test.images.slice(0, 36)
    const outputs = evaluate(model.y, { ...model.values, x })
    outputs.forEach((value, k) => {
      expect(predictions[0]!.outputs[k]).toBeCloseTo(value, 5)
    })
    // One sample is computed in another order than a batch: up to roundings it is the same.
    const [alone] = predict(model, x)
    expect(alone!.label).toBe(predictions[0]!.label)
    alone!.outputs.forEach((value, k) => {
      expect(value).toBeCloseTo(predictions[0]!.outputs[k]!, 6)
    })
    const right = predictions.filter(({ label }, k) => label === test.labels[k]).length
    expect(accuracy(model, test)).toBe(right / test.labels.length)
    const matrix = confusionMatrix(model, test)
    expect(matrix.flat().reduce((a, b) => a + b)).toBe(test.labels.length)
    expect(matrix.reduce((sum, row, k) => sum + row[k]!, 0)).toBe(right)
    matrix.forEach((row, k) => {
      const written = test.labels.filter((label) => label === k).length
      expect(row.reduce((a, b) => a + b)).toBe(written)
    })
    expect(() => predict(model, new Float32Array(35))).toThrow('35 values')
  })

  it('trains a dense net from flat samples', async () => {
    const layers = [dense({ units: 3 }), sigmoid()]
    const model = network({ input: [36], layers, cost: squaredError })
    const events = await run(model, some(30), { ...OPTIONS, epochs: 30 })
    expect(events.at(-1)!.cost).toBeLessThan(events[0]!.cost)
  })
})
