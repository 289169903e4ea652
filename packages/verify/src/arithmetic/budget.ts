// A cooperative limit on work: every loop of the prover ticks, so no claim runs for ever. What is
// shared out are operations, which are the same on every machine; the clock only ever stops.

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
      // Once it is late, every tick says so.
      if (now() > deadline) throw new BudgetExceeded(`more than ${milliseconds} milliseconds`)
      nextLook = spent + 256
    },
  }
}

/** A budget that knows how much of it is left, and can be divided. */
export interface Work extends Budget {
  /** Operations. */
  readonly left: () => number
  /** At most so many operations of what is left. */
  readonly part: (operations: number) => Work
}

const partOf = (whole: Budget, operations: number, isLate: () => boolean): Work => {
  let spent = 0
  const work: Work = {
    tick: (count = 1) => {
      spent += count
      if (spent > operations) {
        throw new BudgetExceeded(`more than ${Math.round(operations)} operations`)
      }
      whole.tick(count)
    },
    left: () => (isLate() ? 0 : Math.max(0, operations - spent)),
    part: (share) => partOf(work, Math.min(share, work.left()), isLate),
  }
  return work
}

/** What a slow machine does in a millisecond. */
const operationsPerMillisecond = 200

/**
 * The work of a deadline: as many operations as end in time on a slow machine. Where they do not,
 * the clock stops it.
 */
export const createWork = (milliseconds: number): Work => {
  const end = performance.now() + milliseconds
  const clock = createBudget({ operations: Number.POSITIVE_INFINITY, milliseconds })
  return partOf(clock, milliseconds * operationsPerMillisecond, () => performance.now() > end)
}

/** So many operations, whatever the clock says: the same verdicts on every machine. */
export const createOperations = (operations: number): Work =>
  partOf({ tick: () => {} }, operations, () => false)

/**
 * So many operations whatever the clock says, then those of `after`: what has to be looked at
 * before anything is said is looked at on a slow machine as on a fast one. Several looks share it.
 */
export const createReserve = (operations: number): ((after: Budget) => Budget) => {
  let reserve = operations
  return (after) => ({
    tick: (count = 1) => {
      reserve -= count
      if (reserve < 0) after.tick(Math.min(count, -reserve))
    },
  })
}

/** A reserve for one look. */
export const withReserve = (operations: number, after: Budget): Budget =>
  createReserve(operations)(after)

/** Both limits. */
export const within = (whole: Budget, operations: number): Budget =>
  partOf(whole, operations, () => false)
