// Diagnosis by shortest repair: named edits of the user's own formula until one of them is
// accepted.
import { expressionText, printClaim } from '../language/print/print.ts'
import type { Claim, Expression } from '../language/syntax.ts'
import { spellingOf } from '../language/walk.ts'
import { namesOf } from './build.ts'
import type { EditContext, Edited } from './edit.ts'
import { type EditMade, editMade, saidOf } from './edit-made.ts'
import { entryOf } from './edits/entries.ts'
import { withoutGroups, withProducts } from './products.ts'
import { type Edit, edits, type RepairName } from './table.ts'

export interface Repair {
  /** One name, or two with ‘ and ’ between them. */
  readonly name: string
  /** Each edit by its code, with the parts that it exchanges, as a translation needs them. */
  readonly edits: readonly EditMade[]
  /** The repaired formula, in the style in which it was written. */
  readonly formula: string
  readonly message: string
}

/** What holds at the recorded sizes alone may do so by chance. */
export type Acceptance = 'for all sizes' | 'at these sizes'

export interface Diagnosis extends EditContext {
  /** Is this claim true? Cheap for most false ones. Must not throw. */
  readonly accepts: (claim: Claim, assume?: string) => Acceptance | undefined
  /** Is the time for a diagnosis over? Asked before every candidate. */
  readonly spent: () => boolean
  /** How many repairs are wanted at most. */
  readonly most?: number
  /** Where no single edit was found: is what is known then an answer, so that two are not tried? */
  readonly isAnswered?: () => boolean
}

interface Candidate extends Edited {
  readonly name: RepairName
}

interface Found extends Candidate {
  readonly holds: Acceptance
}

/** δ = δ repairs nothing, nor does δ = 1 ⊙ δ, whatever it was that stood there. */
const saysNothing = ({ operands }: Claim): boolean => {
  const sides = operands.map((operand) =>
    expressionText(operand, 'text').replace(/^\(?1\)? (⊙ |· )?| (⊙ |· )?\(?1\)?$/g, ''),
  )
  return sides.some((side, at) => sides.indexOf(side) < at)
}

const holdsSomewhere = (value: unknown, test: (node: Expression) => boolean): boolean => {
  if (typeof value !== 'object' || value === null) return false
  return (
    test(value as Expression) || Object.values(value).some((each) => holdsSomewhere(each, test))
  )
}

/** σ'(z) and [i = j] in a line of a program, where such things have other names. */
const isForeign = (claim: Claim): boolean =>
  claim.program === true &&
  holdsSomewhere(
    claim.operands,
    (node) =>
      node.kind === 'application' ||
      (node.kind === 'iverson' &&
        node.conditions.some((each) => each.kind !== 'comparison' || each.relations.includes('='))),
  )

const textOf = ({ claim, assume }: Pick<Edited, 'claim' | 'assume'>) =>
  `${printClaim(claim)} ${assume ?? ''}`

/** What a constant ratio of the sides points to. */
const scalings: ReadonlySet<RepairName> = new Set<RepairName>([
  'superfluous term',
  'sign',
  'mean for sum',
  'sum for mean',
  'missing mean factor',
  'superfluous mean factor',
  'factor',
])

const ordered = ({ ratio }: EditContext): readonly Edit[] => {
  if (!ratio) return edits
  const isScaling = ({ name }: Edit) => scalings.has(name)
  return [...edits.filter(isScaling), ...edits.filter((edit) => !isScaling(edit))]
}

/** In the order of the table, each formula once. */
function* candidates(
  written: Claim,
  context: EditContext,
  seen: Set<string>,
): Generator<Candidate, undefined> {
  const claim = withProducts(written)
  for (const { name, repair } of ordered(context))
    for (const { claim: grouped, ...said } of repair(claim, context)) {
      const edited = { ...said, claim: withoutGroups(grouped) }
      const text = textOf(edited)
      if (seen.has(text) || saysNothing(edited.claim) || isForeign(edited.claim)) continue
      seen.add(text)
      yield { name, ...edited }
    }
}

const repairOf = (written: Claim, path: readonly Candidate[]): Repair => {
  const made = path.map((each, at) => editMade(path[at - 1]?.claim ?? written, each))
  return {
    name: path.map((each) => each.name).join(' and '),
    edits: made,
    formula: printClaim(path.at(-1)!.claim),
    message: path.map((each, at) => saidOf(each, made[at]!)).join(' '),
  }
}

