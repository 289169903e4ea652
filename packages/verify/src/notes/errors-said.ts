// δ^l = ∂C/∂a^l of a document, where δ^l stands for ∂C/∂z^l: what stands below it is about the δ
// of its author, and nothing true or false is said of that.
import type { DocumentEntry } from '../document/document.ts'
import { expressionText } from '../language/print/print.ts'
import type { Claim, Expression } from '../language/syntax.ts'
import { childNodes } from '../language/walk.ts'
import type { Checked } from './usual.ts'

type ClaimEntry = DocumentEntry & { readonly claim: Claim }

/** The derivative that a formula says δ to be. */
const saidIn = ({ operands: [left, right, ...others], relations }: Claim): string | undefined => {
  const isError = left?.kind === 'name' && left.base === 'δ' && relations[0] === '='
  const isSaid = isError && right?.kind === 'derivative' && others.length === 0
  return isSaid ? expressionText(right, 'text') : undefined
}

const usesError = (node: Expression): boolean =>
  (node.kind === 'name' && node.base === 'δ') || childNodes<Expression>(node).some(usesError)

/** Judges the formulas of a document in their order. */
export const errorsSaid = (judged: (entry: ClaimEntry) => Checked) => {
  const said = new Map<number | undefined, string>()
  return (entry: ClaimEntry): Checked => {
    const { claim, network, expect } = entry
    const other = said.get(network)
    const isOwn = saidIn(claim) !== undefined
    if (other !== undefined && !isOwn && claim.operands.some(usesError)) {
      const here = 'the error of what an activation takes here: write the derivative itself'
      const reason = `δ is ${other} by what stands above, and ${here}`
      return { verdict: { kind: 'ill-formed', at: claim.span, reason } }
    }
    const found = judged(entry)
    if (isOwn && found.verdict.kind === 'refuted' && expect === undefined)
      said.set(network, saidIn(claim)!)
    return found
  }
}
