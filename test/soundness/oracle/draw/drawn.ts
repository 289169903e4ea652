// A claim drawn at random with what is true of it at numbers; and relations between numbers.
import type { Node } from '../../../../packages/graph/src/index.ts'
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
  /** Whether both sides are one number, for every value of the letters. */
  readonly holds: (leaves: Leaves) => boolean
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
