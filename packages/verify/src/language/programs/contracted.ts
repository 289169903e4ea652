// Sums over axes that are named, by letters or by their places: einsum, tensordot.
import type { Resolved } from '../resolved.ts'
import { ClaimError } from '../syntax.ts'
import { type Axes, type Axis, isUnit } from './axis.ts'
import { type Call, index, type Letter, numeral, type Reading, reduction } from './reading.ts'

/** Which axis each letter of an einsum is. @throws ClaimError where letters and axes differ */
const lettersOf = ({ along, span }: Call, all: readonly Axes[]): ReadonlyMap<string, Axis> => {
  const found = new Map<string, Axis>()
  for (const [k, axes] of all.entries()) {
    const letters = [...along!.einsum![k]!]
    if (letters.length !== axes.length)
      throw new ClaimError(
        `‘${letters.join('')}’ names ${letters.length} axes of ${axes.length}`,
        span,
      )
    for (const [at, letter] of letters.entries()) {
      const known = found.get(letter)
      const axis = axes[at]!
      if (known && known.length !== axis.length)
        throw new ClaimError(`‘${letter}’ is ${known.length} long and ${axis.length} long`, span)
      found.set(letter, known ?? axis)
    }
  }
  return found
}

export const contractedAxes = (node: Call, all: readonly Axes[]): Axes => {
  const letters = lettersOf(node, all)
  return [...node.along!.einsum!.at(-1)!].map((letter) => {
    const axis = letters.get(letter)
    if (!axis) throw new ClaimError(`No operand has the axis ‘${letter}’`, node.span)
    return axis
  })
}

const counted = (from: number, length: number): number[] =>
  Array.from({ length }, (_, k) => from + k)

/** tensordot(A, B, axes=([0], [1])) by letters. @throws ClaimError where there is no such axis */
export const asEinsum = (node: Call, all: readonly Axes[]): Call => {
  const [a, b] = all.map(({ length }) => length) as [number, number]
  const { pairs } = node.along!
  const [left, right] =
    typeof pairs === 'number'
      ? ([counted(a - pairs, pairs), counted(0, pairs)] as const)
      : [a, b].map((rank, k) => pairs![k]!.map((axis) => (axis < 0 ? axis + rank : axis)))
  const isThere = (axes: readonly number[], rank: number) =>
    axes.every((axis) => axis >= 0 && axis < rank) && new Set(axes).size === axes.length
  if (!isThere(left!, a) || !isThere(right!, b))
    throw new ClaimError(
      `Arrays with ${a} and ${b} axes have not those that tensordot names`,
      node.span,
    )
  const letter = (k: number) => String.fromCodePoint(0x61 + k)
  const first = counted(0, a).map(letter)
  const second = counted(0, b).map((k) =>
    right!.includes(k) ? first[left![right!.indexOf(k)]!]! : letter(a + k),
  )
  const made = [
    ...first.filter((_, k) => !left!.includes(k)),
    ...second.filter((_, k) => !right!.includes(k)),
  ]
  return { ...node, along: { einsum: [first, second, made].map((each) => each.join('')) } }
}

/** Σ over the letters that are not in what is made, of the product. */
export const contractedAt = (
  node: Call,
  all: readonly Axes[],
  at: readonly Resolved[],
  reading: Reading,
): Resolved => {
  const { operands, along, span } = node
  const spelled = along!.einsum!
  const made = spelled.at(-1)!
  const bound: Letter[] = []
  const places = new Map(
    [...lettersOf(node, all)].map(([letter, axis]): [string, Resolved] => {
      if (isUnit(axis)) return [letter, numeral(1n, span)]
      const place = made.indexOf(letter)
      if (place >= 0) return [letter, at[place]!]
      bound.push({ name: reading.fresh(), axis })
      return [letter, index(bound.at(-1)!.name, span)]
    }),
  )
  const factors = operands.map((operand, k) =>
    reading.entryAt(
      operand,
      [...spelled[k]!].map((letter) => places.get(letter)!),
    ),
  )
  return reduction('sum', bound, { kind: 'product', factors, span })
}
