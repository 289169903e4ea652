// The ready-made nets: names, parameters, and that they learn real digits.
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  accuracy,
  adam,
  bookCnn,
  type Dataset,
  digits123,
  leNet5,
  loadCsv,
  type Model,
  miniInception,
  miniResNet,
  NetworkError,
  type Optimizer,
  schedules,
  sgd,
  split,
  train,
  watch,
} from '../index.ts'

describe('bookCnn', () => {
  const { graph, parameters, values, cost } = bookCnn()

  it('has the names of the notes', () => {
    const names = ['x', 'a^I', 'w^F', 'b^F', 'c^F', 'z^F', 'a^F', 'z^P', 'a^P']
    for (const name of [...names, 'w^O', 'b^O', 'z^O', 'a^O', 't', 'C']) {
      expect(graph.node(name).shape).toBeDefined()
    }
    expect(graph.node('a^{Pk}_{ij}')).toBe(graph.node('z^P'))
    expect(graph.node('a^{I}_{ij}')).toBe(graph.node('x_{ij}'))
    expect(graph.node('w^{On}_{k-ij}').shape).toEqual([3, 3, 2, 2])
    expect(cost).toBe(graph.node('C'))
  })

  it('has 69 parameters: 27 + 3 of the filters, 36 + 3 of the output', () => {
    expect(parameters.map(({ name }) => name)).toEqual(['w^F', 'b^F', 'w^O', 'b^O'])
    expect(Object.values(values).map(({ length }) => length)).toEqual([27, 3, 36, 3])
  })

  it('starts by seed: filters of deviation 2/√9 before the sigmoid, each bias 0', () => {
    expect(bookCnn({ seed: 1 }).values).toEqual(values)
    expect(bookCnn({ seed: 2 }).values['w^F']).not.toEqual(values['w^F'])
    expect([...values['b^F']!, ...values['b^O']!].every((value) => value === 0)).toBe(true)
    const squares = Array.from({ length: 40 }, (_, seed) =>
      Array.from(bookCnn({ seed }).values['w^F']!).reduce((sum, w) => sum + w * w, 0),
    )
    // 40 · 27 draws: their mean square is 4/9 within a tenth or so.
    const square = squares.reduce((a, b) => a + b) / (40 * 27)
    expect(Math.abs((9 / 4) * square - 1)).toBeLessThan(0.15)
  })

  it('refuses other poolings and activations', () => {
    expect(() => bookCnn({ pooling: 'min' as 'max' })).toThrow(NetworkError)
    expect(() => bookCnn({ activation: 'toString' as 'relu' })).toThrow('it may be sigmoid')
  })

  it.each(['max', 'avg', 'l2'] as const)(
    'reads at least 96 % of held-out digits in the mean of three seeds, %s pooling',
    async (pooling) => {
      // The mean of 16 seeds is 0.97 (max), 0.98 (avg), 0.99 (l2); a single one deviates by 0.02.
      const shares: number[] = []
      for (const seed of [1, 2, 3]) {
        const { train: part, test } = split(digits123(), { train: 0.8, dev: 0, test: 0.2, seed })
        const model = bookCnn({ pooling, seed })
        await run(model, part, { optimizer: sgd({ rate: 0.2 }), epochs: 100, seed })
        shares.push(accuracy(model, test))
      }
      expect(shares.reduce((a, b) => a + b) / 3).toBeGreaterThanOrEqual(0.96)
    },
  )
})

async function run(
  model: Model,
  data: Dataset,
  options: { optimizer: Optimizer; epochs: number; seed?: number },
): Promise<void> {
  for await (const _ of train(model, data, options)) {
    // Only the end is of interest here.
  }
}

/** All 1797 of the UCI digits; the published package carries 542 of them. */
const path = fileURLToPath(new URL('../../data-scripts/digits.csv.gz', import.meta.url))

describe('on all ten digits', () => {
  const parts = () =>
    split(loadCsv(path, { divisor: 16 }), { train: 0.8, dev: 0, test: 0.2, seed: 1 })

  it('leNet5 reads at least 97 % of those held out', async () => {
    const { train: part, test } = parts()
    const model = leNet5({ input: [1, 8, 8] })
    const epochs = 20
    const rate = schedules.cosine({
      rate: 0.005,
      steps: epochs * Math.ceil(part.labels.length / 16),
    })
    await run(model, part, { optimizer: sgd({ rate, momentum: 0.8 }), epochs })
    expect(accuracy(model, test)).toBeGreaterThanOrEqual(0.97)
  })

  it.each([
    ['miniResNet', miniResNet],
    ['miniInception', miniInception],
  ] as const)('%s learns, and no layer dies', async (_, make) => {
    const { train: part, test } = parts()
    const model = make()
    await run(model, part, { optimizer: adam({ rate: 0.003 }), epochs: 3 })
    expect(accuracy(model, test)).toBeGreaterThanOrEqual(0.93)
    const health = watch(model, part)
    expect(health.length).toBeGreaterThan(4)
    for (const { dead = 0, units = 1 } of health) expect(dead / units).toBeLessThanOrEqual(0.5)
  })
})

describe('the nets take other images and classes', () => {
  it.each([leNet5, miniResNet, miniInception])('%o', async (make) => {
    const model = make({ input: [1, 6, 6], classes: 3, seed: 2 })
    expect(model.y.shape).toEqual([3])
    const { train: part } = split(digits123(), { train: 0.1, dev: 0, test: 0.9 })
    const before = model.values['w^1']!.slice()
    await run(model, part, { optimizer: adam(), epochs: 1 })
    expect(model.values['w^1']).not.toEqual(before)
    expect(Object.values(model.values).every((v) => v.every(Number.isFinite))).toBe(true)
  })
})
