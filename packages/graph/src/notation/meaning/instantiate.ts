// A line at known shapes: symbols become numbers, `…` becomes indices, ranges become explicit.

import { LineError } from '../error.ts'
import { type Expression, type Guard, type Line, PACK, type Variable } from '../syntax.ts'
import { children, isPack, mapChildren, nodes } from '../traverse.ts'
import { evaluateSize } from './sizes.ts'

/** Lengths of the axes. */
export type Shape = readonly number[]

/** What makes a line definite: shapes, and numbers for its letters. */
export interface Instance {
  /** Of the operands; one without a shape is absent and reads 0. */
  readonly shapes: Readonly<Record<string, Shape | undefined>>
  /** Of the line's letters. */
  readonly symbols: Readonly<Record<string, number>>
  /** Of the result. */
  readonly shape: Shape
}

/**
 * The same line with nothing left open. A pack becomes the indices `…3,…2,…1`, numbered from the
 * right (NumPy's broadcasting: an axis of size 1 is read at 1); every bound index gets its range.
 * @throws LineError when an array has other axes than the line reads, or nothing bounds an index
 */
export function instantiate(line: Line, instance: Instance): Line {
  const letters = line.indices.flatMap((index) => (index.kind === 'symbol' ? [index.name] : []))
  const inside = { ...instance, symbols: hide(instance.symbols, letters) }
  const indices = line.indices.map((index) => settle(index, inside, PACK))
  return {
    result: line.result,
    indices: spread(line.result, indices, instance.shape, PACK),
    body: settle(line.body, inside, PACK),
  }
}

/** `pack` begins the names of the indices that `…` stands for here. */
function settle(expression: Expression, instance: Instance, pack: string): Expression {
  switch (expression.kind) {
    case 'symbol': {
      const { symbols } = instance
      const value = Object.hasOwn(symbols, expression.name) ? symbols[expression.name] : undefined
      return value === undefined ? expression : { kind: 'number', value }
    }
    case 'access': {
      const shape = shapeOf(expression.array, instance)
      if (!shape) return { kind: 'number', value: 0 }
      const indices = expression.indices.map((index) => settle(index, instance, pack))
      return { ...expression, indices: spread(expression.array, indices, shape, pack) }
    }
    case 'reduction':
      return { ...expression, ...settleBinder(expression, instance, pack) }
    case 'iverson':
      return {
        kind: 'iverson',
        guards: expression.guards.map((g) => settleGuard(g, instance, pack)),
      }
    default:
      return mapChildren(expression, (part) => settle(part, instance, pack))
  }
}

function settleGuard(guard: Guard, instance: Instance, pack: string): Guard {
  if (guard.kind === 'relation') {
    return { ...guard, operands: guard.operands.map((part) => settle(part, instance, pack)) }
  }
  const axes = packAxes(guard.body, instance)
  const at = guard.at
    .flatMap((index) => (isPack(index) ? axes.map((axis) => packIndex(pack, axis)) : [index]))
    .map((index) => settle(index, instance, pack))
  return { ...guard, at, ...settleBinder(guard, instance, pack) }
}

interface Binder {
  readonly variables: readonly Variable[]
  readonly body: Expression
}

function settleBinder({ variables, body }: Binder, instance: Instance, pack: string): Binder {
  const bindsPack = variables.some(({ name }) => name === PACK)
  const inner = bindsPack ? `${pack}′` : pack
  const letters = variables.map(({ name }) => name)
  const symbols = hide(instance.symbols, letters)
  const settled = settle(body, { ...instance, symbols }, inner)
  const named = variables.flatMap((variable): readonly Variable[] =>
    variable.name === PACK
      ? packAxes(body, instance).map((axis) => ({ name: `${inner}${axis}` }))
      : [variable],
  )
  return {
    variables: named.map(({ name, upTo }) => ({
      name,
      upTo: upTo ? folded(settle(upTo, instance, pack)) : extent(name, settled, instance),
    })),
    body: settled,
  }
}

/** An index hides a symbol of the same name. */
function hide(symbols: Instance['symbols'], letters: readonly string[]): Instance['symbols'] {
  return Object.fromEntries(Object.entries(symbols).filter(([name]) => !letters.includes(name)))
}

/** The bare letter, or for a pack of the array its indices. */
function spread(
  array: string,
  indices: readonly Expression[],
  shape: Shape,
  pack: string,
): readonly Expression[] {
  const packed = shape.length - (indices.length - 1)
  const spreadOut = indices.flatMap((index, position) => {
    if (!isPack(index)) return [index]
    return Array.from({ length: Math.max(0, packed) }, (_, offset) =>
      shape[position + offset] === 1 ? ONE : packIndex(pack, packed - offset),
    )
  })
  if (spreadOut.length === shape.length) return spreadOut
  const axes = `[${shape.join(',')}]`
  throw new LineError(`“${array}” of shape ${axes} does not have the axes that the line reads.`)
}

const ONE: Expression = { kind: 'number', value: 1 }

function packIndex(pack: string, axis: number): Expression {
  return { kind: 'symbol', name: `${pack}${axis}` }
}

/** The axes that `…` stands for in `body`, from the left, without those that are 1 everywhere. */
function packAxes(body: Expression, instance: Instance): readonly number[] {
  const axes = new Set<number>()
  const visit = (expression: Expression): void => {
    if (expression.kind === 'access' && expression.indices.some(isPack)) {
      const shape = shapeOf(expression.array, instance) ?? []
      const before = expression.indices.findIndex(isPack)
      const packed = shape.length - (expression.indices.length - 1)
      for (let axis = packed; axis >= 1; axis--) {
        if (shape[before + packed - axis] !== 1) axes.add(axis)
      }
    }
    const hidesPack =
      expression.kind === 'reduction' && expression.variables.some(({ name }) => name === PACK)
    if (!hidesPack) children(expression).forEach(visit)
  }
  visit(body)
  return [...axes].sort((a, b) => b - a)
}

/** The largest axis that the settled body indexes by the bare name: beyond an array all is 0. */
function extent(name: string, body: Expression, instance: Instance): Expression {
  let size = -1
  for (const node of nodes(body)) {
    if (node.kind !== 'access') continue
    node.indices.forEach((index, axis) => {
      if (index.kind === 'symbol' && index.name === name) {
        size = Math.max(size, shapeOf(node.array, instance)?.[axis] ?? 0)
      }
    })
  }
  if (size >= 0) return { kind: 'number', value: size }
  throw new LineError(`Nothing bounds the index “${name}”: it indexes no axis bare.`)
}

function shapeOf(array: string, { shapes }: Instance): Shape | undefined {
  return Object.hasOwn(shapes, array) ? shapes[array] : undefined
}

/** A number, where the range does not depend on another index. */
function folded(bound: Expression): Expression {
  const isConstant = [...nodes(bound)].every(({ kind }) => kind !== 'symbol' && kind !== 'access')
  return isConstant ? { kind: 'number', value: evaluateSize(bound, {}) } : bound
}
