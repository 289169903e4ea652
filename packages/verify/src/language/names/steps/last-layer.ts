// ∇_a C, where a^1 … a^L differ in their layers alone: by the last, which the cost is of; in
// δ^l = ∂C/∂z^l = ∇_z C by that of the layer.

import { namesIn } from '../../names-in.ts'
import { rational } from '../../rational.ts'
import { type Context, isBare } from '../../resolve/context.ts'
import type { Claim, Expression } from '../../syntax.ts'
import { compact } from '../layer-tags.ts'

/** Letters that stand somewhere with an l above them, and nothing else. */
export const withLayerAbove = (claim: Claim): ReadonlySet<string> =>
  new Set(
    namesIn(claim).flatMap(({ base, superscript }) => {
      const [only, ...others] = superscript?.parts ?? []
      return only && others.length === 0 && compact(only) === 'l' ? [base] : []
    }),
  )

export const lastLayer = (by: Expression, of: Expression, context: Context): Expression => {
  const { scope, bound, layers, asPower, layered } = context
  if (by.kind !== 'name' || !isBare(by) || by.primes > 0 || bound.has(by.base)) return by
  const own = scope.names.filter(({ base }) => base === by.base)
  const numbers = own.map(({ tag }) => (/^\d+$/.test(tag) ? Number(tag) : Number.NaN))
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)]
  // a^0 is the input.
  const isLayered =
    own.length > 1 && own.every(({ role }, at) => role !== 'leaf' || numbers[at] === first)
  if (!isLayered || Number.isNaN(last) || of.kind !== 'name') return by
  const here = layers.size === 1 ? layers.get('l') : undefined
  const isHere = here !== undefined && own.some(({ tag }) => tag === `${here}`)
  if (isHere && !layered.has(by.base))
    context.ambiguities.set(`∂${by.base}`, ['of the layer l', 'of the last layer'])
  const value = isHere && !asPower ? here : last
  const { span } = by
  const text = `${value}`
  const tag: Expression = { kind: 'numeral', value: rational(BigInt(value)), text, span }
  return { ...by, superscript: { parts: [tag], parenthesised: true, span } }
}
