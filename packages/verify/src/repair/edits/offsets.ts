// Edits of the constants in indices: off by one, and as another padding would have them.
import type { Expression } from '../../language/syntax.ts'
import { shifted } from '../affine.ts'
import { call, integer, namesOf, quoted } from '../build.ts'
import { everywhere, type Rewrite } from '../edit.ts'
import { type Entry, entryOf, onEntries } from './entries.ts'

const moved = (parts: readonly Expression[], by: number): readonly Expression[] => [
  ...parts.slice(0, -2),
  ...parts.slice(-2).map((part) => shifted(part, by)),
]

const hasMinus = (part: Expression): boolean =>
  part.kind === 'addition' &&
  part.terms.some((term) => term.kind === 'negation' && namesOf(term).length > 0)

/**
 * i + u − 1 − p of an image, s − i + 1 + p of a kernel: how much more padding an index means that
 * is smaller by one. 0 where the index is of no window.
 */
const paddingPerStep = ({ parts }: Entry): 0 | 1 | -1 => {
  const last = parts.slice(-2)
  const slides = (part: Expression) => part.kind === 'addition' && namesOf(part).length > 1
  if (last.length < 2 || !last.every(slides)) return 0
  return last.every(hasMinus) ? -1 : 1
}

/** Is the entry, moved, that of an image with zeros around it, rather than with rows cut off? */
const isPadded = (entry: Entry, by: number, paddings: readonly number[]): boolean => {
  const step = paddingPerStep(entry)
  return step !== 0 && paddings.some((padding) => padding + step * by >= 0)
}

/** 2i + u, of letters that count from 0, is 2i + u − 2 where they count from 1. */
const countedFromOne = (part: Expression): number => {
  const terms = part.kind === 'addition' ? part.terms : [part]
  const steps = terms.map((term) => {
    if (term.kind === 'name') return 1
    const [size, letter, more] = term.kind === 'product' ? term.factors : []
    const isStep = size?.kind === 'numeral' && letter?.kind === 'name' && !more
    return isStep ? Number(size.value.numerator) : 0
  })
  return steps.every((step) => step > 0) && steps.length > 1
    ? steps.reduce((left, step) => left - step, 1)
    : 0
}

/** `direction`: 1 where the entry is wrong and `by` repairs it, −1 where it is right. */
const shiftOne =
  (direction: 1 | -1): Rewrite =>
  (claim, context) =>
    onEntries((entry) => {
      const { parts } = entry
      const message = 'An index is off by one'
      const single = parts.flatMap((part, at) =>
        [1, -1].map((by) => [parts.with(at, shifted(part, by)), message] as const),
      )
      const both = [1, -1].filter(
        (by) => parts.length > 1 && !isPadded(entry, direction * by, context.paddings),
      )
      const fromOne = parts.map((part) => shifted(part, countedFromOne(part)))
      const isOther = parts.some((part) => Math.abs(countedFromOne(part)) > 1)
      return [
        ...single,
        ...(isOther ? [[fromOne, 'Indices count from 1'] as const] : []),
        ...both.map((by) => [moved(parts, by), 'Two indices are off by one'] as const),
      ]
    })(claim, context)

/** ⌊i/2⌋ for ⌈i/2⌉: windows counted from 0. */
const exchangeRounding: Rewrite = everywhere(({ node }) => {
  if (node.kind !== 'call' || (node.word !== 'floor' && node.word !== 'ceil')) return []
  const other = call(node.word === 'floor' ? 'ceil' : 'floor', node.operands[0]!)
  return [[other, `An index is off by one: ${quoted(other)} instead of ${quoted(node)}.`]]
})

/** ∂C/∂w_{12} = … where it is that of w_{22}: digits on the left, moved. */
const otherEntry: Rewrite = everywhere(({ node, side, position }) => {
  const isPlace = side === 0 && position !== 'index' && position !== 'tag'
  const entry = isPlace ? entryOf(node) : undefined
  if (!entry?.parts.every(({ kind }) => kind === 'numeral')) return []
  const moves = entry.parts.reduce<readonly (readonly Expression[])[]>(
    (all, part) => all.flatMap((each) => [0, 1, -1].map((by) => [...each, shifted(part, by)])),
    [[]],
  )
  return moves.slice(1, 27).map((parts) => {
    const right = entry.with(parts)
    return [right, `It is the formula of another entry: ${quoted(right)}, not ${quoted(node)}.`]
  })
})

/** By the same amount in both directions, which is what a wrong padding does. */
const shiftBoth =
  (direction: 1 | -1): Rewrite =>
  (claim, context) =>
    onEntries((entry) =>
      [1, -1, 2, -2]
        .filter((by) => isPadded(entry, direction * by, context.paddings))
        .map((by) => [moved(entry.parts, by), 'The padding is off'] as const),
    )(claim, context)

/** pad(A, [2, 1]) by one more or less. */
const repad: Rewrite = everywhere(({ node }) => {
  if (node.kind !== 'call' || node.word !== 'pad') return []
  const [array, sizes] = node.operands
  const lists = sizes?.kind === 'list' ? sizes.items : sizes ? [sizes] : []
  return [1, -1].map((by) => {
    const moved = lists.map((size) => shifted(size, by))
    const size: Expression =
      sizes?.kind === 'list' ? { ...sizes, items: moved } : (moved[0] ?? integer(by))
    const right = { ...node, operands: [array!, size] }
    return [right, `The padding is off: ${quoted(right)} instead of ${quoted(node)}.`]
  })
})

const all =
  (...rewrites: readonly Rewrite[]): Rewrite =>
  (claim, context) =>
    rewrites.flatMap((rewrite) => rewrite(claim, context))

export const offsets = {
  one: all(shiftOne(1), exchangeRounding, otherEntry),
  byOne: all(shiftOne(-1), exchangeRounding),
  padding: all(repad, shiftBoth(1)),
  repadded: all(repad, shiftBoth(-1)),
} as const
