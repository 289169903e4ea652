// Random values for checks: reproducible, and kept away from every kink.
import { type Shape, sizeOf } from '../shape.ts'

export interface Draw {
  /** Between 0 and 1. */
  unit(): number
  /** A whole number from 0, below `count`. */
  below(count: number): number
  /** Numbers between −1 and 1, in no relation to each other. */
  entries(shape: Shape): Float64Array
}

/** A generator by Lehmer: enough for choosing test points, and for nothing else. */
export function drawFrom(seed: number): Draw {
  let state = ((Math.abs(Math.trunc(seed)) * 7919 + 104729) % 2147483646) + 1
  const unit = (): number => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  for (let k = 0; k < 5; k++) unit()
  return {
    unit,
    below: (count) => Math.floor(unit() * count),
    entries: (shape) => Float64Array.from({ length: sizeOf(shape) }, () => 2 * unit() - 1),
  }
}

/**
 * Values for arrays of the given shapes of which no two are near each other, none near 0, and no
 * two of opposite sign near in size: no small step crosses a kink or a tie. Sizes from 0.3 to 1.8.
 */
export function separated(shapes: readonly Shape[], draw: Draw, positive = false): Float64Array[] {
  const count = shapes.reduce((total, shape) => total + sizeOf(shape), 0)
  const sizes = Array.from({ length: count }, (_, rank) => 0.3 + (1.5 * (rank + 0.5)) / count)
  for (let k = count - 1; k > 0; k--) {
    const other = draw.below(k + 1)
    ;[sizes[k], sizes[other]] = [sizes[other]!, sizes[k]!]
  }
  let next = 0
  return shapes.map((shape) =>
    Float64Array.from({ length: sizeOf(shape) }, () => {
      const size = sizes[next++]!
      return positive || draw.unit() < 0.5 ? size : -size
    }),
  )
}
