// Equations as the text of a network has them: W^T of a name is its transpose, e^x the exponential,
// y log a entry by entry, x^2 a power unless the layers are numbered so.
import type { Expression, Name } from '../../language/syntax.ts'
import { mapped } from '../../language/walk.ts'

/** `areTags`: numbers above names say layers, z^2 = W^2 a^1. */
export const plain = (node: Expression, areTags: boolean): Expression =>
  mapped(node, (each) => {
    const part = each as Expression
    if (part.kind === 'product') return likelihood(part, areTags)
    return part.kind === 'name' ? plainName(part, areTags) : undefined
  })

const plainName = (name: Name, areTags: boolean): Expression | undefined => {
  const { span, superscript, ...rest } = name
  const [only, ...others] = superscript?.parts ?? []
  if (!only || !superscript || others.length > 0) return undefined
  if (name.base === 'e' && !name.subscript)
    return { kind: 'call', word: 'exp', operands: [plain(only, areTags)], span }
  if (only.kind === 'numeral' && !superscript.parenthesised && !areTags)
    return { kind: 'power', base: { ...rest, span }, exponent: only, span }
  const factors = only.kind === 'product' ? only.factors : [only]
  const last = factors.at(-1)!
  const [tag, ...more] = factors.slice(0, -1)
  if (last.kind !== 'name' || last.base !== 'T' || more.length > 0) return undefined
  const above = tag && { parts: [tag], parenthesised: true, span }
  const operand: Name = { ...rest, span, ...(above && { superscript: above }) }
  return { kind: 'transposed', operand, span }
}

/** y log a, (1 − y) log(1 − a): a target times the logarithm of what is as long. */
const likelihood = (
  { factors, span }: Expression & { kind: 'product' },
  areTags: boolean,
): Expression | undefined => {
  const [left, right, ...others] = factors
  const isLog = right?.kind === 'call' && right.word === 'log' && others.length === 0
  if (!left || !isLog || left.kind === 'numeral') return undefined
  return { kind: 'hadamard', left: plain(left, areTags), right: plain(right, areTags), span }
}
