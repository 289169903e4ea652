// a^0 = x beside a^1 and a^2 of the graph: what a formula says of the layer before the first.
import { withValuesFor } from '../../read/split-application.ts'
import type { Scope } from '../../resolved.ts'
import type { Claim, Definition, Expression, Name } from '../../syntax.ts'
import { letterOf } from '../definition-of.ts'
import { type Layers, tagText } from '../layer-tags.ts'
import { withoutTranspose } from '../names.ts'

/** 0 of a^0, a^{(0)T} and h_0; l − 1 at l = 1 is 0 too. */
const layerOf = (name: Name, layers: Layers): string | undefined => {
  const turned = name.superscript && withoutTranspose(name, name.superscript.parts)
  const plain = turned ?? name
  const [part, ...others] = (plain.superscript ?? plain.subscript)?.parts ?? []
  return part && others.length === 0 ? tagText([part], layers) : undefined
}

/** A layer that the graph has not, of an array that it has in others. */
export const isGivenLayer = (left: Expression, { names }: Scope): boolean => {
  if (left.kind !== 'name' || (left.superscript && left.subscript)) return false
  const layer = layerOf(left, new Map()) ?? ''
  const own = names.filter(({ base }) => base === left.base)
  const isNumbered = own.length > 0 && own.every(({ tag }) => /^\d+$/.test(tag))
  return /^\d+$/.test(layer) && isNumbered && !own.some(({ tag }) => tag === layer)
}

const given = (name: Name, { left, value }: Definition, layers: Layers): Expression | undefined => {
  const said = left as Name
  if (letterOf(name) !== letterOf(said)) return undefined
  if (layerOf(name, layers) !== layerOf(said, new Map())) return undefined
  const { superscript, subscript, span } = name
  // a^{l−1}_k is x_k; in a_{l−1} the layer alone stands below.
  const isEntry = superscript !== undefined && subscript !== undefined
  if (isEntry && value.kind !== 'name') return undefined
  const array = isEntry ? { ...value, subscript } : value
  const isTurned = superscript && withoutTranspose(name, superscript.parts)
  return isTurned ? { kind: 'transposed', operand: array, span } : array
}

/** The claim at these layers, with what it says of such a layer in its place. */
export const withGivenLayers = (claim: Claim, scope: Scope, layers: Layers): Claim => {
  const said = claim.where.filter(({ left }) => isGivenLayer(left, scope))
  if (said.length === 0 || layers.size === 0) return claim
  const valueFor = (name: Name) =>
    said.flatMap((definition) => given(name, definition, layers) ?? []).at(0)
  return { ...claim, operands: claim.operands.map((each) => withValuesFor(each, valueFor)) }
}
