// The small numbers that counterexamples are looked for among.
import type { Random } from '../concrete/random.ts'

interface Spread {
  readonly largest: number
  readonly unit: number
}

/**
 * Whole numbers first near 0, then further away; then eighths and sixteenths, for in a large
 * network whole numbers drive every sigmoid to its ends, where all entries nearly tie.
 */
export const spreads: readonly Spread[] = [
  { largest: 3, unit: 1 },
  { largest: 3, unit: 1 },
  { largest: 5, unit: 1 },
  { largest: 9, unit: 1 },
  { largest: 8, unit: 1 / 8 },
  { largest: 20, unit: 1 / 16 },
]

export const smallNumber = (random: Random, { largest, unit }: Spread): number => {
  const size = (1 + (random() % largest)) * unit
  return random() % 3 === 0 ? -size : size
}
