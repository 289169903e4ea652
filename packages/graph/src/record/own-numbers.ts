// Where an op of one's own is looked at: at a few numbers, far away, and beside and beyond those
// that its line names, where it may have another piece.
import type { Expression } from '../notation/index.ts'
import { children, nodes } from '../notation/traverse.ts'
import { type Shape, sizeOf } from '../shape.ts'
import { axisLetters, bindAxes, shapesOf } from './infer-shape.ts'
import { instanceOf, type LineForm } from './line-of.ts'
import type { Node, Op } from './node.ts'
import type { Shapes } from './op-parts.ts'

/** An application with more entries is looked at in a smaller one. */
const MOST_ENTRIES = 200

export type Draw = (shape: Shape, which: number) => Float64Array
/** What operands are fed; `ofFixed`: those that no derivative flows to, places without it. */
export interface Numbers {
  readonly of: Draw
  readonly ofFixed?: Draw
}

/** Of no two of one size, none near 0: no kink and no tie is met. */
const spread = (shape: Shape, which: number): number[] =>
  Array.from({ length: sizeOf(shape) }, (_, k) => sizeAt(k, which))
const sizeAt = (k: number, which: number): number =>
  0.2 + 1.3 * ((0.754877666246693 * (k + 1) + 0.569840290998053 * which) % 1)
export const mixed: Numbers = {
  of: (shape, which) =>
    Float64Array.from(spread(shape, which), (size, k) =>
      (k * 7 + which * 3) % 5 < 2 ? -size : size,
    ),
}
const positive: Numbers = { of: (shape, which) => Float64Array.from(spread(shape, which)) }
/** For what no derivative flows to: conditions, or places. */
const places: Draw = (shape) => Float64Array.from({ length: sizeOf(shape) }, (_, k) => (k + 1) % 2)

export const drawOf = ({ vjp, traits, operands }: Op, k: number, numbers: Numbers): Draw => {
  const isFixed = vjp[traits?.variadic ? 'operand' : Object.keys(operands)[k]!] === null
  return isFixed ? (numbers.ofFixed ?? places) : numbers.of
}

/** How far from 0. */
const FAR = [1 / 16, 1, 16, 256, 4096] as const
const MOST_NUMBERS = 6

/** A step away from each number, and far away: [from, how far]. */
function stepsFrom(named: readonly number[]): (readonly [base: number, scale: number])[] {
  const bases = [...new Set(named.flatMap((c) => [c, -c, 1 / c, -1 / c]))]
  return [
    ...bases.flatMap((base) => [[base, 1] as const, [base, Math.abs(base) / 8] as const]),
    ...FAR.map((scale) => [0, scale] as const),
  ].flatMap(([base, scale]) => [[base, scale] as const, [base, -scale] as const])
}

/** Each entry of each operand beside every number, and far away: what a line does there. */
function beyond(named: readonly number[], shapes: readonly Shape[]): Numbers[] {
  const steps = stepsFrom(named)
  const { length } = steps
  const fewest = Math.max(1, Math.min(...shapes.map(sizeOf)))
  const count = Math.min(length, Math.max(4, Math.ceil((4 * length) / fewest)))
  return Array.from({ length: count }, (_, round) => {
    const of: Draw = (shape, which) =>
      Float64Array.from({ length: sizeOf(shape) }, (_entry, k) => {
        const [base, scale] = steps[(round * (2 * which + 1) + k * (5 + 2 * which)) % length]!
        return base + scale * sizeAt(k + round, which)
      })
    return round % 2 === 0 ? { of } : { of, ofFixed: of }
  })
}

/** The shapes in which an application is looked at, and the numbers that are fed. */
export function lookedAt(out: Node): readonly [shapes: readonly Shape[], numbers: Numbers[]] {
  const shapes = out.args.map(({ shape }) => shape)
  const own = shapes.reduce((sum, shape) => sum + sizeOf(shape), sizeOf(out.shape))
  const tried = own <= MOST_ENTRIES ? shapes : smallerShapes(out)
  return [tried, [mixed, positive, ...beyond(numbersIn(out), tried)]]
}

/** Numbers from small to large, on both sides of each that a line names. */
export const inOrder = (out: Node): readonly number[] =>
  stepsFrom(numbersIn(out))
    .flatMap(([base, scale]) => Array.from({ length: 8 }, (_, k) => base + scale * sizeAt(k, 0)))
    .sort((a, b) => a - b)

/** The numbers that a line names, 1/100 among them. */
function numbersIn(out: Node): number[] {
  const forms: LineForm[] = ['line', 'stable']
  const all = forms.flatMap((form) => [...nodes(instanceOf(out, form).body)]).map(numberOf)
  const found = all.filter((value) => value !== undefined && Number.isFinite(value) && value !== 0)
  return [...new Set(found.map((value) => Math.abs(value!)))].slice(0, MOST_NUMBERS)
}

function numberOf(part: Expression): number | undefined {
  if (part.kind === 'number') return part.value
  if (part.kind !== 'quotient' && part.kind !== 'power') return undefined
  const [a, b] = children(part).map(numberOf)
  if (a === undefined || b === undefined) return undefined
  return part.kind === 'quotient' ? a / b : a ** b
}

/** The operands with axes of a few entries, equal letters equal. */
function smallerShapes({ op, args, params }: Node): Shape[] {
  const shapes: Shapes = shapesOf(op, args)
  const binding = bindAxes(op, shapes, params)
  const letters = axisLetters(op, shapes, params)
  const order = typeof binding === 'string' ? [] : Object.keys(binding.sizes)
  const small = (length: number, place: number): number => Math.min(length, 2 + (place % 3))
  return Object.entries(shapes).map(([name, shape]) => {
    const own = letters[name]!
    const packAt = own.indexOf('…')
    const behind = packAt < 0 ? 0 : own.length - 1 - packAt
    return shape.map((length, axis) => {
      const isBehind = packAt < 0 || axis >= shape.length - behind
      const letter = isBehind ? own[own.length - (shape.length - axis)] : own[axis]
      const fromEnd = shape.length - behind - 1 - axis
      if (!isBehind && axis >= packAt) return small(length, fromEnd)
      return small(length, 1 + order.indexOf(letter!))
    })
  })
}

export const short = (value: number): string =>
  String(Number(value.toPrecision(6))).replace('-', '−')

export function attempt<T>(body: () => T): T | undefined {
  try {
    return body()
  } catch {
    return undefined
  }
}
