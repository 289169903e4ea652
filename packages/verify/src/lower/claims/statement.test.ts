// Where letters run is settled in two ways: by numbers, for the evaluator, and by axes whatever
// their lengths, for the prover. At the recorded lengths both say the same, entry by entry.

import type { Node } from '@backprove/graph'
import { expect, it } from 'vitest'
import { createBudget } from '../../arithmetic/budget.ts'
import { constantValue } from '../../arithmetic/polynomial.ts'
import { floatDomain } from '../../concrete/domains/float.ts'
import { randomFrom } from '../../concrete/domains/random.ts'
import { realOf } from '../../concrete/sample/agreement.ts'
import { drawPoint, samplerOf } from '../../concrete/sample/point.ts'
import { ConcreteError } from '../../core/errors.ts'
import type { Equation, Statement } from '../../core/statement.ts'
import { systems } from '../../corpus.fixture.ts'
import { evaluateClaim } from '../../evaluate/claim.ts'
import { parseClaim } from '../../language/read/claim.ts'
import { resolve } from '../../language/resolve/resolve.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import { recordedLengths } from '../../network/lengths.ts'
import { networkOf } from '../../network/network.ts'
import { withChoices } from '../choices.ts'
import { statementOf } from './claim.ts'
import { equationsOf } from './statement.ts'

/** An equation at lengths that are numbers, as the evaluator takes it. */
const statedAt = ({ letters, left, right }: Equation): Statement => ({
  free: letters.map(({ letter, length, within }) => {
    const lengths = [length, ...within].map((each) => Number(constantValue(each)))
    return { name: letter.name, letter, range: { low: 1, high: Math.min(...lengths) } }
  }),
  sides: [left, right],
})

type Entries = ReadonlyMap<string, readonly [left: number, right: number]>

/** Entries of the claim in both readings; undefined where one of them says nothing here. */
const bothWays = (claim: ResolvedClaim, cost: Node): readonly [Entries, Entries] | undefined => {
  const network = networkOf(cost)
  const budget = createBudget({ operations: 1e7 })
  const random = randomFrom(7)
  const sampler = samplerOf(floatDomain(), () => realOf(random), budget)
  const world = drawPoint(network, sampler, budget, {})
  const given = { network, budget, reading: undefined }
  const lengths = { ...recordedLengths, vary: true }
  try {
    const numbers = statementOf(claim, given)
    const axes = withChoices((choose) => equationsOf(claim, { ...given, lengths }, choose))
    const entriesOf = (statements: readonly Statement[]): Entries =>
      new Map(
        statements.flatMap((statement, k) =>
          [...evaluateClaim(statement, world).entries()].map(
            ({ link, entry, left, right }) => [`${k + link}: ${entry}`, [left, right]] as const,
          ),
        ),
      )
    return [entriesOf([numbers]), entriesOf(axes.map(statedAt))]
  } catch (error) {
    if (error instanceof ConcreteError) return undefined
    throw error
  }
}

it('numbers and axes say where letters run alike', () => {
  let compared = 0
  for (const { cost, provedForAllSizes, refuted = [] } of systems)
    for (const [text] of [...provedForAllSizes, ...refuted]) {
      const [reading] = resolve(parseClaim(text), networkOf(cost()).scope)
      const found = bothWays(reading!.instances[0]!.claim, cost())
      if (!found) continue
      const [numbers, axes] = found
      expect([...axes.keys()].sort(), text).toEqual([...numbers.keys()].sort())
      for (const [entry, [left, right]] of numbers) {
        const [other, another] = axes.get(entry)!
        expect(other, `${text} at ${entry}`).toBeCloseTo(left, 9)
        expect(another, `${text} at ${entry}`).toBeCloseTo(right, 9)
      }
      compared++
    }
  expect(compared).toBeGreaterThan(50)
})
