// Errors that are answers: text that is ill-formed, work that is used up before a rung begins.
import { BudgetExceeded } from '../arithmetic/budget.ts'
import { DegreeError } from '../arithmetic/polynomial.ts'
import { ConcreteError, PoleError } from '../core/errors.ts'
import { ClaimError } from '../language/syntax.ts'
import type { IllFormed, Verdict } from './verdict.ts'

/** @throws what is a defect and no answer */
export const answered = (body: () => Verdict): Verdict => {
  try {
    return body()
  } catch (error) {
    if (error instanceof ClaimError) return illFormed(error)
    // Before a rung begins, and between two: what a rung meets it answers itself.
    if (error instanceof BudgetExceeded) return { kind: 'budget', tried: ['the time was over'] }
    const isUnsaid = [ConcreteError, PoleError, DegreeError].some((each) => error instanceof each)
    if (isUnsaid) return { kind: 'budget', tried: [(error as Error).message] }
    throw error
  }
}

const illFormed = ({ start, end, reason }: ClaimError): IllFormed => ({
  kind: 'ill-formed',
  at: { start, end },
  reason,
})
