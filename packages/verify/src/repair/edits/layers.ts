// Edits of layer tags, and of a derivative taken upside down.
import type { ScopeName } from '../../language/resolved.ts'
import type { Claim, Expression, Name, Superscript } from '../../language/syntax.ts'
import { mapped } from '../../language/walk.ts'
import { shifted } from '../affine.ts'
import { insteadOf, namesOf, quoted, same, tree } from '../build.ts'
import { type EditContext, everywhere, type Rewrite } from '../edit.ts'
import { inputLetters, isActivation, letterOfArray } from '../roles.ts'

const isPlain = ({ base, tag }: ScopeName): boolean => tag === '' && /\d$/.test(base)

const isNumber = (part: Expression): boolean =>
  part.kind === 'numeral' || (part.kind === 'name' && /^[lL]$/.test(part.base))

/** l, l−1, l+1, 2: what counts layers. */
const countsLayers = ({ parts }: Superscript): boolean => {
  const [only] = parts
  if (parts.length !== 1 || !only) return false
  return only.kind === 'addition' ? only.terms.some(isNumber) : isNumber(only)
}

/** The same name with the tag of another layer: of the formula, of the graph, one up, one down. */
export const otherLayers = (name: Name, claim: Claim, { scope }: EditContext): Name[] => {
  const { superscript } = name
  // The square of a1 is of no layer, nor is that of r.
  const own = scope.names.filter((each) => each.base === letterOfArray(name, scope))
  const isUntagged = own.length > 0 && own.every(({ tag }) => tag === '')
  if (!superscript || own.some(isPlain) || isUntagged) return []
  const near = countsLayers(superscript)
    ? [-1, 1, -2, 2].map((by) => ({ ...superscript, parts: [shifted(superscript.parts[0]!, by)] }))
    : []
  const tags = namesOf(claim).flatMap((other) => other.superscript ?? [])
  const beside = tags
    .filter(countsLayers)
    .flatMap((tag) => [-1, 1].map((by) => ({ ...tag, parts: [shifted(tag.parts[0]!, by)] })))
  const written = [...tags, ...beside]
  const base = letterOfArray(name, scope)
  const known = scope.names
    .filter((each) => each.base === base && each.tag !== '')
    .flatMap(({ base: letter, tag }) => {
      const read = tree(`${letter}^{${tag}}`)
      return read.kind === 'name' && read.superscript ? [read.superscript] : []
    })
  const letters = superscript.parts.flatMap((part) =>
    part.kind === 'product' ? part.factors.slice(1) : [],
  )
  const all = [...near, ...written, ...known.map((each) => withLetters(each, letters))]
    .map((each) => ({ ...name, superscript: each }))
    .filter((each) => !same(each, name))
  return all.filter((each, at) => all.findIndex((other) => same(other, each)) === at).slice(0, 12)
}

/** F with the letters k of `F k`. */
const withLetters = (tag: Superscript, letters: readonly Expression[]): Superscript => {
  const [only] = tag.parts
  if (letters.length === 0 || !only || tag.parts.length !== 1) return tag
  const factors = [only, ...letters]
  return { ...tag, parts: [{ kind: 'product', factors, span: tag.span }] }
}

const retag: Rewrite = everywhere(({ node, position, parents }, claim, context) => {
  const around = parents.at(-1)
  const inSlope = around?.kind === 'application' && around.head.primes > 0
  if (node.kind !== 'name' || position === 'tag' || inSlope) return []
  return otherLayers(node, claim, context).map((other) => [other, messageOf(other, node)])
})

const messageOf = (right: Name, wrong: Name): string =>
  `The layer is wrong: ${quoted(right)} instead of ${quoted(wrong)}.`

/** x for a^1: the first layer has the input before it, which has no number. */
const toInput: Rewrite = everywhere(({ node, position }, _, { scope }) => {
  if (node.kind !== 'name' || !isActivation(node, scope) || !node.superscript) return []
  if (position !== 'value' || !countsLayers(node.superscript)) return []
  const { superscript: _tag, ...bare } = node
  return inputLetters(scope).map((base) => {
    const input: Name = { ...bare, base }
    return [input, messageOf(input, node)]
  })
})

/** δ^{l+1} = … δ^l for δ^l = … δ^{l+1}: the layers are numbered the other way round. */
const exchange: Rewrite = (claim) => {
  const deltas = namesOf(claim).filter((name) => name.base === 'δ' && name.superscript)
  const [first] = deltas
  const second = deltas.find((name) => first && !same(bareOf(name), bareOf(first)))
  if (!first || !second) return []
  const swapped = mapped(claim, (each) => {
    const name = each as Name
    if (name.kind !== 'name' || name.base !== 'δ' || !name.superscript) return undefined
    const isFirst = same(bareOf(name), bareOf(first))
    if (!isFirst && !same(bareOf(name), bareOf(second))) return undefined
    return { ...name, superscript: (isFirst ? second : first).superscript }
  })
  const message = `The layers are exchanged: ${quoted(second)} and ${quoted(first)} change places.`
  return [{ claim: swapped, message }]
}

const bareOf = ({ subscript: _, ...name }: Name): Name => name

const retagged: Rewrite = (claim, context) => [
  ...retag(claim, context),
  ...exchange(claim, context),
  ...toInput(claim, context),
]

const invert: Rewrite = everywhere(({ node }, _, { scope }) => {
  if (node.kind !== 'derivative' || node.by.length !== 1) return []
  // Nothing is computed from the cost.
  const { of } = node
  const isCost = of.kind === 'name' && (of.base === scope.costName || /^[CJLE]$/.test(of.base))
  if (isCost) return []
  const upright: Expression = { ...node, of: node.by[0]!, by: [node.of] }
  return [[upright, `The derivative is upside down: ${insteadOf(upright, node)}.`]]
})

export const layers = { retag, retagged, invert } as const
