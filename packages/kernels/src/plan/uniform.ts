// Arrays that hold one number throughout: they become numbers in the code, not arrays in memory.
import { type ConstantParams, isOp, type Node } from '@backprove/graph'
import { familyOf } from './families.ts'

/** The number that a constant holds in every entry, seen through views; else undefined. */
export function uniformValue(node: Node): number | undefined {
  let seen = node
  while (familyOf(seen.op) === 'view') seen = seen.args[0]!
  if (!isOp(seen.op, 'constant')) return undefined
  const { data } = seen.params as ConstantParams
  const known = uniform.get(data)
  if (known !== undefined) return known === VARIED ? undefined : known
  const value = data[0]!
  const result = data.every((entry) => Object.is(entry, value)) ? value : VARIED
  uniform.set(data, result)
  return result === VARIED ? undefined : result
}

/** Large constants are looked through once. */
const uniform = new WeakMap<Float64Array, number | typeof VARIED>()
const VARIED = 'varied'
