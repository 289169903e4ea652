// `checkNotes`: documents judged by the ladder of proofs, with diagnoses.
import { printClaim } from '../language/print/print.ts'
import { diagnoseRefuted } from '../repair/diagnose-refuted.ts'
import type { VerifyOptions } from '../run.ts'
import { verifySizes } from '../verdict/sizes.ts'
import { verifyParsed } from '../verify.ts'
import { type CheckOptions, checkNotesWith, type Judge } from './check-notes.ts'
import type { Report } from './report.ts'

type Diagnose = NonNullable<VerifyOptions['diagnose']>

/** Of a whole document nobody wants to wait long for one diagnosis: operations. */
const mostForDiagnosis = 40_000

const briefly: Diagnose = (request) =>
  diagnoseRefuted({ ...request, most: 1, work: request.work.part(mostForDiagnosis) })

const judgeWith = (diagnose: Diagnose): Judge => ({
  verify: (cost, claim, options) => verifyParsed(cost, claim, { ...options, diagnose }),
  verifySizes: (claim, options) => verifySizes(printClaim(claim), options),
})

export const fullJudge: Judge = judgeWith(briefly)

/**
 * A verdict for every formula of a Markdown document. The formulas speak of the ```network block
 * above them; where there is none, of the usual network in which they fare best.
 * @throws ClaimError for a document beyond the limits of size
 */
export const checkNotes = (
  markdown: string,
  { diagnose = briefly, ...options }: CheckOptions & { readonly diagnose?: Diagnose } = {},
): Report => checkNotesWith(judgeWith(diagnose), markdown, options)
