// Edits of matrix products: transposes and the operands of an outer product.
import type { Expression } from '../../language/syntax.ts'
import { quoted, same } from '../build.ts'
import { everywhere, type Rewrite } from '../edit.ts'
import { isArray, transposed, untransposed } from './sliding.ts'

const transpose: Rewrite = everywhere((site) => {
  const { node, parents } = site
  const isMatrix = isArray(site) || (node.kind === 'derivative' && site.position === 'value')
  const already = untransposed(node) || parents.at(-1)?.kind === 'transposed'
  if (!isMatrix || already) return swappedIndices(node)
  return [[transposed(node), `The transpose is missing: ${quoted(transposed(node))}.`]]
})

/** W_{ji} for W_{ij}: the transpose of an entry is its indices swapped. */
const swappedIndices = (node: Expression): readonly (readonly [Expression, string])[] => {
  if (node.kind !== 'name' || !node.subscript) return []
  const { parts, span } = node.subscript
  const [only] = parts
  const pair = parts.length === 1 && only?.kind === 'product' ? only.factors : parts
  if (pair.length !== 2 || same(pair[0]!, pair[1]!)) return []
  const turned = [pair[1]!, pair[0]!]
  const product = { kind: 'product' as const, factors: turned, span }
  const swapped = { ...node, subscript: { parts: parts.length === 1 ? [product] : turned, span } }
  return [[swapped, `The indices are the wrong way round: ${quoted(swapped)}.`]]
}

const untranspose: Rewrite = everywhere(({ node }) => {
  const operand = untransposed(node)
  return operand ? [[operand, `Nothing is transposed here: ${quoted(operand)}.`]] : []
})

/** a bᵀ is b aᵀ with its operands swapped. */
const swapOuter: Rewrite = everywhere(({ node }) => {
  if (node.kind !== 'product') return []
  const at = node.factors.findIndex((factor, place) => place > 0 && untransposed(factor))
  if (at < 0) return []
  const [left, right] = [node.factors[at - 1]!, untransposed(node.factors[at]!)!]
  if (untransposed(left)) return []
  const factors = node.factors.toSpliced(at - 1, 2, right, transposed(left))
  const outer: Expression = { ...node, factors }
  return [[outer, `The operands of the outer product are swapped: it is ${quoted(outer)}.`]]
})

export const matrices = { transpose, untranspose, swapOuter } as const
