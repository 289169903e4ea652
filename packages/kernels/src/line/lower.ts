// From an op's line to loops. A sum, a maximum or a winner that depends on fewer letters than are
// in force is a table, found once: Σ_k e^{x_k} in y_i = e^{x_i}/Σ_k e^{x_k}.
import { instanceOf, type Op, operandNames, type Shape } from '@backprove/graph'
import type * as notation from '@backprove/graph/notation'
import { type Affine, ofSlot, plus, rangeOf, scaled, whole } from './affine.ts'
import type { Bounded, Computed, LineProgram, Loop, Read, Table, Test, Value } from './program.ts'

type Expression = notation.Expression
type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>
type Scope = ReadonlyMap<string, number>

/** An op on arrays of these shapes. */
export interface LineCall {
  readonly op: Op
  readonly params: object
  readonly inputs: readonly Shape[]
  readonly output: Shape
}

/** More entries than that are computed where they are read. */
const MOST_KEPT = 2 ** 22

/** What engines count in 32 bits, sums of several included. */
const MOST_INDEX = 2 ** 24

/** What has no loops here: medians, ends of a sum that are computed, results read at expressions. */
class NoLoops extends Error {}

/** JSON has no word for what is infinite. */
const spelled = (_: string, part: unknown): unknown =>
  typeof part === 'number' ? String(part) : part

/** The loops of a line; undefined where the interpreter is to run it. */
export function lowerLine({ op, params, inputs, output }: LineCall): LineProgram | undefined {
  const names = operandNames(op, inputs.length)
  const args = inputs.map((shape) => ({ shape }))
  const line = instanceOf({ op, args, params, shape: output }, 'stable')
  const shapes = new Map(names.map((name, k) => [name, { operand: k, shape: inputs[k]! }]))
  try {
    return lower(line, output, shapes)
  } catch (error) {
    if (error instanceof NoLoops) return undefined
    throw error
  }
}

type Operands = ReadonlyMap<string, { readonly operand: number; readonly shape: Shape }>

