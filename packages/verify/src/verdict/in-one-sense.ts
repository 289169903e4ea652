// What several parts of one formula hold under: one convention for all of them, or none.
import { conventions } from '../conventions/conventions.ts'
import type { ConventionName } from '../conventions/names.ts'
import { conjunction, isTrue } from './combine.ts'
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
