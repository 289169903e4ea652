// Random claims: a truth or a random expression, its right side rewritten by laws, and damaged in
// half of the cases.

import { damages } from '../damages.ts'
import type { Index, Scalar } from '../expressions.ts'
import { laws } from '../laws.ts'
import type { Plan, Recorded } from '../plan.ts'
import type { Random } from '../random.ts'
import { type Equation, entry, guard, index, letter, number, plus, sum, times } from '../scalars.ts'
import { truths } from '../truths.ts'
import { isLetter, shuffled, sizeOf, somewhere } from './trees.ts'

/** A sum over products of entries: every bound letter is bare somewhere, so that it ends. */
const randomExpression = (random: Random, { nodes, ranks }: Recorded): Equation | undefined => {
  const arrays = [...ranks].filter(([, rank]) => rank > 0)
  const spelt = (name: string) => {
    const isLeaf = nodes.get(name)!.op.traits?.leaf
    return random.chance(isLeaf ? 0.25 : 0.35) && name !== 't' ? `∂C/∂${name}` : name
  }
  const letters = [...'ijklmnop']
  const [name, rank] = random.pick(arrays)
  const free = letters.slice(0, rank)
  const head = entry(spelt(name), ...free)
  const product = (depth: number, known: readonly string[]): Scalar => {
    const factors: Scalar[] = []
    const [array, r] = random.pick(arrays)
    const own = shuffled(random, letters.slice(4)).slice(0, r)
    const at = own.map((fresh) =>
      random.chance(0.7) || known.length === 0 ? letter(fresh) : letter(random.pick(known)),
    )
    const bound = own.filter((fresh) => at.some((i) => isLetter(i, fresh)))
    factors.push(entry(spelt(array), ...at))
    const all = [...known, ...bound]
    if (all.length > 0 && random.chance(0.7)) {
      const [other, q] = random.pick(arrays)
      const affine = () =>
        index(
          random.pick([0, 0, 1, -1, 2]),
          [random.pick([1, 1, 1, -1, 2]), random.pick(all)],
          ...(random.chance(0.3) ? [[random.pick([1, -1]), random.pick(all)] as const] : []),
        )
      const rounded = (): Index =>
        index(0, [
          1,
          { round: random.pick(['floor', 'ceil'] as const), of: affine(), by: random.pick([2, 3]) },
        ])
      const make = () => (random.chance(0.15) ? rounded() : affine())
      factors.push(entry(spelt(other), ...Array.from({ length: q }, make)))
    }
    if (all.length > 0 && random.chance(0.3)) {
      factors.push(
        guard(
          random.pick(all),
          random.pick(['≤', '≥', '<', '≠', '='] as const),
          random.chance(0.5) ? index(random.pick([1, 2, 3])) : random.pick(all),
        ),
      )
    }
    if (depth > 0 && random.chance(0.4)) {
      factors.push(
        plus(
          product(depth - 1, all),
          random.chance(0.5)
            ? number(random.pick([1, 2, 3]), random.pick([1, 2]))
            : product(depth - 1, all),
        ),
      )
    }
    const body = times(...factors)
    return bound.length > 0 ? sum([...new Set(bound)].join(''), body) : body
  }
  const e = times(
    head,
    random.chance(0.5) ? product(1, free) : plus(product(1, free), product(0, free)),
  )
  return { left: e, right: e }
}

export interface Made extends Equation {
  readonly origin: string
  readonly isMutant: boolean
}

export const randomClaim = (random: Random, plan: Plan, recorded: Recorded): Made | undefined => {
  const known = truths[plan.kind]!(plan)
  const isTruth = known.length > 0 && random.chance(0.6)
  const equation = isTruth ? random.pick(known) : randomExpression(random, recorded)
  if (!equation) return undefined
  let { left, right } = equation
  const used: string[] = []
  for (let steps = random.below(5); steps > 0; steps--) {
    const [name, law] = random.pick(Object.entries(laws))
    const next = somewhere(random, right, law)
    if (!next || sizeOf(next) > 60) continue
    right = next
    used.push(name)
  }
  const isMutant = random.chance(0.5)
  if (isMutant) {
    for (let tries = 0; tries < 20; tries++) {
      const [name, damage] = random.pick(Object.entries(damages))
      const next = somewhere(random, right, damage)
      if (!next) continue
      right = next
      used.push(name)
      break
    }
  }
  if (random.chance(0.1) && isTruth) [left, right] = [right, left]
  return {
    left,
    right,
    isMutant,
    origin: `${plan.kind}${isTruth ? '' : ' random'}: ${used.join(' ')}`,
  }
}
