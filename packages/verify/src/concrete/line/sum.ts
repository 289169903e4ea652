// A term of a line that is a sum of products of one or two arrays, as those of convolutions and
// dense layers are: summed in runs. Other terms are none of its business.
import type { notation } from '@backprove/graph'
import { type Access, contraction, isWhole } from './contraction.ts'
import { collectIndices, indexOf, linearIndexOf, type Scope } from './index.ts'
import { bind, loopOver, type Machine, offsetOf } from './line.ts'

type Expression = notation.Expression
type ArrayEntry = Extract<Expression, { kind: 'access' }>

/** Σ of the variables; result letters are searched through, or pinned to an index. */
interface Term {
  readonly searched: readonly notation.Variable[]
  readonly variables: readonly notation.Variable[]
  readonly pins: ReadonlyMap<string, Expression>
  readonly body: Expression
}

/** The factors of a product of one or two arrays. */
const entriesOf = (body: Expression): readonly ArrayEntry[] | undefined => {
  const factors = (body.kind === 'product' ? body.factors : [body]).filter(
    (factor) => factor.kind !== 'iverson' || factor.guards.length > 0,
  )
  const entries = factors.flatMap((factor) => (factor.kind === 'access' ? [factor] : []))
  const isProduct = entries.length === factors.length
  return isProduct && (entries.length === 1 || entries.length === 2) ? entries : undefined
}

/** The letters that decide which entry of the result a term is added to. */
const lettersOfResult = ({ pins }: Term, { indices }: notation.Line): ReadonlySet<string> => {
  const letters = new Set<string>()
  for (const index of indices)
    collectIndices((index.kind === 'symbol' && pins.get(index.name)) || index, letters)
  return letters
}

/**
 * Tells every entry of the result, and its sum; undefined where terms are to be taken one by one.
 */
export const summedInRuns = <T>(
  term: Term,
  line: notation.Line,
  shape: readonly number[],
  machine: Machine<T>,
): ((tell: (cell: number, sum: T) => void) => void) | undefined => {
  const entries = entriesOf(term.body)
  const all = [...term.searched, ...term.variables]
  const names = new Set([...all.map(({ name }) => name), ...term.pins.keys()])
  const isPlain = all.every(({ upTo }) => upTo?.kind === 'number')
  if (!entries || !isPlain || names.size < all.length + term.pins.size) return undefined
  const moving = lettersOfResult(term, line)
  const loops = all.filter(({ name }) => !moving.has(name))
  if (loops.length === 0) return undefined

  const outer = loopOver(
    all.filter(({ name }) => moving.has(name)),
    new Map(),
    machine,
  )
  const scope = new Map(outer.scope)
  const pins = [...term.pins].map(([name, value]) => ({
    slot: bind(name, scope, machine),
    value: indexOf(value, outer.scope, machine.slots),
  }))
  const factors = entries.map((entry) => accessOf(entry, loops, scope, machine))
  const [a, b] = factors
  if (!a || (factors.length > 1 && !b)) return undefined
  const ranges = loops.map(({ upTo }) => ({ low: 1, high: (upTo as { value: number }).value }))
  const sum = contraction(machine.domain, machine.budget, ranges, b ? [a, b] : [a])
  const at = line.indices.map((index) => indexOf(index, scope, machine.slots))
  return (tell) =>
    outer.run(() => {
      for (const { slot, value } of pins) machine.slots[slot] = value()
      const cell = offsetOf(shape, at)
      const found = cell < 0 ? null : sum()
      if (found !== null) tell(cell, found)
    })
}

const accessOf = <T>(
  { array, indices }: ArrayEntry,
  loops: readonly notation.Variable[],
  scope: Scope,
  { operands, slots, shapes }: Machine<T>,
): Access<T> | undefined => {
  const names = loops.map(({ name }) => name)
  const linear = indices.flatMap((index) => linearIndexOf(index, names, scope, slots) ?? [])
  const shape = shapes.get(array)
  if (!shape || linear.length < indices.length || !linear.every(isWhole)) return undefined
  return { shape, indices: linear, data: () => operands.get(array)!.data }
}
