// Whether an expression is an array, as far as names tell.
import type { Scope } from '../../resolved.ts'
import type { Expression } from '../../syntax.ts'
import { isTranspose } from './letters-alone.ts'

/** Sums and products of whole arrays: nothing that could be a number, as y^T y is. */
export const isArray = (node: Expression, names: Scope['names']): boolean => {
  const isIt = (each: Expression) => isArray(each, names)
  switch (node.kind) {
    case 'name':
      return rankOf(node, names) > 0
    case 'negation':
    case 'transposed':
      return isIt(node.operand)
    case 'addition':
      return node.terms.some(isIt)
    case 'hadamard':
      return isIt(node.left) || isIt(node.right)
    case 'product': {
      const factors = node.factors.filter(({ kind }) => kind !== 'numeral')
      const [first, last] = [factors[0], factors.at(-1)]
      const isRow = (each: Expression | undefined) =>
        each?.kind === 'name' && each.superscript !== undefined && rankOf(each, names) === 1
      const isOuter = factors.some((each) => rankOf(each, names) !== 1) || isRow(last)
      return factors.every(isIt) && !isRow(first) && (factors.length === 1 || isOuter)
    }
    default:
      return false
  }
}

/** Of a whole array, perhaps transposed; 0 of anything else. */
const rankOf = (node: Expression, names: Scope['names']): number => {
  if (node.kind !== 'name' || node.subscript) return 0
  if (!(node.superscript?.parts ?? []).every(isTranspose)) return 0
  return names.find(({ base, tag }) => base === node.base && tag === '')?.rank ?? 0
}
