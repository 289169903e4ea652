// Sums of products by letters, as Einstein wrote them.
import {
  broadcastTo,
  equal,
  matmul,
  mul,
  type Node,
  reshape,
  type Shape,
  sameShape,
  sizeOf,
  sum,
  transpose,
  where,
} from '@backprove/graph'
import { OnnxError } from '../../../errors.ts'
import { type Call, node, text } from '../context.ts'
import { counted } from './places.ts'

/** An array whose axes have letters. */
interface Lettered {
  readonly x: Node
  readonly letters: readonly string[]
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
    throw new OnnxError(`fromOnnx: "${term}" of ${equation.slice(0, 80)} does not fit ${rank} axes`)
  const before = isOpen ? term.indexOf('...') : rank
  return [
    ...own.slice(0, before),
    ...(isOpen ? beyond(rank - own.length) : []),
    ...own.slice(before),
  ]
}

/** Axes of one letter become one: the entries where their indices are equal. */
function diagonal(call: Call, { x, letters }: Lettered): Lettered {
  const second = letters.findIndex((letter, k) => letters.indexOf(letter) < k)
  if (second < 0) return { x, letters }
  const first = letters.indexOf(letters[second]!)
  const rank = letters.length
  const size = x.shape[first]!
  const isEqual = equal(counted(call, size, first, rank), counted(call, size, second, rank))
  const made = sum(where(isEqual, x, 0), { axes: [second], keepDims: false })
  return diagonal(call, { x: made, letters: letters.toSpliced(second, 1) })
}

/** Summed over the letters that nobody asks for. */
function reduced({ x, letters }: Lettered, wanted: ReadonlySet<string>): Lettered {
  const axes = letters.flatMap((letter, axis) => (wanted.has(letter) ? [] : [axis]))
  if (axes.length === 0) return { x, letters }
  const kept = letters.filter((letter) => wanted.has(letter))
  return { x: sum(x, { axes, keepDims: false }), letters: kept }
}

/** In the order of the letters. */
function ordered({ x, letters }: Lettered, wanted: readonly string[]): Node {
  const axes = wanted.map((letter) => letters.indexOf(letter))
  return axes.every((axis, k) => axis === k) ? x : transpose(x, { axes })
}

/** The product of two, summed over what is shared and not asked for. */
function product(a: Lettered, b: Lettered, wanted: ReadonlySet<string>): Lettered {
  const left = reduced(a, new Set([...wanted, ...b.letters]))
  const right = reduced(b, new Set([...wanted, ...a.letters]))
  const shared = left.letters.filter((letter) => right.letters.includes(letter))
  const sizes = new Map<string, number>()
  for (const { x, letters } of [left, right])
    for (const [axis, letter] of letters.entries())
      sizes.set(letter, Math.max(sizes.get(letter) ?? 1, x.shape[axis]!))
  const size = (letters: readonly string[]) => letters.map((letter) => sizes.get(letter)!)
  const [both, summed] = [true, false].map((is) =>
    shared.filter((letter) => wanted.has(letter) === is),
  ) as [string[], string[]]
  const [p, q] = [left, right].map(({ letters }) =>
    letters.filter((letter) => !shared.includes(letter)),
  ) as [string[], string[]]
  // An axis of length 1 goes with every other.
  const full = (of: Lettered, letters: readonly string[]) => {
    const y = ordered(of, letters)
    return sameShape(y.shape, size(letters)) ? y : broadcastTo(y, size(letters))
  }
  const letters = [...both, ...p, ...q]
  const one = (x: Node, before: number, after: number): Node =>
    reshape(x, [
      ...x.shape.slice(0, before),
      ...new Array<number>(after).fill(1),
      ...x.shape.slice(before),
    ])
  if (summed.length === 0) {
    const x = one(full(left, [...both, ...p]), both.length + p.length, q.length)
    const y = one(full(right, [...both, ...q]), both.length, p.length)
    return { x: mul(p.length + q.length ? x : full(left, both), y), letters }
  }
  const flat = (groups: readonly (readonly string[])[]): number[] =>
    groups.map((group) => sizeOf(size(group)))
  const batch = both.length > 0 ? [both] : []
  const x = shaped(full(left, [...both, ...p, ...summed]), flat([...batch, p, summed]))
  const y = shaped(full(right, [...both, ...summed, ...q]), flat([...batch, summed, q]))
  return { x: shaped(matmul(x, y), size(letters)), letters }
}

export function einsum(call: Call): Node {
  const equation = text(call, 'equation', '').replaceAll(/\s/g, '')
  const [given = '', asked] = equation.split('->')
  const terms = given.split(',')
  if (terms.length !== call.inputs.length)
    throw new OnnxError(`fromOnnx: ${equation.slice(0, 80)} is for ${terms.length} arrays`)
  const parts = terms.map((term, k): Lettered => {
    const x = node(call, k)
    return diagonal(call, { x, letters: lettersOf(term, x.shape.length, equation) })
  })
  const all = parts.flatMap(({ letters }) => letters)
  const open = [...new Set(all.filter((letter) => letter.startsWith('…')))].sort().reverse()
  const single = [...new Set(terms.join('').replaceAll('.', ''))]
    .filter((letter) => terms.join('').split(letter).length === 2)
    .sort()
  const wanted =
    asked === undefined
      ? [...open, ...single]
      : asked.includes('...')
        ? lettersOf(asked, asked.length - 3 + open.length, equation)
        : [...asked]
  const lost = wanted.find((letter) => !all.includes(letter))
  if (lost) throw new OnnxError(`fromOnnx: ${equation.slice(0, 80)}: no array has the axis ${lost}`)
  let made = parts[0]!
  for (const [k, part] of parts.entries()) {
    const later = parts.slice(k + 1).flatMap(({ letters }) => letters)
    const needed = new Set([...wanted, ...later])
    made = k === 0 ? reduced(made, needed) : product(made, part, needed)
  }
  return ordered(reduced(made, new Set(wanted)), wanted)
}
