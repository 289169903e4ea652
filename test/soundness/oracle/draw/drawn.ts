// A claim drawn at random with what is true of it at numbers; and relations between numbers.
import type { Node } from '../../../../packages/graph/src/index.ts'
import type { Verdict } from '../../../../packages/verify/src/verdict/verdict.ts'
import type { Random } from '../random.ts'

/** Values of the leaves, by name. */
export type Leaves = Readonly<Record<string, readonly number[]>>

export interface Drawn {
  readonly text: string
  readonly cost: () => Node
  /** How many numbers every leaf has. */
  readonly leaves: Readonly<Record<string, number>>
  /** Numbers at which something may happen. */
  readonly constants: readonly number[]
  /** Whether both sides are one number, for every value of the letters; undefined: no numbers. */
  readonly holds: (leaves: Leaves) => boolean | undefined
  /** The same where policies decide as well, so that a counterexample may be there. */
  readonly strictly?: (leaves: Leaves) => boolean | undefined
  /** The same sentence in other words. */
  readonly alike?: string
  /** How else it may be read. */
  readonly readings?: readonly ((leaves: Leaves) => boolean | undefined)[]
  /** The same claim at other sizes. */
  readonly others?: (random: Random) => Drawn | undefined
  /** Beyond it rounding hides what is true. */
  readonly largest?: number
  /** Only points count at which nothing is equal by chance: where policies decide. */
  readonly isGeneric?: boolean
  readonly assume?: readonly string[]
  /** Moves a point to where that holds. */
  readonly within?: (leaves: Leaves) => Leaves
  /** Who is asked, if not `verify`. */
  readonly ask?: () => Verdict
  /** Nothing is claimed. */
  readonly isEmpty?: boolean
  /** Moves a point to where the claim says most. */
  readonly moved?: (leaves: Leaves, random: Random) => Leaves
}

export const near = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

export const relations = {
  '=': near,
  '≠': (a: number, b: number) => !near(a, b),
  '<': (a: number, b: number) => a < b && !near(a, b),
  '≤': (a: number, b: number) => a < b || near(a, b),
  '>': (a: number, b: number) => a > b && !near(a, b),
  '≥': (a: number, b: number) => a > b || near(a, b),
} as const
export const signs = ['=', '≠', '<', '≤', '>', '≥'] as const
export type Sign = (typeof signs)[number]
