// The true formula set against a refuted one: which terms agree, which are too many or missing.

import { expressionText, printClaim } from '../../language/print/print.ts'
import { programText } from '../../language/print/program.ts'
import type { Claim, Expression } from '../../language/syntax.ts'
import type { Repair } from '../../verdict/verdict.ts'
import type { RepairName } from '../table.ts'

/** As a message quotes it: as they write. */
const spelled = ({ program }: Claim, node: Expression): string =>
  program ? programText(node) : expressionText(node, 'text')

const termsOf = (side: Expression): readonly Expression[] =>
  side.kind === 'addition' ? side.terms : [side]

const quoted = (terms: readonly string[]): string => terms.map((term) => `‘${term}’`).join(', ')

/** Their terms that are right, those that are not, and those that are missing. */
const compared = (theirs: Claim, right: Claim) => {
  const [own, all] = [theirs, right].map((claim) =>
    termsOf(claim.operands[1]!).map((term) => spelled(claim, term)),
  ) as [string[], string[]]
  return {
    agreeing: own.filter((term) => all.includes(term)),
    extra: own.filter((term) => !all.includes(term)),
    missing: all.filter((term) => !own.includes(term)),
  }
}

const comparison = (theirs: Claim, right: Claim): string => {
  const { agreeing, extra, missing } = compared(theirs, right)
  if (agreeing.length === 0) return ''
  const parts = [
    `${quoted(agreeing)} is right`,
    ...(extra.length > 0 ? [`${quoted(extra)} is not`] : []),
    ...(missing.length > 0 ? [`${quoted(missing)} is missing`] : []),
  ]
  return ` In yours ${parts.join('; ')}.`
}

/** Where the rest is right it is one edit with a name. */
const nameOf = (theirs: Claim, right: Claim): RepairName | 'the right formula' => {
  const { agreeing, extra, missing } = compared(theirs, right)
  if (agreeing.length > 0 && extra.length === 0) return 'missing term'
  return agreeing.length > 0 && missing.length === 0 ? 'superfluous term' : 'the right formula'
}

/** How many terms it has, and the first that theirs has not. */
const firstMissing = (theirs: Claim, right: Claim): string => {
  const [own, terms] = [theirs, right].map((claim) =>
    termsOf(claim.operands[1]!).map((term) => spelled(claim, term)),
  ) as [string[], string[]]
  const missing = terms.find((term) => !own.includes(term)) ?? terms[0]!
  if (terms.length === 1) return `it is ${missing}.`
  return `it has ${terms.length} terms; the first that you do not have is ‘${missing}’.`
}

export const repairOf = (
  claim: Claim,
  right: Claim,
  { isLong, isProved }: { readonly isLong: boolean; readonly isProved: boolean },
): Repair => {
  const [theirSide, side] = [claim, right].map((each) => spelled(each, each.operands[1]!))
  // dA is a product until it is looked up.
  const named = claim.operands[0]!.kind === 'product' ? right : claim
  const what = spelled(named, named.operands[0]!)
  const name = isLong ? 'the right formula' : nameOf(claim, right)
  const proved = isProved ? ' This is proved.' : ''
  return {
    name,
    edits: [{ code: name, values: { was: theirSide!, becomes: side! } }],
    formula: printClaim(right),
    message: isLong
      ? `${what} is longer than what you have: ${firstMissing(claim, right)}`
      : `${what} is ${side}.${comparison(claim, right)}${proved}`,
  }
}
