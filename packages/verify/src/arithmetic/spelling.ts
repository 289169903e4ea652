// A system of integer constraints spelled without the names of its variables: equal spellings mean
// the same system up to a renaming that keeps kinds.

import type { Polynomial } from './polynomial.ts'
import type { Variable } from './variable.ts'

export interface Spelled {
  readonly spelling: string
  /** In the order in which the spelling meets them. */
  readonly variables: readonly Variable[]
}

interface Constraint {
  readonly expression: Polynomial
  readonly equation?: boolean
}

/** The kind by one letter, then the place of first occurrence. */
const letters = { size: 's', parameter: 'p', free: 'f', bound: 'b' } as const

export const spellingOf = (constraints: readonly Constraint[]): Spelled => {
  const places = new Map<Variable, string>()
  let spelling = ''
  for (const { expression, equation } of constraints) {
    spelling += equation ? '=' : '≥'
    for (const { coefficient, variables } of expression.values()) {
      spelling += `+${coefficient}`
      for (const v of variables) {
        let place = places.get(v)
        if (place === undefined) {
          place = letters[v.kind] + places.size
          places.set(v, place)
        }
        spelling += place
      }
    }
  }
  return { spelling, variables: [...places.keys()] }
}
