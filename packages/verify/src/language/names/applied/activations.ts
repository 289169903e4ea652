// ∂σ(z)_i/∂z_k of a network whose activation of z is no sigmoid, a softmax say: what is
// differentiated is the array that the graph has.
import type { Scope } from '../../resolved.ts'
import type { Claim, Expression, Name } from '../../syntax.ts'
import { childNodes, mapped } from '../../walk.ts'

const letters: ReadonlySet<string> = new Set(['σ', 'f', 'g', 'φ'])

/** s of σ(z), where s is the activation of z; undefined where that could be another function. */
const arrayOf = (node: Expression, scope: Scope): Name | undefined => {
  if (node.kind !== 'application' || node.operands.length !== 1 || node.bar) return undefined
  const { head, operands, span } = node
  const [of] = operands
  const isLetter = letters.has(head.base) && head.primes === 0 && !head.superscript
  if (!isLetter || head.subscript || (head.base === 'σ' && scope.hasSigmoid)) return undefined
  if (scope.names.some(({ base }) => base === head.base)) return undefined
  if (of?.kind !== 'name' || of.subscript || of.superscript || of.primes > 0) return undefined
  const found = scope.names.filter(({ activates }) => activates?.join() === of.base)
  const [only, ...others] = found
  if (!only || others.length > 0 || only.tag !== '') return undefined
  return { kind: 'name', base: only.base, primes: 0, span }
}

/** The array of σ(z) or the entry of σ(z)_i, as the graph calls it. */
const asArray = (node: Expression, scope: Scope): Expression | undefined => {
  if (node.kind !== 'entry') return arrayOf(node, scope)
  const array = arrayOf(node.array, scope)
  return array && { ...array, subscript: { parts: node.indices, span: node.span } }
}

const isDifferentiated = (node: object, scope: Scope): boolean =>
  childNodes<Expression>(node).some(
    (child) =>
      (child.kind === 'derivative' && asArray(child.of, scope) !== undefined) ||
      isDifferentiated(child, scope),
  )

/** Where such a function is differentiated, it is that array everywhere. */
export const withActivations = (claim: Claim, scope: Scope): Claim =>
  isDifferentiated(claim, scope)
    ? mapped(claim, (node) => ('kind' in node ? asArray(node as Expression, scope) : undefined))
    : claim
