// Where learning stops (note 002): sigmoid units so far out that their slope vanishes, and relu
// units that no sample wakes. Counted over data, layer by layer.
import { show } from '@backprove/graph'
import { requireDataset, requireModel } from '../check.ts'
import { sizeOf } from '../data/dataset.ts'
import type { Dataset } from '../data/images.ts'
import { NetworkError } from '../layers/errors.ts'
import type { Activation, Model } from '../model.ts'
import { compute } from './evaluate.ts'

/** What was counted in one activation layer. */
export interface LayerHealth {
  /** The layer's value, such as `a^F`. */
  readonly name: string
  readonly kind: string
  /**
   * Of sigmoid and tanh: the share of values, over all units and samples, whose slope is below a
   * hundredth of the largest slope: |σ′(z)| < 1/400 where it could be 1/4.
   */
  readonly saturated?: number
  /** Of relu: units (whole maps in a convolution) that are 0 for every sample, and all units. */
  readonly dead?: number
  readonly units?: number
}

/** The slope of an activation by its value a, as a share of the largest slope. */
const SLOPES: Readonly<Record<string, (a: number) => number>> = {
  sigmoid: (a) => 4 * a * (1 - a),
  tanh: (a) => 1 - a * a,
}
const LEAST_SLOPE = 0.01
const CHUNK = 256

/** Counts saturated and dead units of every sigmoid, tanh and relu layer over the images. */
export function watch(model: Model, data: Dataset): LayerHealth[] {
  requireModel('watch', model)
  requireDataset('watch', data)
  return model.activations.flatMap((activation, k) => {
    const count = activation.kind === 'relu' ? countDead : countSaturated
    return count(activation, model, data, k)
  })
}

function countSaturated(
  { kind, a }: Activation,
  model: Model,
  data: Dataset,
  k: number,
): LayerHealth[] {
  const slope = Object.hasOwn(SLOPES, kind) ? SLOPES[kind] : undefined
  if (!slope) return []
  let flat = 0
  let all = 0
  for (const values of activationsOf(model, data, k)) {
    for (const value of values) if (slope(value) < LEAST_SLOPE) flat++
    all += values.length
  }
  return [{ name: a.name ?? kind, kind, saturated: flat / all }]
}

function countDead({ kind, a }: Activation, model: Model, data: Dataset, k: number): LayerHealth[] {
  // The filters of a convolution share their weights over the map: a map is one unit.
  const [units = 1, ...map] = a.shape
  const cells = map.reduce((product, length) => product * length, 1)
  const awake = new Uint8Array(units)
  for (const values of activationsOf(model, data, k)) {
    values.forEach((value, at) => {
      if (value > 0) awake[Math.floor(at / cells) % units] = 1
    })
  }
  const dead = awake.filter((awakened) => awakened === 0).length
  return [{ name: a.name ?? kind, kind, dead, units }]
}

/** The values of the k-th activation, for a few hundred samples at a time. */
function* activationsOf(model: Model, data: Dataset, k: number): Generator<Float32Array> {
  const size = sizeOf(data.shape)
  for (let from = 0; from < data.labels.length; from += CHUNK) {
    const count = Math.min(CHUNK, data.labels.length - from)
    const recorded = model.at(count)
    const x = data.images.subarray(from * size, (from + count) * size)
    yield compute(recorded, recorded.activations[k]!.a, { x })
  }
}

/** `sigmoid a^F: 3 % of values saturated`, as a line for people. */
export function describeHealth(health: LayerHealth): string {
  const { name, kind, saturated, dead, units } = (health ?? {}) as LayerHealth
  if (name === undefined || (saturated ?? dead) === undefined) {
    throw new NetworkError(`describeHealth: ${show(health)} is no layer's health; watch gives them`)
  }
  if (saturated !== undefined) {
    return `${kind} ${name}: ${(100 * saturated).toFixed(1)} % of the values saturated`
  }
  return `${kind} ${name}: ${dead} of ${units} units dead`
}
