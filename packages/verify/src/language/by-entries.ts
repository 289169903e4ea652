// ∂/∂x ‖x‖², ∂(Wx)/∂x, ∇_w wᵀx: derivatives of expressions in whole arrays, entry by entry. Where a
// claim has one, it becomes the claim about each entry of its sides.
import { derivativeOf } from './differentiate.ts'
import { isVector, recordedShape, shapeIn } from './lengths.ts'
import { isZero, type Resolved, type Scope } from './resolved.ts'
import { holding } from './walk.ts'

interface Entries {
  readonly scope: Scope
  /** A letter that nothing else has. */
  readonly fresh: () => string
}

const rankOf = (node: Resolved, { scope }: Entries): number | undefined =>
  recordedShape(node, scope)?.length

const isRow = (node: Resolved, { scope }: Entries): boolean =>
  shapeIn(node, { scope, lengths: new Map() })?.isRow === true

const indexed = (names: readonly string[], { span }: Resolved): Resolved[] =>
  names.map((name) => ({ kind: 'index', name, span }))

const summed = (names: readonly string[], body: Resolved): Resolved => {
  const { span } = body
  const binders = names.map((name) => ({ name, span }))
  return { kind: 'reduction', operator: 'sum', binders, conditions: [], body, span }
}

/** Every part at the same entry. */
const allAt = (
  nodes: readonly Resolved[],
  at: readonly Resolved[],
  entries: Entries,
): Resolved[] | undefined => {
  const read = nodes.map((node) => entryAt(node, rankOf(node, entries) === 0 ? [] : at, entries))
  return read.every((each) => each !== undefined) ? (read as Resolved[]) : undefined
}

/** Numbers times a chain of arrays. */
const productAt = (
  factors: readonly Resolved[],
  at: readonly Resolved[],
  entries: Entries,
): Resolved | undefined => {
  const numbers = allAt(
    factors.filter((each) => rankOf(each, entries) === 0),
    [],
    entries,
  )
  const arrays = factors.filter((each) => rankOf(each, entries) !== 0)
  const [first, ...rest] = arrays
  if (!numbers) return undefined
  const { span } = factors[0]!
  if (!first) return { kind: 'product', factors: numbers, span }
  const chain = chainAt(first, rest, at, entries)
  return chain && { kind: 'product', factors: [...numbers, chain], span }
}

const chainAt = (
  first: Resolved,
  rest: readonly Resolved[],
  at: readonly Resolved[],
  entries: Entries,
): Resolved | undefined => {
  if (rest.length === 0) return entryAt(first, at, entries)
  const { span } = first
  const other: Resolved = rest.length === 1 ? rest[0]! : { kind: 'product', factors: rest, span }
  const [left, right] = [first, other].map((each) => rankOf(each, entries))
  if (!left || !right || left > 2 || right > 2) return undefined
  // A column beside a row: each has its own index.
  if (left === 1 && !isRow(first, entries)) {
    if (!isRow(other, entries) || at.length !== 2) return undefined
    const [a, b] = [entryAt(first, [at[0]!], entries), entryAt(other, [at[1]!], entries)]
    return a && b && { kind: 'product', factors: [a, b], span }
  }
  if (right === 1 && isRow(other, entries)) return undefined
  const letter = entries.fresh()
  const [inner] = indexed([letter], first)
  const own = left - 1
  if (at.length !== own + right - 1) return undefined
  const a = entryAt(first, [...at.slice(0, own), inner!], entries)
  const b = entryAt(other, [inner!, ...at.slice(own)], entries)
  return a && b && summed([letter], { kind: 'product', factors: [a, b], span })
}

/** Functions of one number. */
const entrywise: ReadonlySet<string> = new Set(
  'exp log tanh sin cos sqrt abs relu sigmoid softplus sign'.split(' '),
)

