// Entries of arrays as edits see them: x_{i+u−1,j+v−1}, (A * B)_{ij}, X(i+m, j+n).
import type { Expression } from '../../language/syntax.ts'
import { integer, quoted } from '../build.ts'
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

/** 1 and 2 of x_{12}. */
const digits = (part: Expression): readonly Expression[] | undefined => {
  if (part.kind !== 'numeral' || !/^[1-9]{2,4}$/.test(part.text)) return undefined
  return [...part.text].map((text) => ({ ...integer(Number(text)), span: part.span }))
}

/** Digits are written without commas where they were. */
const together = (parts: readonly Expression[]): readonly Expression[] => {
  const text = parts.map((part) => (part.kind === 'numeral' ? part.text : '')).join('')
  const isRun = parts.length > 1 && /^[1-9]+$/.test(text) && text.length === parts.length
  return isRun ? [{ ...integer(Number(text)), span: parts[0]!.span }] : parts
}

/** The indices of an entry, each by itself, and the entry with others. */
export const entryOf = (node: Expression): Entry | undefined => {
  if (node.kind === 'name' && node.subscript) {
    const { parts, span } = node.subscript
    const apart = parts.flatMap(
      (part) => dashed(part) ?? digits(part) ?? (part.kind === 'product' ? part.factors : [part]),
    )
    const [run, more] = parts
    const isRun = !more && run && digits(run) !== undefined
    const isLetter = ({ kind }: Expression) => kind === 'name'
    // Z_{ji} for Z_{ij}, which has no comma.
    const joined = (next: readonly Expression[]) => {
      if (isRun) return together(next)
      const isOne = !more && run?.kind === 'product' && next.length > 1 && next.every(isLetter)
      return isOne ? [{ ...run, factors: next }] : next
    }
    return { parts: apart, with: (next) => ({ ...node, subscript: { parts: joined(next), span } }) }
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
