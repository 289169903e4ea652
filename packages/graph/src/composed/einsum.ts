// Sums of products by letters, as Einstein wrote them: transposes and products of matrices.

import { ShapeError } from '../errors.ts'
import { mul } from '../ops/arithmetic/mul.ts'
import { reshape } from '../ops/movement/reshape.ts'
import { transpose } from '../ops/movement/transpose.ts'
import { matmul } from '../ops/product/matmul.ts'
import { broadcastTo, sum } from '../ops/reduction/sum.ts'
import { equal } from '../ops/selection/equal.ts'
import { where } from '../ops/selection/where.ts'
import type { Node } from '../record/node.ts'
import { requireNode } from '../record/operand.ts'
import { formatShape, type Shape, sameShape, sizeOf } from '../shape.ts'
import { show } from '../show.ts'
import { composed } from './composed.ts'

/** An array whose axes have letters. */
interface Lettered {
  readonly x: Node
  readonly letters: readonly string[]
}

const refuse = (why: string): never => {
  throw new ShapeError(`einsum: ${why}`)
}

const shaped = (x: Node, shape: Shape): Node => (sameShape(x.shape, shape) ? x : reshape(x, shape))

/** Axes that `…` stands for, counted from the last one. */
const beyond = (count: number): string[] =>
  Array.from({ length: count }, (_, k) => `…${count - 1 - k}`)

function lettersOf(term: string, rank: number, equation: string): string[] {
  const own = [...term.replace('...', '')]
  const isOpen = term.includes('...')
  const fits = isOpen ? own.length <= rank : own.length === rank
  if (!fits || own.some((letter) => !/[a-zA-Z]/.test(letter)))
    refuse(`"${term}" of ${equation.slice(0, 80)} does not fit ${rank} axes`)
  const before = isOpen ? term.indexOf('...') : rank
  return [
    ...own.slice(0, before),
    ...(isOpen ? beyond(rank - own.length) : []),
    ...own.slice(before),
  ]
}

/** Axes of one letter become one: the entries where their indices are equal. */
function diagonal({ x, letters }: Lettered): Lettered {
  const second = letters.findIndex((letter, k) => letters.indexOf(letter) < k)
  if (second < 0) return { x, letters }
  const first = letters.indexOf(letters[second]!)
  const size = x.shape[first]!
  if (size !== x.shape[second])
    refuse(`${letters[second]} is ${size} and ${x.shape[second]} long in ${formatShape(x.shape)}`)
  const places = Float64Array.from({ length: size }, (_, k) => k)
  const along = (axis: number) =>
    x.graph.constant(places, new Array<number>(letters.length).fill(1).with(axis, size))
  const isEqual = equal(along(first), along(second))
  const made = sum(where(isEqual, x, 0), { axes: [second] })
  return diagonal({ x: made, letters: letters.toSpliced(second, 1) })
}

/** Summed over the letters that nobody asks for. */
function reduced({ x, letters }: Lettered, wanted: ReadonlySet<string>): Lettered {
  const axes = letters.flatMap((letter, axis) => (wanted.has(letter) ? [] : [axis]))
  if (axes.length === 0) return { x, letters }
  return { x: sum(x, { axes }), letters: letters.filter((letter) => wanted.has(letter)) }
}

/** In the order of the letters. */
function ordered({ x, letters }: Lettered, wanted: readonly string[]): Node {
  const axes = wanted.map((letter) => letters.indexOf(letter))
  return axes.every((axis, k) => axis === k) ? x : transpose(x, { axes })
}

/** The length of every letter; one of 1 goes with every other. */
function lengthsOf(arrays: readonly Lettered[]): ReadonlyMap<string, number> {
  const lengths = new Map<string, number>()
  for (const { x, letters } of arrays) {
    for (const [axis, letter] of letters.entries()) {
      const [known = 1, length] = [lengths.get(letter), x.shape[axis]!]
      if (known !== 1 && length !== 1 && known !== length)
        refuse(`${letter} is ${known} long in one array and ${length} in another`)
      lengths.set(letter, Math.max(known, length))
    }
  }
  return lengths
}

