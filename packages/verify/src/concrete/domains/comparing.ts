// What compares values: signs, extrema and relations over any domain, with their ties and kinks
// noted.
import type * as notation from '@backprove/graph/notation'
import { relations } from '../../arithmetic/relations.ts'
import { PoleError } from '../../core/errors.ts'
import { exactRational } from '../../core/exact.ts'
import type { Domain, ElementaryFunction } from './domain.ts'

type RealFunction = <T>(domain: Domain<T>, a: T, b: T) => T

const elementary =
  (name: ElementaryFunction): RealFunction =>
  (domain, a) =>
    domain.call(name, [a])

/** −1, 0, 1; 0 is a kink. */
const signOf = <T>(domain: Domain<T>, a: T, b: T): number => {
  const sign = domain.compare(a, b)
  if (sign !== 0) return sign
  domain.seen.kinks = true
  return domain.lean ?? 0
}

/** ⌊a⌋ is compared with a, and so is decided as masks are: by the point alone where a varies. */
const floor: RealFunction = (domain, a) => {
  const nearest = Math.floor(domain.real(a))
  if (!Number.isFinite(nearest)) throw new PoleError(`no whole number is near ${nearest}`)
  const { numerator: guess } = exactRational(nearest)
  const whole = (value: bigint) => domain.fromRational({ numerator: value, denominator: 1n })
  const isBelow = (value: bigint) => domain.compare(whole(value), a) <= 0
  const found = !isBelow(guess) ? guess - 1n : isBelow(guess + 1n) ? guess + 1n : guess
  return whole(found)
}

const ceiling: RealFunction = (domain, a, b) => domain.negate(floor(domain, domain.negate(a), b))

/** Functions of the notation, and of the claim language where they have no derivative rule. */
export const realFunctions: Readonly<Record<notation.FunctionName, RealFunction>> = {
  exp: elementary('exp'),
  log: elementary('log'),
  log1p: (domain, a) => elementary('log')(domain, domain.add(domain.one, a), domain.one),
  tanh: elementary('tanh'),
  sin: elementary('sin'),
  cos: elementary('cos'),
  erf: elementary('erf'),
  π: (domain, a) => domain.multiply(domain.call('pi', [domain.one]), a),
  '√': elementary('sqrt'),
  sign: (domain, a) => domain.fromRational(exactRational(signOf(domain, a, domain.zero))),
  // No kink: at 0, and of equals, both pieces have one value. Their derivatives have masks.
  abs: (domain, a) => (domain.compare(a, domain.zero) < 0 ? domain.negate(a) : a),
  floor,
  ceil: ceiling,
  max: (domain, a, b) => (domain.compare(a, b) >= 0 ? a : b),
  min: (domain, a, b) => (domain.compare(a, b) <= 0 ? a : b),
}

/** A relation between values; strict ones have a kink where the values are equal. */
export const holdsBetween = <T>(
  domain: Domain<T>,
  relation: notation.Relation,
  a: T,
  b: T,
): boolean => {
  if (relation === '=' || relation === '≠') return domain.equal(a, b) === (relation === '=')
  return relations[relation]!(signOf(domain, a, b))
}

export interface Candidate<T> {
  readonly value: T
  readonly at: readonly number[]
}

type Competition = 'max' | 'min' | 'lomed' | 'himed'

/** The first winner of candidates in the order of their indices; equal rivals are a tie. */
export const winnerOf = <T>(
  domain: Domain<T>,
  reduction: Competition,
  candidates: readonly Candidate<T>[],
): Candidate<T> | undefined => {
  const found = firstWinner(domain, reduction, candidates)
  const equals = found ? rivals(domain, found, candidates) : []
  if (equals.length === 0) return found
  domain.seen.ties = true
  return domain.lean ? equals.at(domain.lean === 1 ? 0 : -1) : found
}

/** The value of the winner, for which it does not matter which of equal rivals it is. */
export const winningValue = <T>(
  domain: Domain<T>,
  reduction: Competition,
  candidates: readonly Candidate<T>[],
): T | undefined => {
  const found = firstWinner(domain, reduction, candidates)
  const differs = ({ value }: Candidate<T>) => !domain.equal(value, found!.value)
  if (found && rivals(domain, found, candidates).some(differs)) domain.seen.ties = true
  return found?.value
}

const rivals = <T>(domain: Domain<T>, found: Candidate<T>, candidates: readonly Candidate<T>[]) =>
  candidates.filter((each) => each !== found && domain.compare(each.value, found.value) === 0)

const firstWinner = <T>(
  domain: Domain<T>,
  reduction: Competition,
  candidates: readonly Candidate<T>[],
): Candidate<T> | undefined => {
  if (candidates.length === 0) return undefined
  if (reduction === 'lomed' || reduction === 'himed') {
    const ordered = [...candidates].sort((a, b) => domain.compare(a.value, b.value))
    const middle = (candidates.length - 1) / 2
    return ordered[reduction === 'lomed' ? Math.floor(middle) : Math.ceil(middle)]!
  }
  const wanted = reduction === 'max' ? 1 : -1
  return candidates.reduce((first, next) =>
    domain.compare(next.value, first.value) === wanted ? next : first,
  )
}
