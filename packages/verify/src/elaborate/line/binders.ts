// What a line binds: Σ over the axes that its letters index, and the winners of max, min and
// medians.

import { notation } from '@backprove/graph'
import { type Polynomial, plus } from '../../arithmetic/polynomial.ts'
import { sumOver } from '../../index-terms/fields.ts'
import { sumOfBox } from '../claim/sums.ts'
import { readField } from '../functions/apply.ts'
import type { Index, Terms } from '../functions/functions.ts'
import { lift, scoped, withLetters } from '../letters.ts'
import { isOne } from '../plain.ts'
import { productOfTerms } from '../products.ts'
import {
  type Expression,
  isPack,
  type LineContext,
  type Of,
  PACK,
  packed,
  unsupported,
  usedLetters,
} from './context.ts'
import { indexOf } from './index.ts'
import { termsOf } from './line.ts'

/** The length of the axis that a letter indexes bare. */
const extentOf = (name: string, body: Expression, context: LineContext): Polynomial => {
  const found: Polynomial[] = []
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return
    const each = node as Expression
    const field = each.kind === 'access' ? context.operands.get(each.array) : undefined
    if (each.kind === 'access' && field) {
      const packAt = each.indices.findIndex(isPack)
      each.indices.forEach((index, position) => {
        if (index.kind !== 'symbol' || index.name !== name) return
        const fromRight = each.indices.length - position
        const isAfter = packAt >= 0 && position > packAt
        found.push(field.shape[isAfter ? field.shape.length - fromRight : position]!)
      })
    }
    for (const part of Object.values(node)) visit(part)
  }
  visit(body)
  const long = found.find((length) => !isOne(length))
  return long ?? found[0] ?? unsupported(`nothing bounds the index ${name}`)
}

/** The axes of `…` where a Σ binds it: the longest that the body reads. */
const packOf = (body: Expression, context: LineContext): readonly Polynomial[] => {
  let shape: readonly Polynomial[] = []
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return
    const each = node as Expression
    const field = each.kind === 'access' ? context.operands.get(each.array) : undefined
    if (each.kind === 'access' && field && each.indices.some(isPack)) {
      const at = each.indices.findIndex(isPack)
      const lengths = field.shape.slice(at, at + field.shape.length - (each.indices.length - 1))
      const [short, long] = lengths.length > shape.length ? [shape, lengths] : [lengths, shape]
      shape = long.map((length, axis) => {
        const other = short[axis - long.length + short.length]
        return isOne(length) && other ? other : length
      })
    }
    for (const part of Object.values(node)) visit(part)
  }
  visit(body)
  return shape
}

interface Bound {
  readonly shape: Index
  readonly enter: (context: LineContext, index: Index) => LineContext
}

/** The box of bound letters, and the context inside of it. */
const boundBox = (
  variables: readonly notation.Variable[],
  body: Expression,
  context: LineContext,
): Bound => {
  const names = new Set(variables.map(({ name }) => name))
  const symbols = new Map([...context.symbols].filter(([name]) => !names.has(name)))
  const axes = variables.flatMap(({ name, upTo }): { name: string; length: Polynomial }[] =>
    name === PACK
      ? packOf(body, context).map((length) => ({ name, length }))
      : [{ name, length: upTo ? indexOf(upTo, context) : extentOf(name, body, context) }],
  )
  return {
    shape: axes.map(({ length }) => length),
    enter: (outer, index) => {
      const letters = axes.map(({ name, length }, k) => {
        return [name, { value: plus(index[k]!, 1), length }] as const
      })
      const pack = letters.flatMap(([name, letter]) => (name === PACK ? [letter] : []))
      const named = letters.filter(([name]) => name !== PACK)
      const inner = withLetters({ ...outer, symbols }, named)
      return names.has(PACK) ? { ...inner, pack } : inner
    },
  }
}

export const overVariables = (
  variables: readonly notation.Variable[],
  body: Expression,
  context: LineContext,
  terms: (inner: LineContext) => Terms,
): Terms => {
  const { shape, enter } = boundBox(variables, body, context)
  return sumOfBox(shape, context.functions.expands, (index) => scoped(enter(context, index), terms))
}

interface Window {
  readonly reduction: string
  readonly variables: readonly notation.Variable[]
  readonly body: Expression
}

/** The mask of the first winner, an array of the outer letters and of the window's. */
export const winnerMask = ({ reduction, variables, body }: Window, context: LineContext) => {
  const named = packed(context)
  const names = new Set(variables.map(({ name }) => name))
  const used = usedLetters(body, named).filter((name) => !names.has(name))
  const outer = lift(named, used, () => [])
  const { shape } = boundBox(variables, body, context)
  const key = [
    context.maskKey,
    reduction,
    notation.formatExpression(canonicalWindow(variables, body)),
  ]
  const field = context.functions.mask(key.join(' '), `arg${reduction}`, [
    ...outer.field.shape,
    ...shape,
  ])
  return { field, index: outer.index }
}

/** The window's letters by position, so that u, v and a, b are the same window. */
const canonicalWindow = (variables: readonly notation.Variable[], body: Expression): Expression => {
  const position = new Map(variables.map(({ name }, k) => [name, `‹${k}›`]))
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit)
    if (node === null || typeof node !== 'object') return node
    const { kind, name } = node as { kind?: string; name?: string }
    if (kind === 'symbol') return { kind, name: position.get(name!) ?? name }
    return Object.fromEntries(Object.entries(node).map(([key, part]) => [key, visit(part)]))
  }
  return visit(body) as Expression
}

/** max_u x(u) = Σ_u [u wins] x(u). */
export const extremumOf = (node: Of<'reduction'>, context: LineContext): Terms => {
  const mask = winnerMask(node, context)
  const { shape, enter } = boundBox(node.variables, node.body, context)
  return sumOver(shape, (index) =>
    scoped(enter(context, index), (inner) =>
      productOfTerms(readField(mask.field, [...mask.index, ...index]), termsOf(node.body, inner)),
    ),
  )
}
