// Numbers made of fractions, square roots of whole numbers and π, in one spelling: √(2π) is √2 √π,
// 1/√2 is √2/2, √2 √2 is 2, so that formulas that write them otherwise meet.

import { type Rational, rational } from '../../arithmetic/rational.ts'
import { constantField } from '../../index-terms/fields.ts'
import {
  type Access,
  type ArrayName,
  type Field,
  type Term,
  type Terms,
  term,
} from '../../index-terms/terms.ts'
import { elementary, reciprocal } from './elementary.ts'
import type { Applied, ScalarFunction } from './types.ts'

interface Opaque {
  readonly apply: (f: ScalarFunction, argument: Field) => Field
  readonly appliedOf: (array: ArrayName) => Applied | undefined
}

/** A fraction times Π √p, each p a prime or π, to whole powers. */
interface Constant {
  readonly fraction: Rational
  readonly roots: ReadonlyMap<bigint | 'π', number>
}

/** Larger numbers are not taken apart. */
const largestRadicand = 1_000_000n

/** The primes of a positive number, each as often as it divides it. */
const primesOf = (n: bigint): bigint[] => {
  const primes: bigint[] = []
  let rest = n
  for (let p = 2n; p * p <= rest; p++) for (; rest % p === 0n; rest /= p) primes.push(p)
  return rest > 1n ? [...primes, rest] : primes
}

const isPlain = ({ powers, bound, guards, equations }: Term): boolean =>
  powers.size + bound.length + guards.length + equations.length === 0

const oneTerm = (terms: Terms): Term | undefined => (terms.length === 1 ? terms[0] : undefined)

export const constantsOf = ({ apply, appliedOf }: Opaque) => {
  const factors = new Map<ArrayName, Constant['roots'] | undefined>()

  const rootsOf = (array: ArrayName): Constant['roots'] | undefined => {
    if (!factors.has(array)) factors.set(array, findRoots(array))
    return factors.get(array)
  }
  /** π, 1/π, √p and √π as powers of roots. */
  const findRoots = (array: ArrayName): Constant['roots'] | undefined => {
    const applied = array.shape.length === 0 ? appliedOf(array) : undefined
    const inside = applied && constantIn(applied.argument.at([]))
    if (!inside) return undefined
    const { fraction, roots } = inside
    const isOne = fraction.numerator === 1n && fraction.denominator === 1n
    if (applied.function === elementary.π)
      return isOne && !roots.size ? new Map([['π', 2]]) : undefined
    const [first, ...others] = roots
    if (others.length > 0) return undefined
    const isPi = isOne && first?.[0] === 'π' && first[1] === 2
    if (applied.function === reciprocal) return isPi ? new Map([['π', -2]]) : undefined
    if (applied.function !== elementary['√']) return undefined
    if (isPi) return new Map([['π', 1]])
    const isPrime =
      !first && fraction.denominator === 1n && primesOf(fraction.numerator).length === 1
    return isPrime ? new Map([[fraction.numerator, 1]]) : undefined
  }

  /** A positive number, where terms are one. */
  const constantIn = (terms: Terms): Constant | undefined => {
    const t = oneTerm(terms)
    if (!t || !isPlain(t) || t.coefficient.numerator <= 0n) return undefined
    const roots = productOf(t.accesses)
    return roots && { fraction: t.coefficient, roots }
  }
  const productOf = (accesses: readonly Access[]): Constant['roots'] | undefined => {
    const roots = new Map<bigint | 'π', number>()
    for (const { array } of accesses) {
      const own = rootsOf(array)
      if (!own) return undefined
      for (const [of, n] of own) roots.set(of, (roots.get(of) ?? 0) + n)
    }
    return roots
  }

  const entry = (f: ScalarFunction, argument: Field): Access => {
    const [t] = apply(f, argument).at([])
    return t!.accesses[0]!
  }
  const number = (value: bigint): Field => constantField([], rational(value))
  const pi = (): Field => apply(elementary.π, number(1n))

  /** In one spelling: each root once at most, above the line but for π. */
  const spelled = ({ fraction, roots }: Constant): Terms => {
    let [above, below] = [fraction.numerator, fraction.denominator]
    const accesses: Access[] = []
    for (const [of, n] of roots) {
      const whole = Math.floor(n / 2)
      if (of === 'π') {
        for (let k = 0; k < Math.abs(whole); k++) {
          accesses.push(whole > 0 ? pi().at([])[0]!.accesses[0]! : entry(reciprocal, pi()))
        }
        if (n !== 2 * whole) accesses.push(entry(elementary['√'], pi()))
      } else {
        if (whole > 0) above *= of ** BigInt(whole)
        else below *= of ** BigInt(-whole)
        if (n !== 2 * whole) accesses.push(entry(elementary['√'], number(of)))
      }
    }
    return [term({ coefficient: rational(above, below), accesses })]
  }

  /** √ and 1/ of such a number; undefined of anything else, and of roots of roots. */
  const of = (f: ScalarFunction, terms: Terms): Terms | undefined => {
    const constant = constantIn(terms)
    if (!constant) return undefined
    const { fraction, roots } = constant
    const { numerator, denominator } = fraction
    if (f === reciprocal) {
      // What is nothing but 1/π stays that.
      if (roots.size === 1 && numerator === 1n && denominator === 1n && roots.get('π') === 2)
        return undefined
      const inverted = new Map([...roots].map(([each, n]) => [each, -n] as const))
      return spelled({ fraction: rational(denominator, numerator), roots: inverted })
    }
    const radicand = numerator * denominator
    const isWhole = [...roots.values()].every((n) => n % 2 === 0)
    if (!isWhole || radicand > largestRadicand) return undefined
    const halved = new Map([...roots].map(([each, n]) => [each, n / 2] as const))
    const primes = primesOf(radicand)
    const isOwn =
      denominator === 1n &&
      (roots.size === 0
        ? primes.length === 1
        : radicand === 1n && roots.size === 1 && roots.get('π') === 2)
    if (isOwn) return undefined
    for (const p of primes) halved.set(p, (halved.get(p) ?? 0) + 1)
    return spelled({ fraction: rational(1n, denominator), roots: halved })
  }

  /** A term with its numbers in that spelling. */
  const simplified = (t: Term): Term => {
    const numbers = t.accesses.filter(({ array }) => rootsOf(array))
    const roots = numbers.length > 1 ? productOf(numbers) : undefined
    if (!roots) return t
    const [spelledOut] = spelled({ fraction: rational(1), roots })
    const { coefficient, accesses } = spelledOut!
    const others = t.accesses.filter(({ array }) => !rootsOf(array))
    const all = rational(
      t.coefficient.numerator * coefficient.numerator,
      t.coefficient.denominator * coefficient.denominator,
    )
    return { ...t, coefficient: all, accesses: [...others, ...accesses] }
  }

  return { of, simplified }
}
