// One sentence, one verdict: with its sides swapped, its chain in links, its letters renamed, and
// with more time.
import type { Node } from '@backprove/graph'
import { parseFormula, type Verdict, verify, verifyParsed } from '@backprove/verify'
import { createOperations } from '../../../packages/verify/src/arithmetic/budget.ts'
import {
  type Binder,
  type Claim,
  ClaimError,
  type Expression,
  type Name,
} from '../../../packages/verify/src/language/syntax.ts'
import { childNodes, mapped, spellingOf } from '../../../packages/verify/src/language/walk.ts'
import type { Case } from './cases.ts'

/** Operations, so that no machine is too slow. What differs is asked again with more of them. */
const [few, many] = [600_000, 6_000_000]

const parsed = ({ cost, text }: Case): readonly Claim[] => {
  try {
    return parseFormula(text, { words: [...cost.graph.named.keys()] })
  } catch (error) {
    if (error instanceof ClaimError) return []
    throw error
  }
}

/** A single equation, as it is read. */
const claimOf = (each: Case): Claim | undefined => {
  const [claim, ...others] = parsed(each)
  const isPlain = claim && others.length === 0 && !claim.continues && !claim.defines
  return isPlain && claim.relations.every((each) => each === '=') ? claim : undefined
}

type Kind = Verdict['kind']
type Asked = (claim: Claim) => Kind

/** The same claim is asked for by every property. */
const known = new WeakMap<Node, Map<string, Kind>>()

const asked =
  ({ cost, assume, sizes }: Case, operations: number): Asked =>
  (claim) => {
    const ofCost = known.get(cost) ?? new Map<string, Kind>()
    known.set(cost, ofCost)
    const key = JSON.stringify([operations, assume, spellingOf(claim)])
    const work = createOperations(operations)
    const options = { assume, work, ...(sizes && { sizes }) }
    const kind = ofCost.get(key) ?? verifyParsed(cost, claim, options).kind
    ofCost.set(key, kind)
    return kind
  }

/** What differs with little work, and with much. */
const inTheEnd =
  (differ: (each: Case, kindOf: Asked) => string | undefined): Property =>
  (each) =>
    differ(each, asked(each, few)) && differ(each, asked(each, many))

/** What differs, or undefined. Of what is ill-formed nothing is asked. */
type Property = (each: Case) => string | undefined

const compared = (changed: (claim: Claim, each: Case) => Claim | undefined): Property =>
  inTheEnd((each, kindOf) => {
    const claim = claimOf(each)
    if (!claim || claim.relations.length === 0) return undefined
    const other = changed(claim, each)
    if (!other) return undefined
    const kinds = [kindOf(claim), kindOf(other)]
    return kinds[0] === kinds[1] || kinds[0] === 'ill-formed' ? undefined : kinds.join(' and ')
  })

const swapped = compared((claim) => ({ ...claim, operands: [...claim.operands].reverse() }))

// ---- letters

const expressionsIn = (node: object): Expression[] =>
  childNodes<Expression>(node).flatMap((child) => [child, ...expressionsIn(child)])

const bindersIn = (claim: Claim): string[] => {
  const found: string[] = []
  mapped(claim, (node) => {
    for (const each of (node as { binders?: readonly Binder[] }).binders ?? [])
      found.push(each.name)
    return undefined
  })
  return found
}

const isLetter = (node: Expression): node is Name =>
  node.kind === 'name' && !node.subscript && !node.superscript && node.primes === 0

/** Letters that stand below names, and nowhere else but in indices. */
const indexLetters = (claim: Claim, { graph }: Node): ReadonlySet<string> => {
  const all = expressionsIn(claim).filter((each): each is Name => each.kind === 'name')
  const below = all.flatMap(({ subscript }) => [...(subscript?.parts ?? [])].filter(isLetter))
  const above = all.flatMap(({ superscript }) => expressionsIn(superscript?.parts ?? []))
  const taken = new Set([
    // Tags too: the f of W_f is no index.
    ...[...graph.named.keys()].flatMap((name) => name.split(/[_^{}]/)),
    ...above.filter(isLetter).map(({ base }) => base),
    // l and L number layers; of the others e, I and δ mean something alone.
    ...['l', 'L', 'e', 'I', 'δ', 'π'],
  ])
  const letters = [...below.map(({ base }) => base), ...bindersIn(claim)]
  return new Set(letters.filter((letter) => /^[a-z]$/.test(letter) && !taken.has(letter)))
}

const fresh = [...'abcdghopqrsuvwyzijkmn']

const renamed = compared((claim, { cost, text, sizes = [] }) => {
  const letters = [...indexLetters(claim, cost)].filter(
    (letter) => !sizes.some(({ name }) => name === letter),
  )
  if (letters.length === 0) return undefined
  const written = new Set([...text, ...[...cost.graph.named.keys()].join('')])
  const free = fresh.filter(
    (letter) => !written.has(letter) && !sizes.some(({ name }) => name === letter),
  )
  if (free.length < letters.length) return undefined
  const names = new Map(letters.map((letter, k) => [letter, free[k]!]))
  const renamedIn = <Tree>(tree: Tree): Tree =>
    mapped(tree, (node) => {
      const each = node as Expression & { binders?: readonly Binder[] }
      if (each.kind === 'name' && isLetter(each) && names.has(each.base))
        return { ...each, base: names.get(each.base)! }
      if (!each.binders) return undefined
      const { binders, ...rest } = each
      const own = binders.map((binder) => ({
        ...binder,
        name: names.get(binder.name) ?? binder.name,
      }))
      return { ...renamedIn(rest), binders: renamedIn(own) }
    })
  return renamedIn(claim)
})

// ---- chains

const worstFirst = ['ill-formed', 'refuted', 'ambiguous', 'budget', 'holds-if', 'agrees', 'proved']

/** a = b = c is a = b and b = c; of a = b the chain is a = b = a. */
const inLinks = inTheEnd((each, kindOf) => {
  const claim = claimOf(each)
  if (!claim || claim.relations.length === 0) return undefined
  const [first] = claim.operands
  const operands = claim.relations.length > 1 ? claim.operands : [...claim.operands, first!]
  const relations = operands.slice(1).map(() => '=' as const)
  const whole = kindOf({ ...claim, operands, relations })
  if (whole === 'ill-formed') return undefined
  const links = relations.map((relation, k) =>
    kindOf({ ...claim, operands: operands.slice(k, k + 2), relations: [relation] }),
  )
  const worst = worstFirst.find((kind) => links.includes(kind as Verdict['kind']))
  return worst === whole ? undefined : `${whole} and, in links, ${links.join(' and ')}`
})

// ---- time

const sideOf = (kind: Verdict['kind']): number =>
  kind === 'proved' || kind === 'agrees' ? 1 : kind === 'refuted' ? -1 : 0

/** More time never turns what holds into what fails, or back. */
const withMoreTime: Property = ({ cost, text, assume, sizes }) => {
  const kinds = [5, 50, 500, 5000].map(
    (each) => verify(cost, text, { assume, deadline: each, ...(sizes && { sizes }) }).kind,
  )
  const sides = new Set(kinds.map(sideOf))
  return sides.has(1) && sides.has(-1) ? kinds.join(', then ') : undefined
}

export const properties: Readonly<Record<string, Property>> = {
  'sides swapped': swapped,
  'letters renamed': renamed,
  'a chain in links': inLinks,
  'more time': withMoreTime,
}
