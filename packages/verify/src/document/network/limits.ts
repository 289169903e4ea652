/** How large the text of a network may be. */
export const networkLimits = {
  characters: 20_000,
  lines: 1000,
  depth: 50,
  length: 100_000,
  /** Parts of all expressions, when loops and functions are written out. */
  parts: 100_000,
} as const
