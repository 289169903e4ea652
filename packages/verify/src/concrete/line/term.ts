// One term of a line, added to the entries of the result that it reaches.
import type { notation } from '@backprove/graph'
import { collectIndices, indexOf } from './index.ts'
import { bind, compile, loopOver, type Machine, offsetOf } from './line.ts'
import { summedInRuns } from './sum.ts'

type Expression = notation.Expression
type Line = notation.Line

/**
 * Adds one term to the result. Where a guard `[h = s(i-1)+u]` pins a result index, the index is
 * computed and not searched for.
 */
export const compileTerm = <T>(
  term: Expression,
  line: Line,
  shape: readonly number[],
  machine: Machine<T>,
): ((result: T[]) => void) => {
  const { negative, variables, body } = peel(term)
  const { domain } = machine
  const addTo = (result: T[], cell: number, found: T): void => {
    const signed = negative ? domain.negate(found) : found
    const before = result[cell]!
    result[cell] = before === domain.zero ? signed : domain.add(before, signed)
  }
  const free = line.indices.flatMap((index, axis) =>
    index.kind === 'symbol'
      ? [{ name: index.name, upTo: { kind: 'number' as const, value: shape[axis]! } }]
      : [],
  )
  const open = free.map(({ name }) => name).filter((n) => !variables.some((v) => v.name === n))
  const { pins, rest } = pinned(body, open)
  const searched = free.filter(({ name }) => !pins.has(name))
  const sum = summedInRuns({ searched, variables, pins, body: rest }, line, shape, machine)
  if (sum) return (result) => sum((cell, value) => addTo(result, cell, value))
  const outer = loopOver(searched, new Map(), machine)
  const inner = loopOver(variables, outer.scope, machine)
  const scope = new Map(inner.scope)
  const assignments = [...pins].map(([name, value]) => ({
    slot: bind(name, scope, machine),
    value: indexOf(value, inner.scope, machine.slots),
  }))
  // The result's own letters, which a bound index of the same name may hide in the body.
  const own = new Map([...outer.scope, ...[...scope].filter(([name]) => pins.has(name))])
  const at = line.indices.map((index) => indexOf(index, own, machine.slots))
  const value = compile(rest, scope, machine)
  return (result) =>
    outer.run(() =>
      inner.run(() => {
        for (const { slot, value: pin } of assignments) machine.slots[slot] = pin()
        const cell = offsetOf(shape, at)
        const found = cell < 0 ? null : value()
        if (found !== null) addTo(result, cell, found)
      }),
    )
}

/** −Σ_v body, taken apart. */
const peel = (
  term: Expression,
): { negative: boolean; variables: readonly notation.Variable[]; body: Expression } => {
  if (term.kind === 'negation') {
    const inner = peel(term.operand)
    return { ...inner, negative: !inner.negative }
  }
  if (term.kind === 'reduction' && term.reduction === 'Σ')
    return { negative: false, variables: term.variables, body: term.body }
  return { negative: false, variables: [], body: term }
}

/**
 * Takes the guards `[t = e]` out of a body, t a result index and e an index free of result indices.
 */
const pinned = (body: Expression, free: readonly string[]) => {
  const pins = new Map<string, Expression>()
  const isPin = (guard: notation.Guard): boolean => {
    if (guard.kind !== 'relation' || guard.relations.join() !== '=') return false
    const [left, right] = guard.operands as [Expression, Expression]
    if (left.kind !== 'symbol' || !free.includes(left.name) || pins.has(left.name)) return false
    const letters = new Set<string>()
    if (!collectIndices(right, letters) || free.some((name) => letters.has(name))) return false
    pins.set(left.name, right)
    return true
  }
  const without = (node: Expression): Expression => {
    if (node.kind === 'iverson')
      return { kind: 'iverson', guards: node.guards.filter((guard) => !isPin(guard)) }
    if (node.kind === 'product') return { kind: 'product', factors: node.factors.map(without) }
    if (node.kind === 'quotient') return { ...node, numerator: without(node.numerator) }
    return node
  }
  return { pins, rest: without(body) }
}
