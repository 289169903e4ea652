// Which array of the graph a name means, and with which indices: tags, layers, powers, subscripts.
import { nearNames } from './near.ts'
import type { Scope, ScopeName } from './resolved.ts'
import { ClaimError, type Expression, type Name, type Span } from './syntax.ts'

/** A name that the graph does not have; with symbolic layers, another layer may have it. */
export class UnknownNameError extends ClaimError {}

export const unknownName = (name: Name, scope: Scope): UnknownNameError => {
  const near = nearNames(
    nameText(name),
    scope.names.map((each) => each.name),
  )
  const list = near.length > 0 ? `; near it are ${near.join(', ')}` : ''
  return new UnknownNameError(`The graph has no ‘${nameText(name)}’${list}`, name.span)
}

/** A script without spaces, braces and outer parentheses: `l-1`, `Fk`, `p,d`. */
const compact = (expression: Expression): string => {
  switch (expression.kind) {
    case 'name':
      return nameText(expression)
    case 'numeral':
      return expression.text
    case 'product':
      return expression.factors.map(compact).join('')
    case 'negation':
      return `-${compact(expression.operand)}`
    case 'addition':
      return expression.terms
        .map((term, position) =>
          position > 0 && term.kind !== 'negation' ? `+${compact(term)}` : compact(term),
        )
        .join('')
    default:
      return `‹${expression.kind}›`
  }
}

/** `w^{F1}_{11}` on one line, as messages and sizes have it. */
export const nameText = ({ base, primes, superscript, subscript }: Name): string => {
  const script = (sign: string, parts: readonly Expression[]): string => {
    const text = parts.map(compact).join(',')
    return text.length === 1 ? sign + text : `${sign}{${text}}`
  }
  return [
    base,
    "'".repeat(primes),
    superscript ? script('^', superscript.parts) : '',
    subscript ? script('_', subscript.parts) : '',
  ].join('')
}

/** The values of symbolic layers: l = 2. */
export type Layers = ReadonlyMap<string, number>

/** l − 1 at l = 2 is 1; undefined where a letter has no value. */
const layerNumber = (expression: Expression, layers: Layers): number | undefined => {
  if (expression.kind === 'numeral') {
    const { numerator, denominator } = expression.value
    return denominator === 1n ? Number(numerator) : undefined
  }
  if (expression.kind === 'name')
    return expression.subscript || expression.superscript || expression.primes > 0
      ? undefined
      : layers.get(expression.base)
  if (expression.kind === 'negation') {
    const value = layerNumber(expression.operand, layers)
    return value === undefined ? undefined : -value
  }
  if (expression.kind !== 'addition') return undefined
  return expression.terms.reduce<number | undefined>((sum, term) => {
    const value = layerNumber(term, layers)
    return sum === undefined || value === undefined ? undefined : sum + value
  }, 0)
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

const factorsOf = (parts: readonly Expression[]): Expression[] =>
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

/** Where `w^k` can be the k-th of w: every axis is then given, or the trailing ones are whole. */
const takesLeading = (array: ScopeName, leading: number, subscripts: number): boolean =>
  visibleRanks(array).some((rank) => leading < rank && (subscripts === 0 || leading < rank))

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
  const power = plain && !parenthesised && only ? { array: plain, power: only } : undefined
  if (tagged && power && !isTranspose(only)) {
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
  if (indexed && letters.length > 0) return { ...nothing, array: indexed, leading: letters }
  const factors = factorsOf(parts)
  const subscripts = name.subscript ? 1 : 0
  if (plain && factors.every(isIndexLetter) && takesLeading(plain, factors.length, subscripts))
    return { ...nothing, array: plain, leading: factors }
  return power && { ...nothing, ...power }
}

const isIndexLetter = (expression: Expression): boolean =>
  isPlainName(expression) && /^\p{Ll}$/u.test(expression.base)

const tagText = (parts: readonly Expression[], layers: Layers): string =>
  parts
    .map((part) => layerNumber(part, layers)?.toString() ?? compact(part))
    .join(',')
    .replace(/[()\s{}]/g, '')

/** W^T, W^{l+1,T}, W^{lT}: the name without its last T. */
const withoutTranspose = (name: Name, parts: readonly Expression[]): Name | undefined => {
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

const digitsOf = (numeral: Expression & { kind: 'numeral' }): Expression[] =>
  [...numeral.text].map((text, at) => ({
    kind: 'numeral',
    text,
    value: { numerator: BigInt(text), denominator: 1n },
    span: { start: numeral.span.start + at, end: numeral.span.start + at + 1 },
  }))

/** `11`, `k11`, `ij`, and `k-ij`, cut into single indices. */
const pieces = (part: Expression): { indices: Expression[]; digits: boolean } => {
  const terms =
    part.kind === 'addition' &&
    part.terms.every((term, at) => (term.kind === 'negation') === at > 0)
      ? part.terms.map((term) => (term.kind === 'negation' ? term.operand : term))
      : [part]
  const factors = factorsOf(terms)
  const digits = factors.some((each) => each.kind === 'numeral' && each.text.length > 1)
  const indices = factors.flatMap((each) =>
    each.kind === 'numeral' && /^\d+$/.test(each.text) ? digitsOf(each) : [each],
  )
  return { indices, digits }
}

export interface Indices {
  /** One for each visible axis; null is the whole axis. Empty for the whole array. */
  readonly indices: readonly (Expression | null)[]
  /** How many leading axes are invisible. */
  readonly skip: number
}

/** @throws ClaimError when they are too many, too few, or digits that could be cut in two ways. */
export const indicesOf = (
  array: ScopeName,
  leading: readonly Expression[],
  parts: readonly Expression[] | undefined,
  span: Span,
): Indices => {
  const ranks = visibleRanks(array)
  const whole = ranks.find((rank) => rank >= leading.length)
  if (!parts) {
    if (leading.length === 0) return { indices: [], skip: array.rank - ranks[0]! }
    if (whole === undefined) throw wrongCount(array, ranks, leading.length, span)
    const rest = Array.from({ length: whole - leading.length }, () => null)
    return { indices: [...leading, ...rest], skip: array.rank - whole }
  }
  const fits = (count: number) => ranks.find((rank) => rank === leading.length + count)
  const asWritten = fits(parts.length)
  if (asWritten !== undefined)
    return { indices: [...leading, ...parts], skip: array.rank - asWritten }
  const cut = parts.length === 1 ? pieces(parts[0]!) : { indices: parts, digits: false }
  const rank = fits(cut.indices.length)
  if (rank === undefined) throw wrongCount(array, ranks, leading.length + cut.indices.length, span)
  const long = array.shape.slice(array.rank - rank).find((length) => length > 9)
  if (cut.digits && long !== undefined)
    throw new ClaimError(
      `Commas are missing: an axis of ${array.name} has length ${long}, more than one digit`,
      parts[0]!.span,
    )
  return { indices: [...leading, ...cut.indices], skip: array.rank - rank }
}

const wrongCount = (array: ScopeName, ranks: readonly number[], count: number, span: Span) =>
  new ClaimError(
    `${array.name} takes ${ranks.join(' or ')} ${ranks[0] === 1 ? 'index' : 'indices'}, here are ${count}`,
    span,
  )
