// The true formula set against a refuted one: which terms agree, which are too many or missing.

import { expressionText, printClaim } from '../../language/print/print.ts'
import { programText } from '../../language/print/program.ts'
import type { Claim, Expression } from '../../language/syntax.ts'
import type { Repair } from '../../verdict/verdict.ts'
import { freeLetters } from '../edits/free-letters.ts'
import type { RepairName } from '../table.ts'
import { editBetween } from './difference.ts'

/** As a message quotes it: as they write. */
const spelled = ({ program }: Claim, node: Expression): string =>
  program ? programText(node) : expressionText(node, 'text')

const termsOf = (side: Expression): readonly Expression[] =>
  side.kind === 'addition' ? side.terms : [side]

const quoted = (terms: readonly string[]): string => terms.map((term) => `‘${term}’`).join(', ')

/** A dot between factors says nothing. */
const bare = (term: string): string => term.replaceAll(/[\s·]/g, '')

/** Their terms that are right, those that are not, and those that are missing. */
const compared = (theirs: Claim, right: Claim) => {
  const [own, all] = [theirs, right].map((claim) =>
    termsOf(claim.operands[1]!).map((term) => spelled(claim, term)),
  ) as [string[], string[]]
  const isAmong = (term: string, terms: readonly string[]) =>
    terms.some((each) => bare(each) === bare(term))
  return {
    agreeing: own.filter((term) => isAmong(term, all)),
    extra: own.filter((term) => !isAmong(term, all)),
    missing: all.filter((term) => !isAmong(term, own)),
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
  if (agreeing.length > 0 && missing.length === 0) return 'superfluous term'
  return editBetween(theirs, right) ?? 'the right formula'
}

/** How many terms it has, and the first that theirs has not. */
const firstMissing = (theirs: Claim, right: Claim): string => {
  const terms = termsOf(right.operands[1]!).map((term) => spelled(right, term))
  const missing = compared(theirs, right).missing[0] ?? terms[0]!
  if (terms.length === 1) return `it is ${missing}.`
  return `it has ${terms.length} terms; the first that you do not have is ‘${missing}’.`
}

interface Told {
  readonly isLong: boolean
  readonly isProved: boolean
  /** Theirs is about every layer, and this is what one of them is. */
  readonly isOfOne: boolean
}

export const repairOf = (
  claim: Claim,
  right: Claim,
  { isLong, isProved, isOfOne }: Told,
): Repair => {
  const [theirSide, side] = [claim, right].map((each) => spelled(each, each.operands[1]!))
  // dA is a product until it is looked up; what is said of entries is said in their letters.
  const [own, others] = [claim, right].map(({ operands: [left] }) => `${freeLetters(left!)}`)
  const isTheirs = !isOfOne && claim.operands[0]!.kind !== 'product' && own === others
  const named = isTheirs ? claim : right
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
