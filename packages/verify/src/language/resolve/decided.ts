// Cases by layer: at l = 2 of three layers [l = L] is 0, and what stands behind it says nothing,
// whatever shapes and names it has.

import { factorsAt } from '../names/ends/products.ts'
import { holdsAt, type Layers } from '../names/layer-tags.ts'
import { spelled } from '../names/spelled.ts'
import { rational } from '../rational.ts'
import type { Scope } from '../resolved.ts'
import type { Claim, Expression, Span } from '../syntax.ts'
import { holding, mapped, writingOut } from '../walk.ts'
import type { Of } from './context.ts'

const isBracket = (node: object): boolean => (node as Expression).kind === 'iverson'

const hasBracket = (node: Expression): boolean => isBracket(node) || holding(isBracket)(node)

const numeral = (value: number, span: Span): Expression => {
  return { kind: 'numeral', value: rational(BigInt(value)), text: `${value}`, span }
}

/** The number that brackets of layers make; undefined of anything else. */
const decided = (node: Expression, layers: Layers): number | undefined => {
  const all = (nodes: readonly Expression[], by: (a: number, b: number) => number, unit: number) =>
    nodes
      .map((each) => decided(each, layers))
      .reduce((a, b) => (a === undefined || b === undefined ? undefined : by(a, b)), unit)
  switch (node.kind) {
    case 'numeral':
      return node.value.denominator === 1n ? Number(node.value.numerator) : undefined
    case 'iverson': {
      const held = node.conditions.map((each) =>
        each.kind === 'comparison' ? holdsAt(each, layers) : undefined,
      )
      if (held.includes(false)) return 0
      return held.every(Boolean) ? 1 : undefined
    }
    case 'negation':
      return all([node.operand], (_, b) => -b, 0)
    case 'addition':
      return all(node.terms, (a, b) => a + b, 0)
    case 'product':
      return all(node.factors, (a, b) => a * b, 1)
    default:
      return undefined
  }
}

/** A term without its brackets; undefined where one of them is 0. */
const termAt = (term: Expression, layers: Layers): Expression | undefined => {
  const factors = term.kind === 'product' ? term.factors : [term]
  const values = factors.map((each) => (hasBracket(each) ? decided(each, layers) : undefined))
  if (values.includes(0)) return undefined
  const left = factors.filter((_, at) => values[at] !== 1)
  if (left.length === factors.length || term.kind !== 'product') return folded(term, layers)
  return left.length < 2 ? (left[0] ?? numeral(1, term.span)) : { ...term, factors: left }
}

/** Of cases that one is left which is meant; where there is none, nothing is decided. */
const folded = (tree: Expression, layers: Layers): Expression =>
  mapped(tree, (node) => {
    const each = node as Expression
    if (each.kind !== 'addition' || !hasBracket(each)) return undefined
    const terms = each.terms.flatMap((term) =>
      hasBracket(term) ? (termAt(term, layers) ?? []) : [term],
    )
    if (terms.length === 0) return each
    return terms.length === 1 ? terms[0]! : { ...each, terms }
  })

const isLayered = (node: object): boolean =>
  (node as Expression).kind === 'reduction' && (node as Of<'reduction'>).operator === 'product'

/** ∏_{j=k+1}^{t} at k = t, which beside other factors is nothing. */
const isEmpty = (factor: Expression, layers: Layers): boolean => {
  const node = factor.kind === 'transposed' ? factor.operand : factor
  return isLayered(node) && factorsAt(node as Of<'reduction'>, layers) === 'none'
}

/** Products over layers, each with its factors, from the outermost on. */
const multiplied = (claim: Claim, layers: Layers): Claim => {
  const bounded = writingOut(claim.span)
  const visit = (node: object): object | undefined => {
    if (isLayered(node)) {
      const factors = factorsAt(node as Of<'reduction'>, layers)
      return factors && factors !== 'none' ? mapped(bounded(factors), visit) : undefined
    }
    const product = node as Expression
    const whole =
      product.kind === 'product' && product.factors.filter((each) => !isEmpty(each, layers))
    // Beside brackets alone it would be a number.
    const isLess = whole && !whole.every(isBracket) && whole.length < product.factors.length
    return isLess ? mapped({ ...product, factors: whole }, visit) : undefined
  }
  return mapped(claim, visit)
}

/** The claim where what brackets and products say of its layers is known. */
export const decidedAt = (claim: Claim, scope: Scope, layers: Layers): Claim => {
  const products = multiplied(claim, layers)
  const whole = products === claim ? claim : spelled(products, scope)
  if (layers.size === 0 || !whole.operands.some(hasBracket)) return whole
  return { ...whole, operands: whole.operands.map((each) => folded(each, layers)) }
}
