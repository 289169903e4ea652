// One training step of a small network as straight-line code: convolution, 2×2 max-pooling,
// activation, dense layer, activation, squared error, backward. Every value between is a local
// variable; no loop but the one over samples. Lanes run along the rows of the image.
import { type Formula, translate } from '../elementwise/formula.ts'
import { type Body, type I32, i32, type Local, type V128, v128 } from '../encoder/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { storeLanes, transpose } from '../linear/tile.ts'
import { chooseWinners, type PooledVector } from './pool-rows.ts'
import {
  parameterCounts,
  pooledSize,
  type SmallNet,
  type SmallNetPlaces,
  type SmallNetTraining,
} from './shape.ts'

/** The cost of all samples is added up in `cost`, one number. Samples are taken in their order. */
export function smallNetStep(
  lanes: Lanes,
  net: SmallNet,
  samples: number,
  at: SmallNetPlaces & { readonly cost: number; readonly y?: number },
  training: SmallNetTraining,
): Kernel {
  const body = (f: Body) => {
    const x = f.let(i32.constant(0))
    const t = f.let(i32.constant(0))
    const cost = f.let(v128.zero)
    // Two samples at once keep the machine busy while one waits for its own results.
    const together = training.kind === 'gradients' && samples % 2 === 0 ? 2 : 1
    const sums = training.kind === 'gradients' && together < samples
    const step = samplesStep(f, lanes, net, at, training, together, sums)
    if (sums) clear(f, lanes, net, training)
    f.repeat(samples / together, () => {
      f.set(cost, lanes.add(cost, step(x, t)))
      f.bump(x, together * net.channels * net.image[0] * net.image[1] * 4)
      f.bump(t, together * net.units * 4)
    })
    const total = lanes.across(lanes.add, (value) => f.let(value), cost)
    f.do(lanes.storeLane(0, lanes.mul(total, lanes.constant(0.5)), 0, at.cost))
  }
  return [{ name: 'small network', tasks: 1, body }]
}

function clear(
  f: Body,
  lanes: Lanes,
  net: SmallNet,
  to: Readonly<Record<'w' | 'b' | 'dense' | 'denseBias', number>>,
) {
  const zero = f.let(v128.zero)
  for (const [name, count] of Object.entries(parameterCounts(net))) {
    for (let k = 0; k < count; k += 4) {
      storeLanes(f, lanes, i32.constant(0), zero, count - k, to[name as keyof typeof to] + 4 * k)
    }
  }
}

