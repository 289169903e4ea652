// A cooperative limit on work: every loop of the prover ticks, so no claim runs for ever.

export class BudgetExceeded extends Error {
  override name = 'BudgetExceeded'
}

export interface Budget {
  /** Counts one operation. Throws BudgetExceeded over the limit of operations or of time. */
  readonly tick: (operations?: number) => void
}

export interface BudgetLimits {
  readonly operations?: number
  readonly milliseconds?: number
  readonly now?: () => number
}

/** The clock is read once in 256 operations. */
export const createBudget = (limits: BudgetLimits = {}): Budget => {
  const { operations = 2_000_000, milliseconds = 5_000, now = () => performance.now() } = limits
  const deadline = now() + milliseconds
  let spent = 0
  let nextLook = 256
  return {
    tick: (count = 1) => {
      spent += count
      if (spent > operations) throw new BudgetExceeded(`more than ${operations} operations`)
      if (spent < nextLook) return
      nextLook = spent + 256
      if (now() > deadline) throw new BudgetExceeded(`more than ${milliseconds} milliseconds`)
    },
  }
}
