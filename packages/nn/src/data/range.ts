// The range that a random choice is drawn from, as the options of augmentations give it.
import { show } from '@backprove/graph'
import type { RandomGenerator } from '../random.ts'
import { DataError } from './errors.ts'

/** What a random choice is drawn from, uniformly: r stands for −r … r, [a, b] for a … b. */
export type Range = number | readonly [from: number, to: number]

export const isRange = (range: unknown): range is Range =>
  Number.isFinite(range) ||
  (Array.isArray(range) && range.length === 2 && range.every(Number.isFinite))

export const notRange = (name: string, field: string, value: unknown): DataError =>
  new DataError(`augment.${name}`, field, `${show(value)} is neither a number nor [from, to].`)

export function draw(range: Range, random: RandomGenerator): number {
  const [from, to] = typeof range === 'number' ? [-range, range] : range
  return random.uniform(from, to)
}
