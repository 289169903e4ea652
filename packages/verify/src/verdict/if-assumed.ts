// `δ = y − t, if Σ t = 1`: what a sum is said to be is assumed, and the rest is judged under it. So
// is what is said of an array that is given, `where b = 0`, which defines nothing.
import { subscriptsOf } from '../language/names/below/subscripts.ts'
import { withNames } from '../language/names-in.ts'
import { printClaim } from '../language/print/print.ts'
import { under } from '../language/read/conditions.ts'
import { resolve } from '../language/resolve/resolve.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { type Claim, ClaimError, type Expression } from '../language/syntax.ts'
import { childNodes } from '../language/walk.ts'
import type { Network } from '../network/network.ts'
import type { Assumed } from './assumptions.ts'

export interface Under {
  readonly claim: Claim
  readonly assumed: readonly Assumed[]
  readonly said: readonly string[]
}

/** The claim without what it assumes of values; conditions on its own indices stay. */
export const underItsConditions = (claim: Claim, network: Network): Under => {
  const found = (claim.when ?? []).map((each) => [each, assumedBy(each, claim, network)] as const)
  const assumed = found.flatMap(([, under]) => under ?? [])
  if (assumed.length === 0) return { claim, assumed: [], said: [] }
  const { when: _, ...plain } = withoutBrackets(
    claim,
    found.flatMap(([each, under]) => (under ? [each] : [])),
  )
  const kept = found.flatMap(([each, under]) => (under ? [] : [each]))
  return {
    claim: kept.length > 0 ? { ...plain, when: kept } : plain,
    assumed,
    said: assumed.map(({ text }) => text),
  }
}

/** What is assumed is 1: its brackets are no factors of the sides. */
const withoutBrackets = (claim: Claim, brackets: readonly Expression[]): Claim => {
  const isOne = ({ kind, span }: Expression) =>
    kind === 'iverson' && brackets.some((each) => each.span.start === span.start)
  const operands = claim.operands.map((side): Expression => {
    if (side.kind !== 'product') return side
    const factors = side.factors.filter((each) => !isOne(each))
    return factors.length === 1 ? factors[0]! : { ...side, factors }
  })
  return { ...claim, operands }
}

/** Σ_n t_n = 1: nothing in it is an index of the claim, or an index alone. */
const assumedBy = (bracket: Expression, claim: Claim, network: Network) => {
  if (bracket.kind !== 'iverson' || bracket.conditions.length !== 1) return undefined
  const [condition] = bracket.conditions
  if (condition?.kind !== 'comparison' || condition.relations.join() !== '=') return undefined
  const { operands, relations, span } = condition
  if (!operands.some(isSummed)) return undefined
  const { where, style } = claim
  const equation: Claim = {
    kind: 'claim',
    ...{ operands, relations, where, style, span },
    continues: false,
  }
  const assumption = onlyReading(equation, network)
  if (!assumption || assumption.free.length > 0) return undefined
  return { claim: equation, text: printClaim(equation) }
}

/** b = 0 and y_c = 1 of what is given: nobody claims that; what stands beside it is under it. */
const isSetting = ({ operands: [left, value, more], relations }: Claim, { scope }: Network) =>
  left?.kind === 'name' &&
  value !== undefined &&
  !more &&
  relations[0] === '=' &&
  scope.names.some(({ base, role }) => base === left.base && role === 'leaf') &&
  !withNames(value).some(({ base }) => base === left.base)

/** The claims that are left, and what they are under; all of them where nothing else is claimed. */
export const withoutSettings = (claims: readonly Claim[], network: Network) => {
  const settings = claims.filter((each) => isSetting(each, network))
  const kept = claims.filter((each) => !settings.includes(each))
  return kept.length > 0 ? { kept, settings } : { kept: claims, settings: [] }
}

/** The claim under what is said beside it: of its places by brackets, of the rest by assumption. */
export const underSettings = (claim: Claim, settings: readonly Claim[]): Under => {
  const own = subscriptsOf(claim)
  const isOfPlaces = (each: Claim) => {
    const letters = [...subscriptsOf(each)]
    return letters.length > 0 && letters.every((letter) => own.has(letter))
  }
  const brackets = settings.filter(isOfPlaces).map(({ operands, relations, span }): Expression => {
    const condition = { kind: 'comparison', operands, relations, span } as const
    return { kind: 'iverson', conditions: [condition], span }
  })
  const others = settings.filter((each) => !isOfPlaces(each))
  const when = [...(claim.when ?? []), ...brackets]
  return {
    claim: { ...under(claim, brackets, claim.span), ...(when.length > 0 && { when }) },
    assumed: others.map((each) => ({ claim: each, text: printClaim(each) })),
    said: others.map((each) => printClaim(each)),
  }
}

/** Of l = 2 and n = 3, which are of layers and lengths and choose what is claimed, none does. */
const isSummed = (node: Expression): boolean =>
  node.kind === 'reduction' ||
  (node.kind === 'call' && (node.word === 'sum' || node.word === 'mean')) ||
  childNodes<Expression>(node).some(isSummed)

/** Undefined where it speaks of the claim's own indices, as i = j does, or could be two things. */
const onlyReading = (equation: Claim, { scope }: Network): ResolvedClaim | undefined => {
  try {
    const [reading, ...others] = resolve(equation, scope)
    const [only, ...more] = reading?.instances ?? []
    return others.length + more.length === 0 ? only?.claim : undefined
  } catch (error) {
    if (error instanceof ClaimError) return undefined
    throw error
  }
}
