// Every node of a network at symbolic sizes: the shape, the letters of its line as polynomials, the
// line itself. Read from the ops' own definitions; no op is known here.

import { axisLetters, type Node, operandNames, ops, shapesOf, symbolValues } from '@backprove/graph'
import * as notation from '@backprove/graph/notation'
import { constantValue, minus, type Polynomial, polynomial } from '../../arithmetic/polynomial.ts'
import type { Rational } from '../../arithmetic/rational.ts'
import { UnsupportedError } from '../../core/errors.ts'
import type { Scope } from '../../language/resolved.ts'
import { shownAxes } from '../size-classes.ts'
import { axisName } from '../sizes.ts'
import { definitionOf, isIndependent, PACK, tieLetters } from './definitions.ts'
import { exactFinite } from './exact.ts'
import { sizeOfRule } from './rules.ts'
import { createSizes, type Sizes } from './sizes.ts'
import { type Unknown, unknownWindows } from './windows.ts'

type Lengths = readonly Polynomial[]

export interface NodeShape {
  readonly shape: Lengths
  /** Axis letters and integer parameters of the line. */
  readonly letters: ReadonlyMap<string, Polynomial>
  /** Parameters of the line that are no integers: the slope of leakyRelu. */
  readonly numbers: ReadonlyMap<string, Rational>
  readonly line: notation.Line
}

export interface SymbolicNetwork {
  readonly shapeOf: (node: Node) => NodeShape
  readonly sizes: Sizes
  /** What all sizes satisfy, each ≥ 0. */
  readonly constraints: readonly Polynomial[]
  /** Strides and windows that are unknowns: `stride of z`. */
  readonly windows: readonly string[]
}

/** Which lengths of leaves stay as they were recorded; all others vary. */
export type IsFixed = (leaf: Node, axis: number) => boolean

const leafShape = (
  leaf: Node,
  sizes: Sizes,
  letters: Scope['sizes'],
  isFixed: IsFixed,
): Lengths => {
  const visible = shownAxes(leaf)
  return leaf.shape.map((length, axis) => {
    const isNumber = leaf.op === ops.constant || !visible.has(axis) || isFixed(leaf, axis)
    if (isNumber) return polynomial(length)
    return sizes.length(axisName(leaf, axis, letters), length)
  })
}

/** NumPy's broadcasting: an axis of length 1 is repeated, all others agree. */
const broadcast = (shapes: readonly Lengths[], sizes: Sizes): Lengths => {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length))
  return Array.from({ length: rank }, (_, axis) => {
    const lengths = shapes.flatMap((shape) => shape[shape.length - rank + axis] ?? [])
    const long = lengths.filter((length) => sizes.recorded(sizes.settled(length)) !== 1)
    const short = lengths.filter((length) => !long.includes(length))
    if (long.length > 0) for (const length of short) sizes.fix(length)
    const [first, ...rest] = long.length > 0 ? long : short
    for (const other of rest) sizes.equate(first!, other)
    return sizes.settled(first!)
  })
}

/** Axis letters bound to lengths, and what `…` stands for. */
const bindLetters = (node: Node, args: readonly Lengths[], sizes: Sizes) => {
  const { op, params } = node
  const names = operandNames(op, node.args.length)
  const patterns = axisLetters(op, shapesOf(op, node.args), params)
  const letters = new Map<string, Polynomial>()
  const packs = names.flatMap((name, k): Lengths[] => {
    const pattern = patterns[name]!
    const shape = args[k]!
    const packAt = pattern.indexOf(PACK)
    const packed = shape.length - (pattern.length - 1)
    pattern.forEach((letter, position) => {
      if (letter === PACK) return
      const length = shape[packAt >= 0 && position > packAt ? position + packed - 1 : position]!
      const known = letters.get(letter)
      if (known) sizes.equate(known, length)
      else letters.set(letter, length)
    })
    return packAt < 0 ? [] : [shape.slice(packAt, packAt + packed)]
  })
  return { letters, pack: broadcast(packs, sizes) }
}

