// Diagnosis by shortest repair: named edits of the user's own formula until one of them is
// accepted.
import { expressionText, printClaim } from '../language/print.ts'
import type { Claim, Expression } from '../language/syntax.ts'
import type { EditContext, Edited } from './edit.ts'
import { withProducts } from './products.ts'
import { type Edit, edits, type RepairName } from './table.ts'

export interface Repair {
  /** One name, or two with ‘ and ’ between them. */
  readonly name: string
  /** The repaired formula, in the style in which it was written. */
  readonly formula: string
  readonly message: string
}

export interface Diagnosis extends EditContext {
  /** Is this claim true? Cheap for most false ones. Must not throw. */
  readonly accepts: (claim: Claim, assume?: string) => boolean
  /** Is the time for a diagnosis over? Asked before every candidate. */
  readonly spent: () => boolean
  /** How many repairs are wanted at most. */
  readonly most?: number
}

interface Candidate extends Edited {
  readonly name: RepairName
}

/** δ = δ repairs nothing, whatever it was that stood there. */
const saysNothing = ({ operands }: Claim): boolean => {
  const sides = operands.map((operand) => expressionText(operand, 'text'))
  return sides.some((side, at) => sides.indexOf(side) < at)
}

const textOf = ({ claim, assume }: Edited) => `${printClaim(claim)} ${assume ?? ''}`

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
function* candidates(claim: Claim, context: EditContext, seen: Set<string>): Generator<Candidate> {
  for (const { name, repair } of ordered(context))
    for (const edited of repair(claim, context)) {
      const text = textOf(edited)
      if (seen.has(text) || saysNothing(edited.claim)) continue
      seen.add(text)
      yield { name, ...edited }
    }
}

const repairOf = (path: readonly Candidate[]): Repair => ({
  name: path.map((each) => each.name).join(' and '),
  formula: printClaim(path.at(-1)!.claim),
  message: path.map((each) => each.message).join(' '),
})

/** A kernel that is turned for a convolution, which turns it back: true, and no one writes that. */
const turnsTwice = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false
  const node = value as Expression
  const isTurned = (each: Expression) => each.kind === 'call' && each.word === 'rot180'
  if (node.kind === 'star' && node.operation === 'convolution' && isTurned(node.right)) return true
  return Object.values(value).some(turnsTwice)
}

/** What is computed forward is a correlation or a convolution; what comes back turns its kernel. */
const isForward = ({ operands: [left] }: Claim): boolean =>
  left?.kind === 'name' && left.base !== 'δ'

const likeliestFirst = (found: readonly Candidate[], written: Claim): readonly Candidate[] => {
  const isLate = ({ name, claim }: Candidate): boolean =>
    turnsTwice(claim) || (name === 'missing rot180' && isForward(written))
  return [...found.filter((each) => !isLate(each)), ...found.filter(isLate)]
}

/** How many more candidates are tried once one is found. */
const others = 60

/** An assumption ends a path; of two edits with one name the first suffices. */
const pairs = 80

/** A term for another one: then any formula could be repaired. */
const replaces = (first: Candidate, second: Candidate): boolean =>
  [first, second].every(({ name }) => name === 'missing term' || name === 'superfluous term')

/**
 * The shortest repairs of a refuted claim, the likeliest first: single edits where there are any,
 * otherwise the first path of two that the time allows.
 */
export const diagnose = (written: Claim, options: Diagnosis): Repair[] => {
  const claim = withProducts(written)
  const { accepts, spent, most = 3 } = options
  const seen = new Set([printClaim(claim)])
  const tried: Candidate[] = []
  const found: Candidate[] = []
  let last = Number.POSITIVE_INFINITY
  for (const candidate of candidates(claim, options, seen)) {
    if (spent() || found.length >= most || tried.length >= last) break
    if (found.some((each) => each.name === candidate.name)) continue
    tried.push(candidate)
    if (!accepts(candidate.claim, candidate.assume)) continue
    found.push(candidate)
    last = Math.min(last, tried.length + others)
  }
  if (found.length > 0) return likeliestFirst(found, claim).map((each) => repairOf([each]))
  for (const first of tried) {
    if (first.assume !== undefined) continue
    let left = pairs
    for (const second of candidates(first.claim, options, seen)) {
      if (spent()) return []
      if (left-- === 0) break
      if (replaces(first, second)) continue
      if (accepts(second.claim, second.assume)) return [repairOf([first, second])]
    }
  }
  return []
}
