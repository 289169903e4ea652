// What a document defines for later formulas: i' = ⌈i/2⌉, Δ := (a − t) ⊙ σ'(z). A formula is one of
// these only where the network has no such name.
import { isAdjoint } from '../conventions/adjoints.ts'
import type { ConventionName } from '../conventions/names.ts'
import type { DocumentEntry } from '../document/document.ts'
import { subscriptsOf } from '../language/names/below/subscripts.ts'
import { definitionIn, definitionsAlong, hasError, uses } from '../language/names/definition.ts'
import { isLetter, keyOf } from '../language/names/definition-of.ts'
import { isStepIn } from '../language/names/steps/steps.ts'
import { expressionText } from '../language/print/print.ts'
import type { Scope } from '../language/resolved.ts'
import type { Claim, Definition, Expression, Name } from '../language/syntax.ts'
import { childNodes } from '../language/walk.ts'
import { holdsSomewhere, overReadings } from '../verdict/combine.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { besides } from './besides.ts'

type ClaimEntry = DocumentEntry & { readonly claim: Claim }

export const noScope: Scope = { names: [] }

/** ⌈i/2⌉, 2i − 1: letters and whole numbers, and what + − · / and rounding make of them. */
const isIndex = (node: Expression): boolean => {
  if (node.kind === 'numeral') return true
  if (node.kind === 'name') return !node.superscript && !node.subscript
  const isRounded = node.kind === 'call' && (node.word === 'floor' || node.word === 'ceil')
  const isSum = ['addition', 'negation', 'product', 'quotient'].includes(node.kind)
  return (isRounded || isSum) && childNodes<Expression>(node).every(isIndex)
}

/** i' = ⌈i/2⌉ can only say what a letter is, though nothing used it. */
const saysIndex = ({ left, value }: Definition): boolean =>
  left.kind === 'name' &&
  !left.superscript &&
  !left.subscript &&
  (left.primes > 0 || hasRounding(value)) &&
  isIndex(value)

const hasRounding = (node: Expression): boolean =>
  (node.kind === 'call' && (node.word === 'floor' || node.word === 'ceil')) ||
  childNodes<Expression>(node).some(hasRounding)

const isErrorOf = ({ left }: Definition, scope: Scope): boolean =>
  left.kind === 'name' && left.base === 'δ' && hasError(left, scope)

/** δ = ∂C/∂z, wherever it stands. */
const isSlope = ({ value }: Definition): boolean => value.kind === 'derivative'

interface Declarations {
  /** Whether a formula is a definition, and claims nothing. */
  readonly declares: (entry: ClaimEntry) => boolean
  /** Whether it stands in a formula that claims something else: what is expected is of that. */
  readonly isBesideClaim: (entry: ClaimEntry) => boolean
  /** A formula with the definitions that it uses: those of its own text, and the last ones above. */
  readonly withKnown: <Entry extends ClaimEntry>(entry: Entry) => Entry
  /**
   * What is asked of it. Which step or entry is meant above, `at the last layer, $l = L$`, may be
   * meant here too, or not: it is tried where the claim is false of all, and both are told.
   */
  readonly asked: <Answer extends { readonly verdict: Verdict }>(
    entry: ClaimEntry,
    ask: (entry: ClaimEntry) => Answer,
  ) => Answer
}

/** `l = L`, `t = 2` and `i = 1`, where a claim is of arrays at l or t, or of entries at i. */
const isPlace = ({ left, value }: Definition, claim: Claim, scope: Scope): boolean =>
  isLetter(left) &&
  left.primes === 0 &&
  (isLetter(value) || (value.kind === 'numeral' && value.value.denominator === 1n)) &&
  (isStepIn(claim, left.base, scope) || subscriptsOf(claim).has(left.base))