function lower(line: notation.Line, output: Shape, operands: Operands): LineProgram {
  /** The most that each slot can be. */
  const most: number[] = []
  const tables: Table[] = []
  const known = new Map<string, Value>()
  /** Slots read by the binder under way. */
  let used = new Set<number>()

  const newSlot = (last: number): number => most.push(last) - 1
  const mostOf = (slot: number): number => most[slot]!
  const slotOf = (name: string, scope: Scope): number => {
    const slot = scope.get(name)
    if (slot === undefined) throw new NoLoops()
    used.add(slot)
    return slot
  }

  /** The whole number that an expression is; undefined where it is something else. */
  const index = (e: Expression, scope: Scope): Affine | undefined => {
    const found = affine(e, scope)
    const { least, most: greatest } = found ? rangeOf(found, mostOf) : { least: 0, most: 0 }
    return -MOST_INDEX <= least && greatest <= MOST_INDEX ? found : undefined
  }
  const affine = (e: Expression, scope: Scope): Affine | undefined => {
    const all = (parts: readonly Expression[]): Affine[] | undefined => {
      const found = parts.map((part) => index(part, scope))
      return found.every((each) => each !== undefined) ? found : undefined
    }
    switch (e.kind) {
      case 'number':
        return Number.isSafeInteger(e.value) ? whole(e.value) : undefined
      case 'symbol':
        return ofSlot(slotOf(e.name, scope))
      case 'sum':
        return all(e.terms)?.reduce(plus)
      case 'negation': {
        const of = index(e.operand, scope)
        return of && scaled(of, -1)
      }
      case 'product': {
        const found = all(e.factors)
        const letters = found?.filter(({ terms }) => terms.size > 0) ?? []
        if (!found || letters.length > 1) return undefined
        const by = found.reduce((n, { terms, constant }) => (terms.size ? n : n * constant), 1)
        return letters[0] ? scaled(letters[0], by) : whole(by)
      }
      default:
        return undefined
    }
  }

  const read = ({ array, indices }: Of<'access'>, scope: Scope): Read => {
    const { operand, shape } = operands.get(array)!
    let offset = whole(0)
    const bounded: Bounded[] = []
    const computed: Computed[] = []
    let stride = 1
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const size = shape[axis]!
      const from1 = index(indices[axis]!, scope)
      if (from1) {
        const at = plus(from1, whole(-1))
        const range = rangeOf(at, mostOf)
        offset = plus(offset, scaled(at, stride))
        if (range.least < 0 || range.most >= size) bounded.unshift({ at, size })
      } else computed.unshift({ at: value(indices[axis]!, scope), size, stride })
      stride *= size
    }
    return { kind: 'read', operand, offset, bounded, computed }
  }

  const loopsOf = (variables: readonly notation.Variable[], outer: Scope) => {
    const scope = new Map(outer)
    const loops = variables.map(({ name, upTo }): Loop => {
      const last = upTo && index(upTo, outer)
      if (!last) throw new NoLoops()
      const slot = newSlot(Math.max(1, rangeOf(last, mostOf).most))
      scope.set(name, slot)
      return { slot, last }
    })
    return { loops, scope }
  }

  /** A binder where it stands, or as a table. */
  const bound = (
    e: Of<'reduction'> | Extract<notation.Guard, { kind: 'winner' }>,
    around: Scope,
  ): Value => {
    const by = e.reduction
    if (by === 'lomed' || by === 'himed') throw new NoLoops()
    const gives = e.kind === 'winner' ? 'place' : 'value'
    const { variables, body } = e
    const spelling = JSON.stringify([by, variables, body], spelled)
    const before = used
    used = new Set()
    const { loops, scope } = loopsOf(variables, around)
    const reduced: Value = { kind: 'reduce', by, gives, loops, body: value(body, scope) }
    const own = used
    used = before
    const outer = [...around.values()]
    const free = outer.filter((slot) => own.has(slot))
    for (const slot of free) used.add(slot)
    const isRepeated = outer.some((slot) => !own.has(slot) && mostOf(slot) > 1)
    const axes = free.map((slot) => ({ slot, length: mostOf(slot) }))
    const size = axes.reduce((n, { length }) => n * length, 1)
    if (!isRepeated || size > MOST_KEPT) return reduced
    const key = [gives, spelling, ...free].join('|')
    const kept = known.get(key)
    if (kept) return kept
    let offset = whole(0)
    for (const { slot, length } of axes) {
      offset = plus(scaled(offset, length), plus(ofSlot(slot), whole(-1)))
    }
    tables.push({ axes, value: reduced })
    const found: Value = { kind: 'kept', table: tables.length - 1, offset }
    known.set(key, found)
    return found
  }

  const testsOf = (guard: notation.Guard, scope: Scope): readonly Test[] => {
    if (guard.kind === 'relation') {
      return guard.relations.map((relation, k): Test => {
        const [left, right] = [guard.operands[k]!, guard.operands[k + 1]!]
        const [a, b] = [index(left, scope), index(right, scope)]
        if (a && b) return { kind: 'indices', relation, left: a, right: b }
        const values = { left: value(left, scope), right: value(right, scope) }
        return { kind: 'values', relation, ...values }
      })
    }
    const lengths = guard.variables.map(({ upTo }) => {
      if (upTo?.kind !== 'number') throw new NoLoops()
      return upTo.value
    })
    const at = guard.at.map((each) => {
      const place = index(each, scope)
      if (!place) throw new NoLoops()
      return plus(place, whole(-1))
    })
    return [{ kind: 'place', at, lengths, winner: bound(guard, scope) }]
  }

  const value = (e: Expression, scope: Scope): Value => {
    const each = (parts: readonly Expression[]) => parts.map((part) => value(part, scope))
    switch (e.kind) {
      case 'number':
        return e
      case 'symbol':
        return { kind: 'index', of: ofSlot(slotOf(e.name, scope)) }
      case 'access':
        return read(e, scope)
      case 'sum':
        return { kind: 'sum', terms: each(e.terms) }
      case 'product':
        return { kind: 'product', factors: each(e.factors.toSorted(byEagerness)) }
      case 'negation':
        return { kind: 'negation', of: value(e.operand, scope) }
      case 'quotient':
        return {
          kind: 'quotient',
          above: value(e.numerator, scope),
          below: value(e.denominator, scope),
        }
      case 'power':
        return { kind: 'power', base: value(e.base, scope), exponent: value(e.exponent, scope) }
      case 'modulo':
        return { kind: 'modulo', left: value(e.left, scope), right: value(e.right, scope) }
      case 'call':
        return { kind: 'call', name: e.name, of: each(e.operands) }
      case 'reduction':
        return bound(e, scope)
      case 'iverson':
        return { kind: 'tests', tests: e.guards.flatMap((guard) => testsOf(guard, scope)) }
    }
  }

  const scope = new Map<string, number>()
  const axes = line.indices.map((each, axis) => {
    const length = output[axis]!
    const slot = newSlot(length)
    if (each.kind === 'symbol' && !scope.has(each.name)) scope.set(each.name, slot)
    else if (each.kind !== 'number' || each.value !== 1 || length !== 1) throw new NoLoops()
    return { slot, length }
  })
  const result = value(line.body, scope)
  return { tables: [...tables, { axes, value: result }], slots: most.length }
}

const eagerness = ({ kind }: Expression): number =>
  kind === 'iverson' ? 0 : kind === 'access' ? 1 : 2
const byEagerness = (a: Expression, b: Expression): number => eagerness(a) - eagerness(b)
