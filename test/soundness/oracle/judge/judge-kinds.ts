// One random claim about masks, extremes, conditions, layers or definitions, against its truth at
// many points: random ones, zeros and equals, constants of the claim, and where its brackets hold.

import type { Verdict } from '../../../../packages/verify/src/verdict/verdict.ts'
import { verify } from '../../../../packages/verify/src/verify.ts'
import type { Drawn, Leaves } from '../draw/drawn.ts'
import { drawKind } from '../kinds.ts'
import { type Random, seededRandom } from '../random.ts'
import type { Judge } from './judged.ts'
import { witnessOf } from './witness.ts'

const pointAt = (drawn: Drawn, random: Random, k: number): Leaves => {
  const few = [0, 1, -1, 2, ...drawn.constants]
  const anywhere = () => (random.below(4001) - 2000) / 900
  const draw = k % 3 === 0 ? () => random.pick(few) : anywhere
  const leaves: Leaves = Object.fromEntries(
    Object.entries(drawn.leaves).map(([name, count]) => [
      name,
      Array.from({ length: count }, draw),
    ]),
  )
  return k % 2 === 0 && drawn.moved ? drawn.moved(leaves, random) : leaves
}

const points = 120
/** Where nobody names a point at which it fails. */
const morePoints = 3000

const contradictionOf = (drawn: Drawn, verdict: Verdict, random: Random): string | undefined => {
  const { kind } = verdict
  const isAffirmed = kind === 'proved' || kind === 'agrees'
  if (!isAffirmed && kind !== 'refuted') return undefined
  if (drawn.isEmpty) return `${kind}, of what claims nothing`
  if (isAffirmed) {
    for (let k = 0; k < points; k++) {
      const at = pointAt(drawn, random, k)
      if (!drawn.holds(at)) return `${kind}, and false at ${JSON.stringify(at)}`
    }
    return undefined
  }
  const witness = witnessOf(drawn, verdict)
  if (witness && drawn.holds(witness)) return 'the counterexample is none'
  if (witness) return undefined
  for (let k = 0; k < morePoints; k++) if (!drawn.holds(pointAt(drawn, random, k))) return undefined
  return 'refuted, and true wherever it was tried'
}

export const judgeKinds: Judge = (seed) => {
  const random = seededRandom(seed)
  const drawn = drawKind(random)
  const verdict = verify(drawn.cost(), drawn.text, { deadline: 3000 })
  return {
    shown: drawn.text,
    outcome: `${drawn.kind} → ${verdict.kind}`,
    wrong: contradictionOf(drawn, verdict, random),
  }
}
