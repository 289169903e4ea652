// Diagonals: tr(A B) as the sum of A ⊙ Bᵀ, which the rules of calculus know, and the vector of
// diag(p_i (1 − p_i)), which is written by its entries.

import { freeIndices } from '../free.ts'
import { recordedShape } from '../lengths.ts'
import type { Resolved, Scope } from '../resolved.ts'
import type { Span } from '../syntax.ts'
import type { Context } from './context.ts'

const call = (word: 'sum' | 'diag', operand: Resolved, span: Span): Resolved => ({
  kind: 'call',
  word,
  order: 0,
  operands: [operand],
  span,
})

export const traceOf = (operand: Resolved, scope: Scope, span: Span): Resolved => {
  const factors = operand.kind === 'product' ? operand.factors : []
  const shapes = factors.map((each) => recordedShape(each, scope))
  const areMatrices = shapes.every((shape) => shape?.length === 2)
  // What is not square has no trace.
  const isSquare = shapes[0]?.[0] === shapes.at(-1)?.at(-1)
  const [left, second, ...others] = factors
  if (!areMatrices || !isSquare || !left || !second)
    return call('sum', call('diag', operand, span), span)
  const rest: Resolved =
    others.length === 0 ? second : { kind: 'product', factors: [second, ...others], span }
  const right: Resolved = { kind: 'transposed', operand: rest, span }
  return call('sum', { kind: 'hadamard', left, right, span }, span)
}

/** p ⊙ (1 − p) of p_i (1 − p_i) in diag(…); undefined where it is not written by one letter. */
export const wholeOf = (written: Resolved, { bound }: Context): Resolved | undefined => {
  const [letter, ...others] = freeIndices(written).filter((each) => !bound.has(each))
  if (letter === undefined || others.length > 0) return undefined
  const isIt = (node: Resolved | null) => node?.kind === 'index' && node.name === letter
  const has = (node: Resolved | null) => node !== null && freeIndices(node).includes(letter)
  const all = (nodes: readonly Resolved[]): Resolved[] | undefined => {
    const read = nodes.map(whole)
    return read.every((each) => each !== undefined) ? read : undefined
  }
  const whole = (node: Resolved): Resolved | undefined => {
    if (!has(node)) return node
    switch (node.kind) {
      case 'entry': {
        const isPlain = node.indices.filter(has).length === 1 && node.indices.some(isIt)
        if (has(node.array) || !isPlain) return undefined
        if (node.indices.length === 1) return node.array
        return { ...node, indices: node.indices.map((each) => (isIt(each) ? null : each)) }
      }
      case 'negation':
      case 'activation': {
        const operand = whole(node.operand)
        return operand && { ...node, operand }
      }
      case 'addition': {
        const terms = all(node.terms)
        return terms && { ...node, terms }
      }
      case 'call': {
        const operands = all(node.operands)
        return operands && { ...node, operands }
      }
      case 'power': {
        const base = has(node.exponent) ? undefined : whole(node.base)
        return base && { ...node, base }
      }
      case 'product': {
        const [first, ...rest] = all(node.factors.filter(has)) ?? []
        if (!first) return undefined
        const numbers = node.factors.filter((factor) => !has(factor))
        const { span } = node
        const arrays = rest.reduce<Resolved>(
          (left, right) => ({ kind: 'hadamard', left, right, span }),
          first,
        )
        return numbers.length === 0 ? arrays : { ...node, factors: [...numbers, arrays] }
      }
      default:
        return undefined
    }
  }
  return whole(written)
}