/** The entry of a whole array, or the number itself; undefined where it is not plain. */
const entryAt = (
  node: Resolved,
  at: readonly Resolved[],
  entries: Entries,
): Resolved | undefined => {
  const inner = (part: Resolved) => entryAt(part, rankOf(part, entries) === 0 ? [] : at, entries)
  switch (node.kind) {
    case 'numeral':
    case 'size':
    case 'index':
    case 'iverson':
      return at.length === 0 ? node : undefined
    case 'negation': {
      const operand = inner(node.operand)
      return operand && { ...node, operand }
    }
    case 'addition': {
      const terms = allAt(node.terms, at, entries)
      return terms && { ...node, terms }
    }
    case 'hadamard': {
      const factors = allAt([node.left, node.right], at, entries)
      return factors && { kind: 'product', factors, span: node.span }
    }
    case 'quotient': {
      const [numerator, denominator] = [inner(node.numerator), inner(node.denominator)]
      return numerator && denominator && { ...node, numerator, denominator }
    }
    case 'power': {
      const base = inner(node.base)
      return base && { ...node, base }
    }
    case 'transposed':
      return entryAt(node.operand, [...at].reverse(), entries)
    case 'product':
      return productAt(node.factors, at, entries)
    case 'activation': {
      const operand = inner(node.operand)
      return operand && { ...node, operand }
    }
    case 'call':
      return callAt(node, at, entries)
    case 'reduction': {
      const body = inner(node.body)
      return body && { ...node, body }
    }
    case 'derivative':
      return isUndone(node) ? derivativeAt(node, at, entries) : ofArray(node, at)
    case 'entry': {
      if (at.length === 0) return node
      const rest = [...at]
      return { ...node, indices: node.indices.map((index) => index ?? rest.shift() ?? null) }
    }
    default:
      return ofArray(node, at)
  }
}

const ofArray = (node: Resolved, at: readonly Resolved[]): Resolved =>
  at.length === 0 ? node : { kind: 'entry', array: node, indices: at, span: node.span }

const callAt = (
  node: Resolved & { kind: 'call' },
  at: readonly Resolved[],
  entries: Entries,
): Resolved | undefined => {
  const [operand, ...others] = node.operands
  const rest = node.operands.filter((each) => !isZero(each))
  if (node.word === 'max' && others.length === 1 && rest.length === 1)
    return callAt({ ...node, word: 'relu', operands: rest }, at, entries)
  if (!operand || others.length > 0) return undefined
  if (node.word === 'sum' && at.length === 0) {
    const letters = Array.from({ length: rankOf(operand, entries) ?? 0 }, entries.fresh)
    const body = entryAt(operand, indexed(letters, operand), entries)
    return letters.length > 0 ? body && summed(letters, body) : undefined
  }
  const inner = entrywise.has(node.word) ? entryAt(operand, at, entries) : undefined
  return inner && { ...node, operands: [inner] }
}

const derivativeAt = (
  { of, by, delta, span }: Resolved & { kind: 'derivative' },
  at: readonly Resolved[],
  entries: Entries,
): Resolved | undefined => {
  const [variable, ...others] = by
  const [above, below] = [rankOf(of, entries), variable && rankOf(variable, entries)]
  if (!variable || others.length > 0 || above === undefined || below === undefined) return undefined
  if (at.length !== above + below) return undefined
  const inner = entryAt(of, at.slice(0, above), entries)
  const own = ofArray(variable, at.slice(above))
  if (!inner) return undefined
  const { scope } = entries
  const isNumber = (node: Resolved) => rankOf(node, entries) === 0
  const read = derivativeOf(inner, [own], (node) => isVector(node, scope), isNumber)
  return read ?? { kind: 'derivative', of: inner, by: [own], delta, span }
}

/** Of an expression, for which there was no rule. */
export const isUndone = (node: object): node is Resolved & { kind: 'derivative' } => {
  const { kind, of } = node as Partial<Resolved & { kind: 'derivative' }>
  if (kind !== 'derivative') return false
  return !['cost', 'array', 'entry', 'derivative', 'variable'].includes(of!.kind)
}

const hasUndone = holding(isUndone)

/** The sides of a claim, each at the same entry, where a derivative can be taken only so. */
export const byEntries = (operands: readonly Resolved[], scope: Scope): readonly Resolved[] => {
  if (!operands.some(hasUndone)) return operands
  let count = 0
  const entries: Entries = { scope, fresh: () => `k″${++count}` }
  const ranks = operands.map((operand) => rankOf(operand, entries))
  const rank = ranks.find((each) => each !== undefined && each > 0) ?? 0
  if (ranks.some((each) => each !== rank)) return operands
  const letters = Array.from({ length: rank }, (_, k) => `i″${k + 1}`)
  const read = operands.map((operand) => {
    const at = indexed(letters, operand)
    return entryAt(operand, isRow(operand, entries) && rank === 2 ? at.reverse() : at, entries)
  })
  return read.every((each) => each !== undefined) ? (read as Resolved[]) : operands
}
