// A sum, a maximum or a winner inside a loop that it does not depend on is found once: max_o x_o in
// Σ_k e^{x_k - max_o x_o}. A line's operands do not change meanwhile.

import type { Expression, Variable } from '../syntax.ts'
import { nodes } from '../traverse.ts'
import type { Machine, Scope } from './machine.ts'

/** Indices below 1024, five of them, are one exact number. */
const RADIX = 2 ** 10
const MOST_LETTERS = 5

interface Binder {
  readonly variables: readonly Variable[]
  readonly body: Expression
}

/** With what it adds to the doubts of whoever asks. */
interface Found<T> {
  readonly value: T
  readonly doubt: number
  readonly contested: boolean
}

/** The same computation, made once for each value of the letters that it reads from around it. */
export function remembered<T>(
  { variables, body }: Binder,
  scope: Scope,
  machine: Machine,
  compute: () => T,
): () => T {
  const { doubts, slots } = machine
  const read = [body, ...variables.map(({ upTo }) => upTo!)].flatMap((part) => [...nodes(part)])
  const names = new Set(read.map((part) => (part.kind === 'symbol' ? part.name : '')))
  for (const { name } of variables) names.delete(name)
  const around = [...scope].filter(([name]) => names.has(name)).map(([, slot]) => slot)
  if (around.length === scope.size || around.length > MOST_LETTERS) return compute

  const known = new Map<number, Found<T>>()
  const find = (): Found<T> => {
    if (!doubts) return { value: compute(), doubt: 0, contested: false }
    const before = doubts.now
    doubts.now = 0
    doubts.contested = false
    const value = compute()
    const found = { value, doubt: doubts.now, contested: doubts.contested }
    doubts.now = before
    return found
  }
  return () => {
    const key = keyOf(slots, around)
    const found = known.get(key) ?? find()
    if (key >= 0) known.set(key, found)
    if (doubts) {
      doubts.now |= found.doubt
      doubts.contested = found.contested
    }
    return found.value
  }
}

/** −1 where an index has no place in a key. */
function keyOf(slots: readonly number[], around: readonly number[]): number {
  let key = 0
  for (const slot of around) {
    const index = slots[slot]!
    if (!(index >= 0 && index < RADIX && Number.isInteger(index))) return -1
    key = key * RADIX + index
  }
  return key
}
