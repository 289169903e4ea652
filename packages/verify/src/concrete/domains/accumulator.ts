// Running sums of products, which a domain may add up faster than term by term.
import type { Domain } from './domain.ts'

/** Entries `from`, `from + step`, … of an array. */
export interface Run<T> {
  readonly data: readonly T[]
  from: number
  step: number
}

export interface Accumulator<T> {
  readonly term: (value: T) => void
  /** Adds Σ_{k < count} a_k b_k. */
  readonly products: (a: Run<T>, b: Run<T>, count: number) => void
  /** What was added since the last total; null where that was nothing. */
  readonly total: () => T | null
}

/** The domain's own, or one that adds term by term. */
export const accumulatorOf = <T>(domain: Domain<T>): Accumulator<T> =>
  domain.accumulator?.() ?? termByTerm(domain)

const termByTerm = <T>({ add, multiply }: Domain<T>): Accumulator<T> => {
  let sum: T | null = null
  const term = (value: T): void => {
    sum = sum === null ? value : add(sum, value)
  }
  return {
    term,
    products: (a, b, count) => {
      for (let k = 0; k < count; k++)
        term(multiply(a.data[a.from + k * a.step]!, b.data[b.from + k * b.step]!))
    },
    total: () => {
      const found = sum
      sum = null
      return found
    },
  }
}
