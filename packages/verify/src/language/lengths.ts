// Which axes of the graph the arrays of a resolved claim run over, as far as that can be said
// without the graph's operations: it settles how long 𝟙 and I are, and proves nothing.
import type { Resolved, Scope } from './resolved.ts'
import { childNodes } from './walk.ts'

export type Ones = Resolved & { readonly kind: 'call' }

/** 𝟙 whose length is not settled. */
export const isOpen = (node: object): boolean => {
  const { kind, word, operands } = node as Partial<Ones>
  if (kind !== 'call' || word !== 'ones') return false
  return operands!.every((each) => each.kind === 'numeral' || each.kind === 'size')
}

/** An axis of an array of the graph, or the length of a 𝟙 that is not settled yet. */
export type Length =
  | { readonly kind: 'axis'; readonly array: Resolved & { kind: 'array' }; readonly axis: number }
  | { readonly kind: 'open'; of?: Length }

/** Undefined where nothing is known. A row is a vector that was transposed. */
type Shape = { readonly lengths: readonly Length[]; readonly isRow: boolean } | undefined

/** 𝟙_N has the length that N stands for. */
const givenLength = ({ operands: [given] }: Ones, { sizes = [] }: Scope): Length => {
  const size = given?.kind === 'size' ? sizes.find(({ name }) => name === given.name) : undefined
  if (!size || given?.kind !== 'size') return { kind: 'open' }
  const array = { kind: 'array' as const, name: size.array, skip: 0, span: given.span }
  return { kind: 'axis', array, axis: size.axis }
}

export const settled = (length: Length): Length =>
  length.kind === 'open' && length.of ? settled(length.of) : length

const unify = (a: Length | undefined, b: Length | undefined): void => {
  if (!a || !b) return
  const [one, other] = [settled(a), settled(b)]
  if (one === other) return
  if (one.kind === 'open') one.of = other
  else if (other.kind === 'open') other.of = one
}

const scalar: Shape = { lengths: [], isRow: false }

export interface Inference {
  readonly scope: Scope
  readonly lengths: Map<object, Length>
}

type Kind = Resolved['kind']
type Rule<K extends Kind> = (node: Resolved & { kind: K }, inference: Inference) => Shape

export const shapeIn = (node: Resolved, inference: Inference): Shape => {
  const rule = rules[node.kind] as Rule<Kind> | undefined
  if (rule) return rule(node, inference)
  for (const child of childNodes<Resolved>(node)) shapeIn(child, inference)
  return undefined
}

/** What is added, multiplied entry by entry, or equated: one shape, numbers aside. */
export const together = (shapes: readonly Shape[]): Shape => {
  if (shapes.some((shape) => !shape)) return undefined
  const arrays = shapes.filter((shape) => shape!.lengths.length > 0)
  const [first] = arrays
  for (const other of arrays.slice(1))
    if (other!.lengths.length === first!.lengths.length)
      for (const [axis, length] of other!.lengths.entries()) unify(length, first!.lengths[axis])
  return first ?? scalar
}

const recordedLength = (length: Length, { names }: Scope): number | undefined => {
  const known = settled(length)
  if (known.kind !== 'axis') return undefined
  const named = names.find(({ name }) => name === known.array.name)
  return (named?.recorded ?? named?.shape)?.[known.array.skip + known.axis]
}

const times = (left: Shape, right: Shape, scope: Scope): Shape => {
  if (!left || !right) return undefined
  if (left.lengths.length === 0) return right
  if (right.lengths.length === 0) return left
  // 𝟙 B of a matrix B of one row.
  const isBesideRow = left.lengths.length === 1 && !left.isRow && right.lengths.length === 2
  const [above, beside] = [left, right].map(({ lengths }) => recordedLength(lengths[0]!, scope))
  if (isBesideRow && beside === 1 && above !== 1)
    return { lengths: [...left.lengths, right.lengths[1]!], isRow: false }
  if (right.isRow) {
    if (left.isRow) return undefined
    // A column of shape [n, 1] is one.
    const column = left.lengths.length === 2 ? left.lengths.slice(0, 1) : left.lengths
    return { lengths: [...column, ...right.lengths], isRow: false }
  }
  unify(left.lengths.at(-1), right.lengths[0])
  const lengths = [...left.lengths.slice(0, -1), ...right.lengths.slice(1)]
  return { lengths, isRow: left.isRow && lengths.length === 1 }
}

