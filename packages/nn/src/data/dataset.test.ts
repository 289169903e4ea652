// Datasets of numbered images: every value tells which image it came from.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batches, dataset, epochOrder, imageOf, oneHot, select } from './dataset.ts'
import { DataError } from './errors.ts'
import { split } from './split.ts'

// n images [2,1,2]; image i holds 10i, 10i + 1, 10i + 2, 10i + 3 and has label i mod 3.
const numbered = (n: number) =>
  dataset({
    images: Float32Array.from({ length: 4 * n }, (_, k) => 10 * Math.floor(k / 4) + (k % 4)),
    labels: Array.from({ length: n }, (_, i) => i % 3),
    shape: [2, 1, 2],
    classes: 3,
  })

describe('dataset', () => {
  it.each([
    ['shape', { shape: [1, 0, 2] as const }],
    ['images', { images: new Float32Array(7) }],
    ['labels', { labels: [0, 3] }],
    ['labels', { labels: [0, 0.5] }],
    ['classes', { classes: 0 }],
    ['names', { names: ['one'] }],
  ])('refuses parts that do not fit, naming %s', (field, wrong) => {
    const right = { images: new Float32Array(8), labels: [0, 2], shape: [2, 1, 2], classes: 3 }
    const parts = { ...right, shape: [2, 1, 2] as const, ...wrong }
    expect(() => dataset(parts)).toThrow(DataError)
    expect(() => dataset(parts)).toThrow(`dataset: ${field}: `)
  })

  it('selects images with their labels, copies of them', () => {
    const data = numbered(5)
    const chosen = select(data, [4, 0, 4])
    expect([...chosen.images]).toEqual([40, 41, 42, 43, 0, 1, 2, 3, 40, 41, 42, 43])
    expect([...chosen.labels]).toEqual([1, 0, 1])
    chosen.images[0] = -1
    expect(data.images[16]).toBe(40)
    expect(() => select(data, [5])).toThrow(/no image 5 among 5/)
  })

  it('imageOf is a view', () => {
    const { shape, data } = imageOf(numbered(3), 1)
    expect([...data]).toEqual([10, 11, 12, 13])
    expect(shape).toEqual([2, 1, 2])
  })

  it('oneHot', () => {
    expect([...oneHot([2, 0], 3)]).toEqual([0, 0, 1, 1, 0, 0])
    expect(() => oneHot([3], 3)).toThrow(DataError)
  })
})

describe('split', () => {
  it('loses nothing and repeats nothing, whatever the fractions', () => {
    const parts = fc.integer({ min: 0, max: 60 })
    fc.assert(
      fc.property(parts, parts, parts, parts, fc.integer(), (n, a, b, c, seed) => {
        const whole = a + b + c || 1
        const fractions = { train: a / whole, dev: b / whole, test: 1 - a / whole - b / whole }
        if (fractions.test < 0) return
        const cut = split(numbered(n), { ...fractions, seed })
        const found = [cut.train, cut.dev, cut.test].flatMap(({ images, labels }) =>
          Array.from(labels, (label, i) => {
            expect(label).toBe((images[4 * i]! / 10) % 3)
            return images[4 * i]! / 10
          }),
        )
        expect(found.toSorted((x, y) => x - y)).toEqual(Array.from({ length: n }, (_, i) => i))
        expect(Math.abs(cut.train.labels.length - n * fractions.train)).toBeLessThanOrEqual(0.5)
      }),
      { numRuns: 50 },
    )
  })

  it('takes 80, 10 and 10 of 100 by default, the same for the same seed', () => {
    const [first, again, other] = [1, 1, 2].map((seed) => split(numbered(100), { seed }))
    const sizes = [first!.train, first!.dev, first!.test].map(({ labels }) => labels.length)
    expect(sizes).toEqual([80, 10, 10])
    expect(first).toEqual(again)
    expect(first!.train.images).not.toEqual(other!.train.images)
  })

  it('leaves a part empty where its fraction is 0', () => {
    const { dev, test } = split(numbered(7), { train: 0.7, dev: 0, test: 0.3 })
    expect([dev.labels.length, test.labels.length]).toEqual([0, 2])
  })

  it('refuses fractions that are none', () => {
    expect(() => split(numbered(3), { train: 0.9 })).toThrow(/0.9 \+ 0.1 \+ 0.1 is not 1/)
    expect(() => split(numbered(3), { train: -1 })).toThrow(/train: -1/)
  })
})

describe('batches', () => {
  it('visits every sample once an epoch, the last batch smaller', () => {
    const seen = [...batches(numbered(10), { batchSize: 4, seed: 3, epoch: 2 })]
    expect(seen.map(({ labels }) => labels.length)).toEqual([4, 4, 2])
    const visited = seen.flatMap(({ images }) => [...images].filter((_, k) => k % 4 === 0))
    expect(visited.map((value) => value / 10)).toEqual([...epochOrder(10, 3, 2)])
    expect(visited.toSorted((a, b) => a - b)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90])
    for (const { labels, targets } of seen) expect(targets).toEqual(oneHot(labels, 3))
  })

  it('resumes inside an epoch with the very same batches', () => {
    const options = { batchSize: 3, seed: 1, epoch: 5 }
    const whole = [...batches(numbered(10), options)]
    expect([...batches(numbered(10), { ...options, first: 2 })]).toEqual(whole.slice(2))
  })

  it('orders each epoch anew', () => {
    expect(epochOrder(20, 1, 0)).not.toEqual(epochOrder(20, 1, 1))
    expect(epochOrder(20, 1, 0)).toEqual(epochOrder(20, 1, 0))
  })

  it('refuses a batch size of none', () => {
    expect(() => [...batches(numbered(2), { batchSize: 0, seed: 1, epoch: 0 })]).toThrow(DataError)
  })
})
