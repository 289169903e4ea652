// The network of a document that draws none, and says by equations how each of its arrays is made.
import type { DocumentEntry } from '../../document/document.ts'
import { readNetwork } from '../../document/network-text.ts'
import { basesIn, spokenOf } from '../../language/names-in.ts'
import { parseFormula } from '../../language/read/claim.ts'
import { resolve } from '../../language/resolve/resolve.ts'
import type { Scope } from '../../language/resolved.ts'
import { type Claim, ClaimError, type Expression } from '../../language/syntax.ts'
import { nodesBelow } from '../../language/walk.ts'
import { networkOf } from '../../network/network.ts'
import type { Verdict } from '../../verdict/verdict.ts'
import type { Build } from '../check-notes.ts'
import { declarations } from '../declarations.ts'
import type { BuiltNetwork } from '../network/build-network.ts'
import { isUpdate } from '../updates.ts'
import { boundIn } from './bound.ts'
import { declarationText } from './declared.ts'
import { equationIn, isForward, losses, madeFrom, madeIn } from './equations.ts'
import { orUndefined } from './lengths.ts'
import { networkSaid } from './network-said.ts'
import { isOfSlopes, isWhatever, standIns, withFunction } from './unknown.ts'

export interface OwnNetwork {
  readonly built: BuiltNetwork
  /** As a ```network block would have it. */
  readonly text: string
  /** What claims nothing, for the network is made of it. */
  readonly said: ReadonlySet<Claim>
  readonly fits: (claim: Claim) => boolean
  /** What depends on a φ that no formula says. */
  readonly unsaid: (claim: Claim) => Verdict | undefined
}

/** The names under ∂ or beside ∇, as far as one can be told. */
const costsIn = ({ operands }: Claim): string[] =>
  nodesBelow<Expression>(operands).flatMap((node) =>
    node.kind === 'derivative' && node.of.kind === 'name' ? node.of.base : [],
  )

/** The letter left of the first sign of equality. */
const leftOf = (formula: string): string[] => {
  const [left, ...others] = formula.split('=')
  if (others.length === 0) return []
  return orUndefined(() => parseFormula(`${left} = 0`))?.flatMap(madeFrom) ?? []
}

/** h of f(x) = h and of J_{hx} = W. */
const calledIn = ({ operands: [left, value] }: Claim, leaves: ReadonlySet<string>): string[] => {
  const below = left?.kind === 'name' && left.subscript ? basesIn(left.subscript) : []
  const isOf = left?.kind === 'application' && value?.kind === 'name'
  return [...(isOf ? [value.base] : []), ...(below.length > 1 ? below : [])].filter((each) =>
    leaves.has(each),
  )
}

/** ḣ = W x is about h. */
const dotted = (name: string): string => `${name}\u0307`.normalize('NFC')

const resolves = (claim: Claim, scope: Scope): boolean =>
  orUndefined(() => resolve(claim, scope)) !== undefined

/** L = ½ δ²: that δ is no derivative of L. */
const isOfErrors = ({ operands: [left, ...others], relations }: Claim): boolean =>
  relations[0] === '=' &&
  left?.kind === 'name' &&
  losses.test(left.base) &&
  others.flatMap(spokenOf).includes('δ')

/** The equations among what nobody expects to be false. */
export const forwardIn = (entries: readonly DocumentEntry[]): readonly Claim[] =>
  entries.flatMap((entry) => {
    const isMeant = entry.kind === 'claim' && !entry.skip && entry.expect === undefined
    return isMeant && (equationIn(entry.claim) || isOfErrors(entry.claim)) ? [entry.claim] : []
  })

