// Assumed equations used in an exact expansion: t₁ = 1 − t₂ − t₃ in the place of t₁ where Σ t = 1.
// Every point at which the assumption holds is among those that the substitution describes, so what
// is proved of all of these holds there.
import type { Node } from '@backprove/graph'
import type { World } from '../../evaluate/world.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import type { Tensor } from '../domains/domain.ts'
import { constantOf, equalForms } from '../domains/form.ts'
import type { Traced } from '../domains/trace.ts'
import { entriesOf } from './assumed.ts'

/** Entries of leaves replaced, one for each entry of an equation that is linear in one. */
export const substitute = (
  assumptions: readonly ResolvedClaim[],
  world: World<Traced>,
  leaves: readonly Node[],
): void => {
  for (const assumption of assumptions) {
    if (assumption.relations.some((each) => each !== '=')) continue
    const count = [...entriesOf(assumption, world)].length
    for (let k = 0; k < count; k++) {
      for (const leaf of leaves) if (solved(assumption, k, world, leaf)) break
    }
  }
}

/** f(x) = f(0) + c x as expressions, c a number other than 0: x is −f(0)/c. */
const solved = (
  assumption: ResolvedClaim,
  k: number,
  world: World<Traced>,
  leaf: Node,
): boolean => {
  const { add, negate, multiply, divide, one, zero } = world.domain
  const { shape, data }: Tensor<Traced> = world.values.get(leaf)!
  const f = (at: number, value: Traced): Traced => {
    const values = new Map(world.values).set(leaf, { shape, data: data.with(at, value) })
    const { left, right } = [...entriesOf(assumption, { ...world, values })][k]!
    return add(left, negate(right))
  }
  for (const [at, own] of data.entries()) {
    const start = f(at, zero)
    const slope = add(f(at, one), negate(start))
    if (!constantOf(slope.form)?.numerator) continue
    if (!equalForms(f(at, own).form, add(start, multiply(slope, own)).form)) continue
    const value = negate(divide(start, slope))
    world.values.set(leaf, { shape, data: data.with(at, value) })
    return true
  }
  return false
}
