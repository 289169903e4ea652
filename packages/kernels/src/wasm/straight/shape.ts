// What a small network is: sizes, activations, places, and which nets are small enough.
import type { Formula } from '../elementwise/formula.ts'
import type { Lanes } from '../lanes.ts'

/** φ and its slope as a formula of φ's value, both of input 0; φ must not decrease. */
export interface Activation {
  readonly value: Formula
  readonly slope: Formula
}

/** x [samples, channels, H, W], w [filters, channels, m, n], dense [units, filters · pooled]. */
export interface SmallNet {
  readonly channels: number
  readonly image: readonly [number, number]
  readonly filters: number
  readonly window: readonly [number, number]
  readonly units: number
  readonly hidden: Activation
  readonly output: Activation
}

export interface SmallNetPlaces {
  readonly x: number
  readonly t: number
  readonly w: number
  readonly b: number
  readonly dense: number
  readonly denseBias: number
}

/** Where a step's results go. */
export type SmallNetTraining =
  /** Parameters are updated after each sample: p ← p − rate · ∂C/∂p; `rate` is an address. */
  | { readonly kind: 'every sample'; readonly rate: number }
  /** Sums over all samples, [w, b, dense, denseBias] by address. */
  | {
      readonly kind: 'gradients'
      readonly w: number
      readonly b: number
      readonly dense: number
      readonly denseBias: number
    }

export const pooledSize = ({ image, window }: SmallNet) =>
  [0, 1].map((k) => Math.floor((image[k]! - window[k]! + 1) / 2)) as [number, number]

/** float32, output rows of whole vectors, pooled cells in whole vectors, small. */
export function isSmallNet(lanes: Lanes, net: SmallNet): boolean {
  const { image, window, filters, channels, units } = net
  const [rows, columns] = pooledSize(net)
  const outputs = [image[0] - window[0] + 1, image[1] - window[1] + 1]
  const packs = columns % 4 === 0 || (columns === 2 && rows % 2 === 0)
  const products = filters * channels * window[0] * window[1] * outputs[0]! * outputs[1]!
  return (
    lanes.dtype === 'float32' &&
    outputs.every((size) => size >= 2 && size % 2 === 0) &&
    outputs[1]! % 4 === 0 &&
    packs &&
    window[1] <= 4 &&
    units <= 8 &&
    products <= 4096
  )
}

export const parameterCounts = (net: SmallNet) => {
  const [rows, columns] = pooledSize(net)
  return {
    w: net.filters * net.channels * net.window[0] * net.window[1],
    b: net.filters,
    dense: net.units * net.filters * rows * columns,
    denseBias: net.units,
  }
}
