// Recurrent layers against their recurrences in plain numbers, gradients, names, saving, training.
import { evaluate, grad, sizeOf, squaredError } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork, writeNetwork } from '../../checkpoint/network-document.ts'
import { dense, gru, lstm, network, type RecurrentOptions, simpleRnn } from '../../index.ts'
import { generator } from '../../random.ts'

const [T, D, UNITS] = [3, 2, 2]
const random = generator(8)
const draw = (size: number) => Float64Array.from({ length: size }, () => random.normal(0, 1))
const MAKERS = { simpleRnn, lstm, gru }
const modelOf = (kind: keyof typeof MAKERS, options: Partial<RecurrentOptions> = {}) =>
  network({
    input: [T, D],
    layers: [MAKERS[kind]({ units: UNITS, ...options })],
    cost: squaredError,
    seed: 4,
  })

type Values = Record<string, ArrayLike<number>>

/** h_1, …, h_T one after another. */
function plain(kind: keyof typeof MAKERS, x: Float64Array, values: Values): number[] {
  const affine = (letter: string, xt: ArrayLike<number>, h: number[]): number[] =>
    h.map((_, n) => {
      let z = values[`b^{1${letter}}`]?.[n] ?? values['b^1']![n]!
      const [w, u] = ['w', 'u'].map(
        (base) => values[`${base}^{1${letter}}`] ?? values[`${base}^1`]!,
      )
      for (let i = 0; i < D; i++) z += w![n * D + i]! * xt[i]!
      for (let i = 0; i < UNITS; i++) z += u![n * UNITS + i]! * h[i]!
      return z
    })
  const sigma = (z: number): number => 1 / (1 + Math.exp(-z))
  let [h, c] = [new Array<number>(UNITS).fill(0), new Array<number>(UNITS).fill(0)]
  const all: number[] = []
  for (let t = 0; t < T; t++) {
    const xt = x.slice(t * D, (t + 1) * D)
    if (kind === 'simpleRnn') h = affine('', xt, h).map(Math.tanh)
    else if (kind === 'gru') {
      const [r, z] = ['R', 'Z'].map((letter) => affine(letter, xt, h).map(sigma))
      const none = new Array<number>(UNITS).fill(0)
      const [own, all] = [affine('N', xt, none), affine('N', xt, h)]
      h = h.map((before, n) => {
        const recalled = all[n]! - own[n]! + values['b^{1H}']![n]!
        return (1 - z![n]!) * Math.tanh(own[n]! + r![n]! * recalled) + z![n]! * before
      })
    } else {
      const [i, f, o] = ['I', 'F', 'O'].map((letter) => affine(letter, xt, h).map(sigma))
      const g = affine('G', xt, h).map(Math.tanh)
      c = c.map((before, n) => f![n]! * before + i![n]! * g[n]!)
      h = c.map((now, n) => o![n]! * Math.tanh(now))
    }
    all.push(...h)
  }
  return all
}

describe.each(['simpleRnn', 'lstm', 'gru'] as const)('%s', (kind) => {
  it('is its recurrence: the last step, or all, of a sample and of each of a batch', () => {
    const x = draw(2 * T * D)
    const [model, whole] = [modelOf(kind), modelOf(kind, { sequences: true })]
    const values: Values = Object.fromEntries(
      Object.entries(model.values).map(([name, array]) => [name, draw(array.length)]),
    )
    const expected = [x.slice(0, T * D), x.slice(T * D)].map((own) => plain(kind, own, values))
    expect(whole.y.shape).toEqual([T, UNITS])
    evaluate(whole.at(2).y, { ...values, x }).forEach((value, k) => {
      expect(value).toBeCloseTo(expected.flat()[k]!, 12)
    })
    evaluate(model.y, { ...values, x: x.slice(0, T * D) }).forEach((value, n) => {
      expect(value).toBeCloseTo(expected[0]!.at(n - UNITS)!, 12)
    })
    expect([...evaluate(model.at(2).y, { ...values, x })]).toHaveLength(2 * UNITS)
  })

  it('has its gradients, against central differences', () => {
    const batch = modelOf(kind).at(2)
    const feeds: Record<string, Float64Array> = {
      ...{ x: draw(sizeOf(batch.x.shape)), t: draw(sizeOf(batch.t.shape)) },
    }
    for (const leaf of batch.parameters) feeds[leaf.name!] = draw(sizeOf(leaf.shape))
    const leaves = [...batch.parameters, batch.x]
    grad(batch.cost, leaves).forEach((gradient, k) => {
      const name = leaves[k]!.name!
      evaluate(gradient, feeds).forEach((slope, at) => {
        const nearby = (step: number): number => {
          const moved = feeds[name]!.slice()
          moved[at]! += step
          return evaluate(batch.cost, { ...feeds, [name]: moved })[0]!
        }
        expect(slope).toBeCloseTo((nearby(1e-5) - nearby(-1e-5)) / 2e-5, 6)
      })
    })
  })

  it('names its steps, and is saved and read back', () => {
    const model = modelOf(kind)
    const names = [1, 2, 3].map((t) => `h^{1,${t}}`)
    expect(names.every((name) => model.graph.named.has(name))).toBe(true)
    expect(model.at(2).graph.named.has('h^{1,2}')).toBe(true)
    const again = network(readNetwork(JSON.parse(JSON.stringify(writeNetwork(model.spec)))))
    expect(again.values).toEqual(model.values)
    const each = UNITS * (D + UNITS + 1)
    const expected = { simpleRnn: each, lstm: 4 * each, gru: 3 * each + UNITS }
    expect(model.summary().parameters).toBe(expected[kind])
  })
})

it('a dense layer takes all steps of a sequence', () => {
  const layers = [simpleRnn({ units: 2, sequences: true }), dense({ units: 3 })]
  const model = network({ input: [1, T, D], layers, cost: squaredError })
  expect(model.at(2).y.shape).toEqual([2, 3])
  expect(model.parameters.find(({ name }) => name === 'w^2')!.shape).toEqual([3, T, 2])
})

it('the forget gate of an lstm starts open', () => {
  const { values } = modelOf('lstm')
  expect([...values['b^{1F}']!]).toEqual([1, 1])
  expect([...values['b^{1I}']!]).toEqual([0, 0])
})

it('refusals name the value', () => {
  expect(() => simpleRnn({ units: 0 })).toThrow('simpleRnn: units is 0')
  expect(() => lstm({} as never)).toThrow('lstm: units is')
  const image = { input: [3], layers: [lstm({ units: 2 })], cost: squaredError }
  expect(() => network(image)).toThrow(
    'lstm: it takes a sequence [T,d] or [1,T,d], not a sample [3]',
  )
})