/** The product of two, summed over what is shared and not asked for. */
function product(a: Lettered, b: Lettered, wanted: ReadonlySet<string>): Lettered {
  const left = reduced(a, new Set([...wanted, ...b.letters]))
  const right = reduced(b, new Set([...wanted, ...a.letters]))
  const shared = left.letters.filter((letter) => right.letters.includes(letter))
  const lengths = lengthsOf([left, right])
  const size = (letters: readonly string[]) => letters.map((letter) => lengths.get(letter)!)
  const both = shared.filter((letter) => wanted.has(letter))
  const summed = shared.filter((letter) => !wanted.has(letter))
  const [p, q] = [left, right].map(({ letters }) =>
    letters.filter((letter) => !shared.includes(letter)),
  ) as [string[], string[]]
  const full = (of: Lettered, letters: readonly string[]) => {
    const y = ordered(of, letters)
    return sameShape(y.shape, size(letters)) ? y : broadcastTo(y, size(letters))
  }
  const letters = [...both, ...p, ...q]
  const ones = (count: number) => new Array<number>(count).fill(1)
  if (summed.length === 0) {
    const x = full(left, [...both, ...p])
    const y = full(right, [...both, ...q])
    const spread = shaped(x, [...x.shape, ...ones(q.length)])
    return { x: mul(spread, shaped(y, [...size(both), ...ones(p.length), ...size(q)])), letters }
  }
  const flat = (groups: readonly (readonly string[])[]): number[] =>
    groups.map((group) => sizeOf(size(group)))
  const batch = both.length > 0 ? [both] : []
  const x = shaped(full(left, [...both, ...p, ...summed]), flat([...batch, p, summed]))
  const y = shaped(full(right, [...both, ...summed, ...q]), flat([...batch, summed, q]))
  return { x: shaped(matmul(x, y), size(letters)), letters }
}

/** The letters of the result: those behind the arrow, or else all that stand once, in order. */
function askedFor(asked: string | undefined, parts: readonly Lettered[], equation: string) {
  const all = parts.flatMap(({ letters }) => letters)
  const open = [...new Set(all.filter((letter) => letter.startsWith('…')))].sort().reverse()
  const terms = equation.split('->')[0]!
  const single = [...new Set(terms.replaceAll(/[.,]/g, ''))]
    .filter((letter) => terms.split(letter).length === 2)
    .sort()
  if (asked === undefined) return [...open, ...single]
  const wanted = asked.includes('...')
    ? lettersOf(asked, asked.length - 3 + open.length, equation)
    : [...asked]
  const lost = wanted.find((letter) => !all.includes(letter))
  if (lost) refuse(`${equation.slice(0, 80)}: no array has the axis ${lost}`)
  const twice = wanted.find((letter, k) => wanted.indexOf(letter) < k)
  if (twice) refuse(`${equation.slice(0, 80)}: ${twice} stands twice in the result`)
  return wanted
}

/**
 * Σ of products by the letters of axes: `einsum('ij,jk->ik', a, b)` is a b. Letters that the result
 * lacks are summed over, one that stands twice in an array is its diagonal, `...` is any axes.
 * @throws ShapeError where the letters do not fit the arrays
 */
export function einsum(equation: string, ...operands: readonly Node[]): Node {
  if (typeof equation !== 'string') refuse(`${show(equation)} is no text, such as 'ij,jk->ik'`)
  for (const x of operands) requireNode('einsum', x)
  const plain = equation.replaceAll(/\s/g, '')
  const [given = '', asked] = plain.split('->')
  const terms = given.split(',')
  const [first] = operands
  if (!first || terms.length !== operands.length)
    return refuse(`${plain.slice(0, 80)} is for ${terms.length} arrays, not ${operands.length}`)
  return composed('einsum', first, () => {
    const parts = operands.map((x, k) => ({
      x,
      letters: lettersOf(terms[k]!, x.shape.length, plain),
    }))
    lengthsOf(parts)
    const wanted = askedFor(asked, parts, plain)
    const taken = parts.map(diagonal)
    let made = taken[0]!
    for (const [k, part] of taken.entries()) {
      const later = taken.slice(k + 1).flatMap(({ letters }) => letters)
      const needed = new Set([...wanted, ...later])
      made = k === 0 ? reduced(made, needed) : product(made, part, needed)
    }
    return ordered(reduced(made, new Set(wanted)), wanted)
  })
}
