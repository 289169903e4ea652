// What may be kept beside the values of a line: which of them an engine may give differently. The
// rule: a NaN or ∞ that reaches a result only through a product with an exact zero may be kept or
// dropped. Everything here is skipped where plain values are wanted.

/** The value, or NaN: an exact zero stands beside something that is not finite. */
export const MAYBE_NAN = 1
/** Anything: something was chosen by a value in doubt, or by less than rounding decides. */
export const OPEN = 2
/** The value up to rounding, which may be all of it: open to whoever goes on from there. */
export const CANCELLED = 4
/** A NaN out of ∞ − ∞: a law that moves a bias behind a maximum may meet it, or meet it not. */
export const OPPOSED = 8
/** A 0 that was computed: 0 and −0 are one number, and dividing by it gives ∞ of either sign. */
export const UNSIGNED = 16
/** Rounded once at least: 2^½ and √2 are one number, and engines may round each in another way. */
export const ROUNDED = 32

export interface DoubtRules {
  /** Beyond it a sum or product may overflow in the format, in one order or another. */
  readonly largest: number
  /** Two numbers nearer than that, relatively, may be in any order after rounding. */
  readonly near: number
  /** Whether of two equal cells either may win: laws move increasing functions behind a maximum. */
  readonly tiesOpen: boolean
}

export interface Doubts {
  /** By the names of the line's operands, entry by entry. */
  readonly operands: Readonly<Record<string, Uint8Array | undefined>>
  /** Of the result, entry by entry. */
  readonly result: Uint8Array
  readonly rules: DoubtRules
  /** Of the value under way. */
  now: number
  /** Of the winner just found: another could have won. */
  contested: boolean
}

/** A sum of so large terms that it may not fit, or so near 0 that rounding decides what it is. */
export function checkSum(doubts: Doubts, total: number, magnitude: number): void {
  if (magnitude === Infinity && Number.isNaN(total)) doubts.now |= OPPOSED
  if (!(magnitude < Infinity)) return
  if (magnitude > doubts.rules.largest) doubts.now |= OPEN
  if (magnitude > 0 && Math.abs(total) <= doubts.rules.near * magnitude) doubts.now |= CANCELLED
}

/** sin 3π and log 1: where a function crosses 0, rounding `moved` of its argument is all of it. */
export function crossing(doubts: Doubts, value: number, moved: number): number {
  if (value !== 0 && Math.abs(value) <= doubts.rules.near * Math.abs(moved)) doubts.now |= CANCELLED
  return value
}

/** What few digits hold, like 0, 1 and ¾, comes out of every engine as it is. */
const isPlain = (value: number): boolean => Number.isInteger(value * 4096) && Math.abs(value) < 4096

/** A value that a function, a power or a quotient has made. */
export function rounding(doubts: Doubts, value: number): number {
  if (Number.isFinite(value) && !isPlain(value)) doubts.now |= ROUNDED
  return value
}

/** A divisor, or the base of a power: `isPole` says whether a 0 there makes ∞ of its sign. */
export function dividing(doubts: Doubts, base: () => number, isPole: () => boolean): number {
  const before = doubts.now
  doubts.now = 0
  const value = base()
  if (doubts.now & UNSIGNED && value === 0 && isPole()) doubts.now |= OPEN
  doubts.now |= before
  return value
}

/** Runs a choice: whatever it reads in doubt leaves it open. */
export function choosing<T>(doubts: Doubts, choose: () => T): T {
  const before = doubts.now
  doubts.now = 0
  const made = choose()
  const deciding = MAYBE_NAN | OPEN | (doubts.rules.tiesOpen ? OPPOSED : 0)
  doubts.now = before | (doubts.now & deciding ? OPEN : 0)
  return made
}

/** Numbers that differ by no more than rounding. */
const isNear = ({ near }: DoubtRules, a: number, b: number): boolean =>
  a !== b && Math.abs(a - b) <= near * Math.max(Math.abs(a), Math.abs(b))

/** Equal numbers that were rounded: sums in another order, or √2 and 2^½, may differ. */
const isEqualByRounding = ({ now }: Doubts, value: number): boolean =>
  value !== 0 && (now & ROUNDED) !== 0

/** Whether two numbers may be in any order in an engine. */
export function mayBeInAnyOrder(doubts: Doubts, a: number, b: number): boolean {
  if (a !== b) return isNear(doubts.rules, a, b)
  // One of several equal cells, [x_i = max_k x_k], may have lost to another by rounding.
  return doubts.contested || isEqualByRounding(doubts, a)
}

interface Factor {
  readonly value: () => number
  /** An Iverson bracket: its 0 annuls for certain. */
  readonly isGuard: boolean
}

/**
 * A product with 0 · NaN = 0, and in doubt: factors outside their box are zeros like any other. An
 * Iverson 0 keeps the rest from being looked at.
 */
export function productInDoubt(
  machine: { strongZero: boolean },
  doubts: Doubts,
  factors: readonly Factor[],
): number {
  let total = 1
  let [hasZero, isOutside, allFinite] = [false, false, true]
  for (const { value, isGuard } of factors) {
    const factor = value()
    if (machine.strongZero && isGuard) return 0
    isOutside ||= machine.strongZero
    hasZero ||= factor === 0
    allFinite &&= Number.isFinite(factor)
    total *= factor
  }
  machine.strongZero = isOutside
  if (allFinite && Math.abs(total) > doubts.rules.largest) doubts.now |= OPEN
  if (!hasZero) return total
  if (!allFinite) doubts.now |= MAYBE_NAN
  return 0
}

/** Whether another engine may choose another winner: near it, or equal to it. */
export function checkWinner(
  doubts: Doubts,
  winner: number,
  candidates: readonly { readonly value: number }[],
): void {
  const { rules } = doubts
  let equal = 0
  for (const { value } of candidates) {
    if (isNear(rules, value, winner)) doubts.contested = true
    if (value === winner) equal += 1
  }
  if (equal > 1 && (rules.tiesOpen || isEqualByRounding(doubts, winner))) doubts.contested = true
}