const turned = (shape: Shape): Shape => {
  if (!shape || shape.lengths.length > 2) return undefined
  const isRow = shape.lengths.length === 1 && !shape.isRow
  return { lengths: [...shape.lengths].reverse(), isRow }
}

const diagonal = (shape: Shape): Shape => {
  const [length] = shape?.lengths ?? []
  if (!shape || !length || shape.lengths.length > 2) return undefined
  return { lengths: shape.lengths.length === 1 ? [length, length] : [length], isRow: false }
}

const rules: { readonly [K in Kind]?: Rule<K> } = {
  numeral: () => scalar,
  index: () => scalar,
  size: () => scalar,
  variable: () => scalar,
  cost: () => scalar,
  array: (array, { scope }) => {
    const known = scope.names.find(({ name }) => name === array.name)
    if (!known) return undefined
    const lengths = known.shape
      .slice(array.skip)
      .map((_, axis): Length => ({ kind: 'axis', array, axis }))
    return { lengths, isRow: false }
  },
  entry: (node, inference) => {
    const shape = shapeIn(node.array, inference)
    if (shape?.lengths.length !== node.indices.length) return undefined
    return { lengths: shape.lengths.filter((_, axis) => !node.indices[axis]), isRow: false }
  },
  derivative: (node, inference) => {
    const parts = [node.of, ...node.by].map((each) => shapeIn(each, inference))
    if (parts.some((part) => !part)) return undefined
    return { lengths: parts.flatMap((part) => part!.lengths), isRow: false }
  },
  call: (node, inference) => {
    if (isOpen(node)) {
      const length = inference.lengths.get(node) ?? givenLength(node, inference.scope)
      inference.lengths.set(node, length)
      return { lengths: [length], isRow: false }
    }
    const [first, ...others] = node.operands.map((operand) => shapeIn(operand, inference))
    if (node.word === 'sum' || node.word === 'mean') return scalar
    if (node.word === 'diag') return diagonal(first)
    if (node.word === 'transpose') return turned(first)
    return ['up', 'pad', 'vec'].includes(node.word) ? undefined : together([first, ...others])
  },
  activation: ({ operand }, inference) => shapeIn(operand, inference),
  negation: ({ operand }, inference) => shapeIn(operand, inference),
  power: ({ base }, inference) => shapeIn(base, inference),
  transposed: ({ operand }, inference) => turned(shapeIn(operand, inference)),
  product: ({ factors }, inference) =>
    factors
      .map((factor) => shapeIn(factor, inference))
      .reduce((left, right) => times(left, right, inference.scope), scalar),
  addition: ({ terms }, inference) => together(terms.map((term) => shapeIn(term, inference))),
  hadamard: ({ left, right }, inference) =>
    together([shapeIn(left, inference), shapeIn(right, inference)]),
  quotient: ({ numerator, denominator }, inference) =>
    together([shapeIn(numerator, inference), shapeIn(denominator, inference)]),
  reduction: ({ body }, inference) => shapeIn(body, inference),
  // [h, x]: as long as it must be.
  list: ({ items }, inference) => {
    const [first, ...others] = items.map((item) => shapeIn(item, inference))
    const isVector = [first, ...others].every((each) => each && each.lengths.length < 2)
    return isVector ? { lengths: [{ kind: 'open' }], isRow: first!.isRow } : undefined
  },
  // [z > 0] of an array is a mask of its shape.
  iverson: ({ conditions }, inference) =>
    together(
      conditions.flatMap((each) =>
        each.kind === 'comparison'
          ? each.operands.map((side) => shapeIn(side, inference))
          : [scalar],
      ),
    ),
}

/** Whether a node is a whole column: an array with one axis. */
export const isVector = (node: Resolved, scope: Scope): boolean => {
  const shape = shapeIn(node, { scope, lengths: new Map() })
  return shape?.lengths.length === 1 && !shape.isRow
}

/** The recorded lengths of a whole array's axes; undefined where they are not known. */
export const recordedShape = (node: Resolved, scope: Scope): readonly number[] | undefined => {
  const shape = shapeIn(node, { scope, lengths: new Map() })
  const lengths = shape?.lengths.map((length) => recordedLength(length, scope))
  return lengths?.every((each) => each !== undefined) ? (lengths as number[]) : undefined
}
