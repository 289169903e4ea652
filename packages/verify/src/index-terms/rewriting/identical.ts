// Terms that are written alike but for the names of their bound variables: merged before anything
// is simplified, which settles δ = δ and two mentions of one argument at no cost.

import { polynomial } from '../../arithmetic/polynomial.ts'
import { formatRational } from '../../arithmetic/rational.ts'
import { spellingOf } from '../../arithmetic/spelling.ts'
import type { Variable } from '../../arithmetic/variable.ts'
import type { Term } from '../terms.ts'
import type { VariablePool } from './canonical.ts'
import { change, type Derivation, merge, termAt } from './derivation.ts'

interface Written {
  readonly text: string
  /** Bound variables in the order in which the text meets them. */
  readonly bound: readonly Variable[]
}

/** Undefined where a bound variable occurs nowhere: such a term is 0 or has no value. */
const written = (t: Term): Written | undefined => {
  const expressions = [...t.accesses.flatMap(({ index }) => index), ...t.guards, ...t.equations]
  const { spelling, variables } = spellingOf(expressions.map((expression) => ({ expression })))
  const inside = new Set(t.bound)
  const bound = variables.filter((v) => inside.has(v))
  if (bound.length < inside.size) return undefined
  // The others by name, since they mean the same in every term.
  const open = variables.map((v) => (inside.has(v) ? '' : v.id))
  const powers = [...t.powers].map(([v, power]) => `${v.id}^${power}`).sort()
  const lists = [t.accesses.map(({ array }) => array.id), t.guards.length, t.equations.length]
  return { text: JSON.stringify([spelling, open, powers, lists]), bound }
}

/** Equal only for sums that are written alike; undefined where a term has no such text. */
export const spellingOfTerms = (terms: readonly Term[]): string | undefined => {
  const texts = terms.map((t) => {
    const text = written(t)?.text
    return text && `${formatRational(t.coefficient)} ${text}`
  })
  return texts.includes(undefined) ? undefined : texts.join('+')
}

/** Gives the term's bound variables the names of the pool, in that order. */
const named = (d: Derivation, slot: number, bound: readonly Variable[], pool: VariablePool) => {
  const names = bound.map((_, position) => pool.at(position))
  if (bound.every((v, position) => v === names[position])) return
  const forward = new Map(bound.map((v, position) => [v, polynomial(names[position]!)]))
  const inverse = new Map(bound.map((v, position) => [names[position]!, polynomial(v)]))
  change(d, slot, { forward, inverse })
}

/** Merges terms that are written alike; returns the slots that are left. */
export const mergeIdentical = (d: Derivation, pool: VariablePool): number[] => {
  const first = new Map<string, number>()
  for (const slot of [...d.terms.keys()]) {
    d.budget.tick()
    const found = written(termAt(d, slot))
    if (!found) continue
    const into = first.get(found.text)
    if (into === undefined) {
      first.set(found.text, slot)
      continue
    }
    named(d, into, written(termAt(d, into))!.bound, pool)
    named(d, slot, found.bound, pool)
    merge(d, slot, into)
    if (!d.terms[into]) first.delete(found.text)
  }
  return [...d.terms.keys()].filter((slot) => d.terms[slot])
}