/** Writes the code of `together` samples; the result is e² in lanes, to be summed. */
function samplesStep(
  f: Body,
  lanes: Lanes,
  net: SmallNet,
  at: SmallNetPlaces & { readonly y?: number },
  training: SmallNetTraining,
  together: number,
  sums: boolean,
): (x: I32, t: I32) => V128 {
  const { channels, image, filters, window, units } = net
  const [m, n] = window
  const [pooledRows, pooledColumns] = pooledSize(net)
  const cells = pooledRows * pooledColumns
  const vectors = cells / 4
  const imageBytes = channels * image[0] * image[1] * 4
  const all = Array.from({ length: together }, (_, s) => s)
  const keep = (value: V128) => f.let(value)
  const none = i32.constant(0)
  const sum = (terms: readonly V128[]) => terms.reduce((a, b) => keep(lanes.add(a, b)))
  const lane = (value: Local<'v128'>, k: number) => keep(lanes.shuffle(value, value, [k, k, k, k]))
  const through = (formula: Formula, value: V128) => {
    const known = keep(value)
    return keep(translate(f, lanes, [formula], () => known)[0]!)
  }
  /** 1 bits in the first `count` lanes. */
  const first = (count: number) =>
    lanes.integer.constant(...[0, 1, 2, 3].map((k) => (k < count ? -1 : 0)))

  /** p ← p − rate · gradient, or gradient sum += gradient, for `count` numbers. */
  const rate = training.kind === 'every sample' ? keep(lanes.loadSplat(none, training.rate)) : null
  const change = (
    name: 'w' | 'b' | 'dense' | 'denseBias',
    offset: number,
    gradient: V128,
    count: number,
  ) => {
    const target = (training.kind === 'gradients' ? training[name] : at[name]) + 4 * offset
    const before = lanes.load(none, target)
    const sum = sums ? lanes.add(before, gradient) : gradient
    const value = keep(rate ? lanes.sub(before, lanes.mul(rate, gradient)) : sum)
    return () => storeLanes(f, lanes, none, value, count, target)
  }

  return (x, t) => {
    const pooled: PooledVector[][][] = all.map(() => [])
    for (let k = 0; k < filters; k++) {
      const bias = keep(lanes.loadSplat(none, at.b + 4 * k))
      const rows = all.map(() => Array.from({ length: 2 * pooledRows }, () => pooledColumns / 2))
      const sums = rows.map((of) => of.map((count) => Array.from({ length: count }, () => bias)))
      for (let c = 0; c < channels; c++) {
        for (let u = 0; u < m; u++) {
          for (let v = 0; v < n; v++) {
            const weight = keep(
              lanes.loadSplat(none, at.w + 4 * (((k * channels + c) * m + u) * n + v)),
            )
            for (const s of all) {
              sums[s]!.forEach((row, i) => {
                row.forEach((_, q) => {
                  const pixel = (c * image[0] + i + u) * image[1] + v + 4 * q
                  const cellsOfRow = lanes.load(x, at.x + s * imageBytes + 4 * pixel)
                  row[q] = keep(lanes.madd(weight, cellsOfRow, row[q]!))
                })
              })
            }
          }
        }
      }
      for (const s of all) pooled[s]!.push(chooseWinners(f, lanes, sums[s]!, image[1]))
    }
    const hidden = pooled.map((of) =>
      of.map((list) => list.map(({ value }) => through(net.hidden.value, value))),
    )

    const denseAt = (j: number, k: number, q: number) => (j * filters + k) * cells + 4 * q
    const partial = all.map(() => [] as V128[])
    for (let j = 0; j < units; j++) {
      const weights = Array.from({ length: filters }, (_, k) =>
        Array.from({ length: vectors }, (_, q) =>
          keep(lanes.load(none, at.dense + 4 * denseAt(j, k, q))),
        ),
      )
      for (const s of all) {
        const products = weights.flatMap((of, k) =>
          of.map((w, q) => lanes.mul(w, hidden[s]![k]![q]!)),
        )
        partial[s]!.push(sum(products))
      }
    }
    const errors = all.map((s) => {
      const groups = Array.from({ length: Math.ceil(units / 4) }, (_, g) => g)
      return groups.map((g) => {
        const four = [0, 1, 2, 3].map((l) => partial[s]![4 * g + l] ?? v128.zero)
        const z = lanes.add(sum(transpose(f, lanes, four)), lanes.load(none, at.denseBias + 16 * g))
        const y = through(net.output.value, z)
        if (at.y !== undefined) {
          storeLanes(f, lanes, t, y, units - 4 * g, at.y + 4 * (s * units + 4 * g))
        }
        const target = lanes.load(t, at.t + 4 * (s * units + 4 * g))
        const e = keep(v128.and(lanes.sub(y, target), first(units - 4 * g)))
        return { e, dz: keep(lanes.mul(e, through(net.output.slope, y))) }
      })
    })
    const unitError = all.map((s) =>
      Array.from({ length: units }, (_, j) => lane(errors[s]![Math.floor(j / 4)]!.dz, j % 4)),
    )

    // δ of the pooled cells, before the dense weights change.
    const delta = all.map((s) =>
      hidden[s]!.map((of, k) =>
        of.map((value, q) => {
          const back = unitError[s]!.map((d, j) =>
            lanes.mul(d, lanes.load(none, at.dense + 4 * denseAt(j, k, q))),
          )
          return keep(lanes.mul(sum(back), through(net.hidden.slope, value)))
        }),
      ),
    )
    for (let j = 0; j < units; j++) {
      for (let k = 0; k < filters; k++) {
        for (let q = 0; q < vectors; q++) {
          const terms = all.map((s) => lanes.mul(unitError[s]![j]!, hidden[s]![k]![q]!))
          change('dense', denseAt(j, k, q), sum(terms), 4)()
        }
      }
    }
    errors[0]!.forEach((_, g) => {
      change('denseBias', 4 * g, sum(all.map((s) => errors[s]![g]!.dz)), units - 4 * g)()
    })
    for (let k = 0; k < filters; k++) {
      const total = sum(all.flatMap((s) => delta[s]![k]!))
      const bias = lanes.across(lanes.add, keep, keep(total))
      const stores = [change('b', k, bias, 1)]
      const cellsOf = all.flatMap((s) =>
        pooled[s]![k]!.flatMap(({ patch }, q) =>
          [0, 1, 2, 3].map((l) => ({
            delta: lane(delta[s]![k]![q]!, l),
            position: f.let(i32.add(x, lanes.integer.extract(patch, l))),
            offset: s * imageBytes,
          })),
        ),
      )
      for (let c = 0; c < channels; c++) {
        for (let u = 0; u < m; u++) {
          const shift = 4 * (c * image[0] + u) * image[1]
          const terms = cellsOf.map(({ delta: d, position, offset }) =>
            lanes.mul(d, lanes.load(position, at.x + offset + shift)),
          )
          stores.push(change('w', ((k * channels + c) * m + u) * n, sum(terms), n))
        }
      }
      // All loads of a filter come before its stores, which are narrower.
      for (const store of stores) store()
    }
    return sum(errors.flatMap((of) => of.map(({ e }) => lanes.mul(e, e))))
  }
}
