// Numbers for tests: reproducible, and of the kind that an op needs.

/** Numbers in [0, 1), the same for the same seed: a linear congruential generator, good enough. */
export function generator(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/**
 * - any: from −2 to 2;
 * - positive: from ½ to 2½, far from the poles of log, √ and division;
 * - tied: whole numbers from −1 to 1, so that many are equal and many are 0.
 */
export type Kind = 'any' | 'positive' | 'tied'

const kinds: { readonly [K in Kind]: (random: number) => number } = {
  any: (random) => 4 * random - 2,
  positive: (random) => 2 * random + 0.5,
  tied: (random) => Math.floor(3 * random) - 1,
}

/** Rounded to float32, so that both dtypes are fed the same numbers. */
export function numbers(length: number, seed: number, kind: Kind = 'any'): Float64Array {
  const random = generator(seed)
  return Float64Array.from({ length }, () => Math.fround(kinds[kind](random())))
}
