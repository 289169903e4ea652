// ∂E/∂b = ∂E/∂u of a network with b_1, u_1, b_2, u_2: about one layer, whichever it is.
import { deltaBase } from '../language/names/deltas/delta.ts'
import { tagOf } from '../language/names/layer-tags.ts'
import { namesIn } from '../language/names-in.ts'
import type { Scope, ScopeName } from '../language/resolved.ts'
import type { Claim, Expression, Name } from '../language/syntax.ts'
import { mapped } from '../language/walk.ts'

const isNumber = ({ tag }: ScopeName): boolean => /^\d+$/.test(tag)

/** The arrays that differ in their layers alone. */
const layersOf = (name: Name, scope: Scope): readonly ScopeName[] => {
  const base = name.base === 'δ' ? deltaBase(scope) : name.base
  const own = scope.names.filter((each) => each.base === base)
  return own.every(isNumber) ? own : []
}

const isTranspose = (part: Expression): boolean => part.kind === 'name' && part.base === 'T'

const isWithout = ({ superscript }: Name): boolean =>
  !superscript || superscript.parts.every(isTranspose)

const isMatrix = (name: Name, scope: Scope): boolean =>
  layersOf(name, scope).some(({ isParameter, rank }) => isParameter && rank > 1)

/** l, and of what enters a layer beside its weights l − 1. */
const layerOf = (isBefore: boolean, span: Name['span']): Expression => {
  const layer = tagOf('l', span)
  if (!isBefore) return layer
  const negation: Expression = { kind: 'negation', operand: tagOf('1', span), span }
  return { kind: 'addition', terms: [layer, negation], span }
}

/** The claim with l above all that has layers; undefined where one of them is written. */
export const ofOneLayer = (claim: Claim, scope: Scope): Claim | undefined => {
  const layered = namesIn(claim).filter((name) => layersOf(name, scope).length > 0)
  const bases = new Set(layered.map(({ base }) => base))
  const isOfSeveral = layered.some((name) => layersOf(name, scope).length > 1)
  if (bases.size < 2 || !isOfSeveral || !layered.every(isWithout)) return undefined
  const hasWeights = layered.some((name) => isMatrix(name, scope))
  const isInput = (name: Name) =>
    hasWeights &&
    layersOf(name, scope).every(
      ({ activates, role, isParameter }) => activates || (role === 'leaf' && !isParameter),
    )
  return mapped(claim, (node) => {
    const name = node as Name
    if (name.kind !== 'name' || !layered.includes(name)) return undefined
    const { span } = name
    const layer = layerOf(isInput(name) && !isMatrix(name, scope), span)
    const turned = name.superscript?.parts ?? []
    const parts = turned.length > 0 ? [layer, ...turned] : [layer]
    return { ...name, superscript: { parts, parenthesised: true, span } }
  })
}