const symbolicShape = (
  node: Node,
  args: readonly Lengths[],
  sizes: Sizes,
  windows: Unknown[] | undefined,
): NodeShape => {
  const { op, params } = node
  const names = operandNames(op, node.args.length)
  names.forEach((name, k) => {
    args[k]!.forEach((length, axis) => {
      if (constantValue(sizes.settled(length)) !== undefined) return
      if (!isIndependent(node, name, axis)) sizes.fix(length)
    })
  })
  const definition = definitionOf(op, params, shapesOf(op, node.args))
  const { letters, pack } = bindLetters(node, args, sizes)
  tieLetters(node, letters, sizes)
  const given = Object.entries(definition.symbols)
  const isText = ([, value]: [string, number | string]) => typeof value === 'string'
  const { symbols, numbers } = symbolsOf(Object.fromEntries(given.filter((each) => !isText(each))))
  const unknown = windows && unknownWindows(node, sizes)
  windows?.push(...unknown!.unknowns)
  for (const [symbol, value] of symbols) letters.set(symbol, unknown?.letters.get(symbol) ?? value)
  for (const [symbol, value] of given.filter(isText)) {
    letters.set(symbol, sizeOfRule(notation.parseExpression(String(value)), letters, sizes))
  }
  const rule = definition.axes
  const shape =
    rule === undefined
      ? pack
      : notation
          .parseExpressionList(rule)
          .flatMap((axis) =>
            axis.kind === 'symbol' && axis.name === PACK
              ? pack
              : [sizeOfRule(axis, letters, sizes)],
          )
  for (const length of shape) sizes.demand(minus(length, 1))
  const every = op.traits?.variadic ? names : Object.keys(op.operands)
  return { shape, letters, numbers, line: notation.parseLine(definition.line, every) }
}

/** Values of a line's parameters that are numbers. */
export const symbolsOf = (symbols: Readonly<Record<string, number | string>>) => {
  const numbers = new Map<string, Rational>()
  const letters = new Map<string, Polynomial>()
  for (const [symbol, value] of Object.entries(symbols)) {
    if (typeof value === 'string') throw new UnsupportedError('a size where there is none')
    if (Number.isSafeInteger(value)) letters.set(symbol, polynomial(value))
    else numbers.set(symbol, exactFinite(value))
  }
  return { symbols: letters, numbers }
}

/** As symbolicShape, at the recorded lengths. */
const recordedShape = (node: Node, args: readonly Lengths[], sizes: Sizes): NodeShape => {
  for (const length of args.flat()) sizes.fix(length)
  const { op, params } = node
  const shapes = shapesOf(op, node.args)
  const { line } = definitionOf(op, params, shapes)
  const { symbols, numbers } = symbolsOf(symbolValues(op, shapes, params))
  const every = op.traits?.variadic ? operandNames(op, node.args.length) : Object.keys(op.operands)
  return {
    shape: node.shape.map(polynomial),
    letters: symbols,
    numbers,
    line: notation.parseLine(line, every),
  }
}

const leafLine = notation.parseLine('y = x', ['x'])

/**
 * The shapes of nodes in topological order, with one unknown for every length that varies, and for
 * strides and windows where asked. The recorded shapes are an instance.
 */
export const symbolicNetwork = (
  order: readonly Node[],
  letters: Scope['sizes'],
  isFixed: IsFixed,
  windowsVary = false,
): SymbolicNetwork => {
  const sizes = createSizes()
  const windows: Unknown[] | undefined = windowsVary ? [] : undefined
  const shapes = new Map<Node, NodeShape>()
  for (const node of order) {
    const args = node.args.map((arg) => shapes.get(arg)!.shape)
    const found = ((): NodeShape => {
      if (node.op.traits?.leaf) {
        const shape = leafShape(node, sizes, letters, isFixed)
        return { shape, letters: new Map(), numbers: new Map(), line: leafLine }
      }
      try {
        return symbolicShape(node, args, sizes, windows)
      } catch (error) {
        if (!(error instanceof UnsupportedError)) throw error
        return recordedShape(node, args, sizes)
      }
    })()
    shapes.set(node, found)
  }
  const settled = new Map(
    [...shapes].map(([node, found]) => {
      const shape = found.shape.map(sizes.settled)
      if (!shape.every((length, axis) => sizes.recorded(length) === node.shape[axis])) {
        throw new UnsupportedError(`${node.op.name} has other lengths than were recorded`)
      }
      const named = [...found.letters].map(([name, p]) => [name, sizes.settled(p)] as const)
      return [node, { ...found, shape, letters: new Map(named) }] as const
    }),
  )
  return {
    sizes,
    constraints: sizes.constraints(),
    windows: (windows ?? [])
      .filter(({ lengths }) => lengths.some((p) => constantValue(sizes.settled(p)) === undefined))
      .map(({ name }) => name),
    shapeOf: (node) => {
      const found = settled.get(node)
      if (!found) throw new UnsupportedError('a node outside the network')
      return found
    },
  }
}
