// The order in which sizes are tried: the smallest counterexample first.

/** Vectors of lengths up to their limits, by sum, then lexicographically. */
export function* bySum(limits: readonly number[]): Generator<number[]> {
  const largest = limits.reduce((sum, limit) => sum + limit, 0)
  for (let sum = limits.length; sum <= largest; sum++) yield* withSum(limits, sum)
}

function* withSum(limits: readonly number[], sum: number): Generator<number[]> {
  const [limit, ...rest] = limits
  if (limit === undefined) {
    if (sum === 0) yield []
    return
  }
  const most = rest.reduce((total, each) => total + each, 0)
  const low = Math.max(1, sum - most)
  for (let first = low; first <= Math.min(limit, sum - rest.length); first++)
    for (const others of withSum(rest, sum - first)) yield [first, ...others]
}
