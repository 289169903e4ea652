// Cases by layer: at l = 2 of three layers [l = L] is 0, and what stands behind it says nothing,
// whatever shapes and names it has.
import { holdsAt, type Layers } from '../names/layer-tags.ts'
import { rational } from '../rational.ts'
import type { Claim, Expression, Span } from '../syntax.ts'
import { holding, mapped } from '../walk.ts'

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

const folded = (tree: Expression, layers: Layers): Expression =>
  mapped(tree, (node) => {
    const each = node as Expression
    if (each.kind !== 'product' && each.kind !== 'addition') return undefined
    if (!hasBracket(each)) return each
    const value = decided(each, layers)
    if (value !== undefined) return numeral(value, each.span)
    const parts = each.kind === 'product' ? each.factors : each.terms
    const unit = each.kind === 'product' ? 1 : 0
    const isNothing = (part: Expression) => hasBracket(part) && decided(part, layers) === 0
    if (each.kind === 'product' && parts.some(isNothing)) return numeral(0, each.span)
    const read = parts.map((part) => (hasBracket(part) ? folded(part, layers) : part))
    const left = read.filter((part, at) => part === parts[at] || decided(part, layers) !== unit)
    if (left.length < 2) return left[0] ?? numeral(unit, each.span)
    return each.kind === 'product' ? { ...each, factors: left } : { ...each, terms: left }
  })

/** The claim where what brackets say of its layers is known. */
export const decidedAt = (claim: Claim, layers: Layers): Claim =>
  layers.size === 0 || !claim.operands.some(hasBracket)
    ? claim
    : { ...claim, operands: claim.operands.map((each) => folded(each, layers)) }
