// The loops of a line as closures over typed arrays: no code is made.
import { FUNCTION_VALUES, RELATION_VALUES } from '@backprove/graph/notation'
import type { Memory } from '../../backend.ts'
import { type Affine, plus, whole } from '../../line/affine.ts'
import { mayAnnul, type Read, type Reduce, type Test, type Value } from '../../line/program.ts'

export type Thunk = () => number

/** What closures run on. */
export interface Machine {
  readonly operands: readonly Memory[]
  /** Tables before the one under way. */
  readonly kept: readonly Float64Array[]
  readonly slots: Int32Array
  /** The value just computed is a 0 that annuls its product; asked of values that may be one. */
  annuls: boolean
  /** Something has been read outside its box. */
  outside: boolean
}

function indexOf({ constant, terms }: Affine, { slots }: Machine): Thunk {
  const [[first, n] = [0, 0], [second, m] = [0, 0], ...others] = [...terms]
  if (others.length > 0) {
    const all = [...terms]
    return () => {
      let total = constant
      for (const [slot, by] of all) total += by * slots[slot]!
      return total
    }
  }
  if (m !== 0) return () => constant + n * slots[first]! + m * slots[second]!
  return n === 0 ? () => constant : () => constant + n * slots[first]!
}

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

/** Runs the body for every value of the loops, the first outermost. */
function nest({ loops }: Reduce, machine: Machine, body: () => void): () => void {
  const { slots } = machine
  return loops.reduceRight((inner, { slot, last }) => {
    const end = indexOf(last, machine)
    return () => {
      const most = end()
      for (let index = 1; index <= most; index++) {
        slots[slot] = index
        inner()
      }
    }
  }, body)
}

function sumOf(reduce: Reduce, machine: Machine): Thunk {
  const body = thunkOf(reduce.body, machine)
  let total = 0
  const run = nest(reduce, machine, () => {
    total += body()
  })
  return () => {
    const [before, around] = [machine.outside, total]
    total = 0
    run()
    machine.outside = before
    const sum = total
    total = around
    return sum
  }
}

/** Σ_k of entries that lie inside, multiplied: by strides. */
function dotOf({ loops, body }: Reduce, machine: Machine): Thunk | undefined {
  const factors = body.kind === 'product' ? body.factors : [body]
  const [loop, ...others] = loops
  const reads = factors.flatMap((each) => (each.kind === 'read' && !mayAnnul(each) ? [each] : []))
  if (!loop || others.length > 0 || reads.length < factors.length || reads.length > 2) {
    return undefined
  }
  const [a, b] = reads.map(({ operand, offset }) => {
    const step = offset.terms.get(loop.slot) ?? 0
    const start = new Map(offset.terms)
    start.delete(loop.slot)
    const first = plus({ constant: offset.constant, terms: start }, whole(step))
    return { data: machine.operands[operand]!, first: indexOf(first, machine), step }
  })
  const last = indexOf(loop.last, machine)
  if (!a) return undefined
  if (!b) {
    return () => {
      let [sum, at] = [0, a.first()]
      for (let left = last(); left > 0; left--, at += a.step) sum += a.data[at]!
      return sum
    }
  }
  return () => {
    let [sum, i, j] = [0, a.first(), b.first()]
    for (let left = last(); left > 0; left--, i += a.step, j += b.step) {
      sum += a.data[i]! * b.data[j]!
    }
    return sum
  }
}

/** A NaN does not compete, nor does what lies outside its box. */
function winnerOf(reduce: Reduce, machine: Machine): Thunk {
  const body = thunkOf(reduce.body, machine)
  const isMax = reduce.by === 'max'
  const nothing = isMax ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  let [best, place, at, met] = [nothing, -1, 0, false]
  const run = nest(reduce, machine, () => {
    machine.outside = false
    const value = body()
    const here = at++
    if (machine.outside) return
    met = true
    if (Number.isNaN(value)) return
    if (place < 0 || (isMax ? value > best : value < best)) {
      best = value
      place = here
    }
  })
  return () => {
    const before = [best, place, at, met] as const
    const outside = machine.outside
    ;[best, place, at, met] = [nothing, -1, 0, false]
    run()
    machine.outside = outside
    const value = place < 0 && met ? Number.NaN : best
    const found = reduce.gives === 'place' ? place : value
    ;[best, place, at, met] = before
    return found
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
    case 'reduce':
      if (value.by !== 'Σ') return winnerOf(value, machine)
      return dotOf(value, machine) ?? sumOf(value, machine)
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
