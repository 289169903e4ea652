// Attention against its formula in plain numbers, its gradients, what a causal one sees, saving.
import { evaluate, grad, sizeOf, squaredError } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork, writeNetwork } from '../../checkpoint/network-document.ts'
import { type AttentionOptions, attention, network } from '../../index.ts'
import { generator } from '../../random.ts'

const [T, D] = [3, 4]
const modelOf = (options: AttentionOptions) =>
  network({ input: [T, D], layers: [attention(options)], cost: squaredError, seed: 4 })
const random = generator(8)
const draw = (size: number) => Float64Array.from({ length: size }, () => random.normal(0, 1))

type Rows = number[][]
const rows = (values: ArrayLike<number>, width: number): Rows =>
  Array.from({ length: values.length / width }, (_, i) =>
    Array.from({ length: width }, (_, j) => values[i * width + j]!),
  )
const times = (a: Rows, b: Rows): Rows =>
  a.map((row) => b[0]!.map((_, j) => row.reduce((total, value, k) => total + value * b[k]![j]!, 0)))

/** The formula, head by head and row by row. */
function plain(
  x: Rows,
  weights: Record<string, ArrayLike<number>>,
  heads: number,
  causal: boolean,
) {
  const [q, k, v] = ['Q', 'K', 'V'].map((letter) => times(x, rows(weights[`w^{1${letter}}`]!, D)))
  const width = D / heads
  const out = x.map(() => new Array<number>(D).fill(0))
  for (let head = 0; head < heads; head++) {
    const own = Array.from({ length: width }, (_, at) => head * width + at)
    for (let i = 0; i < T; i++) {
      const agreement = k!.map((key, j) => {
        const product = own.reduce((total, at) => total + q![i]![at]! * key[at]!, 0)
        return causal && j > i ? 0 : Math.exp(product / Math.sqrt(width))
      })
      const total = agreement.reduce((a, b) => a + b)
      for (const at of own) {
        out[i]![at] = agreement.reduce((sum, weight, j) => sum + (weight / total) * v![j]![at]!, 0)
      }
    }
  }
  return times(out, rows(weights['w^{1O}']!, D)).flat()
}

describe.each([
  { heads: 1, causal: false },
  { heads: 2, causal: false },
  { heads: 4, causal: true },
])('attention %j', ({ heads, causal }) => {
  const model = modelOf({ heads, causal })

  it('is its formula, for a sample and for each of a batch', () => {
    const x = draw(2 * T * D)
    const samples = [x.slice(0, T * D), x.slice(T * D)]
    const expected = samples.map((own) => plain(rows(own, D), model.values, heads, causal))
    const alone = evaluate(model.y, { ...model.values, x: samples[0]! })
    const both = evaluate(model.at(2).y, { ...model.values, x })
    expected[0]!.forEach((value, k) => {
      expect(alone[k]).toBeCloseTo(value, 12)
    })
    expected.flat().forEach((value, k) => {
      expect(both[k]).toBeCloseTo(value, 12)
    })
  })

  it('has its gradients, against central differences', () => {
    const batch = model.at(2)
    const feeds: Record<string, Float64Array> = {
      ...{ x: draw(sizeOf(batch.x.shape)), t: draw(sizeOf(batch.t.shape)) },
    }
    for (const [name, values] of Object.entries(model.values)) feeds[name] = draw(values.length)
    const leaves = [...batch.parameters, batch.x]
    expect(leaves).toHaveLength(5)
    grad(batch.cost, leaves).forEach((gradient, k) => {
      const name = leaves[k]!.name!
      const exact = evaluate(gradient, feeds)
      for (const at of [0, 5, exact.length - 1]) {
        const nearby = (step: number): number => {
          const moved = feeds[name]!.slice()
          moved[at]! += step
          return evaluate(batch.cost, { ...feeds, [name]: moved })[0]!
        }
        expect(exact[at]).toBeCloseTo((nearby(1e-5) - nearby(-1e-5)) / 2e-5, 5)
      }
    })
  })

  it('is saved and read back', () => {
    const again = network(readNetwork(JSON.parse(JSON.stringify(writeNetwork(model.spec)))))
    const x = draw(T * D)
    expect(evaluate(again.y, { ...again.values, x })).toEqual(
      evaluate(model.y, { ...model.values, x }),
    )
    expect(model.summary().parameters).toBe(4 * D * D)
  })
})

it('takes the rows of an image of one channel as places', () => {
  const image = network({ input: [1, T, D], layers: [attention()], cost: squaredError, seed: 4 })
  const x = draw(2 * T * D)
  expect(image.at(2).y.shape).toEqual([2, 1, T, D])
  expect(evaluate(image.at(2).y, { ...image.values, x })).toEqual(
    evaluate(modelOf({}).at(2).y, { ...image.values, x }),
  )
})

it('a causal one sees nothing of what comes after', () => {
  const model = modelOf({ causal: true })
  const x = draw(T * D)
  const before = evaluate(model.y, { ...model.values, x })
  const later = evaluate(model.y, { ...model.values, x: x.map((v, k) => (k < D ? v : v + 3)) })
  expect([...later.slice(0, D)]).toEqual([...before.slice(0, D)])
  expect([...later.slice(D)]).not.toEqual([...before.slice(D)])
})

it('refusals name the value', () => {
  expect(() => modelOf({ heads: 3 })).toThrow('attention: 4 features do not split into 3 heads')
  expect(() => modelOf({ heads: 0 })).toThrow('heads is 0')
  const image = { input: [2, 4, 4], layers: [attention()], cost: squaredError }
  expect(() => network(image)).toThrow('it takes a sequence [T,d] or [1,T,d], not a sample [2,4,4]')
})