const isTurned = (node: Expression): boolean => node.kind === 'call' && node.word === 'rot180'

/** A kernel that is turned for a convolution, which turns it back: true, and no one writes that. */
const turnsTwice = (claim: Claim): boolean =>
  holdsSomewhere(
    claim.operands,
    (node) => node.kind === 'star' && node.operation === 'convolution' && isTurned(node.right),
  )

/** What is computed forward is a correlation or a convolution; what comes back turns its kernel. */
const isForward = ({ operands: [left] }: Claim): boolean =>
  left?.kind === 'name' && left.base !== 'δ'

/** Single letters moved by a constant: w_{u+1,v+1}. */
const shiftedLetters = (claim: Claim): number => {
  const isShifted = (part: Expression) => part.kind === 'addition' && namesOf(part).length === 1
  return namesOf(claim.operands)
    .flatMap((name) => entryOf(name)?.parts ?? [])
    .filter(isShifted).length
}

/** The order of the table, but for what no one would write, or what holds by chance. */
const likeliestFirst = (found: readonly Found[], written: Claim): readonly Found[] => {
  const fewest = Math.min(...found.map(({ claim }) => shiftedLetters(claim)))
  const lateness = ({ name, claim, holds }: Found): number => {
    const isChance = holds === 'at these sizes'
    const isOdd =
      turnsTwice(claim) ||
      (isForward(written) && holdsSomewhere(claim.operands, isTurned)) ||
      (name === 'padding off' && shiftedLetters(claim) > fewest)
    // What is claimed of is the left side: it is the last to be wrong.
    const isLeft = spellingOf(claim.operands[0]) !== spellingOf(written.operands[0])
    return (isChance ? 2 : 0) + (isOdd || isLeft ? 1 : 0)
  }
  return [...found].sort((a, b) => lateness(a) - lateness(b))
}

/** How many more candidates are tried once one is found. */
const others = 60

/** How many candidates are tried after a first edit. */
const pairs = 80

/** How many edits of one name may begin a path of two. */
const firstsOfName = 10

/**
 * What a path of two may begin with. An assumption ends it; a term that is missing may as well come
 * second, and there are hundreds that could be: a formula that is far from any true one has an
 * answer soon.
 */
const firstsOf = (tried: readonly Candidate[]): readonly Candidate[] => {
  const counts = new Map<RepairName, number>()
  return tried.filter(({ name, assume }) => {
    const count = counts.get(name) ?? 0
    counts.set(name, count + 1)
    return assume === undefined && name !== 'missing term' && count < firstsOfName
  })
}

/** A term for another one: then any formula could be repaired. */
const replaces = (first: Candidate, second: Candidate): boolean =>
  [first, second].every(({ name }) => name === 'missing term' || name === 'superfluous term')

/**
 * The shortest repairs of a refuted claim, the likeliest first: single edits where there are any,
 * otherwise the first path of two that the time allows.
 */
export const diagnose = (written: Claim, options: Diagnosis): Repair[] => {
  const claim = withoutGroups(withProducts(written))
  const { accepts, spent, most = 3 } = options
  const seen = new Set([textOf({ claim })])
  const tried: Candidate[] = []
  const found: Found[] = []
  let last = Number.POSITIVE_INFINITY
  const singles = candidates(claim, options, seen)
  const trySingles = (): void => {
    while (!spent() && found.length < most && tried.length < last) {
      const { value: candidate } = singles.next()
      if (!candidate) return
      if (found.some((each) => each.name === candidate.name)) continue
      tried.push(candidate)
      const holds = accepts(candidate.claim, candidate.assume)
      if (!holds) continue
      found.push({ ...candidate, holds })
      if (holds === 'for all sizes') last = Math.min(last, tried.length + others)
    }
  }
  trySingles()
  if (found.length === 0) {
    if (options.isAnswered?.()) return []
    trySingles()
  }
  if (found.length > 0) return likeliestFirst(found, claim).map((each) => repairOf(claim, [each]))
  for (const first of firstsOf(tried)) {
    let left = pairs
    for (const second of candidates(first.claim, options, seen)) {
      if (spent()) return []
      if (left-- === 0) break
      if (replaces(first, second)) continue
      if (accepts(second.claim, second.assume)) return [repairOf(claim, [first, second])]
    }
  }
  return []
}
