// One entry of a node as one line: the lines of unnamed nodes put into each other, down to what has
// a label. Letters stay unique while lines are composed; rename.ts makes them readable.

import type { Expression, Guard, Line, Variable } from '../../notation/index.ts'
import { mapChildren, mapGuard, nodes } from '../../notation/traverse.ts'
import { instanceOf, lineOf } from '../../record/line-of.ts'
import type { Node } from '../../record/node.ts'
import { operandNames } from '../../record/op.ts'
import { uniformValue } from './constants.ts'
import { isWithin, type Range, rangeOf } from './ranges.ts'
import { isFunction, readings } from './readable.ts'
import { isSmall, movedAxes } from './small.ts'

/** A line whose accesses read `#12`, the nodes of those numbers. */
export interface Composition {
  readonly line: Line
  readonly arrays: ReadonlyMap<string, Node>
  /** Of every letter, bound or of the result; letters are unique. */
  readonly ranges: ReadonlyMap<string, Range>
  /** The letter that the op's line has for a unique letter. */
  readonly origins: ReadonlyMap<string, string>
}

/** An unnamed node deeper than this, or beyond so many of them, is set apart. */
const DEEPEST = 12
const MOST_NODES = 24

interface Context {
  readonly stops: (node: Node) => boolean
  readonly uses: ReadonlyMap<Node, number>
  readonly arrays: Map<string, Node>
  readonly ranges: Map<string, Range>
  readonly origins: Map<string, string>
  inlined: number
}

/** `#12` is the array, `f #12` the same array where it is written as a function of another. */
export const keyOf = (node: Node, asFunction = false): string =>
  `${asFunction ? FUNCTION : ''}#${node.id}`
const FUNCTION = 'f '
export const isFunctionKey = (key: string): boolean => key.startsWith(FUNCTION)

/** The entry of `root` at letters (or at 1, for axes that are not shown), from its op's line. */
export function composeEntry(
  root: Node,
  letters: readonly (string | undefined)[],
  stops: (node: Node) => boolean,
): Composition {
  const context: Context = {
    stops,
    uses: countUses(root, stops),
    arrays: new Map(),
    ranges: new Map(),
    origins: new Map(),
    inlined: 0,
  }
  const at = letters.map((letter, axis): Expression => {
    if (letter === undefined) return { kind: 'number', value: 1 }
    context.ranges.set(letter, { least: 1, greatest: root.shape[axis]! })
    context.origins.set(letter, letter)
    return { kind: 'symbol', name: letter }
  })
  const body = inline(root, at, 0, context)
  const { arrays, ranges, origins } = context
  return { line: { result: keyOf(root), indices: at, body }, arrays, ranges, origins }
}

/**
 * What a node is at `at`, by its op's own line. Where its operands are shown a second time (σ(v)
 * in front of what that comes to, a mask that stands twice) they are set apart.
 */
function inline(
  node: Node,
  at: readonly Expression[],
  level: number,
  context: Context,
  isShown = isFunction(node, context.stops),
): Expression {
  context.inlined++
  const value = uniformValue(node)
  if (value !== undefined) return { kind: 'number', value }
  const names = operandNames(node.op, node.args.length)
  const operands = new Map(names.map((name, k) => [name, node.args[k]!]))
  const line = instanceOf(node)
  const letters = new Map<string, Expression>()
  line.indices.forEach((index, axis) => {
    if (index.kind === 'symbol') letters.set(index.name, at[axis]!)
  })
  const readEntry: ReadEntry = (array, indices) => {
    const isRepeated = isShown || readings(line.body, array) > 1
    return read(operands.get(array)!, indices, level + 1, isRepeated, context)
  }
  return place(line.body, letters, readEntry, context)
}

/** An operand's entry: inlined where it stays readable and means the same, else an access. */
function read(
  node: Node,
  at: readonly Expression[],
  level: number,
  isRepeated: boolean,
  context: Context,
): Expression {
  const { stops, arrays, ranges } = context
  const isInside = at.every((index, axis) => isWithin(rangeOf(index, ranges), 1, node.shape[axis]!))
  const isGiven = stops(node) || node.op.traits?.leaf === true
  const value = stops(node) ? undefined : uniformValue(node)
  if (value !== undefined && isInside) return { kind: 'number', value }
  const asFunction = isInside && !isGiven && isFunction(node, stops)
  if (isInside && !isGiven && !asFunction && isInlinable(node, level, isRepeated, context)) {
    return inline(node, at, level, context, isRepeated && isMask(node))
  }
  const moved = isInside || isGiven ? undefined : movedPlaces(node, at, ranges)
  if (moved) return read(node.args[0]!, moved, level + 1, isRepeated, context)
  // Outside its box an array is 0, and σ(0) is not: there σ(z) has to be an array of its own.
  const key = keyOf(node, asFunction)
  arrays.set(key, node)
  return { kind: 'access', array: key, indices: at }
}

