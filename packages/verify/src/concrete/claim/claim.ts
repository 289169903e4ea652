// Both sides of every link of a claim, at one point: all entries, for all values of the free
// indices.

import { ConcreteError, ShapesError } from '../../core/errors.ts'
import type { World } from '../../evaluate/world.ts'
import { isZero, type ResolvedClaim } from '../../language/resolved.ts'
import { PoleError } from '../domains/domain.ts'
import { sameShape, sizeOf } from './arrays.ts'
import { boxesOf } from './boxes.ts'
import { type Compiled, shapeOf } from './compiled.ts'
import type { Interval } from './constraints.ts'
import { compileExpression } from './expression.ts'
import { freeRanges } from './ranges.ts'
import { demandOneWay } from './rows.ts'
import { type Site, withIndex } from './site.ts'

/** One entry of one link a = b of a chain. */
export interface ComparedEntry<T> {
  /** From 0: which = of the chain. */
  readonly link: number
  /** Values of the free indices, then the place in the array; from 1. */
  readonly entry: readonly number[]
  readonly left: T
  readonly right: T
}

/** The claim's free indices and what they run through. */
export interface FreeIndex {
  readonly name: string
  readonly range: Interval
}

export interface EvaluatedClaim<T> {
  readonly free: readonly FreeIndex[]
  /**
   * Every entry, link by link. Computed as it is asked for. With `skip poles`, those alone whose
   * sides are numbers: 1/x_{i+1} says nothing at the border, and may be false elsewhere.
   */
  readonly entries: (poles?: 'skip poles') => Generator<ComparedEntry<T>>
}

const unravel = (at: number, shape: readonly number[]): number[] => {
  let rest = at
  return [...shape]
    .reverse()
    .map((length) => {
      const index = rest % length
      rest = Math.floor(rest / length)
      return index + 1
    })
    .reverse()
}

/** A number beside an array: `a = 0` speaks of every entry; others only where that is assumed. */
type Numbers = 'numbers fill arrays' | undefined

/**
 * Compiles a claim at a point.
 * @throws ShapesError where the sides of a link differ in shape; ConcreteError where the claim has
 * no meaning here
 */
export const evaluateClaim = <T>(
  claim: ResolvedClaim,
  world: World<T>,
  numbers?: Numbers,
): EvaluatedClaim<T> => {
  for (const relation of claim.relations)
    if (relation !== '=') throw new ConcreteError(`Only equations are judged, not ${relation}`)
  if (claim.relations.length === 0) throw new ConcreteError('A formula without = claims nothing')
  const empty: Site<T> = {
    world,
    scope: new Map(),
    known: new Map(),
    slots: [],
    claim: claim.operands,
    ...(claim.ranges && { ranges: claim.ranges }),
  }
  const ranges = freeRanges(claim.free, claim.operands, boxesOf(empty), claim.ranges?.free)
  let site = empty
  const free: FreeIndex[] = []
  const slots: number[] = []
  for (const name of claim.free) {
    const range = ranges.get(name)
    if (!range) throw new ConcreteError(`Nothing bounds the index ${name}`)
    const inner = withIndex(site, name, range)
    site = inner.site
    slots.push(inner.slot)
    free.push({ name, range })
  }
  const sides = claim.operands.map((operand) => compileExpression(operand, site))
  for (let link = 0; link + 1 < sides.length; link++) {
    const [left, right] = [sides[link]!, sides[link + 1]!]
    const fills = numbers ?? (isZero(claim.operands[link]!) || isZero(claim.operands[link + 1]!))
    if (!fills || (left.rank !== 0 && right.rank !== 0)) matchShapes(left, right)
  }
  return { free, entries: (poles) => compared(sides, free, slots, site, poles) }
}

const matchShapes = <T>(left: Compiled<T>, right: Compiled<T>): void => {
  const [a, b] = [shapeOf(left), shapeOf(right)]
  if (!sameShape(a, b)) throw new ShapesError('The sides', a, b)
  if (left.rank !== 0 && right.rank !== 0) demandOneWay('The sides', [left, right])
}

function* compared<T>(
  sides: readonly Compiled<T>[],
  free: readonly FreeIndex[],
  slots: readonly number[],
  { world, slots: values }: Site<T>,
  poles: 'skip poles' | undefined,
): Generator<ComparedEntry<T>> {
  const { domain, budget } = world
  const read = (side: Compiled<T>): readonly T[] =>
    side.rank === 0 ? [side.value() ?? domain.zero] : side.tensor().data
  const at = free.map(({ range }) => range.low)
  if (free.some(({ range }) => range.low > range.high)) return
  for (;;) {
    budget.tick()
    at.forEach((value, k) => {
      values[slots[k]!] = value
    })
    const data = valuesAt(() => sides.map(read), poles)
    for (let link = 0; data && link + 1 < sides.length; link++) {
      const [left, right] = [sides[link]!, sides[link + 1]!]
      const [own, other] = [shapeOf(left), shapeOf(right)]
      const shape = sizeOf(own) < sizeOf(other) ? other : own
      const cell = (values: readonly T[], k: number) => values[values.length === 1 ? 0 : k]!
      for (let k = 0; k < sizeOf(shape); k++)
        yield {
          link,
          entry: [...at, ...unravel(k, shape)],
          left: cell(data[link]!, k),
          right: cell(data[link + 1]!, k),
        }
    }
    let axis = free.length - 1
    while (axis >= 0 && at[axis]! >= free[axis]!.range.high) {
      at[axis] = free[axis]!.range.low
      axis--
    }
    if (axis < 0) return
    at[axis]!++
  }
}

/** Undefined at a pole that is to be skipped. */
const valuesAt = <R>(read: () => R, poles: 'skip poles' | undefined): R | undefined => {
  try {
    return read()
  } catch (error) {
    if (poles && error instanceof PoleError) return undefined
    throw error
  }
}

/**
 * `attempt` with every choice that only shapes settle, the likeliest first, until the shapes agree.
 * @throws the first ShapesError where none does
 */
export const withChoices = <R>(attempt: (choose: (count: number) => number) => R): R => {
  let path: number[] = []
  let refused: unknown
  for (let tries = 0; tries < mostChoices; tries++) {
    const counts: number[] = []
    const choose = (count: number): number => {
      counts.push(count)
      return Math.min(path[counts.length - 1] ?? 0, count - 1)
    }
    try {
      return attempt(choose)
    } catch (error) {
      if (!(error instanceof ShapesError)) throw error
      refused ??= error
    }
    const next = nextPath(path, counts)
    if (!next) break
    path = next
  }
  throw refused
}

const mostChoices = 64

/** The choices after these, as an odometer counts. */
const nextPath = (path: readonly number[], counts: readonly number[]): number[] | undefined => {
  const full = counts.map((_, k) => path[k] ?? 0)
  for (let k = counts.length - 1; k >= 0; k--)
    if (full[k]! + 1 < counts[k]!) return [...full.slice(0, k), full[k]! + 1]
  return undefined
}
