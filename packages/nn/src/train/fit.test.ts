// fit: what train does, awaited; its history, early stopping, and what it refuses.
import { squaredError } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import {
  bookCnn,
  clipByGlobalNorm,
  costOf,
  type Dataset,
  dense,
  digits123,
  fit,
  network,
  rmsprop,
  select,
  sgd,
  type TrainEvent,
  train,
} from '../index.ts'

const DIGITS = digits123()
const some = (count: number, from = 0): Dataset =>
  select(
    DIGITS,
    Array.from({ length: count }, (_, k) => from + k * 7),
  )
const OPTIONS = { optimizer: sgd({ rate: 0.2 }), epochs: 2, batchSize: 4, seed: 3 }

/** y = b against one target t: the cost after each update follows by hand. */
function bias(t: number) {
  const model = network({ input: [1], layers: [dense({ units: 1 })], cost: squaredError })
  for (const values of Object.values(model.values)) values.fill(0)
  // One class: the target is 1; the image 0 leaves b alone.
  const data: Dataset = {
    ...{ images: Float32Array.of(t), labels: new Uint16Array(1), shape: [1, 1, 1], classes: 1 },
  }
  return { model, data }
}

describe('fit', () => {
  it('is train, to the bit, with the means of each epoch', async () => {
    const data = some(10)
    const [awaited, iterated] = [bookCnn(), bookCnn()]
    const events: TrainEvent[] = []
    for await (const event of train(iterated, data, OPTIONS)) events.push(event)
    const seen: number[] = []
    const result = await fit(awaited, data, {
      ...OPTIONS,
      onEpoch: ({ epoch }) => seen.push(epoch),
    })
    expect(awaited.values).toEqual(iterated.values)
    expect(seen).toEqual([1, 2])
    expect(result).toMatchObject({ ended: 'epochs', bestEpoch: 2 })
    expect(result.checkpoint.step).toBe(6)
    const [a, b, c] = events
    expect(result.history[0]!.cost).toBeCloseTo((4 * a!.cost + 4 * b!.cost + 2 * c!.cost) / 10, 12)
    expect(result.history.map(({ epoch }) => epoch)).toEqual([1, 2])
  })

  it('resumes from its checkpoint, clipping and all', async () => {
    const optimizer = clipByGlobalNorm(rmsprop({ rate: 0.01, momentum: 0.5 }), 1)
    const options = { ...OPTIONS, optimizer }
    const whole = bookCnn()
    await fit(whole, some(10), { ...options, epochs: 3 })
    const parted = bookCnn()
    const { checkpoint } = await fit(parted, some(10), { ...options, epochs: 1 })
    await fit(parted, some(10), { ...options, epochs: 3, from: checkpoint })
    expect(parted.values).toEqual(whole.values)
    const other = { ...options, optimizer: rmsprop({ rate: 0.01, momentum: 0.5 }) }
    await expect(fit(parted, some(10), { ...other, epochs: 4, from: checkpoint })).rejects.toThrow(
      'the checkpoint was made with optimizer',
    )
  })

  it('stops where the validation cost no longer falls, with the best numbers', async () => {
    // b ← b − 0.5 (b − 1) nears 1: on x = 0, the costs fall; the validation wants y = w x + b = 1
    // at x = 1, and training at x = −1 makes w = −b: its cost is ½ at the start and stays.
    const { model, data } = bias(-1)
    const validation = bias(1).data
    const result = await fit(model, data, {
      ...{ optimizer: sgd({ rate: 0.25 }), epochs: 50, validation, patience: 3 },
    })
    expect(result).toMatchObject({ ended: 'patience', bestEpoch: 1 })
    expect(result.history).toHaveLength(4)
    expect(result.history.map(({ validation }) => validation!.cost)).toEqual([0.5, 0.5, 0.5, 0.5])
    expect(model.values['b^1']![0]).toBeCloseTo(0.25, 7)
    expect(result.checkpoint.step).toBe(1)
  })

  it('keeps the best of a run that rises again', async () => {
    const [model, validation] = [bookCnn(), some(8, 3)]
    const result = await fit(model, some(12), {
      ...{ ...OPTIONS, optimizer: sgd({ rate: 0.9 }), epochs: 25 },
      ...{ validation, patience: 4 },
    })
    const costs = result.history.map(({ validation }) => validation!.cost)
    const best = Math.min(...costs)
    expect(costs.indexOf(best) + 1).toBe(result.bestEpoch)
    expect(costOf(model, validation)).toBe(best)
  })

  it('says that a signal ended it, and keeps the part of an epoch', async () => {
    const stop = new AbortController()
    const result = await fit(bookCnn(), some(10), {
      ...OPTIONS,
      epochs: 5,
      signal: stop.signal,
      onEpoch: () => stop.abort(),
    })
    expect(result.ended).toBe('signal')
    expect(result.history).toHaveLength(1)
    await expect(fit(bookCnn(), some(10), { ...OPTIONS, signal: stop.signal })).rejects.toThrow(
      'fit: the signal was aborted before the first step',
    )
  })

  it('refuses what makes no sense', async () => {
    const refused = (options: object) =>
      expect(fit(bookCnn(), some(4), { ...OPTIONS, ...options })).rejects
    await refused({ patience: 2 }).toThrow('fit: patience waits for a lower validation cost')
    await refused({ patience: 0, validation: some(4) }).toThrow('patience is 0')
    await refused({ minDelta: -1 }).toThrow('minDelta is -1')
    await refused({ onEpoch: 3 }).toThrow('onEpoch is 3')
    await refused({ patient: 2 }).toThrow('is patience meant?')
    await refused({ epochs: 0 }).toThrow('train: epochs is 0')
    const { checkpoint } = await fit(bookCnn(), some(4), OPTIONS)
    await refused({ from: checkpoint }).toThrow('nothing is left to train')
  })
})
