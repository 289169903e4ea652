// A training step in straight-line code against the same network in plain loops in float64.
import { expect, test } from 'vitest'
import { apply, constant, input } from '../elementwise/formula.ts'
import { workbench } from '../fixture.ts'
import { lanesOf } from '../lanes.ts'
import { isSmallNet, type SmallNet } from './shape.ts'
import { smallNetStep } from './small-net.ts'

const y = input(0)
const logistic = {
  value: apply('sigmoid', y),
  slope: apply('mul', y, apply('sub', constant(1), y)),
}

let state = 23
const randoms = (n: number, scale = 1) =>
  Array.from({ length: n }, () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return Math.fround(scale * (state / 2 ** 32 - 0.5))
  })

const sigma = (z: number) => 1 / (1 + Math.exp(-z))

interface Parameters {
  w: number[]
  b: number[]
  dense: number[]
  denseBias: number[]
}

/** Cost and gradients of one sample. */
function gradients(net: SmallNet, p: Parameters, x: number[], t: number[]) {
  const { channels: C, image, filters: K, window, units } = net
  const [m, n] = window
  const [P, Q] = [(image[0] - m + 1) >> 1, (image[1] - n + 1) >> 1]
  const zero = (a: number[]) => a.map(() => 0)
  const g = { w: zero(p.w), b: zero(p.b), dense: zero(p.dense), denseBias: zero(p.denseBias) }
  const eachTap = (k: number, i: number, j: number, visit: (w: number, x: number) => void) => {
    for (let c = 0; c < C; c++) {
      for (let u = 0; u < m; u++) {
        for (let v = 0; v < n; v++) {
          visit(((k * C + c) * m + u) * n + v, (c * image[0] + i + u) * image[1] + j + v)
        }
      }
    }
  }
  const hidden: number[] = []
  const winners: [number, number, number][] = []
  for (let k = 0; k < K; k++) {
    for (let i = 0; i < P; i++) {
      for (let j = 0; j < Q; j++) {
        let best = Number.NEGATIVE_INFINITY
        let place: [number, number, number] = [0, 0, 0]
        for (const [di, dj] of [
          [0, 0],
          [0, 1],
          [1, 0],
          [1, 1],
        ] as const) {
          let z = p.b[k]!
          eachTap(k, 2 * i + di, 2 * j + dj, (a, b) => {
            z += p.w[a]! * x[b]!
          })
          if (z > best) [best, place] = [z, [k, 2 * i + di, 2 * j + dj]]
        }
        hidden.push(sigma(best))
        winners.push(place)
      }
    }
  }
  let cost = 0
  const delta = hidden.map(() => 0)
  for (let j = 0; j < units; j++) {
    const z = hidden.reduce((s, a, q) => s + a * p.dense[j * hidden.length + q]!, p.denseBias[j]!)
    const out = sigma(z)
    cost += (out - t[j]!) ** 2 / 2
    const dz = (out - t[j]!) * out * (1 - out)
    g.denseBias[j]! += dz
    hidden.forEach((a, q) => {
      g.dense[j * hidden.length + q]! += dz * a
      delta[q]! += dz * p.dense[j * hidden.length + q]! * a * (1 - a)
    })
  }
  winners.forEach(([k, i, j], q) => {
    g.b[k]! += delta[q]!
    eachTap(k, i, j, (a, b) => {
      g.w[a]! += delta[q]! * x[b]!
    })
  })
  return { cost, g }
}

const activations = { hidden: logistic, output: logistic }
const nets: [string, SmallNet][] = [
  [
    'the book CNN',
    { channels: 1, image: [6, 6], filters: 3, window: [3, 3], units: 3, ...activations },
  ],
  [
    'two channels',
    { channels: 2, image: [9, 11], filters: 2, window: [2, 4], units: 6, ...activations },
  ],
]

test.each(nets)('%s: sample by sample and as a sum of gradients', (_, net) => {
  const lanes = lanesOf('float32')
  expect(isSmallNet(lanes, net)).toBe(true)
  const [P, Q] = [0, 1].map((k) => (net.image[k]! - net.window[k]! + 1) >> 1)
  const samples = 6
  const pixels = net.channels * net.image[0] * net.image[1]
  const x = randoms(samples * pixels, 2)
  const t = randoms(samples * net.units)
  const p: Parameters = {
    w: randoms(net.filters * net.channels * net.window[0] * net.window[1], 2),
    b: randoms(net.filters),
    dense: randoms(net.units * net.filters * P! * Q!, 2),
    denseBias: randoms(net.units),
  }
  const names = ['w', 'b', 'dense', 'denseBias'] as const
  const places = (bench: ReturnType<typeof workbench>) => ({
    x: bench.place(x),
    t: bench.place(t),
    w: bench.place(p.w),
    b: bench.place(p.b),
    dense: bench.place(p.dense),
    denseBias: bench.place(p.denseBias),
    cost: bench.result(1),
  })
  const compare = (got: ArrayLike<number>, want: number[]) => {
    // Sums of at most a hundred terms below 1, through a few updates.
    want.forEach((value, k) => {
      expect(Math.abs(got[k]! - value)).toBeLessThan(2e-5)
    })
  }

  const sgd = workbench('float32')
  const at = places(sgd)
  const rate = sgd.place([0.5])
  const training = { kind: 'every sample', rate } as const
  const program = sgd.build([smallNetStep(lanes, net, samples, at, training)])
  program.run(1)
  const moving: Parameters = structuredClone(p)
  let cost = 0
  const sums = structuredClone(p)
  for (const name of names) sums[name].fill(0)
  let batchCost = 0
  for (let s = 0; s < samples; s++) {
    const sampleX = x.slice(s * pixels, (s + 1) * pixels)
    const sampleT = t.slice(s * net.units, (s + 1) * net.units)
    const one = gradients(net, moving, sampleX, sampleT)
    cost += one.cost
    const fixed = gradients(net, p, sampleX, sampleT)
    batchCost += fixed.cost
    for (const name of names) {
      one.g[name].forEach((d, k) => {
        moving[name][k]! -= 0.5 * d
      })
      fixed.g[name].forEach((d, k) => {
        sums[name][k]! += d
      })
    }
  }
  for (const name of names) compare(program.read(at[name], p[name].length), moving[name])
  compare(program.read(at.cost, 1), [cost])

  const batch = workbench('float32')
  const from = places(batch)
  const to = {
    w: batch.result(p.w.length),
    b: batch.result(p.b.length),
    dense: batch.result(p.dense.length),
    denseBias: batch.result(p.denseBias.length),
  }
  const guard = batch.result(1)
  const step = smallNetStep(lanes, net, samples, from, { kind: 'gradients', ...to })
  const whole = batch.build([step])
  whole.run(2)
  for (const name of names) compare(whole.read(to[name], p[name].length), sums[name])
  compare(whole.read(from.cost, 1), [batchCost])
  expect(whole.read(guard, 1)[0]).toBeNaN()
})
