// What several parts of one formula hold under: one convention for all of them, or none.
import { conventions } from '../conventions/conventions.ts'
import type { ConventionName } from '../conventions/names.ts'
import type { Claim } from '../language/syntax.ts'
import { conjunction, isTrue } from './combine.ts'
import { isMisfit } from './readings/over-readings.ts'
import type { Verdict } from './verdict.ts'

/**
 * What holds if in a part holds as a whole under one convention, or does not hold. `judged`: the
 * part with that number under a convention too.
 */
export const inOneSense = (
  verdicts: readonly Verdict[],
  judged: (at: number, convention: ConventionName) => Verdict,
): Verdict => {
  const whole = conjunction(verdicts)
  if (whole.kind !== 'holds-if') return whole
  const supplied = verdicts.flatMap((each) => (each.kind === 'holds-if' ? each.convention : []))
  const plain = verdicts.map((each) => (each.kind === 'holds-if' ? each.otherwise : each))
  const otherwise = conjunction(plain)
  for (const convention of new Set(supplied)) {
    const said = conventions.find(({ says }) => says === convention)
    const then = verdicts.map((each, at) => {
      if (each.kind === 'holds-if' && each.convention === convention) return each.then
      return said ? judged(at, said.name) : each
    })
    // biome-ignore lint/suspicious/noThenProperty: an object of data, which nobody awaits.
    if (then.every(isTrue)) return { ...whole, convention, then: conjunction(then), otherwise }
  }
  return otherwise
}

const started: readonly string[] = ['name', 'derivative', 'product']

/**
 * dβ = dy · ∂y/∂β = Σ dy, where no convention is of both: each side as what the chain begins with.
 */
export const fromItsStart = (
  claim: Claim,
  verdict: Verdict,
  judged: (claim: Claim, convention?: ConventionName) => Verdict,
): Verdict => {
  const { operands, relations } = claim
  const [first, ...others] = operands
  const isChain = others.length > 1 && relations.every((each) => each === '=')
  if (!isChain || !isMisfit(verdict) || !started.includes(first!.kind)) return verdict
  const links = others.map(
    (each): Claim => ({ ...claim, operands: [first!, each], relations: ['='] }),
  )
  const found: Verdict[] = []
  for (const link of links) {
    const next = judged(link)
    if (!isTrue(next) && next.kind !== 'holds-if') return verdict
    found.push(next)
  }
  const whole = inOneSense(found, (at, name) => judged(links[at]!, name))
  return whole.kind === 'holds-if' ? { ...whole, otherwise: verdict } : verdict
}
