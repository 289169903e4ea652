// Σ_x over the examples x, whose index is left out: x_j is x_{nj}, y is y_n.
import { deltaBase } from '../language/names/deltas/delta.ts'
import { withNames } from '../language/names-in.ts'
import type { Scope, ScopeName } from '../language/resolved.ts'
import type { Claim, Expression, Name } from '../language/syntax.ts'
import { childNodes, holding, mapped } from '../language/walk.ts'
import { examples as exampleWords } from '../language/word-below.ts'

type Sum = Extract<Expression, { kind: 'reduction' }>

const namesWith = (node: Expression): Name[] =>
  node.kind === 'name' ? [node] : childNodes<Expression>(node).flatMap(namesWith)

const arrayOf = ({ base, superscript }: Name, { names }: Scope): ScopeName | undefined =>
  superscript ? undefined : names.find((each) => each.base === base && each.tag === '')

const given = ({ subscript }: Name): number =>
  subscript?.parts.flatMap((part) => (part.kind === 'product' ? part.factors : [part])).length ?? 0

const mentions = (node: Expression, letter: string): boolean =>
  withNames(node).some(({ base, subscript }) => base === letter && !subscript)

/** How many examples there are: the first axis of what lacks an index; one length, or none. */
const examplesIn = (body: Expression, scope: Scope): number | undefined => {
  const lengths = namesWith(body).flatMap((name) => {
    const array = arrayOf(name, scope)
    return array && array.rank > 0 && given(name) === array.rank - 1 ? [array] : []
  })
  const wide = lengths.filter(({ rank }) => rank > 1)
  const found = new Set((wide.length > 0 ? wide : lengths).map(({ shape }) => shape[0]!))
  return found.size === 1 ? [...found][0] : undefined
}

/** The sum with its index written; undefined where the letter is an index already. */
const withIndex = (sum: Sum, scope: Scope): Expression | undefined => {
  const [binder, ...others] = sum.binders
  if (!binder || others.length > 0 || sum.operator !== 'sum') return undefined
  const isArray = scope.names.some(({ base, tag }) => base === binder.name && tag === '')
  if (!isArray && mentions(sum.body, binder.name)) return undefined
  const examples = examplesIn(sum.body, scope)
  if (examples === undefined) return undefined
  const letter = `${binder.name}″`
  const body = mapped(sum.body, (node) => {
    const name = node as Partial<Name>
    if (name.kind !== 'name') return undefined
    const array = arrayOf(node as Name, scope)
    const left = array ? array.rank - given(node as Name) : 0
    // The x of Σ_x x is a row of X.
    const isRow = left === 2 && name.base?.toLowerCase() === binder.name.toLowerCase()
    if ((left !== 1 && !isRow) || array?.shape[0] !== examples) return node
    const index: Name = { kind: 'name', base: letter, primes: 0, span: name.span! }
    const parts = [index, ...(name.subscript?.parts ?? [])]
    return { ...name, subscript: { parts, span: name.span! } }
  })
  return { ...sum, binders: [{ name: letter, span: binder.span }], body }
}

const lastName = (node: Expression | undefined): Name | undefined => {
  if (node?.kind === 'product') return lastName(node.factors.at(-1))
  if (node?.kind === 'derivative') return lastName(node.by[0])
  return node?.kind === 'name' ? node : undefined
}

interface LeftOut {
  readonly axes: readonly number[]
  readonly lengths: readonly number[]
  /** B has them too, one long. */
  readonly keeps: boolean
}

/** The axes of A, longer than 1, that are left out where B has all others; alike in all layers. */
const axesLeftOut = (of: Name, left: Name, scope: Scope): LeftOut | undefined => {
  const base = of.base === 'δ' ? deltaBase(scope) : of.base
  const lefts = scope.names.filter((each) => each.base === left.base)
  const found = scope.names.flatMap(({ base: own, tag, shape }) => {
    const [only, ...more] = lefts
    const other = lefts.find((each) => each.tag === tag) ?? (more.length === 0 ? only : undefined)
    if (base !== own || shape.length < 2 || shape.length > 5 || !other) return []
    const kept = other.shape.filter((length) => length > 1).join()
    const long = [...shape.keys()].filter((axis) => shape[axis]! > 1)
    const lengthsOf = (axes: readonly number[]) => axes.map((axis) => shape[axis]!)
    const fits = Array.from({ length: 2 ** long.length }, (_, set) =>
      long.filter((_, at) => (set >> at) & 1),
    ).filter((axes) => lengthsOf(long.filter((axis) => !axes.includes(axis))).join() === kept)
    const [axes, ...others] = fits
    const isOne = others.length === 0 && axes && axes.length > 0
    const keeps = other.shape.length === shape.length
    return [isOne ? { axes, lengths: lengthsOf(axes), keeps } : undefined]
  })
  const [first, ...others] = found
  return others.every((each) => each?.axes.join() === first?.axes.join()) ? first : undefined
}

