// The loops of a line as closures over typed arrays: no code is made.
import { FUNCTION_VALUES, RELATION_VALUES } from '@backprove/graph/notation'
import { mayAnnul, type Read, type Test, type Value } from '../../line/program.ts'
import { indexOf, type Machine, type Thunk } from './machine.ts'
import { dotOf, sumOf, winnerOf } from './reduce.ts'

function readOf({ operand, offset, bounded, computed }: Read, machine: Machine): Thunk {
  const data = machine.operands[operand]!
  const at = indexOf(offset, machine)
  if (bounded.length + computed.length === 0) return () => data[at()]!
  const bounds = bounded.map((each) => ({ at: indexOf(each.at, machine), size: each.size }))
  const places = computed.map((each) => ({ ...each, at: thunkOf(each.at, machine) }))
  const outside = (): number => {
    machine.annuls = true
    machine.outside = true
    return 0
  }
  return () => {
    for (const { at: index, size } of bounds) {
      const place = index()
      if (place < 0 || place >= size) return outside()
    }
    let cell = at()
    for (const { at: index, size, stride } of places) {
      const place = index() - 1
      if (!(place >= 0 && place < size) || !Number.isInteger(place)) return outside()
      cell += place * stride
    }
    machine.annuls = false
    return data[cell]!
  }
}

function testOf(test: Test, machine: Machine): () => boolean {
  if (test.kind === 'place') {
    const { at, lengths } = test
    const winner = thunkOf(test.winner, machine)
    const places = at.map((each) => indexOf(each, machine))
    return () => {
      let cell = 0
      for (let axis = 0; axis < places.length; axis++) {
        const place = places[axis]!()
        if (place < 0 || place >= lengths[axis]!) return false
        cell = cell * lengths[axis]! + place
      }
      return winner() === cell
    }
  }
  const holds = RELATION_VALUES[test.relation]
  const [left, right] =
    test.kind === 'indices'
      ? [indexOf(test.left, machine), indexOf(test.right, machine)]
      : [thunkOf(test.left, machine), thunkOf(test.right, machine)]
  return () => holds(left(), right())
}

/** Computes a value; `annuls` is told of those that may annul. */
export function thunkOf(value: Value, machine: Machine): Thunk {
  const each = (values: readonly Value[]) => values.map((part) => thunkOf(part, machine))
  switch (value.kind) {
    case 'number':
      return () => value.value
    case 'index':
      return indexOf(value.of, machine)
    case 'read':
      return readOf(value, machine)
    case 'kept': {
      const data = machine.kept[value.table]!
      const at = indexOf(value.offset, machine)
      return () => data[at()]!
    }
    case 'reduce': {
      const body = thunkOf(value.body, machine)
      if (value.by !== 'Σ') return winnerOf(value, machine, body)
      return dotOf(value, machine) ?? sumOf(value, machine, body)
    }
    case 'sum':
      return each(value.terms).reduce((a, b) => () => a() + b())
    case 'product':
      return productOf(value.factors, machine)
    case 'negation': {
      const of = thunkOf(value.of, machine)
      return () => -of()
    }
    case 'quotient': {
      const [above, below] = [thunkOf(value.above, machine), thunkOf(value.below, machine)]
      if (!mayAnnul(value.above)) return () => above() / below()
      return () => {
        const top = above()
        if (machine.annuls) return 0
        const ratio = top / below()
        machine.annuls = false
        return ratio
      }
    }
    case 'power': {
      const [base, exponent] = [thunkOf(value.base, machine), thunkOf(value.exponent, machine)]
      if (!mayAnnul(value.base)) return () => base() ** exponent()
      return () => {
        const root = base()
        const annuls = machine.annuls
        const power = root ** exponent()
        machine.annuls = annuls && power === 0
        return power
      }
    }
    case 'modulo': {
      const [a, b] = [thunkOf(value.left, machine), thunkOf(value.right, machine)]
      return () => {
        const [left, right] = [a(), b()]
        return left - right * Math.floor(left / right)
      }
    }
    case 'call': {
      const f = FUNCTION_VALUES[value.name]
      const [a, b = a] = each(value.of)
      return () => f(a!(), b!())
    }
    case 'tests': {
      const tests = value.tests.map((test) => testOf(test, machine))
      return () => {
        const holds = tests.every((isTrue) => isTrue())
        machine.annuls = !holds
        return holds ? 1 : 0
      }
    }
  }
}

function productOf(factors: readonly Value[], machine: Machine): Thunk {
  const values = factors.map((factor) => ({
    value: thunkOf(factor, machine),
    mayAnnul: mayAnnul(factor),
  }))
  if (values.every((each) => !each.mayAnnul)) {
    return values.map((each) => each.value).reduce((a, b) => () => a() * b())
  }
  return () => {
    let total = 1
    for (const each of values) {
      total *= each.value()
      if (each.mayAnnul && machine.annuls) return 0
    }
    machine.annuls = false
    return total
  }
}
