// Random networks of every kind, with names as people and enemies give them.

import { type Build, type Plan, recorder } from '../plan.ts'
import type { Random } from '../random.ts'
import { vectors } from '../vectors.ts'
import { images } from './images.ts'

const builds: Readonly<Record<string, Build>> = { ...images, ...vectors }

/** Names as people and enemies give them. */
const odd: readonly Readonly<Record<string, string>>[] = [
  {},
  {},
  {},
  { x: 'e', W: 'u' },
  { x: 'i', W: 'k', z: 'j' },
  { x: 'A', W: 'A^2', b: 'A^3' },
  { x: 'constructor', W: 'toString' },
  { x: 't0', W: '__proto__' },
  { W: 'σ', x: 'J' },
  { W: 'w^F', x: 'a^{l-1}', z: 'z^F' },
]

export const randomPlan = (random: Random): Plan => {
  const kind = random.pick(Object.keys(builds))
  return planOf(random, kind, random.pick(odd))
}

export const planOf = (random: Random, kind: string, names: Plan['names'] = {}): Plan => {
  const built = builds[kind]!(random)
  // σ(z) is a product where an array is called σ.
  const isRead = built.activation === undefined || !Object.values(names).includes('σ')
  return {
    kind,
    lengths: built.lengths,
    parameters: built.parameters,
    activation: built.activation ?? 'none',
    isSmooth: !built.hasKinks,
    names: isRead ? names : {},
    record: recorder(isRead ? names : {}, (scribe, lengths) => built.body(scribe, lengths)),
  }
}
