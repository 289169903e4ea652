// Which formulas of a document claim something about its network.
import type { DocumentEntry } from '../document/document.ts'
import { withNames } from '../language/names-in.ts'
import { printClaim } from '../language/print/print.ts'
import type { Scope } from '../language/resolved.ts'
import type { Claim, Expression, Name } from '../language/syntax.ts'
import { childNodes } from '../language/walk.ts'
import type { Verdict } from '../verdict/verdict.ts'

/**
 * `n = 3`, `p = m − 1`: a letter is given its value, as in ‘with stride s = 1’. Only where lengths
 * are spoken of, and nothing is expected or assumed of it. `isKnown`: the letters of arrays.
 */
export const isSetting = (
  { claim, expect, assume, network }: DocumentEntry & { claim: Claim },
  kindOf: (network: number) => string,
  isKnown: (base: string) => boolean,
): boolean => {
  const [left, right] = claim.operands
  const isLetter = left?.kind === 'name' && !left.superscript && !left.subscript
  const isLength = isLetter && /^[a-z]$/.test(left.base) && right !== undefined && isSize(right)
  const aboutSizes =
    network === undefined ? isLetter && !isKnown(left.base) : kindOf(network) === 'sizes'
  return aboutSizes && isLength && claim.relations.join() === '=' && !expect && assume.length === 0
}

type ClaimEntry = DocumentEntry & { readonly claim: Claim }

/** o = ⌊n/2⌋, and o ≤ n below it: what is false of all lengths may hold where letters are so. */
export const settings = (ask: (claim: Claim, assume: readonly string[]) => Verdict) => {
  const given = new Map<string, [network: number | undefined, text: string]>()
  return {
    meets: ({ claim, network }: ClaimEntry): void => {
      const [left] = claim.operands
      given.set(`${network} ${(left as Name).base}`, [network, printClaim(claim)])
    },
    judge: ({ claim, network, assume }: ClaimEntry): Verdict => {
      const plain = ask(claim, assume)
      const said = [...given.values()].flatMap(([of, text]) => (of === network ? text : []))
      if (plain.kind !== 'refuted' || said.length === 0) return plain
      const under = ask(claim, [...assume, ...said])
      return under.kind === 'ill-formed' ? plain : under
    },
  }
}

const isLetter = ({ kind }: Expression): boolean => kind === 'name'

/** An equation, whatever it is about. */
export const isEquation = (formula: string): boolean =>
  /=|≡|\\equiv|\\triangleq|\\leftarrow/.test(formula)

/** Whether a name of the graph is in it. */
export const speaksOf = (node: Expression, names: Scope['names']): boolean =>
  withNames(node).some((name) => names.some(({ base }) => base === name.base))

/** Whole numbers, bare letters and what + − · / make of them. */
const isSize = (node: Expression): boolean => {
  if (node.kind === 'numeral') return true
  if (node.kind === 'name')
    return !node.superscript && !node.subscript && /^[a-zA-Z]$/.test(node.base)
  // z = W x is a formula about arrays.
  const isOfArrays = node.kind === 'product' && node.factors.filter(isLetter).length > 1
  return (
    ['addition', 'negation', 'product', 'quotient'].includes(node.kind) &&
    !isOfArrays &&
    childNodes<Expression>(node).every(isSize)
  )
}

/** `allow`: kinds of verdict that are well whatever was expected. */
export const isExpected = (
  verdict: Verdict,
  expected: readonly string[],
  allow: readonly string[],
) => expected.includes(verdict.kind) || allow.includes(verdict.kind)
