// The layers that a claim about every layer speaks of: which values l may have.

import { areNumbers, counting, layerLetters } from '../names/below/fused.ts'
import { type Layers, tagText } from '../names/layer-tags.ts'
import { namesIn } from '../names-in.ts'
import { rational } from '../rational.ts'
import type { Scope } from '../resolved.ts'
import { type Claim, ClaimError, type Comparison, type Expression, type Name } from '../syntax.ts'
import { childNodes, mapped } from '../walk.ts'
import { isBare } from './context.ts'

/** Bounds the work that a claim about every layer can make. */
const mostInstances = 400

/** Letters of layers and steps among the superscripts; `above`: is l+1 written? */
const symbolicLayers = (
  claim: Claim,
  scope: Scope,
): { letters: Set<string>; above: Set<string> } => {
  const letters = new Set<string>()
  const above = new Set<string>()
  for (const name of namesIn(claim))
    for (const part of name.superscript?.parts ?? []) {
      const terms = part.kind === 'addition' ? part.terms : [part]
      for (const [term] of terms.map(factorsOfTag)) {
        if (term?.kind !== 'name' || !isLayerLetter(term.base, name, scope)) continue
        letters.add(term.base)
        if (terms.some((other) => other.kind === 'numeral')) above.add(term.base)
      }
    }
  const isTaken = ({ name }: { readonly name: string }) => name === 'T'
  const isLength = scope.names.some(isTaken) || (scope.sizes?.some(isTaken) ?? false)
  for (const letter of lastIn(claim, letters)) if (letter === 'L' || !isLength) letters.add(letter)
  return { letters, above }
}

/** L of ‘for l < L’ and T of ‘for t < T’, which no name has above it. */
const lastIn = (claim: Claim, letters: ReadonlySet<string>): readonly string[] =>
  comparisonsIn(claim).flatMap((each) => lastOf(each, letters) ?? [])

const lastOf = (comparison: Comparison, letters: ReadonlySet<string>): string | undefined => {
  const bare = namesIn(comparison).flatMap((name) => (isBare(name) ? [name.base] : []))
  const last = bare.find((each) => /^[LT]$/.test(each))
  return bare.some((each) => each !== last && letters.has(each)) ? last : undefined
}

const comparisonsIn = (node: object): readonly Comparison[] =>
  childNodes<Expression | Comparison>(node).flatMap((child) => [
    ...(child.kind === 'comparison' ? [child] : []),
    ...comparisonsIn(child),
  ])

/** l of l T, the transpose of a layer's array. */
const factorsOfTag = (part: Expression): readonly Expression[] =>
  part.kind === 'product' ? part.factors : [part]

/** l and L always; t and others where arrays with that letter differ in their tags alone. */
const isLayerLetter = (letter: string, { base, superscript }: Name, { names }: Scope): boolean => {
  if (letter === 'l' || letter === 'L') return true
  if ((counting as readonly string[]).includes(letter))
    return areNumbers(names.filter((each) => each.base === base))
  if (!(layerLetters as readonly string[]).includes(letter)) return false
  const [only] = superscript!.parts
  if (letter === 'T' && only?.kind === 'name' && !superscript!.parenthesised) return false
  const own = names.filter((each) => each.base === base)
  return base === 'δ' || (own.length > 0 && own.every(({ tag }) => tag !== ''))
}

/** Where l may be: the numbers that tags have; L is the last unless L + 1 is written too. */
export const layerValues = (claim: Claim, scope: Scope): ReadonlyMap<string, number>[] => {
  const { letters, above } = symbolicLayers(claim, scope)
  const numbers = scope.names.flatMap(({ tag }) => (/^\d{1,4}$/.test(tag) ? [Number(tag)] : []))
  if (letters.size === 0 || numbers.length === 0) return []
  const last = Math.max(...numbers)
  // Where some layer has the tag l − 1, l or l + 1.
  const near = new Set(numbers.flatMap((number) => [number - 1, number, number + 1]))
  const all = [...near].filter((layer) => layer >= 0).sort((a, b) => a - b)
  const isLast = (letter: string) => /^[LT]$/.test(letter) && !above.has(letter)
  const valuesOf = (letter: string) => (isLast(letter) ? [last] : all)
  const count = [...letters].reduce((product, letter) => product * valuesOf(letter).length, 1)
  if (count > mostInstances)
    throw new ClaimError(`At most ${mostInstances} layers are tried, here are ${count}`, claim.span)
  return [...letters].reduce<ReadonlyMap<string, number>[]>(
    (maps, letter) =>
      maps.flatMap((map) => valuesOf(letter).map((value) => new Map([...map, [letter, value]]))),
    [new Map()],
  )
}

/** The claim with the last layer's number for L in what is said of l: a cost may be called L too. */
export const withLast = (claim: Claim, layers: Layers): Claim => {
  const letters = new Set(layers.keys())
  return mapped(claim, (node) => {
    const comparison = node as Comparison
    const letter = comparison.kind === 'comparison' ? lastOf(comparison, letters) : undefined
    const last = layers.get(letter ?? '')
    if (last === undefined) return undefined
    const value = rational(BigInt(last))
    return mapped(node, (each) => {
      const name = each as Name
      const isLast = name.kind === 'name' && name.base === letter && isBare(name)
      return isLast ? { kind: 'numeral', value, text: `${last}`, span: name.span } : undefined
    })
  })
}

/** l = 2 of ‘for l = 2’. */
export const layerConditions = ({ when = [] }: Claim): readonly Comparison[] =>
  when.flatMap((bracket) =>
    bracket.kind === 'iverson'
      ? bracket.conditions.filter((each) => each.kind === 'comparison')
      : [],
  )

/** Whether some name of the claim that has the letter of a layer is there at these layers. */
export const speaksOf = (claim: Claim, { names }: Scope, layers: Layers): boolean =>
  namesIn(claim).some(({ base, superscript }) => {
    if (!superscript) return false
    const tag = tagText(superscript.parts, layers)
    if (tag === tagText(superscript.parts, new Map())) return false
    return names.some((each) => (each.base === base || base === 'δ') && each.tag === tag)
  })
