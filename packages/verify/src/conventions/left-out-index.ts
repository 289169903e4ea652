// y_i = γ_i x̂ + β_i: a vector without its index, beside entries of others, is its entry at theirs.
// ∂a/∂z = a ⊙ (1 − a): of what is computed entry by entry, the derivative of each entry.
import { type Node, topologicalOrder } from '@backprove/graph'
import { isLetter } from '../language/names/definition-of.ts'
import { deltaBase } from '../language/names/deltas/delta.ts'
import { factorsOf, matchName } from '../language/names/names.ts'
import { withNames } from '../language/names-in.ts'
import type { Scope, ScopeName } from '../language/resolved.ts'
import type { Claim, Expression, Name } from '../language/syntax.ts'
import { childNodes, holding, mapped, nodesBelow } from '../language/walk.ts'
import type { Network } from '../network/network.ts'

/** Of these an entry is made entry by entry; in sums and functions of whole vectors none is. */
const entrywise: ReadonlySet<Expression['kind']> = new Set([
  ...(['name', 'numeral', 'product', 'addition', 'negation', 'quotient', 'power'] as const),
  ...(['hadamard', 'derivative', 'application'] as const),
])

const functionsOfNumbers: ReadonlySet<string> = new Set(
  'exp log tanh sin cos sqrt abs relu sigmoid softplus silu gelu sign'.split(' '),
)

const isEntrywise = (node: Expression): boolean =>
  entrywise.has(node.kind) || (node.kind === 'call' && functionsOfNumbers.has(node.word))

/** z of e^z and e^{-z}; not what is turned or has a number above. */
const exponentOf = ({ base, superscript, subscript }: Name): Expression | undefined => {
  const [above, ...others] = (base === 'e' && !subscript && superscript?.parts) || []
  const isOther = above?.kind === 'numeral' || (above?.kind === 'name' && above.base === 'T')
  return others.length === 0 && !isOther && !superscript?.parenthesised ? above : undefined
}

/** The names of which an entry could be left out: not those of sums, of scripts. */
const namesAt = (node: Expression): Name[] => {
  if (!isEntrywise(node)) return []
  const exponent = node.kind === 'name' ? exponentOf(node) : undefined
  if (exponent) return namesAt(exponent)
  if (node.kind === 'name') return [node]
  // The a of a(1 − a) is a factor; σ is no array.
  if (node.kind === 'application') return [node.head, ...node.operands.flatMap(namesAt)]
  return childNodes<Expression>(node).flatMap(namesAt)
}

/** The array that a name is as a whole, or an entry of; of layers that are given by number. */
const arrayOf = (name: Name, scope: Scope): ScopeName | undefined => {
  const base = name.base === 'δ' ? (deltaBase(scope) ?? 'δ') : name.base
  const match = matchName(name, base, scope, new Map(), false)
  const isPlain = match && !match.transposed && !match.ambiguous
  return isPlain && match.leading.length === 0 && match.array.rank > 0 ? match.array : undefined
}

/** The one letter below a name. */
const letterOf = ({ subscript }: Name): Name | undefined => {
  const [only, ...others] = subscript?.parts ?? []
  return isLetter(only) && others.length === 0 ? only : undefined
}

const derivativesIn = ({ operands }: Claim) =>
  nodesBelow<Expression>({ operands }).filter((each) => each.kind === 'derivative')

const isBound = ({ operands }: Claim, letter: string): boolean =>
  nodesBelow<Expression>({ operands }).some(
    (each) => each.kind === 'reduction' && each.binders.some(({ name }) => name === letter),
  )

interface Written {
  /** Names of arrays that stand for their entries. */
  readonly whole: readonly Name[]
  readonly entries: readonly Name[]
  /** The shape that all of them have; undefined where one has another, or is transposed. */
  readonly shape?: string
}

const writtenIn = (claim: Claim, scope: Scope): Written => {
  const names = claim.operands.flatMap(namesAt)
  const isTurned = (name: Name) =>
    name.superscript !== undefined &&
    matchName(name, name.base, scope, new Map(), false)?.transposed
  const arrays = names.filter((name) => arrayOf(name, scope) || isTurned(name))
  const shapes = new Set(arrays.map((name) => arrayOf(name, scope)?.shape.join() ?? ''))
  const [shape] = shapes
  return {
    whole: arrays.filter(({ subscript }) => !subscript),
    entries: arrays.filter(({ subscript }) => subscript),
    ...(shapes.size === 1 && shape !== '' && { shape: shape! }),
  }
}

const withParts = (claim: Claim, names: readonly Name[], parts: readonly Expression[]): Claim =>
  mapped(claim, (node) =>
    names.includes(node as Name)
      ? { ...node, subscript: { parts, span: (node as Name).span } }
      : undefined,
  )

const isOfCost = (of: Expression, scope: Scope): boolean =>
  of.kind === 'name' && arrayOf(of, scope) === undefined && !exponentOf(of)

/** σ of σ(x_i) may be a function; a of a(1 − a) is none. */
const isApplied = ({ operands }: Claim, names: readonly Name[]): boolean => {
  const isFunction = holding((node) => {
    const each = node as Expression
    if (each.kind !== 'application' || !names.includes(each.head)) return false
    return each.operands.flatMap(withNames).some(({ subscript }) => subscript)
  })
  return operands.some(isFunction)
}

