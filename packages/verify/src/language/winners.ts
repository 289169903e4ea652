// [first max] and 1_max in a formula about whole arrays: of which array they speak.
import type { Resolved } from './resolved.ts'
import { holding, mapped } from './walk.ts'

/** A winner of nothing said. */
export const isBareFirst = (node: object): boolean => {
  const { kind, operand } = node as { kind?: string; operand?: Resolved }
  return kind === 'first' && operand === undefined
}

const holdsBareFirst = holding(isBareFirst)

/** The whole array that a side is, or is the derivative by. */
const arrayOf = (side: Resolved): Resolved | undefined => {
  const array = side.kind === 'derivative' ? side.by[0] : side
  return array?.kind === 'array' ? array : undefined
}

/** ∂C/∂a = up(∂C/∂p) ⊙ 1_max: the winners are among the cells of a. */
export const withWinners = (operands: readonly Resolved[]): readonly Resolved[] => {
  if (!operands.some(holdsBareFirst)) return operands
  const array = operands.map(arrayOf).find((each) => each !== undefined)
  if (!array) return operands
  return mapped(operands, (node) => (isBareFirst(node) ? { ...node, operand: array } : undefined))
}