/** `scopeOf`: the names of the network with that number; `conventions`: what the head says. */
export const declarations = (
  entries: readonly DocumentEntry[],
  conventions: readonly ConventionName[],
  scopeOf: (network: number | undefined) => Scope,
): Declarations => {
  const scopes = new Map<number | undefined, Scope>()
  const scopeFor = (network: number | undefined): Scope => {
    const scope = scopes.get(network) ?? scopeOf(network)
    scopes.set(network, scope)
    return scope
  }
  const claims = entries.filter(
    (entry): entry is DocumentEntry & { kind: 'claim' } => entry.kind === 'claim',
  )
  const found = new Map<Claim, Definition>()
  const slopes = claims.flatMap((each) => {
    const definition = definitionIn(each.claim, scopeFor(each.network))
    return definition && isSlope(definition) ? [[each, definition] as const] : []
  })
  const areAdjoints = conventions.includes('adjoints')
  for (const [at, each] of claims.entries()) {
    const { claim, network, offset } = each
    const definition = definitionIn(claim, scopeFor(network))
    const isTaken = areAdjoints && isAdjoint(claim.operands[0], scopeFor(network))
    if (!definition || isTaken) continue
    // Of u := a − t, what stands below as u = … or u_1 = … is claimed; u := … says it anew. Of
    // u = ∂C/∂a, whatever else u is said to be is claimed.
    const { key, entry } = keyOf(definition.left as Name)
    const isNamed = (other: ClaimEntry, name: string | undefined) =>
      other.network === network && [key, entry].includes(name ?? '')
    const isFirm =
      claims
        .slice(0, claim.defines ? 0 : at)
        .some((other) => other.claim.defines && isNamed(other, found.get(other.claim)?.name)) ||
      (!isSlope(definition) && slopes.some(([other, { name }]) => isNamed(other, name)))
    if (isFirm && !saysIndex(definition)) continue
    // Of what is said to be refuted, or true under an assumption, somebody means a claim.
    const isMeant = each.expect === undefined && each.assume.length === 0
    // Without a network every name is new: what it says is tried as a claim.
    const isUsed =
      scopeFor(network) !== noScope &&
      claims.some(
        (other, k) =>
          other.claim !== claim &&
          other.network === network &&
          ((isMeant && (k > at || isSlope(definition))) || other.offset === offset) &&
          uses(other.claim, definition),
      )
    // Of a δ that the graph has it is a claim, unless formulas below use it.
    const isSaid = claim.defines && !isErrorOf(definition, scopeFor(network))
    if (isUsed || isSaid || (isMeant && saysIndex(definition))) found.set(claim, definition)
  }
  const knownTo = ({ claim, network, offset }: ClaimEntry, areSteps = false): Definition[] => {
    const known = new Map<string, Definition>()
    const own = (other: ClaimEntry) => other.offset === offset
    // t = 1, …, T says how far t goes.
    const isOne = (other: ClaimEntry) =>
      entries.filter((each) => each.offset === other.offset).length === 1
    const below = slopes.filter(([other]) => other.network === network && other.offset > offset)
    for (const [other, each] of below) if (found.has(other.claim)) known.set(each.name, each)
    for (const other of claims) {
      if (other.network !== network || other.offset > offset || other.claim === claim) continue
      const definition = found.get(other.claim)
      // Without a network every name is new, and a chain is no definition.
      const scope = scopeFor(network)
      const ends = scope === noScope ? [] : definitionsAlong(other.claim, scope)
      for (const each of definition ? [definition] : ends)
        if (own(other) || !isPlace(each, claim, scope) || (areSteps && isOne(other)))
          known.set(each.name, each)
    }
    for (const { name } of claim.where) known.delete(name)
    return needed(claim, [...known.values()])
  }
  return {
    declares: ({ claim }) => found.has(claim),
    isBesideClaim: ({ offset }) =>
      claims.some((other) => other.offset === offset && !found.has(other.claim)),
    withKnown: (entry) => withDefinitions(entry, knownTo(entry)),
    asked: (entry, ask) => {
      const scope = scopeFor(entry.network)
      const askOf = (claim: Claim, areSteps = false) =>
        ask(withDefinitions({ ...entry, claim }, knownTo({ ...entry, claim }, areSteps)))
      const isGiven = (base: string) =>
        scope.names.every((each) => each.base !== base || each.role === 'leaf')
      const answer = besides(entry, askOf, isGiven)
      const known = answer.verdict.kind === 'refuted' ? knownTo(entry, true) : []
      const step = known.find((each) => isPlace(each, entry.claim, scope))
      if (!step) return answer
      const { verdict } = askOf(entry.claim, true)
      const [letter, value] = [step.left, step.value].map((each) => expressionText(each, 'text'))
      const both = overReadings(
        [
          [[], verdict],
          [[], answer.verdict],
        ],
        [`${letter} is ${value}, as is said above`, `${letter} is any there is`],
      )
      return holdsSomewhere(verdict) ? { ...answer, verdict: both } : answer
    },
  }
}

const withDefinitions = <Entry extends ClaimEntry>(
  entry: Entry,
  known: readonly Definition[],
): Entry => {
  const { claim } = entry
  return known.length === 0
    ? entry
    : { ...entry, claim: { ...claim, where: [...claim.where, ...known] } }
}

/** Those that the claim uses, or that one of these uses. */
const needed = (claim: Claim, known: readonly Definition[]): Definition[] => {
  const taken = known.filter((definition) => uses(claim, definition))
  const rest = known.filter((definition) => !taken.includes(definition))
  if (taken.length === 0) return []
  return [...taken, ...needed({ ...claim, where: [...claim.where, ...taken] }, rest)]
}
