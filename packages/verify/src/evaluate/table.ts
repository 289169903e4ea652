// The entries of a table, term by term. Where a guard [h = s(i−1)+u] says which entry a term is
// added to, the entry is computed and not searched for.

import { constantValue } from '../arithmetic/polynomial.ts'
import { length as lengthIndex, product, whole, withoutSign } from '../core/build.ts'
import type { Axis, Guard, Index, Letter, Scalar, Table } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import { freeLettersOfTable, lettersIn } from '../core/walk.ts'
import { compileIndex } from './indices.ts'
import { loopOver } from './loops.ts'
import { type Entries, type Machine, offsetOf, sizeOf } from './machine.ts'
import { compile } from './scalar.ts'

export const shapeOfTable = ({ axes }: Table): readonly number[] =>
  axes.map(({ length }) => {
    const value = constantValue(length)
    if (value === undefined) throw new ConcreteError('an array of a length without a value')
    return Number(value)
  })

/** Computed once for each value of the letters that it depends on. */
export const entriesOfTable = <T>(table: Table, machine: Machine<T>): Entries<T> => {
  const shape = shapeOfTable(table)
  const all = machine.tables.get(table) ?? remembered(table, shape, machine)
  machine.tables.set(table, all)
  return { shape, all, at: (cell) => all()[cell]! }
}

const remembered = <T>(
  table: Table,
  shape: readonly number[],
  machine: Machine<T>,
): (() => readonly T[]) => {
  const fill = compileTable(table, shape, machine)
  const depends = [...freeLettersOfTable(table)].map(machine.slotOf)
  if (depends.length === 0) {
    let only: readonly T[] | undefined
    return () => {
      only ??= fill()
      return only
    }
  }
  const known = new Map<string, readonly T[]>()
  return () => {
    const key = depends.map((slot) => machine.slots[slot]).join()
    const found = known.get(key) ?? fill()
    known.set(key, found)
    return found
  }
}

export const compileTable = <T>(
  table: Table,
  shape: readonly number[],
  machine: Machine<T>,
): (() => T[]) => {
  const { body } = table
  const terms = body.kind === 'sum' ? body.terms : [body]
  const adders = terms.map((term) => compileTerm(term, table, shape, machine))
  const size = sizeOf(shape)
  return () => {
    const result = new Array<T>(size).fill(machine.domain.zero)
    for (const add of adders) add(result)
    return result
  }
}

const compileTerm = <T>(
  term: Scalar,
  { axes }: Table,
  shape: readonly number[],
  machine: Machine<T>,
): ((result: T[]) => void) => {
  const { domain, slots } = machine
  const positive = withoutSign(term) ?? term
  const isNegative = positive !== term
  const letters = axes.map(({ letter }) => letter)
  const { pins, bound, body } = pinned(positive, letters)
  const searched = axes.flatMap(({ letter, length }): Axis[] =>
    pins.has(letter)
      ? []
      : [
          {
            letter,
            from: whole(1),
            to: lengthIndex(length),
          },
        ],
  )
  const loop = loopOver([...searched, ...bound], [], machine)
  const assignments = [...pins].map(([letter, value]) => ({
    slot: machine.slotOf(letter),
    value: compileIndex(value, machine),
  }))
  const at = letters.map((letter) => {
    const slot = machine.slotOf(letter)
    return () => slots[slot]!
  })
  const value = compile(body, machine)
  return (result) =>
    loop.run(() => {
      for (const { slot, value: pin } of assignments) slots[slot] = pin()
      const cell = offsetOf(shape, at)
      const found = cell < 0 ? null : value()
      if (found === null) return
      const signed = isNegative ? domain.negate(found) : found
      const before = result[cell]!
      result[cell] = before === domain.zero ? signed : domain.add(before, signed)
    })
}

/**
 * Σ with guards [t = e], t a letter of the result and e free of those: where the letters of e are
 * bound by the Σ, they come to the outside.
 */
const pinned = (term: Scalar, letters: readonly Letter[]) => {
  const none = { pins: new Map<Letter, Index>(), bound: [] as readonly Axis[], body: term }
  const reduce = term.kind === 'reduce' && term.by === 'sum' ? term : undefined
  const inner = reduce ? reduce.body : term
  const pins = new Map<Letter, Index>()
  const isPin = (guard: Guard): boolean => {
    if (guard.kind !== 'indices' || guard.relation !== '=') return false
    const { left, right } = guard
    if (left.kind !== 'letter' || !letters.includes(left.letter) || pins.has(left.letter))
      return false
    const used = lettersIn(right)
    if (letters.some((letter) => used.has(letter))) return false
    pins.set(left.letter, right)
    return true
  }
  const without = (s: Scalar): Scalar => {
    if (s.kind === 'guard') {
      const guards = s.guards.filter((guard) => !isPin(guard))
      return guards.length > 0 ? { ...s, guards } : product([])
    }
    if (s.kind === 'product') return product(s.factors.map(without))
    return s.kind === 'quotient' ? { ...s, above: without(s.above) } : s
  }
  const rest = without(inner)
  if (pins.size === 0) return none
  if (!reduce) return { pins, bound: [], body: rest }
  const deciding = new Set([...pins.values()].flatMap((index) => [...lettersIn(index)]))
  const isPlain = reduce.over.every(({ from, to }) => [from, to].every((e) => e?.kind === 'length'))
  if (!isPlain || reduce.when.length > 0) return none
  const bound = reduce.over.filter(({ letter }) => deciding.has(letter))
  const over = reduce.over.filter(({ letter }) => !deciding.has(letter))
  return { pins, bound, body: over.length > 0 ? { ...reduce, over, body: rest } : rest }
}
