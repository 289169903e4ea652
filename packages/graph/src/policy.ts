// Where a derivative is a choice: ties and kinks. A graph has one policy for all of its nodes.

/** Where several entries win: the first of them takes all, or they share equally. */
export type TiePolicy = 'first' | 'split'

/** Options of `new Graph`: which of equal entries wins, and the derivative of relu at 0. */
export interface GraphOptions {
  /** Ties in maximum, minimum, max, and max- and median-pooling. Default 'first'. */
  readonly ties?: TiePolicy
  /** The derivative of relu and its kin at 0. Default 0. */
  readonly reluAtZero?: 0 | 0.5 | 1
}
