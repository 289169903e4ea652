// dZ = A − Y beside a cost with 1/m: what a d of the examples' arrays is of is the loss of each
// example, m times that of their mean.
import { type Node, ops } from '@backprove/graph'
import { deltaBase } from '../language/names/deltas/delta.ts'
import { tagOf } from '../language/names/layer-tags.ts'
import { splitApplication } from '../language/read/split-application.ts'
import type { Scope, ScopeName } from '../language/resolved.ts'
import type { Claim, Expression, Name } from '../language/syntax.ts'
import { mapped } from '../language/walk.ts'
import type { Network } from '../network/network.ts'

const isMade = ({ role, rank }: ScopeName): boolean => role === 'interior' && rank === 2
const isData = ({ role, rank, isParameter }: ScopeName): boolean =>
  role === 'leaf' && rank === 2 && !isParameter

interface Examples {
  readonly axis: number
  readonly length: number
}

/** Axes along which examples may stand: those of which all arrays have one length. */
const examplesIn = ({ names }: Scope): readonly Examples[] => {
  const made = names.filter(isMade)
  if (made.length === 0) return []
  const shared = (all: readonly ScopeName[]): number[] =>
    [0, 1].filter((axis) => new Set(all.map(({ shape }) => shape[axis])).size === 1)
  const ofAll = shared([...made, ...names.filter(isData)])
  const found = ofAll.length > 0 ? ofAll : shared(made)
  return found.map((axis) => ({ axis, length: made[0]!.shape[axis]! }))
}

const isD = (node: Expression | undefined): boolean =>
  node?.kind === 'name' && node.base === 'd' && !node.subscript && !node.superscript

const numberIn = ({ op, params, shape }: Node): number | undefined =>
  op === ops.constant && shape.length === 0
    ? (params as { readonly data: ArrayLike<number> }).data[0]
    : undefined

/** 1/m and 1/(2m) before what else the cost is. */
const isShare = (factor: number | undefined, length: number): boolean =>
  factor !== undefined && [1, 2].some((k) => Math.abs(Math.abs(factor) * k * length - 1) < 1e-9)

const linear: ReadonlySet<unknown> = new Set([ops.add, ops.sub, ops.neg, ops.sum, ops.mul, ops.div])

/** The cost, or a term of it, is a mean over the examples. */
const isMean = (node: Node, examples: Examples, depth = 8): boolean => {
  const { op, args } = node
  const [first, second] = args
  const { axis, length } = examples
  if (op === ops.mean) {
    const { axes } = node.params as { readonly axes: readonly number[] }
    const isAlong = first!.shape.length < 2 || axes[0] === axis
    return axes.length === 1 && isAlong && first!.shape[axes[0]!] === length
  }
  if (!linear.has(op) || depth === 0) return false
  const divisor = op === ops.div ? numberIn(second!) : undefined
  if (divisor !== undefined && isShare(1 / divisor, length)) return true
  if (op === ops.mul && args.some((each) => isShare(numberIn(each), length))) return true
  return args.some((each) => isMean(each, examples, depth - 1))
}

/** The one axis of which the cost is a mean. */
const meantIn = ({ cost, scope }: Network): Examples | undefined => {
  const [only, ...others] = examplesIn(scope).filter((each) => isMean(cost, each))
  return others.length === 0 ? only : undefined
}

/** How many examples there are: a length with a name, or the number of them. */
const countOf = (found: Examples, { scope }: Network, span: Name['span']): Expression => {
  const { names, sizes = [] } = scope
  const isCount = ({ array, axis }: { array: string; axis: number }) =>
    axis === found.axis && names.some(({ name, shape }) => name === array && shape.length === 2)
  const named = sizes.find((each) => isCount(each))
  return tagOf(named?.name ?? `${found.length}`, span)
}

const isOfExamples = (
  name: Expression | undefined,
  scope: Scope,
  { axis, length }: Examples,
): boolean => {
  if (name?.kind !== 'name') return false
  const above = (name.superscript?.parts ?? []).map((part) =>
    part.kind === 'numeral' ? part.text : part.kind === 'name' ? part.base : '',
  )
  const own = scope.names.filter(({ base }) => base === name.base)
  const tagged = own.filter(
    ({ tag }) => above.length === 0 || above[0] === tag || !/^\d/.test(above[0]!),
  )
  const isOne = (each: ScopeName): boolean =>
    isMade(each) || (isData(each) && each.shape[axis] === length)
  return tagged.length > 0 && tagged.every(isOne)
}

export const ofEachExample = (claim: Claim, network: Network): Claim | undefined => {
  const { scope } = network
  const examples = meantIn(network)
  if (!examples || scope.names.some(({ base }) => base === 'd')) return undefined
  const count = countOf(examples, network, claim.span)
  const isFree = !scope.names.some(({ base }) => base === 'δ')
  const base = deltaBase(scope)
  // δ^{[3]} of the examples' Z^{[3]}.
  const isDelta = (each: Expression | undefined): boolean => {
    if (each?.kind !== 'name' || each.base !== 'δ' || !isFree || base === undefined) return false
    return isOfExamples({ ...each, base }, scope, examples)
  }
  const visit = (node: object): object | undefined => {
    const each = node as Expression
    if (isDelta(each) || isDelta(splitApplication(each)?.head))
      return { kind: 'product', factors: [count, each], span: each.span }
    if (each.kind !== 'product') return undefined
    const at = each.factors.findIndex(
      (factor, k) => isD(factor) && isOfExamples(each.factors[k + 1], scope, examples),
    )
    if (at < 0) return undefined
    const factors = each.factors.flatMap((factor, k) =>
      k === at ? [count, factor] : [mapped(factor, visit)],
    )
    const dots = each.dots?.map((k) => (k > at ? k + 1 : k))
    return { ...each, factors, ...(dots && { dots }) }
  }
  const operands = mapped(claim.operands, visit)
  return operands === claim.operands ? undefined : { ...claim, operands }
}
