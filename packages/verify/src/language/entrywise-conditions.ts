// [z > 0] and [a = max] of whole arrays: the same brackets about entries, in letters that nobody
// can write.
import type { Resolved, ResolvedCondition } from './resolved.ts'

/** One letter for each axis. */
export const axisLetters = (shape: readonly unknown[]): string[] =>
  shape.map((_, axis) => `□${axis + 1}`)

/** What a bracket compares, where it may be an array. */
export const comparedIn = (condition: ResolvedCondition): readonly Resolved[] => {
  if (condition.kind === 'comparison') return condition.operands
  if (condition.kind === 'winner' || !condition.operand) return []
  return [condition.operand]
}

/** The condition with the entry at `letters` in place of every array. */
export const atEntry = (
  condition: ResolvedCondition,
  letters: readonly string[],
  isArray: (operand: Resolved) => boolean,
): ResolvedCondition => {
  const entry = (operand: Resolved): Resolved => {
    if (!isArray(operand)) return operand
    const { span } = operand
    const indices = letters.map((name): Resolved => ({ kind: 'index', name, span }))
    // The entry of a_j, a map of a, is an entry of a.
    if (operand.kind === 'entry') {
      let next = 0
      return { ...operand, indices: operand.indices.map((each) => each ?? indices[next++]!) }
    }
    return { kind: 'entry', array: operand, indices, span }
  }
  if (condition.kind === 'comparison')
    return { ...condition, operands: condition.operands.map(entry) }
  if (condition.kind === 'winner' || !condition.operand) return condition
  return { ...condition, operand: entry(condition.operand) }
}
