// Entries of arrays as edits see them: x_{i+u−1,j+v−1}, (A * B)_{ij}, X(i+m, j+n).
import type { Expression } from '../../language/syntax.ts'
import { quoted } from '../build.ts'
import { everywhere, type Rewrite } from '../edit.ts'

export interface Entry {
  readonly parts: readonly Expression[]
  readonly with: (parts: readonly Expression[]) => Expression
}

const isLetters = (node: Expression): boolean =>
  node.kind === 'product' ? node.factors.every(isLetters) : node.kind === 'name'

/** k − ij of w_{k-ij}: a dash between the indices, which is no difference. */
const dashed = (part: Expression): readonly Expression[] | undefined => {
  const [first, second, third] = part.kind === 'addition' ? part.terms : []
  if (third || first?.kind !== 'name' || second?.kind !== 'negation') return undefined
  const { operand } = second
  return operand.kind === 'product' && isLetters(operand) ? [first, ...operand.factors] : undefined
}

/** The indices of an entry, each by itself, and the entry with others. */
export const entryOf = (node: Expression): Entry | undefined => {
  if (node.kind === 'name' && node.subscript) {
    const { parts, span } = node.subscript
    const apart = parts.flatMap(
      (part) => dashed(part) ?? (part.kind === 'product' ? part.factors : [part]),
    )
    return { parts: apart, with: (next) => ({ ...node, subscript: { parts: next, span } }) }
  }
  if (node.kind === 'entry')
    return { parts: node.indices, with: (indices) => ({ ...node, indices }) }
  if (node.kind === 'application' && node.operands.length > 1)
    return { parts: node.operands, with: (operands) => ({ ...node, operands }) }
  return undefined
}

/** x_{i+u−1,j+v−1} before δ_{ij}: what has several letters in one index is wrong more often. */
const isComposite = ({ parts }: Entry): boolean => parts.some((part) => part.kind === 'addition')

export const onEntries =
  (rewrite: (entry: Entry) => readonly (readonly [readonly Expression[], string])[]): Rewrite =>
  (claim, context) =>
    [true, false].flatMap((composite) =>
      everywhere(({ node, side, position }) => {
        const isPlace = side > 0 && position !== 'index' && position !== 'tag'
        const entry = isPlace ? entryOf(node) : undefined
        if (!entry || isComposite(entry) !== composite) return []
        return rewrite(entry).map(([parts, message]) => {
          const right = entry.with(parts)
          return [right, `${message}: ${quoted(right)} instead of ${quoted(node)}.`] as const
        })
      })(claim, context),
    )
