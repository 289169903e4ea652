// Where a letter indexes arrays bare: x_k of Σ_k σ(x_k) t_{k-1}. Whether such a read bounds the
// letter by itself, for the body is 0 outside of the array, or only names an axis, for σ(0) is not.
import { freeIndices } from './free.ts'
import { isZero, type Resolved, type ResolvedBinder } from './resolved.ts'
import type { Word } from './syntax.ts'
import { childNodes, holding } from './walk.ts'

type Entry = Extract<Resolved, { kind: 'entry' }>

export interface LetterRead {
  readonly entry: Entry
  readonly axis: number
  /** The body is 0 where this entry lies outside of its array; or it is read in a term that is 0. */
  readonly bounds: boolean
  /** So is every other term of a sum that it is in: the letter runs through its axis alone. */
  readonly covers: boolean
}

/** f(0) = 0. */
const vanishing: ReadonlySet<Word> = new Set<Word>([
  'tanh',
  'sin',
  'erf',
  'relu',
  'abs',
  'sign',
  'sqrt',
])

/** Functions of one operand that are 0 where it is. */
export const vanishesAtZero = (node: Resolved): boolean =>
  node.kind === 'call' && node.order === 0 && vanishing.has(node.word) && node.operands.length === 1

/** What must be other than 0 for [e > 0], [e < 0] and [e ≠ 0] to hold. */
export const nonzeroIn = (node: Resolved): Resolved | undefined => {
  if (node.kind !== 'iverson' || node.conditions.length > 1) return undefined
  const [condition] = node.conditions
  if (condition?.kind !== 'comparison' || condition.relations.length > 1) return undefined
  const [left, right] = condition.operands as [Resolved, Resolved]
  if (!['>', '<', '≠'].includes(condition.relations[0]!)) return undefined
  return isZero(right) ? left : isZero(left) ? right : undefined
}

/** Written as 0 times something: it is 0 wherever a letter is. */
export const isAnnulled = (node: Resolved): boolean => {
  switch (node.kind) {
    case 'product':
      return node.factors.some(isAnnulled)
    case 'hadamard':
    case 'star':
      return isAnnulled(node.left) || isAnnulled(node.right)
    case 'addition':
      return node.terms.every(isAnnulled)
    case 'negation':
    case 'transposed':
      return isAnnulled(node.operand)
    case 'quotient':
      return isAnnulled(node.numerator)
    case 'reduction':
      return isAnnulled(node.body)
    case 'power': {
      const { exponent } = node
      const isPositive = exponent.kind === 'numeral' && exponent.value.numerator > 0n
      return isPositive && isAnnulled(node.base)
    }
    case 'call':
      return vanishesAtZero(node) && node.operands.every(isAnnulled)
    default:
      return isZero(node)
  }
}

/** The terms that say where a sum may be other than 0; all of them, where each is 0. */
export const tellingTerms = (terms: readonly Resolved[]): readonly Resolved[] => {
  const telling = terms.filter((term) => !isAnnulled(term))
  return telling.length > 0 ? telling : terms
}

const mentions = (node: Resolved, name: string): boolean => freeIndices(node).includes(name)

/** The parts of a node, and whether it is 0 where that part is: only such parts bound a letter. */
const partsOf = (node: Resolved, name: string): readonly (readonly [Resolved, boolean])[] => {
  const all = (nodes: readonly Resolved[], bounds: boolean) =>
    nodes.map((each) => [each, bounds] as const)
  switch (node.kind) {
    case 'addition':
      return all(
        node.terms,
        tellingTerms(node.terms).every((term) => mentions(term, name)),
      )
    case 'quotient':
      return [...all([node.numerator], true), ...all([node.denominator], false)]
    case 'power': {
      const { exponent } = node
      const isPositive = exponent.kind === 'numeral' && exponent.value.numerator > 0n
      return [...all([node.base], isPositive), ...all([exponent], false)]
    }
    case 'call':
      return all(node.operands, vanishesAtZero(node))
    case 'activation':
      return all([node.operand], false)
    case 'iverson': {
      const nonzero = nonzeroIn(node)
      return nonzero ? all([nonzero], true) : all(childNodes<Resolved>(node), false)
    }
    default:
      return all(childNodes<Resolved>(node), true)
  }
}

/** Whether it is 0 wherever the letter is outside of some axis that it has bare. */
const isCoveredBy = (name: string, node: Resolved): boolean => {
  if (!mentions(node, name)) return false
  if (node.kind === 'addition')
    return tellingTerms(node.terms).every((term) => isCoveredBy(name, term))
  const isBare =
    node.kind === 'entry' &&
    node.indices.some((index) => index?.kind === 'index' && index.name === name)
  return isBare || partsOf(node, name).some(([part, is]) => is && isCoveredBy(name, part))
}

/** Every read of an array by that letter alone, outside of binders of its name. */
export const letterReads = (
  name: string,
  node: Resolved,
  bounds = true,
  covers = true,
): readonly LetterRead[] => {
  if (!mentions(node, name)) return []
  const isIt = (index: Resolved | null) => index?.kind === 'index' && index.name === name
  const own =
    node.kind === 'entry'
      ? node.indices.flatMap((index, axis) =>
          isIt(index) ? [{ entry: node, axis, bounds, covers }] : [],
        )
      : []
  const isCovered = node.kind !== 'addition' || isCoveredBy(name, node)
  const telling = node.kind === 'addition' ? tellingTerms(node.terms) : undefined
  const below = partsOf(node, name).flatMap(([part, isBound]) =>
    telling && !telling.includes(part)
      ? letterReads(name, part).map((read) => ({ ...read, bounds: true, covers: false }))
      : letterReads(name, part, bounds && isBound, covers && isBound && isCovered),
  )
  return [...own, ...below]
}

const holdsEntry = holding((node) => (node as Resolved).kind === 'entry')

/** Whether some index, or a condition, is about the letter alone. */
export const isPlaced = (name: string, node: Resolved): boolean => {
  const { binders } = node as { binders?: readonly ResolvedBinder[] }
  if (binders?.some((binder) => binder.name === name)) return false
  const isOwn = (index: Resolved | null) =>
    index !== null && [...new Set(freeIndices(index))].join() === name
  if (node.kind === 'entry' && node.indices.some(isOwn)) return true
  const isAsked = (each: Resolved) => !holdsEntry(each) && freeIndices(each).includes(name)
  const compared = node.kind === 'iverson' ? node.conditions : []
  if (compared.some((each) => each.kind !== 'comparison' || each.operands.some(isAsked)))
    return true
  return childNodes<Resolved>(node).some((each) => isPlaced(name, each))
}
