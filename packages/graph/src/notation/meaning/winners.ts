// Who wins a max, a min or a median, given the candidates in the order of their indices.

import type { Expression, Reduction, Variable } from '../syntax.ts'

/** A reduction that has a winner. */
export type Contest = Exclude<Reduction, 'Σ'>

/** The candidates: the body at every value of its variables. */
export interface Competition {
  readonly reduction: Contest
  readonly variables: readonly Variable[]
  readonly body: Expression
}

export interface Winner {
  readonly value: number
  readonly at: readonly number[]
}

/** Candidates in the order of their indices → which of them is meant. */
const CHOICES: Readonly<Record<Contest, (candidates: Winner[]) => Winner>> = {
  max: (candidates) => candidates.reduce((best, next) => (next.value > best.value ? next : best)),
  min: (candidates) => candidates.reduce((best, next) => (next.value < best.value ? next : best)),
  lomed: (candidates) => ordered(candidates)[(candidates.length - 1) >> 1]!,
  himed: (candidates) => ordered(candidates)[candidates.length >> 1]!,
}

/** Equal values keep the order of their indices. */
function ordered(candidates: readonly Winner[]): readonly Winner[] {
  return candidates.toSorted((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0))
}

const NOTHING: Readonly<Record<Contest, Winner>> = {
  max: { value: Number.NEGATIVE_INFINITY, at: [] },
  min: { value: Number.POSITIVE_INFINITY, at: [] },
  lomed: { value: Number.NaN, at: [] },
  himed: { value: Number.NaN, at: [] },
}

/**
 * The first of the best; where nothing competes, what no candidate could be. A NaN does not
 * compete: where all are NaN so is the value, and nobody has won.
 */
export function winnerOf(contest: Contest, candidates: Winner[]): Winner {
  if (candidates.length === 0) return NOTHING[contest]
  const numbers = candidates.filter(({ value }) => !Number.isNaN(value))
  return numbers.length === 0 ? { value: Number.NaN, at: [] } : CHOICES[contest](numbers)
}