/** The operand's indices where a node is its operand with the axes in another order. */
function movedPlaces(
  node: Node,
  at: readonly Expression[],
  ranges: ReadonlyMap<string, Range>,
): readonly Expression[] | undefined {
  const axes = movedAxes(node)
  if (!axes) return undefined
  const isDropped = (axis: number) => !axes.includes(axis)
  const isSafe = at.every((index, k) => !isDropped(k) || isWithin(rangeOf(index, ranges), 1, 1))
  if (!isSafe) return undefined
  return axes.map((axis) => (axis === undefined ? { kind: 'number', value: 1 } : at[axis]!))
}

function isInlinable(node: Node, level: number, isRepeated: boolean, context: Context): boolean {
  if (level > DEEPEST || context.inlined > MOST_NODES) return false
  const isOnce = !isRepeated && (context.uses.get(node) ?? 0) <= 1
  return isOnce || isSmall(node, context.stops) || isMask(node)
}

/** [a > b]: a condition, which simplifies where it is asked for. */
const isMask = (node: Node): boolean => lineOf(node).body.kind === 'iverson'

/** How often each node is read between the root and the stops, as far as anything is inlined. */
function countUses(root: Node, stops: (node: Node) => boolean): ReadonlyMap<Node, number> {
  const uses = new Map<Node, number>()
  let level = [root]
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    const next: Node[] = []
    for (const arg of level.flatMap((node) => node.args)) {
      const known = uses.get(arg)
      uses.set(arg, (known ?? 0) + 1)
      if (known === undefined && !stops(arg)) next.push(arg)
    }
    level = next
  }
  return uses
}

type ReadEntry = (array: string, indices: readonly Expression[]) => Expression

/** A line's body with its letters replaced, its binders made unique and its accesses read. */
function place(
  expression: Expression,
  letters: ReadonlyMap<string, Expression>,
  entry: ReadEntry,
  context: Context,
): Expression {
  const change = (part: Expression): Expression => place(part, letters, entry, context)
  switch (expression.kind) {
    case 'symbol':
      return letters.get(expression.name) ?? expression
    case 'access':
      return entry(expression.array, expression.indices.map(change))
    case 'reduction':
      return { ...expression, ...placeBinder(expression, letters, entry, context) }
    case 'iverson':
      return {
        kind: 'iverson',
        guards: expression.guards.map(
          (guard): Guard =>
            guard.kind === 'relation'
              ? mapGuard(guard, change)
              : {
                  ...guard,
                  at: guard.at.map(change),
                  ...placeBinder(guard, letters, entry, context),
                },
        ),
      }
    default:
      return mapChildren(expression, change)
  }
}

function placeBinder(
  { variables, body }: { variables: readonly Variable[]; body: Expression },
  letters: ReadonlyMap<string, Expression>,
  entry: ReadEntry,
  context: Context,
) {
  const inner = new Map(letters)
  const renamed = variables.map(({ name, upTo }): Variable => {
    const bound = upTo && place(upTo, letters, entry, context)
    const unique = `${name}#${context.origins.size}`
    const greatest = bound ? rangeOf(bound, context.ranges).greatest : Number.POSITIVE_INFINITY
    context.origins.set(unique, name)
    context.ranges.set(unique, { least: 1, greatest })
    inner.set(name, { kind: 'symbol', name: unique })
    return bound ? { name: unique, upTo: bound } : { name: unique }
  })
  return { variables: renamed, body: place(body, inner, entry, context) }
}

/** Every array that a line still reads, by its key. */
export function arraysIn(line: Line, arrays: ReadonlyMap<string, Node>): Map<string, Node> {
  const found = new Map<string, Node>()
  for (const node of nodes(line.body)) {
    if (node.kind === 'access') found.set(node.array, arrays.get(node.array)!)
  }
  return found
}
