// What stands below a name and says which one it is: L of a_L, hx of W_{hx}; W_f and h_0 for what a
// program calls Wf and h0.

import { namesIn } from '../../names-in.ts'
import type { Scope, ScopeName } from '../../resolved.ts'
import type { Claim, Expression, Name, Subscript } from '../../syntax.ts'
import { childNodes } from '../../walk.ts'
import { compact } from '../layer-tags.ts'
import { factorsOf } from '../names.ts'
import { has } from '../relettered.ts'

/** Letters that stand for any layer or step; L and T for the last one. */
export const layerLetters = ['l', 'L', 't', 'T', 'τ', 'k'] as const

/** i of w_i, where the graph has w_1, w_2 and w_3 of numbers alone: none of them has an entry. */
export const counting = ['i', 'j'] as const

/** Arrays without axes that differ in their numbers alone. */
export const areNumbers = (own: readonly ScopeName[]): boolean =>
  own.length > 1 && own.every(({ rank, tag }) => rank === 0 && /^\d+$/.test(tag))

/** l, L, l+1, t−1: letters of layers and whole numbers. */
const isLayer = (node: Expression): boolean => {
  if (node.kind === 'numeral') return /^\d+$/.test(node.text)
  if (node.kind === 'name')
    return (
      !node.superscript &&
      !node.subscript &&
      (layerLetters as readonly string[]).includes(node.base)
    )
  if (node.kind === 'negation') return node.operand.kind === 'numeral' && isLayer(node.operand)
  return node.kind === 'addition' && node.terms.every(isLayer)
}

/** The tag of W_{hx} or a_L, and what is left of the subscript: ij of W_{hx,ij}. */
export const tagBelow = (
  { parts, span }: Subscript,
  isTag: (text: string) => boolean,
): { tag: Expression; rest: readonly Expression[] } | undefined => {
  const [first, ...others] = parts
  if (!first) return undefined
  if (isTag(compact(first)) || isLayer(first)) return { tag: first, rest: others }
  const [head, ...factors] = factorsOf([first])
  if (!head || factors.length === 0 || !(isTag(compact(head)) || isLayer(head))) return undefined
  const inner: Expression[] =
    factors.length > 1 ? [{ kind: 'product', factors, span }] : [factors[0]!]
  return { tag: head, rest: [...inner, ...others] }
}

/** Letters that sums run over. */
export const boundIn = (node: object): string[] => [
  ...((node as { binders?: readonly { name: string }[] }).binders ?? []).map(({ name }) => name),
  ...childNodes<Expression>(node).flatMap(boundIn),
]

/**
 * What stands below names where the graph has each of them as one word: z of W_z and U_z beside
 * Wz and Uz, 0 of h_0 beside h0. Not where it stands below another name, or is summed over: it is
 * an index then. Numbers from 1 are entries where the graph has the letter alone.
 */
export const fusedBelow = (claim: Claim, scope: Scope): ReadonlySet<string> => {
  const below = new Map<string, boolean>()
  for (const { base, primes, subscript } of namesIn(claim)) {
    const [only, ...others] = subscript?.parts ?? []
    if (!only) continue
    const rank = scope.names.find((each) => each.base === base)?.rank
    // W_{z,ij}: too many indices for W.
    const isTagged = others.length === 0 || rank !== 1 + factorsOf(others).length
    const isFused = primes === 0 && isTagged && has(scope, base + compact(only))
    const tag = compact(only)
    below.set(tag, isFused && (below.get(tag) ?? true))
  }
  const bound = new Set(boundIn(claim))
  const isTag = (text: string) =>
    text === '0' || (/^\p{L}+$/u.test(text) && [...text].every((letter) => !bound.has(letter)))
  return new Set([...below].flatMap(([tag, isFused]) => (isFused && isTag(tag) ? [tag] : [])))
}

/** The name as one word, with what is left of its subscript: W_{f,ij} is Wf_{ij}. */
export const fused = (
  name: Name,
  { scope, fused: tags }: { readonly scope: Scope; readonly fused: ReadonlySet<string> },
): Name | undefined => {
  if (!name.subscript || name.base === 'δ') return undefined
  const [only] = name.subscript.parts
  if (has(scope, name.base) && !tags.has(compact(only!))) return undefined
  const found = tagBelow(name.subscript, (text) => has(scope, name.base + text))
  const base = found && name.base + compact(found.tag)
  if (!found || !base || !has(scope, base)) return undefined
  const { subscript, ...plain } = name
  const { rest } = found
  return { ...plain, base, ...(rest.length > 0 && { subscript: { ...subscript, parts: rest } }) }
}
