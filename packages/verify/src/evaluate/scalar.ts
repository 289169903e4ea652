// A scalar of the core → a closure over any domain.

import { constantIn, rationalPower } from '../concrete/domains/domain.ts'
import { withoutSign } from '../core/build.ts'
import type { Scalar } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import { exactRational } from '../core/exact.ts'
import { compileGuards } from './guards.ts'
import { compileIndex } from './indices.ts'
import { type Machine, offsetOf, type Thunk, type Value } from './machine.ts'
import { compileReduce } from './reduce.ts'
import { entriesOfTable } from './table.ts'

type Of<K extends Scalar['kind']> = Extract<Scalar, { kind: K }>

/** Masks first: what annuls a product keeps the rest from being computed. */
const eagerness = ({ kind }: Scalar): number => (kind === 'guard' ? 0 : kind === 'read' ? 1 : 2)

const compilers: {
  readonly [K in Scalar['kind']]: <T>(s: Of<K>, machine: Machine<T>) => Thunk<T>
} = {
  number: ({ value }, { domain }) => {
    const { numerator, denominator } = value
    const exact =
      denominator === 0n
        ? constantIn(domain, Number(numerator) * Number.POSITIVE_INFINITY)
        : domain.fromRational(value)
    return () => exact
  },
  size: ({ of }, machine) => {
    const value = compileIndex(of, machine)
    return () => machine.domain.fromRational(exactRational(value()))
  },
  read: ({ from, at }, machine) => {
    const indices = at.map((index) => compileIndex(index, machine))
    const { shape, at: entry } =
      from.kind === 'table' ? entriesOfTable(from, machine) : machine.entriesOf(from)
    if (indices.length !== shape.length)
      throw new ConcreteError(`${indices.length} indices for an array of rank ${shape.length}`)
    return () => {
      const cell = offsetOf(shape, indices)
      return cell < 0 ? null : entry(cell)
    }
  },
  sum: ({ terms }, machine) => {
    const { domain } = machine
    const values = terms.map((term) => compile(term, machine))
    return () => {
      let total = domain.zero
      for (const value of values) {
        const term = value()
        if (term !== null) total = total === domain.zero ? term : domain.add(total, term)
      }
      return total
    }
  },
  product: (s, machine) => {
    const { domain } = machine
    const positive = withoutSign(s)
    if (positive) {
      const value = compile(positive, machine)
      return () => {
        const found = value()
        return found === null ? null : domain.negate(found)
      }
    }
    const values = [...s.factors]
      .sort((a, b) => eagerness(a) - eagerness(b))
      .map((factor) => compile(factor, machine))
    return () => {
      let total = domain.one
      for (const value of values) {
        const factor = value()
        if (factor === null) return null
        total = total === domain.one ? factor : domain.multiply(total, factor)
      }
      return total
    }
  },
  quotient: (s, machine) => {
    const [above, below] = [compile(s.above, machine), compile(s.below, machine)]
    const { domain } = machine
    return () => {
      const value = above()
      return value === null ? null : domain.divide(value, below() ?? domain.zero)
    }
  },
  power: ({ base, exponent }, machine) => {
    const { domain } = machine
    const root = compile(base, machine)
    if (exponent.kind === 'number' || exponent.kind === 'size') {
      const times =
        exponent.kind === 'size' ? compileIndex(exponent.of, machine) : () => exponent.value
      return (): Value<typeof domain.zero> => {
        const power = times()
        const exact = typeof power === 'number' ? exactRational(power) : power
        const value = root()
        if (value === null && exact.numerator > 0n) return null
        return rationalPower(domain, value ?? domain.zero, exact)
      }
    }
    const times = compile(exponent, machine)
    return () => domain.call('power', [root() ?? domain.zero, times() ?? domain.zero])
  },
  apply: ({ f, order, to }, machine) => {
    const { zero } = machine.domain
    const apply = machine.functionOf(f, order)
    const values = to.map((each) => compile(each, machine))
    return () => apply(values.map((value) => value() ?? zero))
  },
  reduce: (s, machine) => compileReduce(s, machine),
  guard: ({ guards }, machine) => {
    const holds = compileGuards(guards, machine)
    const { one } = machine.domain
    return () => (holds() ? one : null)
  },
}

/** A node takes about as long to compile as so many numbers to compute. */
const operationsForNode = 2

export const compile = <T>(s: Scalar, machine: Machine<T>): Thunk<T> => {
  machine.budget.tick(operationsForNode)
  const compiler = compilers[s.kind] as (s: Scalar, machine: Machine<T>) => Thunk<T>
  return compiler(s, machine)
}
