// A formula under the conditions that stand beside it in prose.
import { subscriptsOf } from '../language/names/below/subscripts.ts'
import type { parseFormula, ReadOptions } from '../language/read/claim.ts'
import { under } from '../language/read/conditions.ts'
import { type Claim, ClaimError, type Expression } from '../language/syntax.ts'
import { nodesBelow } from '../language/walk.ts'
import type { Around } from './around.ts'

/** What prose says of a formula, as other claims. */
export interface Beside {
  /** As it stands, if it is under conditions. */
  readonly plain?: Claim
  /** Under what is meant where it is not true without. */
  readonly given?: Claim
  /** Under what stands near it, and what that is. */
  readonly near: readonly (readonly [text: string, claim: Claim])[]
  /** What it is said to be under is not read. */
  readonly unread: boolean
}

/** A claim with what is said to hold; undefined where that says nothing of it. */
const underAll = (
  claim: Claim,
  texts: readonly string[],
  parse: typeof parseFormula,
  options: ReadOptions,
): Claim | undefined => {
  let found: Claim | undefined
  for (const text of texts) {
    // What has a value is put in, and what is compared is a bracket.
    const { span } = claim
    const [letter] = /[a-zA-Z]/.exec(text) ?? []
    const isOfClaim = nodesBelow<Expression>(claim.operands).some(
      (each) => each.kind === 'name' && each.base === letter,
    )
    // A range is of a letter of the formula.
    if (/…|dots/.test(text) && !isOfClaim) continue
    // Of an entry at the letters of the formula it is a bracket.
    const below = /_\{?([a-su-z])\}?\s*=/.exec(text)?.[1]
    const isEntry = below !== undefined && subscriptsOf(claim).has(below)
    const isIndex =
      /^\s*[a-zA-Z]\s*=/.test(text) && (/[tl]/.test(letter!) || subscriptsOf(claim).has(letter!))
    const word = /=\s*-?[\d.]+\s*$/.test(text) && !isIndex && !isEntry ? 'where' : 'if'
    const [said] = parse(`${letter} = ${letter} \\text{ ${word} } ${text}`, {
      ...options,
      style: 'latex',
    })
    const { when = [], where } = said!
    const brackets = when.map((each) => ({ ...each, span }))
    const values = where.map((each) => ({ ...each, span }))
    if (brackets.length === 0 && values.length === 0) continue
    const base = found ?? claim
    found = {
      ...under(base, brackets, span),
      where: [...base.where, ...values],
      ...(brackets.length > 0 && { when: [...(base.when ?? []), ...brackets] }),
    }
  }
  return found
}

/** What a formula says where prose stands beside it. */
export const withSaid = (
  claim: Claim,
  said: Around,
  parse: typeof parseFormula,
  options: ReadOptions,
): { readonly claim: Claim; readonly beside: Beside } => {
  let unread = said.unread ?? false
  const read = (texts: readonly string[], isNear = false): Claim | undefined => {
    if (claim.defines || !claim.relations.includes('=')) return undefined
    try {
      return underAll(claim, texts, parse, options)
    } catch (error) {
      if (!(error instanceof ClaimError)) throw error
      if (!isNear) unread = true
      return undefined
    }
  }
  const own = claim.when ? undefined : read(said.under)
  const given = said.given.length > 0 ? read([...said.under, ...said.given], true) : undefined
  const near = said.near.flatMap((text) => {
    const meant = read([...said.under, text], true)
    return meant ? [[text, meant] as const] : []
  })
  return {
    claim: own ?? claim,
    beside: { ...(own && { plain: claim }), ...(given && { given }), near, unread },
  }
}
