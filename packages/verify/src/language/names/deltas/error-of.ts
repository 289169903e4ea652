// δ_{a_h} and δ_{logits}: the error of the array that stands below, where nothing is counted by it.

import { namesIn, withNames } from '../../names-in.ts'
import { splitApplication } from '../../read/split-application.ts'
import type { Scope } from '../../resolved.ts'
import type { Claim, Expression, Name } from '../../syntax.ts'
import { childNodes } from '../../walk.ts'
import { boundIn } from '../below/fused.ts'
import { costLetter, gradient } from '../in-cost.ts'
import { compact } from '../layer-tags.ts'
import { withoutTranspose } from '../names.ts'
import { has } from '../relettered.ts'

export interface Below {
  readonly scope: Scope
  /** Letters that count: they stand below what is no error, and belong to no name. */
  readonly counted: () => readonly string[]
}

const lettersIn = (parts: readonly Expression[]): string[] =>
  parts.flatMap((part) => withNames(part).map(({ base }) => base))

/** i of x_i, (a − y)_i and Σ_i; not f of W_f and Wf, nor o of δ_o. Found where it is asked for. */
export const countedIn = (claim: Claim, scope: Scope): (() => readonly string[]) => {
  let found: readonly string[] | undefined
  return () => {
    found ??= lettersThatCount(claim, scope)
    return found
  }
}

const lettersThatCount = (claim: Claim, { names }: Scope): readonly string[] => {
  const below = namesIn(claim).flatMap(({ base, subscript }) => {
    const [first, ...others] = subscript?.parts ?? []
    if (!first) return []
    const tag = compact(first)
    const isName = names.some(
      (each) =>
        (each.base === base && each.isBelow === true && each.tag === tag) ||
        each.base === base + tag,
    )
    return lettersIn(base === 'δ' || isName ? others : [first, ...others])
  })
  return [...below, ...boundIn(claim), ...lettersIn(entriesIn(claim))]
}

const entriesIn = (node: object): Expression[] => [
  ...((node as { indices?: readonly (Expression | null)[] }).indices ?? []).filter(
    (each) => each !== null,
  ),
  ...childNodes<Expression>(node).flatMap(entriesIn),
]

/** a_h, z^{(2)} and logits are no index; o of δ_o is none where it stands nowhere else below. */
const arrayIn = (part: Expression, { scope, counted }: Below): Name | undefined => {
  const { names } = scope
  const text = compact(part)
  if (text.length > 2 && names.some(({ name, base }) => name === text && base === text))
    return { kind: 'name', base: text, primes: 0, span: part.span }
  if (part.kind !== 'name' || part.primes > 0) return undefined
  const { base, subscript, superscript } = part
  const own = names.filter((each) => each.base === base && each.role !== 'beside')
  if (subscript || superscript) return own.length > 0 ? part : undefined
  const isWhole = own.some(({ tag, role }) => tag === '' && role === 'interior')
  return isWhole && !counted().includes(base) ? part : undefined
}

/** What a node is of which the head is such a δ: δ_{a_h} (r ⊙ h)ᵀ is no function of r ⊙ h. */
export const withErrorOf = (node: Expression, below: Below): Expression | undefined => {
  if (node.kind === 'name') return errorOf(node, below)
  const split = splitApplication(node)
  const error = split && errorOf(split.head, below)
  return error && { kind: 'product', factors: [error, split.rest], span: node.span }
}

/** The derivative that such a δ is; undefined where it is another. */
const errorOf = (name: Name, below: Below): Expression | undefined => {
  const { base, primes, superscript, subscript, span } = name
  const [part, ...indices] = subscript?.parts ?? []
  if (base !== 'δ' || primes > 0 || !part || has(below.scope, 'δ')) return undefined
  const cost = costLetter(below.scope)
  const plain = superscript ? withoutTranspose(name, superscript.parts) : name
  const array = plain && !plain.superscript ? arrayIn(part, below) : undefined
  if (!array || cost === undefined || (indices.length > 0 && array.subscript)) return undefined
  const by = indices.length > 0 ? { ...array, subscript: { parts: indices, span } } : array
  const error = gradient(by, cost, name)
  return superscript ? { kind: 'transposed', operand: error, span } : error
}
