// What the sides of a claim ask for to have a value, as a person reads it: x_{i} ≠ 0.

import { BudgetExceeded } from '../arithmetic/budget.ts'
import { type Condition, openConditions } from '../conditions/conditions.ts'
import { ConcreteError } from '../core/errors.ts'
import { freeIndices } from '../language/free.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { emptySite, type Given } from '../lower/claim.ts'
import { lower } from '../lower/lower.ts'
import { type Site, withLetter } from '../lower/site.ts'
import { tableOf } from '../lower/value.ts'
import { entered, print, type Reading } from './print.ts'
import type { ReadAs } from './read-as.ts'
import { latex, type Style, text } from './style.ts'

const signs = {
  'not 0': { text: '≠ 0', latex: '\\neq 0' },
  positive: { text: '> 0', latex: '> 0' },
  'not negative': { text: '≥ 0', latex: '\\ge 0' },
} as const

/** Letters stand for themselves: where they run is said of the claim. */
const named = { low: 1, high: 1 }

const spelled = ({ of }: Condition, claim: ResolvedClaim, given: Given, style: Style): string => {
  const empty = emptySite(claim.operands, given)
  let reading: Reading = {
    values: new Map(),
    taken: new Set(),
    style,
    cost: given.network.cost,
  }
  const site = freeIndices(of).reduce<Site>((outer, name) => {
    const inner = withLetter(outer, name, named)
    reading = entered([{ letter: inner.letter, ...named }], reading)
    return inner.site
  }, empty)
  const value = lower(of, site)
  if (value.kind === 'number') return print(value.scalar, reading).spelling
  const { axes, body } = tableOf(value)
  const inside = entered(
    axes.map(({ letter }) => ({ letter, ...named })),
    reading,
  )
  return print(body, inside).spelling
}

/** Of those that are not always met; what cannot be spelled is left out. */
export const conditionsAsRead = (claim: ResolvedClaim, given: Given): readonly ReadAs[] => {
  const all = openConditions(claim, given.network).flatMap((condition): ReadAs[] => {
    try {
      const sign = signs[condition.asks]
      const [plain, typeset] = [text, latex].map((style) => spelled(condition, claim, given, style))
      return [{ text: `${plain} ${sign.text}`, latex: `${typeset} ${sign.latex}` }]
    } catch (error) {
      if (error instanceof ConcreteError || error instanceof BudgetExceeded) return []
      throw error
    }
  })
  return [...new Map(all.map((each) => [each.text, each])).values()]
}