/** X_{ij} − μ of a μ as long as i alone runs: μ_i. Undefined where a vector fits no index, or two. */
export const withRowsWritten = (claim: Claim, scope: Scope): Claim | undefined => {
  if (claim.program || claim.where.length > 0) return undefined
  const names = claim.operands.flatMap(withNames).filter((name) => arrayOf(name, scope))
  const lengths = new Map<string, number>()
  const whole: Name[] = []
  for (const name of names) {
    const { shape } = arrayOf(name, scope)!
    const letters = factorsOf(name.subscript?.parts ?? [])
    if (letters.length === 0 && shape.length === 1) whole.push(name)
    else if (letters.length !== shape.length || !letters.every(isLetter)) return undefined
    for (const [axis, { base }] of (letters as readonly Name[]).entries())
      if ((lengths.get(base) ?? shape[axis]) !== shape[axis]) return undefined
      else if (!isBound(claim, base)) lengths.set(base, shape[axis]!)
  }
  const isMatrix = names.some(({ subscript }) => factorsOf(subscript?.parts ?? []).length > 1)
  if (!isMatrix || isApplied(claim, whole)) return undefined
  const parts = new Map<object, Expression>()
  for (const name of whole) {
    const [length] = arrayOf(name, scope)!.shape
    const [letter, ...others] = [...lengths].filter((each) => each[1] === length)
    if (!letter || others.length > 0) return undefined
    parts.set(name, { kind: 'name', base: letter[0], primes: 0, span: name.span })
  }
  return mapped(claim, (node) => {
    const part = parts.get(node)
    return part && { ...node, subscript: { parts: [part], span: part.span } }
  })
}

/** The claim with the index written everywhere; undefined where none is left out, or not so. */
export const withIndexWritten = (claim: Claim, scope: Scope): Claim | undefined => {
  if (claim.program || claim.where.length > 0) return undefined
  const { whole, entries, shape } = writtenIn(claim, scope)
  const [letter, ...others] = entries.map(letterOf)
  if (!letter || others.some((each) => each?.base !== letter.base)) return undefined
  if (whole.length === 0 || !shape || shape.includes(',')) return undefined
  // Of ∂a_i/∂z nobody knows which entry is meant.
  const isJacobian = derivativesIn(claim).some(
    ({ of, by }) => !isOfCost(of, scope) && by.some((each) => whole.includes(each as Name)),
  )
  if (isJacobian || isBound(claim, letter.base) || isApplied(claim, whole)) return undefined
  return withParts(claim, whole, [letter])
}

/** Of each entry of an array, which entries of the other it is computed from: the same one. */
const isEntryByEntry = (of: Node, by: Node): boolean => {
  const made = new Set<Node>([by])
  for (const node of topologicalOrder([of])) {
    if (node === by || !node.args.some((each) => made.has(each))) continue
    const { shape, op } = node
    const isSame = node.args.every((each) => !made.has(each) || `${each.shape}` === `${shape}`)
    if (!op.traits?.elementwise || !isSame) return false
    made.add(node)
  }
  return made.has(of) && of !== by
}

/** The z of σ(z), e^{-z}, log(1 + e^z): beside it stand numerals alone. */
const argumentOf = (of: Expression, scope: Scope): Expression => {
  const exponent = of.kind === 'name' && !arrayOf(of, scope) ? exponentOf(of) : undefined
  const isSigmoid = of.kind === 'application' && of.head.base === 'σ' && scope.hasSigmoid
  const isOne = isSigmoid || (of.kind === 'call' && functionsOfNumbers.has(of.word))
  const parts = isOne ? of.operands : of.kind === 'addition' ? of.terms : []
  const [inner = of.kind === 'negation' ? of.operand : exponent, ...others] = parts.filter(
    ({ kind }) => kind !== 'numeral',
  )
  return inner && others.length === 0 ? argumentOf(inner, scope) : of
}

/** The claim about each entry; undefined where no derivative is of what is made entry by entry. */
export const ofEachEntry = (claim: Claim, { scope, nodes }: Network): Claim | undefined => {
  if (claim.program || claim.where.length > 0) return undefined
  const { whole, entries, shape } = writtenIn(claim, scope)
  const inner = derivativesIn(claim).filter(({ of }) => !isOfCost(of, scope))
  if (inner.length === 0 || entries.length > 0 || shape === undefined) return undefined
  const nodeOf = (each: Expression | undefined): Node | undefined => {
    const array = each?.kind === 'name' ? arrayOf(each, scope) : undefined
    return array && nodes.get(array.name)
  }
  const isMeant = inner.every(({ of, by }) => {
    const inside = argumentOf(of, scope)
    const [above, below] = [nodeOf(inside), nodeOf(by[0])]
    if (!above || !below || by.length > 1) return false
    return isEntryByEntry(above, below) || (above === below && inside !== of)
  })
  if (!isMeant) return undefined
  const letters = shape.split(',').map((_, axis): Name => {
    return { kind: 'name', base: `${'ijkl'[axis]}″`, primes: 0, span: claim.span }
  })
  return letters.length <= 4 ? withParts(claim, whole, letters) : undefined
}
