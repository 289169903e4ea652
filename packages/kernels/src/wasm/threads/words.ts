// The words that threads share, in the header of a program's memory: a cache line of the barrier's
// own, and one by which the main thread gives orders.

/** Positions in an Int32Array from the first word of the orders on. */
export const orderWords = {
  /** Moves on with every order. */
  order: 0,
  /** What is to be run: so many times, by so many threads. 0 times: go home. */
  times: 1,
  threads: 2,
  /** How many workers stand ready. */
  ready: 3,
} as const

/** Bytes from the barrier's address to the orders. */
export const ordersOffset = 64
/** Words of both lines. */
export const sharedWords = 32
