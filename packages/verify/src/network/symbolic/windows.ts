// Strides and windows of pooling as unknowns: which params of a node may vary with the rest of its
// definition unchanged, and the unknowns that stand for them.

import { type Node, type Shapes, shapesOf } from '@backprove/graph'
import type { Polynomial } from '../../arithmetic/polynomial.ts'
import { definitionOf } from './definitions.ts'
import type { Sizes } from './sizes.ts'

/** The letters that lines give to the two numbers of a param. */
const lettersOf = { size: ['m', 'n'], stride: ['s', 's′'] } as const

type WindowParam = keyof typeof lettersOf
const windowParams = Object.keys(lettersOf) as WindowParam[]

const pairOf = (params: object, param: WindowParam): readonly number[] | undefined => {
  const pair = (params as Partial<Record<WindowParam, unknown>>)[param]
  return Array.isArray(pair) && pair.length === 2 ? pair : undefined
}

/** What the definition says besides the values of these letters. */
const spelled = (node: Node, params: object, shapes: Shapes, letters: ReadonlySet<string>) => {
  const { line, axes, symbols } = definitionOf(node.op, params, shapes)
  const others = Object.entries(symbols).filter(([letter]) => !letters.has(letter))
  return JSON.stringify([line, axes, others])
}

interface Varying {
  readonly letter: string
  readonly axis: number
  readonly recorded: number
  readonly param: WindowParam
}

/** Numbers above 1 that the definition reads by their letter alone. */
export const varyingOf = (node: Node): readonly Varying[] => {
  const { op, params } = node
  const shapes = shapesOf(op, node.args)
  const { symbols } = definitionOf(op, params, shapes)
  const found = windowParams.flatMap((param) =>
    (pairOf(params, param) ?? []).flatMap((recorded, axis): Varying[] => {
      const letter = lettersOf[param][axis]!
      return symbols[letter] === recorded && recorded > 1 ? [{ letter, axis, recorded, param }] : []
    }),
  )
  const letters = new Set(found.map(({ letter }) => letter))
  const grown = windowParams.flatMap((param) => {
    const pair = pairOf(params, param)
    return pair ? [[param, pair.map((n) => (n > 1 ? n + 1 : n))] as const] : []
  })
  const changed = { ...params, ...Object.fromEntries(grown) }
  const isSame =
    found.length > 0 &&
    spelled(node, params, shapes, letters) === spelled(node, changed, shapes, letters)
  return isSame ? found : []
}

/** A param of a node whose numbers are unknowns: `the stride of z`. */
export interface Unknown {
  readonly name: string
  /** To see whether they still are. */
  readonly lengths: readonly Polynomial[]
}

/**
 * Letters of a node's line as unknowns. A window and a stride that were recorded alike along an
 * axis stay alike: the windows neither overlap nor leave gaps.
 */
export const unknownWindows = (
  node: Node,
  sizes: Sizes,
): { readonly letters: ReadonlyMap<string, Polynomial>; readonly unknowns: readonly Unknown[] } => {
  const letters = new Map<string, Polynomial>()
  const byParam = new Map<WindowParam, Polynomial[]>()
  const alike = new Map<string, Polynomial>()
  for (const { letter, axis, recorded, param } of varyingOf(node)) {
    const key = `${axis}:${recorded}`
    const length = alike.get(key) ?? sizes.step(letter, recorded)
    alike.set(key, length)
    letters.set(letter, length)
    byParam.set(param, [...(byParam.get(param) ?? []), length])
  }
  const name = node.name ?? node.op.name
  const window = byParam.get('size') ?? []
  const stride = byParam.get('stride') ?? []
  // A stride that is the window says nothing of its own.
  const unknowns = [
    { name: `window of ${name}`, lengths: window },
    { name: `stride of ${name}`, lengths: stride.filter((length) => !window.includes(length)) },
  ].filter(({ lengths }) => lengths.length > 0)
  return { letters, unknowns }
}
