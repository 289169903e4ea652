// Which arrays a derivative of the cost may be by.
import type { Resolved, Scope } from '../resolved.ts'
import { ClaimError, type Expression, type Name } from '../syntax.ts'
import { withoutTranspose } from './names.ts'

const letters: readonly string[] = ['C', 'J', 'L', 'E']

/** A letter that means the cost in this graph, and nothing else: C may be c, where that is there. */
export const costLetter = ({ names, costName }: Scope): string | undefined => {
  if (costName !== undefined && letters.includes(costName)) return costName
  return letters.find((letter) => !names.some(({ base }) => base.toUpperCase() === letter))
}

/** ∂C/∂x. */
export const gradient = (by: Name, cost: string, { span }: Pick<Name, 'span'> = by): Expression => {
  const of: Expression = { kind: 'name', base: cost, primes: 0, span }
  return { kind: 'derivative', of, by: [by], total: false, span }
}

/** ∂C/∂x, and of xᵀ its transpose: dW^T is (dW)^T. */
export const gradientBy = (name: Name, cost: string): Expression => {
  const plain = name.superscript && withoutTranspose(name, name.superscript.parts)
  return plain
    ? { kind: 'transposed', operand: gradient(plain, cost), span: name.span }
    : gradient(name, cost)
}

/**
 * ∂C/∂y says nothing of a y that stands beside the way to C, such as y = softmax(z) under a cost of
 * z itself: the graph has 0 for it, which is not what a formula about y means.
 */
export const demandInCost = (variable: Resolved, scope: Scope): void => {
  const array = variable.kind === 'entry' ? variable.array : variable
  if (array.kind !== 'array') return
  const { name } = array
  if (scope.names.find((each) => each.name === name)?.role !== 'beside') return
  const cost = scope.costName ?? 'the cost'
  throw new ClaimError(
    `This graph does not compute ${cost} from ‘${name}’, so it has no derivative by it`,
    variable.span,
  )
}
