// What would make a refuted claim true, with what is unsaid of a classifier's targets too.
import { targetsSumToOne } from './conventions/targets.ts'
import { repairsFound } from './given.ts'
import type { Claim } from './language/syntax.ts'
import { type Run, runUnder, shareOf } from './run.ts'
import { answered } from './verdict/answered.ts'
import { assumedBy, wordsOf } from './verdict/assumptions.ts'
import type { Repair, Verdict } from './verdict/verdict.ts'

/** Only what no reading of the formula makes true is worth a diagnosis. */
export const diagnosed = (
  claim: Claim,
  refuted: Extract<Verdict, { kind: 'refuted' }>,
  run: Run,
  verifyClaim: (claim: Claim, run: Run) => Verdict,
): Verdict => {
  const { diagnose, ...options } = run.options
  if (!diagnose) return refuted
  const { network } = run
  const repairs = ({ assumptions, work }: Run) =>
    repairsFound(
      diagnose({
        claim,
        network,
        refuted,
        assumptions,
        judge: (other, share, assume) =>
          answered(() => {
            const reading = refuted.reading && { reading: refuted.reading }
            const again = { assumptions, work: share, options: { ...options, ...reading } }
            const said = assume === undefined ? [] : assumedBy([assume], wordsOf(network))
            const under = { ...run, ...again, asWritten: true, truthOnly: true }
            const inside = said.length > 0 ? runUnder(under, [...run.assumed, ...said]) : under
            return verifyClaim(other, inside)
          }),
        work,
      }),
    )
  // What is unsaid of the targets of a classifier: a repair may need it too.
  const targets = targetsSumToOne(network)
  const assumptions = [...run.assumptions, ...targets]
  const unsaid: Run | undefined = targets.length > 0 ? { ...run, assumptions } : undefined
  const found = repairs(unsaid ? shareOf(run, 2) : run)
  const isEdit = ({ name }: Repair) =>
    name !== 'the right formula' && !name.endsWith(' and missing assumption')
  if (found.some(isEdit) || !unsaid) return { ...refuted, diagnoses: found }
  const condition = 'It holds if the targets sum to 1.'
  const isShorter = ({ formula }: Repair) =>
    found.every((each) => each.formula.length > formula.length)
  const edits = repairs(unsaid).filter((each) => isEdit(each) || isShorter(each))
  const underTargets = edits.map((each) => ({ ...each, message: `${each.message} ${condition}` }))
  return { ...refuted, diagnoses: [...underTargets, ...found] }
}
