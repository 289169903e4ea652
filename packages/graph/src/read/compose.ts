// One entry of a node as one line: the lines of unnamed nodes put into each other, down to what has
// a label. Letters stay unique while lines are composed; rename.ts makes them readable.
import { shapesOf, symbolValues } from '../infer-shape.ts'
import type { Node } from '../node.ts'
import {
  type Expression,
  type Guard,
  instantiate,
  type Line,
  parseLine,
  type Variable,
} from '../notation/index.ts'
import { mapChildren, mapGuard, nodes } from '../notation/traverse.ts'
import { operandNames } from '../op.ts'
import { uniformValue } from './constants.ts'
import { isWithin, type Range, rangeOf } from './ranges.ts'
import { isFunction, readsOnce } from './readable.ts'

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

export const keyOf = (node: Node): string => `#${node.id}`

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

/** What a node is at `at`, by its op's own line. */
function inline(
  node: Node,
  at: readonly Expression[],
  level: number,
  context: Context,
): Expression {
  const { op } = node
  context.inlined++
  const value = uniformValue(node)
  if (value !== undefined) return { kind: 'number', value }
  const names = operandNames(op, node.args.length)
  const operands = new Map(names.map((name, k) => [name, node.args[k]!]))
  const line = instanceOf(node)
  const letters = new Map<string, Expression>()
  line.indices.forEach((index, axis) => {
    if (index.kind === 'symbol') letters.set(index.name, at[axis]!)
  })
  return place(
    line.body,
    letters,
    (array, indices) => read(operands.get(array)!, indices, level + 1, context),
    context,
  )
}

/** The op's line at the node's shapes: numbers for symbols, an index for every axis. */
export function instanceOf({ op, params, args, shape }: Node): Line {
  const shapes = shapesOf(op, args)
  const text = typeof op.line === 'string' ? op.line : op.line(params, shapes)
  const every = op.traits?.variadic ? operandNames(op, args.length) : Object.keys(op.operands)
  return instantiate(parseLine(text, every), {
    shapes,
    symbols: symbolValues(op, shapes, params),
    shape,
  })
}

/** An operand's entry: inlined where it stays readable and means the same, else an access. */
function read(node: Node, at: readonly Expression[], level: number, context: Context): Expression {
  const value = uniformValue(node)
  const isInside = at.every((index, axis) =>
    isWithin(rangeOf(index, context.ranges), 1, node.shape[axis]!),
  )
  if (value !== undefined && isInside) return { kind: 'number', value }
  if (isInside && isInlinable(node, level, context)) return inline(node, at, level, context)
  // A function of an array that is not read outside its box is printed as one: σ(z_{ij}).
  context.arrays.set(keyOf(node), node)
  return { kind: 'access', array: keyOf(node), indices: at }
}

function isInlinable(node: Node, level: number, context: Context): boolean {
  const { stops, uses } = context
  if (stops(node) || node.op.traits?.leaf || isFunction(node, stops)) return false
  if (level > DEEPEST || context.inlined > MOST_NODES) return false
  return (
    isSmall(node, stops) ||
    ((uses.get(node) ?? 0) <= 1 && readsOnce(node, (arg) => stops(arg) || isSmall(arg, stops)))
  )
}

/** Entrywise of labelled nodes and numbers: short enough to be written twice. */
const isSmall = (node: Node, stops: (node: Node) => boolean): boolean =>
  uniformValue(node) !== undefined ||
  isFunction(node, stops) ||
  (node.op.traits?.elementwise === true &&
    node.args.every((arg) => stops(arg) || uniformValue(arg) !== undefined))

/** How often each unnamed node is read between the root and the stops. */
function countUses(root: Node, stops: (node: Node) => boolean): ReadonlyMap<Node, number> {
  const uses = new Map<Node, number>()
  const waiting = [root]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    for (const arg of node.args) {
      const known = uses.get(arg)
      uses.set(arg, (known ?? 0) + 1)
      if (known === undefined && !stops(arg)) waiting.push(arg)
    }
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
