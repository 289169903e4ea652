// The order in which sizes are tried: the smallest counterexample first.

const total = (lengths: readonly number[]): number => lengths.reduce((sum, each) => sum + each, 0)

/** Vectors of lengths from their least to their limits, by sum, then lexicographically. */
export function* bySum(
  limits: readonly number[],
  least: readonly number[] = limits.map(() => 1),
): Generator<number[]> {
  for (let sum = total(least); sum <= total(limits); sum++) yield* withSum(limits, least, sum)
}

function* withSum(
  limits: readonly number[],
  least: readonly number[],
  sum: number,
): Generator<number[]> {
  const [limit, ...rest] = limits
  const [own, ...others] = least
  if (limit === undefined || own === undefined) {
    if (sum === 0) yield []
    return
  }
  const low = Math.max(own, sum - total(rest))
  for (let first = low; first <= Math.min(limit, sum - total(others)); first++)
    for (const more of withSum(rest, others, sum - first)) yield [first, ...more]
}