/**
 * Σ, Σ_{h,w} and Σ_{i=1}^N of a body that has no such letter: they say how many axes, or how long
 * the axis is, and no more.
 */
const isAlong = (sum: Sum, lengths: readonly number[], { names, sizes = [] }: Scope): boolean => {
  const { operator, implicit, binders, conditions, body } = sum
  if (operator !== 'sum') return false
  const [length, ...more] = lengths
  if (implicit) return more.length === 0
  const areOpen = binders.every(
    ({ name, lower, upper }) => !lower && !upper && !mentions(body, name),
  )
  // A network of one example has no axis for Σ_{batch}.
  const inner = binders.filter(({ name }) => !exampleWords.has(name))
  if (areOpen && conditions.length === 0)
    return binders.length === lengths.length || inner.length === lengths.length
  const [binder, ...others] = binders
  const { lower, upper } = binder!
  const isWhole = lower?.kind === 'numeral' && lower.text === '1' && upper?.kind === 'name'
  if (!isWhole || others.length > 0 || more.length > 0 || conditions.length > 0) return false
  if (mentions(body, binder!.name)) return false
  const size = sizes.find(({ name }) => name === upper.base)
  const array = names.find(({ name }) => name === size?.array)
  return size ? array?.shape[size.axis] === length : !names.some(({ base }) => base === upper.base)
}

/** dy · x̂ in such a sum is of entries: dy * x̂ in a program. */
export const entrywise = (node: object): object | undefined => {
  const { kind, factors, span } = node as Extract<Expression, { kind: 'product' }>
  // No product stands above or below a name.
  if (kind !== 'product') return (kind as string) === 'name' ? node : undefined
  const isD = (each: Expression | undefined) => each?.kind === 'name' && each.base === 'd'
  const parts = factors.flatMap((each, at): Expression[] => {
    const read = mapped(each, entrywise)
    if (isD(factors[at - 1])) return [{ kind: 'product', factors: [factors[at - 1]!, read], span }]
    return isD(each) && factors[at + 1] ? [] : [read]
  })
  return parts.reduce(
    (left, right): Expression => ({ kind: 'star', operation: 'bare', left, right, span }),
  )
}

/** Σ, and sum(dZ), which names no axis. */
const asSum = (node: object): Sum | undefined => {
  const { kind, word, along, operands, span } = node as Extract<Expression, { kind: 'call' }>
  if (kind !== 'call') return (kind as string) === 'reduction' ? (node as Sum) : undefined
  if (word !== 'sum' || along || operands.length !== 1) return undefined
  const [body] = operands as [Expression]
  return {
    kind: 'reduction',
    operator: 'sum',
    binders: [],
    conditions: [],
    implicit: true,
    body,
    span,
  }
}

const hasSum = holding((node) => asSum(node) !== undefined)

/** db = Σ dZ of a matrix dZ: summed along the axis that db has not, as np.sum does it. */
const alongExamples = (claim: Claim, scope: Scope): Claim | undefined => {
  if (claim.program) return undefined
  const terms = claim.operands.flatMap((side) => (side.kind === 'addition' ? side.terms : [side]))
  const left = lastName(terms.find((term) => !hasSum(term)))
  const operands = mapped(claim.operands, (node) => {
    const sum = asSum(node)
    if (!sum || !left) return undefined
    const all = namesWith(sum.body)
    const [first, ...others] = all.flatMap((name) => axesLeftOut(name, left, scope) ?? [])
    if (!first || all.some(({ subscript }) => subscript)) return undefined
    if (others.some(({ axes }) => axes.join() !== first.axes.join())) return undefined
    if (!isAlong(sum, first.lengths, scope)) return undefined
    const body = mapped(sum.body, entrywise)
    const { axes, keeps } = first
    const along = { axes, ...(keeps && { keeps }) }
    return { kind: 'call', word: 'sum', operands: [body], along, span: sum.span }
  })
  return operands === claim.operands ? undefined : { ...claim, operands, program: true }
}

export const overExamples = (claim: Claim, scope: Scope): Claim | undefined => {
  const operands = mapped(claim.operands, (node) =>
    (node as Expression).kind === 'reduction' ? withIndex(node as Sum, scope) : undefined,
  )
  return operands === claim.operands ? alongExamples(claim, scope) : { ...claim, operands }
}
