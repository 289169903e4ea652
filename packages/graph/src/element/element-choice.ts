// Maxima, medians and their winners as mathjs expressions. Comparisons go by the sign of a
// difference: mathjs's own relations call numbers equal that are only near each other.
import type { Reduction, Relation } from '../notation/index.ts'
import type { Builder, Sized } from './element.ts'

export const all = (conditions: readonly Sized[], builder: Builder): Sized =>
  conditions.reduce((a, b) => builder.operator('and', 'and', [a, b]))

/** Signs of a − b for which a relation holds. */
const SIGNS: Readonly<
  Record<Relation, { readonly sign: string; readonly name: string; readonly to: number }>
> = {
  '=': { sign: '==', name: 'equal', to: 0 },
  '≠': { sign: '!=', name: 'unequal', to: 0 },
  '>': { sign: '==', name: 'equal', to: 1 },
  '<': { sign: '==', name: 'equal', to: -1 },
  '≥': { sign: '!=', name: 'unequal', to: -1 },
  '≤': { sign: '!=', name: 'unequal', to: 1 },
}

export function compared(a: Sized, relation: Relation, b: Sized, builder: Builder): Sized {
  const { sign, name, to } = SIGNS[relation]
  const difference = builder.call('sign', [builder.operator('-', 'subtract', [a, b])])
  return builder.operator(sign, name, [difference, builder.number(to)])
}

/** The sum of what is there. */
export function added(terms: readonly Sized[], builder: Builder): Sized {
  if (terms.length === 0) return builder.number(0)
  return terms.length === 1 ? terms[0]! : builder.operator('+', 'add', terms)
}

export type Choice = Exclude<Reduction, 'Σ'>

/** The largest, the smallest, or the k-th smallest of several values. */
export function chosen(reduction: Choice, values: readonly Sized[], builder: Builder): Sized {
  if (values.length === 1) return values[0]!
  if (reduction === 'max' || reduction === 'min') return builder.call(reduction, values)
  const middle = builder.number(middleOf(reduction, values.length))
  return builder.call('partitionSelect', [builder.list(values), middle])
}

/** The place of the lower or upper middle among so many ordered values, counted from 0. */
const middleOf = (reduction: 'lomed' | 'himed', count: number): number =>
  reduction === 'lomed' ? (count - 1) >> 1 : count >> 1

export interface Candidate {
  readonly value: Sized
  /** Whether this is the candidate that is asked about. */
  readonly isHere: boolean
}

/** Whether the candidate asked about wins: none before it is as good, none after it better. */
export function isChosen(
  reduction: Choice,
  candidates: readonly Candidate[],
  builder: Builder,
): Sized | boolean {
  const position = candidates.findIndex(({ isHere }) => isHere)
  const here = candidates[position]
  if (!here) return false
  if (candidates.length === 1) return true
  const others = candidates.filter(({ isHere }) => !isHere).map(({ value }) => value)
  if (reduction === 'max' || reduction === 'min') {
    const [before, after] = reduction === 'max' ? (['>', '≥'] as const) : (['<', '≤'] as const)
    return all(
      others.map((other, k) => compared(here.value, k < position ? before : after, other, builder)),
      builder,
    )
  }
  // Its place in order: how many are smaller, or equal and earlier.
  const smaller = others.map((other, k) =>
    builder.choice(
      compared(other, k < position ? '≤' : '<', here.value, builder),
      builder.number(1),
      builder.number(0),
    ),
  )
  const middle = middleOf(reduction, candidates.length)
  return builder.operator('==', 'equal', [added(smaller, builder), builder.number(middle)])
}
