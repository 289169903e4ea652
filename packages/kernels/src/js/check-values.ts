// Values that an op refuses, such as a place out of range: an error names the entry.
import { IndexError, operandNames } from '@backprove/graph'
import type { KernelStep } from '../plan/plan.ts'

/** Asks the op of the values of its operands. @throws IndexError from what is returned */
export function checkOf(
  { op, params, inputs, label }: Pick<KernelStep, 'op' | 'params' | 'inputs' | 'label'>,
  values: readonly ArrayLike<number>[],
): (() => void) | undefined {
  if (!op.values) return undefined
  const names = operandNames(op, inputs.length)
  const shapes = Object.fromEntries(names.map((name, k) => [name, inputs[k]!.shape]))
  const given = Object.fromEntries(names.map((name, k) => [name, values[k]!]))
  return () => {
    const amiss = op.values?.(given, shapes, params)
    if (amiss)
      throw new IndexError(`${label.startsWith('"') ? `${op.name} ` : ''}${label}: ${amiss}`)
  }
}
