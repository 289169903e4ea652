// What a run says of one random case: types only.

export interface Judged {
  readonly shown: string
  /** What is true, and what the verdict is. */
  readonly outcome: string
  /** How the verdict contradicts brute force. */
  readonly wrong?: string | undefined
}

/** The case of a seed; undefined where it makes none. */
export type Judge = (seed: number) => Judged | undefined
