// W_2 for what the graph calls W^2 or W2: layers are counted below as often as above. Only where
// the graph has no W, whose second entry it could be.

import type { Scope } from '../../resolved.ts'
import type { Expression, Name } from '../../syntax.ts'
import { factorsOf } from '../names.ts'

/** 2 and ij of W_{2,ij}. */
const numberBelow = (name: Name): { tag: Expression; rest: readonly Expression[] } | undefined => {
  const [first, ...parts] = name.subscript?.parts ?? []
  if (!first) return undefined
  const [tag, ...factors] = factorsOf([first])
  if (tag?.kind !== 'numeral' || !/^\d+$/.test(tag.text)) return undefined
  const inner: Expression[] =
    factors.length > 1 ? [{ kind: 'product', factors, span: first.span }] : factors
  return { tag, rest: [...inner, ...parts] }
}

const isTranspose = (expression: Expression): boolean =>
  expression.kind === 'name' && expression.base === 'T' && !expression.subscript

/** The name as the graph has it, for z where it is δ; undefined where that is no help. */
export const withTagAbove = (name: Name, { names }: Scope): Name | undefined => {
  const found = numberBelow(name)
  const above = name.superscript?.parts ?? []
  if (!found || name.primes > 0 || !above.every(isTranspose)) return undefined
  const { tag, rest } = found
  const bases = name.base === 'δ' ? ['δ', 'z', 'Z'] : [name.base]
  const has = (test: (base: string, tag: string) => boolean) =>
    names.some((each) => test(each.base, each.tag))
  if (has((base, own) => bases.includes(base) && own === '')) return undefined
  const { subscript, superscript, ...plain } = name
  const below = rest.length > 0 && subscript ? { subscript: { ...subscript, parts: rest } } : {}
  const { text } = tag as Expression & { kind: 'numeral' }
  const fused = bases.find((each) => has((base, own) => base === each + text && own === ''))
  if (fused !== undefined)
    return { ...plain, ...below, ...(superscript && { superscript }), base: fused + text }
  if (!has((base, own) => bases.includes(base) && own === text)) return undefined
  const { span } = tag
  const parts: Expression[] =
    above.length > 0 ? [{ kind: 'product', factors: [tag, ...above], span }] : [tag]
  return { ...plain, ...below, superscript: { parts, parenthesised: false, span } }
}
