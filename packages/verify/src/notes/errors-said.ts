// δ^l = ∂C/∂a^l of a document, where δ^l stands for ∂C/∂z^l: what stands below it is about the δ
// of its author, and nothing true or false is said of that.
import type { DocumentEntry } from '../document/document.ts'
import { withNames } from '../language/names-in.ts'
import { expressionText } from '../language/print/print.ts'
import type { Claim, Expression, Name } from '../language/syntax.ts'
import type { Checked } from './usual.ts'

type ClaimEntry = DocumentEntry & { readonly claim: Claim }

const isOfDerivative = (node: Expression): boolean =>
  node.kind === 'derivative' || (node.kind === 'negation' && isOfDerivative(node.operand))

/** What a formula says δ to be: a derivative, or its negative. */
const saidIn = ({ operands: [left, right, ...others], relations }: Claim): string | undefined => {
  const isError = left?.kind === 'name' && left.base === 'δ' && relations[0] === '='
  const isSaid = isError && right && isOfDerivative(right) && others.length === 0
  return isSaid ? expressionText(right, 'text') : undefined
}

/** δ^l: a definition of it is one of every layer, which none is. */
const isOfLayers = ({ superscript }: Name): boolean =>
  superscript?.parts.some((part) => withNames(part).some(({ base }) => base === 'l')) ?? false

const usesError = (node: Expression): boolean => withNames(node).some(({ base }) => base === 'δ')

/** Judges the formulas of a document in their order; `meets` is told of those that define. */
export const errorsSaid = (judged: (entry: ClaimEntry) => Checked) => {
  const said = new Map<number | undefined, string>()
  const judge = (entry: ClaimEntry): Checked => {
    const { claim, network, expect } = entry
    const own = saidIn(claim)
    const other = said.get(network)
    if (other !== undefined && own === undefined && claim.operands.some(usesError)) {
      const here = 'the error of what an activation takes here: write the derivative itself'
      const reason = `δ is ${other} by what stands above, and ${here}`
      return { verdict: { kind: 'ill-formed', at: claim.span, reason } }
    }
    const found = judged(entry)
    const isOther = found.verdict.kind === 'refuted' && expect === undefined
    if (own !== undefined && isOther) said.set(network, own)
    return found
  }
  const meets = (entry: ClaimEntry): void => {
    const [left] = entry.claim.operands
    if (saidIn(entry.claim) !== undefined && isOfLayers(left as Name)) judge(entry)
  }
  return { judge, meets }
}