/** `judge`: what comes of a claim about a network. */
export const ownNetwork = (
  all: readonly DocumentEntry[],
  build: Build,
  judge: (built: BuiltNetwork, claim: Claim) => Verdict,
  bound: readonly string[] = [],
): OwnNetwork | undefined => {
  const entries = all.filter((each) => each.kind !== 'claim' || !isUpdate(each.claim, () => false))
  const claims = entries.flatMap((entry) => (entry.kind === 'claim' && !entry.skip ? [entry] : []))
  // Of G = ∂L/∂Z, which no array is made of, nothing else says how it is made.
  const named = claims.flatMap(({ claim: { operands } }) => {
    const [left, value, more] = operands
    return left?.kind === 'name' && value?.kind === 'derivative' && !more ? left.base : []
  })
  const used = claims.flatMap(({ claim }) => {
    const equation = equationIn(claim)
    return !equation || named.includes(equation.left.base) ? [] : spokenOf(equation.value)
  })
  const slopes = named.filter((base) => !used.includes(base))
  const isOfSlope = (claim: Claim): boolean => slopes.includes(equationIn(claim)?.left.base ?? '')
  const meant = claims.filter(
    ({ claim, expect, assume }) => expect === undefined && assume.length === 0 && !isOfSlope(claim),
  )
  const made = new Set(meant.flatMap(({ claim }) => equationIn(claim)?.left.base ?? []))
  const costs = claims.flatMap(({ claim }) => costsIn(claim))
  const cost = costs.find((each) => !made.has(each))
  const unread = [
    ...bound,
    ...entries.flatMap((entry) => (entry.kind === 'ill-formed' ? leftOf(entry.formula) : [])),
  ]
  const found = networkSaid(
    meant.map(({ claim }) => claim),
    [
      ...entries.map(({ formula }) => formula),
      ...entries.flatMap((entry) =>
        entry.kind === 'declaration' ? declarationText(entry.claim) : [],
      ),
    ],
    cost,
    unread,
  )
  if (!found) return undefined
  const { text, said, again, leaves, arrays, twins, unknown, any, functions } = found
  const about = claims.filter(({ claim }) => !said.has(claim) && !claim.operands.every(isForward))
  if (about.length === 0) return undefined
  try {
    const built = build(text, () => readNetwork(text))
    const { scope } = networkOf(built.cost, built.sizes)
    // An L that is said and not read is no cost that could be any.
    const lost = [...made, ...unread, ...claims.flatMap(({ claim }) => madeIn(claim))].filter(
      (base) => !arrays.has(base) && !functions.has(base) && !slopes.includes(base),
    )
    const fits = (claim: Claim): boolean =>
      !claim.operands.some((each) => spokenOf(each).some((base) => lost.includes(base))) &&
      resolves(claim, scope)
    const { withKnown } = declarations(entries, [], () => scope)
    if (!about.some((entry) => fits(withKnown(entry).claim))) return undefined
    const isTrue = (claim: Claim): boolean =>
      ['proved', 'agrees', 'holds-if'].includes(judge(built, claim).kind)
    const more = entries.flatMap((entry) => {
      if (entry.expect === 'refuted' || (entry.kind === 'claim' && isOfSlope(entry.claim)))
        return []
      if (entry.kind !== 'ill-formed' && said.has(entry.claim)) return calledIn(entry.claim, leaves)
      const letters = boundIn(entry, found, (claim) => resolves(claim, scope))
      const holds = letters.length > 0 && entry.kind === 'claim' && isTrue(entry.claim)
      return holds ? [] : letters
    })
    more.push(...twins, ...[...leaves].filter((each) => arrays.has(dotted(each))))
    if (more.length > 0) return ownNetwork(entries, build, judge, [...bound, ...more])
    const isOther = again.some((claim) => !fits(claim) || judge(built, claim).kind === 'refuted')
    const kindsOf = (claim: Claim) =>
      standIns.map((name) => {
        const other = withFunction(text, name)
        return judge(
          build(other, () => readNetwork(other)),
          claim,
        ).kind
      })
    const isCost = (base: string) => base === any || (losses.test(base) && !arrays.has(base))
    const isOfAny = ({ operands, where }: Claim) =>
      [...operands, ...where.map(({ value }) => value)].every((each) =>
        isOfSlopes(each, isCost, arrays),
      )
    const unsaid = (claim: Claim): Verdict | undefined => {
      const isCostSaid = any === undefined || isOfAny(claim) || !fits(claim)
      if (isCostSaid && (unknown === undefined || isWhatever(kindsOf(claim)))) return undefined
      const reason = `It depends on what ${isCostSaid ? unknown : any} is, which no formula says`
      return { kind: 'ill-formed', at: claim.span, reason }
    }
    return isOther ? undefined : { built, text, said, fits, unsaid }
  } catch (error) {
    if (error instanceof ClaimError) return undefined
    throw error
  }
}
