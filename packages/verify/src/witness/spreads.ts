// The small numbers that counterexamples are looked for among.
import { type Random, randomFrom } from '../concrete/domains/random.ts'

interface Spread {
  readonly largest: number
  readonly unit: number
  /** A seed: no size twice, so that the cells of a window that enters as it is are never tied. */
  readonly distinct?: number
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
  { largest: 3, unit: 1, distinct: 1 },
  { largest: 3, unit: 1 / 16, distinct: 2 },
]

export const smallNumber = (random: Random, { largest, unit }: Spread): number => {
  const size = (1 + (random() % largest)) * unit
  return random() % 3 === 0 ? -size : size
}

/** As many as are asked for; distinct ones from a range that grows with their number. */
export const smallNumbers = (random: Random, spread: Spread): (() => number) => {
  if (spread.distinct === undefined) return () => smallNumber(random, spread)
  const own = randomFrom(spread.distinct)
  const used = new Set<number>()
  return () => {
    for (;;) {
      const largest = spread.largest + 2 * used.size
      const value = smallNumber(own, { ...spread, largest })
      if (used.has(Math.abs(value))) continue
      used.add(Math.abs(value))
      return value
    }
  }
}
