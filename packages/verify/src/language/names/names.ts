// Which array of the graph a name means: tags, layers, powers, indices in the superscript.

import type { Scope, ScopeName } from '../resolved.ts'
import { ClaimError, type Expression, type Name } from '../syntax.ts'
import { compact, type Layers, nameText, tagText } from './layer-tags.ts'
import { nearNames } from './near.ts'

/** A name that the graph does not have; with symbolic layers, another layer may have it. */
export class UnknownNameError extends ClaimError {}

export const unknownName = (name: Name, scope: Scope): UnknownNameError => {
  const near = nearNames(
    nameText(name),
    scope.names.map((each) => each.name),
  )
  const list = near.length > 0 ? `; near it are ${near.join(', ')}` : ''
  // m of 1/m: a length has a letter only where somebody gives it one.
  const isLength = /^[mnMNBDKdp]$/.test(nameText(name))
  const help = isLength ? `. A length is named at an array: x: input ${name.base}=6` : ''
  return new UnknownNameError(`The graph has no ‘${nameText(name)}’${list}${help}`, name.span)
}

/** What a superscript turned out to be. */
export interface Match {
  readonly array: ScopeName
  /** Indices that stand in the superscript: k of `w^{Fk}`. */
  readonly leading: readonly Expression[]
  readonly power?: Expression
  readonly transposed: boolean
  /** The other reading exists too: `a^2` where the graph has both a and a^2. */
  readonly ambiguous: boolean
}

const withTag = (scope: Scope, base: string, tag: string): ScopeName | undefined =>
  scope.names.find((each) => each.base === base && each.tag.replace(/[()\s{}]/g, '') === tag)

export const factorsOf = (parts: readonly Expression[]): Expression[] =>
  parts.flatMap((part) => (part.kind === 'product' ? part.factors : [part]))

const isPlainName = (expression: Expression | undefined): expression is Name =>
  expression?.kind === 'name' && !expression.superscript && !expression.subscript

const isTranspose = (expression: Expression | undefined): boolean =>
  isPlainName(expression) && expression.base === 'T' && expression.primes === 0

/** F of `F k`, 2 of `2 k`: the leading capitals or digits, and the letters after them. */
const tagAndLetters = (parts: readonly Expression[]): { tag: string; letters: Expression[] } => {
  const factors = factorsOf(parts)
  let length = 0
  let tag = ''
  for (const factor of factors) {
    const isCapital = isPlainName(factor) && /^\p{Lu}$/u.test(factor.base) && factor.primes === 0
    if (!isCapital && !(length === 0 && factor.kind === 'numeral')) break
    tag += compact(factor)
    length++
    if (factor.kind === 'numeral') break
  }
  return { tag, letters: factors.slice(length) }
}

/** Where `w^k` can be the k-th of w, or `b^k` an entry: not where the tags of w say otherwise. */
const takesLeading = (
  array: ScopeName,
  leading: number,
  subscripts: number,
  { names }: Scope,
): boolean => {
  const hasLayers = names.some((each) => each.base === array.base && each.tag !== '')
  const least = leading + (subscripts > 0 || hasLayers ? 1 : 0)
  return visibleRanks(array).some((rank) => least <= rank)
}

/** How many axes count: all that have letters; without letters, all or all but leading ones. */
export const visibleRanks = ({ letters, rank, shape }: ScopeName): number[] => {
  if (letters.length > 0) return [letters.length]
  const firstLong = shape.findIndex((length) => length !== 1)
  const skippable = firstLong < 0 ? rank : firstLong
  return Array.from({ length: skippable + 1 }, (_, skipped) => rank - skipped)
}

/**
 * The array that a name means, or undefined. `asPower` prefers the power where both readings exist.
 */
export const matchName = (
  name: Name,
  base: string,
  scope: Scope,
  layers: Layers,
  asPower: boolean,
): Match | undefined => {
  const full = base + "'".repeat(name.primes)
  const plain = withTag(scope, full, '')
  const nothing = { leading: [], transposed: false, ambiguous: false }
  const { superscript } = name
  if (!superscript) return plain && { ...nothing, array: plain }
  const { parts, parenthesised } = superscript
  const tagged = withTag(scope, full, tagText(parts, layers))
  const [only] = parts.length === 1 ? parts : []
  const isStarred = isPlainName(only) && only.base === '*'
  const power =
    plain && !parenthesised && only && !isStarred ? { array: plain, power: only } : undefined
  // L^t beside L^1 and L: t is what the formula says of every step.
  const isStep = isPlainName(only) && layers.has(only.base)
  if (tagged && power && !isTranspose(only) && !isStep) {
    const chosen = asPower ? power : { array: tagged }
    return { ...nothing, ...chosen, ambiguous: true }
  }
  if (tagged) return { ...nothing, array: tagged }
  const transposed = withoutTranspose(name, parts)
  if (transposed) {
    const inner = matchName(transposed, base, scope, layers, asPower)
    return inner && { ...inner, transposed: true }
  }
  const { tag, letters } = tagAndLetters(parts)
  const indexed = tag === '' ? undefined : withTag(scope, full, tag)
  const last = letters.at(-1)
  // a^{[1](i)2} is the square of a^{[1](i)}; after a comma, δ^{1,s,2}, stands an index.
  const isSquare = last?.kind === 'numeral' && parts.at(-1) !== last
  if (indexed && letters.length > 1 && isSquare && isIndexLetter(letters.at(-2)!))
    return { ...nothing, array: indexed, leading: letters.slice(0, -1), power: last }
  if (indexed && letters.length > 0) return { ...nothing, array: indexed, leading: letters }
  const factors = factorsOf(parts)
  const subscripts = name.subscript ? 1 : 0
  if (
    plain &&
    factors.every(isIndexLetter) &&
    takesLeading(plain, factors.length, subscripts, scope)
  )
    return { ...nothing, array: plain, leading: factors }
  return power && { ...nothing, ...power }
}

const isIndexLetter = (expression: Expression): boolean =>
  isPlainName(expression) && /^\p{Ll}$/u.test(expression.base)

/** W^T, W^{l+1,T}, W^{lT}: the name without its last T. */
export const withoutTranspose = (name: Name, parts: readonly Expression[]): Name | undefined => {
  const { superscript, ...bare } = name
  const last = parts.at(-1)
  if (isTranspose(last)) {
    if (parts.length === 1) return bare
    return { ...name, superscript: { ...superscript!, parts: parts.slice(0, -1) } }
  }
  if (last?.kind !== 'product' || !isTranspose(last.factors.at(-1))) return undefined
  const factors = last.factors.slice(0, -1)
  const rest = factors.length === 1 ? factors[0]! : { ...last, factors }
  return { ...name, superscript: { ...superscript!, parts: [...parts.slice(0, -1), rest] } }
}
