// A name in its place: an index, a size, an array of the graph with its entries, δ, e, or the cost.
import { anyCost, onesLetter } from '../lexicon.ts'
import { indicesOf } from '../names/below/indices.ts'
import { foldedIndex } from '../names/below/shifted-index.ts'
import { withTagAbove } from '../names/below/subscript-tags.ts'
import { deltaBase } from '../names/deltas/delta.ts'
import { demandInCost } from '../names/in-cost.ts'
import { compact, nameText } from '../names/layer-tags.ts'
import { slidingNumber } from '../names/limits.ts'
import { type Match, matchName, unknownName } from '../names/names.ts'
import { identityOf, onesOf } from '../ones.ts'
import { rational } from '../rational.ts'
import type { Resolved } from '../resolved.ts'
import { ClaimError, type Expression, type Name, type Span } from '../syntax.ts'
import { next } from './application.ts'
import { layerNumber, placeAtLayer } from './at-layer.ts'
import { asIndex, type Context, inScope, isBare, letterOf } from './context.ts'
import { defined } from './defined.ts'
import { resolveExpression } from './expression.ts'
import { deltaOf, kroneckerOf, pairOf } from './kronecker.ts'
import { piNamed } from './pi.ts'
import { powerOf, raisedTo } from './values/powers.ts'
import { withoutUnits } from './values/units.ts'

export const costLetters: ReadonlySet<string> = new Set(['C', 'J'])

/** Letters of a loss: ℒ, ℓ, E. They are the cost as one side of a claim, or differentiated. */
export const lossLetters: ReadonlySet<string> = new Set([...costLetters, 'L', 'E', 'l', anyCost])

/** ∂ℒ/∂W, ℒ = …, where the graph has no such name. */
export const isLoss = (expression: Expression, context: Context): boolean =>
  expression.kind === 'name' &&
  isBare(expression) &&
  expression.primes === 0 &&
  lossLetters.has(expression.base) &&
  !context.sizesOnly &&
  !context.bound.has(expression.base) &&
  !context.definitions.has(expression.base) &&
  !context.variables.has(expression.base) &&
  !inScope(expression, context)

export const resolveName = (name: Name, context: Context): Resolved => {
  const { span } = name
  const letter = letterOf(name)
  if (context.sizesOnly) return sizeOrIndex(name, context)
  if (isBare(name)) {
    if (context.bound.has(letter)) return indexOf(letter, span, context)
    const substituted = context.substitutions.get(letter)
    if (substituted) return substituted
  }
  const value = defined(name, context)
  if (value) return value
  const layer = layerNumber(name, context)
  if (layer) return layer
  if (isBare(name)) {
    if (context.variables.has(letter)) return { kind: 'variable', name: letter, span }
    if (context.scope.sizes?.some((size) => size.name === letter) && !inScope(name, context)) {
      // z_n: the last entry, or every one.
      const isOpen = context.position === 'index' && !context.standing.has(letter)
      if (isOpen) context.ambiguities.set(letter, ['a length', 'an index'])
      if (!isOpen || !context.asPower) return { kind: 'size', name: letter, span }
    }
  }
  const number = slidingNumber(name, context)
  if (number !== undefined) return { kind: 'numeral', value: rational(BigInt(number)), span }
  if (isBare(name)) {
    const isIndex = context.position === 'guard' && context.subscripts.has(letter)
    if (context.position === 'index' || isIndex) return indexOf(letter, span, context)
  }
  if (isPowerOfEuler(name, context)) {
    context.ambiguities.set(nameText(name), ['a power of 2.718…', 'a power of the array e'])
    if (!context.asPower) return constantOf(name, context)
  }
  const array = arrayOf(name, context)
  // i of y_i = i x_i, where an array is called i too.
  const isIndexToo =
    array && isBare(name) && context.position === 'value' && context.ownIndices.has(letterOf(name))
  if (isIndexToo) context.ambiguities.set(letterOf(name), ['an array of the graph', 'an index'])
  if (isIndexToo && context.asPower) return indexOf(letterOf(name), span, context)
  return array ?? constantOf(name, context)
}

/** e^{x}, where an array of the graph is called e too. */
const isPowerOfEuler = (name: Name, { scope, layers, asPower }: Context): boolean =>
  name.base === 'e' &&
  name.primes === 0 &&
  !name.subscript &&
  matchName(name, 'e', scope, layers, asPower)?.power !== undefined

const indexAt = (index: Expression, context: Context): Resolved => {
  if (context.origin === 1) return resolveExpression(index, asIndex(context))
  return foldedIndex(resolveExpression(next(index), asIndex(context)))
}

/** Places of x[i:i+3, 0], which count from 0. */
export const placesOf = (places: readonly Expression[], context: Context): Resolved[] =>
  places.map((each) => foldedIndex(resolveExpression(each, asIndex({ ...context, origin: 0 }))))

/** Inside, all indices count from 1: one that is written to count from 0 is one less. */
const indexOf = (name: string, span: Span, { origin }: Context): Resolved => {
  const index: Resolved = { kind: 'index', name, span }
  if (origin === 1) return index
  const one: Resolved = { kind: 'numeral', value: rational(1n), span }
  const negation: Resolved = { kind: 'negation', operand: one, span }
  return { kind: 'addition', terms: [index, negation], span }
}

/** The array of a name, or of z for δ. */
export const matchIn = (name: Name, { scope, layers, asPower }: Context): Match | undefined => {
  const own = matchName(name, name.base, scope, layers, asPower)
  const base = name.base === 'δ' ? deltaBase(scope) : undefined
  return own ?? (base ? matchName(name, base, scope, layers, asPower) : undefined)
}

const sizeOrIndex = (name: Name, context: Context): Resolved => {
  const text = nameText(name)
  const kind = isBare(name) && context.bound.has(letterOf(name)) ? 'index' : 'size'
  return { kind, name: text, span: name.span }
}

/** h_1 beside a vector h, where the graph has an h_1 too. */
const arrayOrEntry = (name: Name, { scope, ambiguities, asPower }: Context): Name => {
  const { subscript, ...plain } = name
  const [only, ...others] = subscript?.parts ?? []
  const own = scope.names.filter(({ base }) => base === name.base)
  const isVector = own.some(({ tag, rank }) => tag === '' && rank === 1)
  if (!isVector || only?.kind !== 'numeral' || others.length > 0 || name.superscript) return name
  if (!own.some(({ tag, isBelow }) => isBelow === true && tag === only.text)) return name
  ambiguities.set(nameText(name), ['an array of the graph', 'an entry'])
  if (asPower) return name
  return { ...plain, superscript: { parts: [only], parenthesised: true, span: name.span } }
}

/** Arrays of the graph, and δ^X for ∂C/∂z^X. */
const arrayOf = (written: Name, context: Context): Resolved | undefined => {
  const name = arrayOrEntry(written, context)
  const { scope, layers, asPower } = context
  const own = matchName(name, name.base, scope, layers, asPower)
  const isDelta = !own && name.base === 'δ'
  const match = isDelta ? matchIn(name, context) : own
  // δ_{1,j} is the error of layer 1 where there are layers, δ_{ij} Kronecker's.
  if (isDelta && !withTagAbove(name, scope)) {
    const delta = kroneckerOf(name, match, context)
    if (delta) return delta
  }
  if (!match) return otherwiseTagged(name, context)
  if (match.ambiguous)
    context.ambiguities.set(nameText({ ...name, primes: 0 }), ['a name', 'a power'])
  const { span } = name
  const { array, leading, power } = match
  const { indices, skip } = indicesOf(array, leading, name.subscript?.parts, span)
  const leaf: Resolved =
    array.name === scope.costName
      ? { kind: 'cost', span }
      : { kind: 'array', name: array.name, skip, span }
  if (isDelta) demandInCost(leaf, scope)
  const whole: Resolved = isDelta
    ? { kind: 'derivative', of: { kind: 'cost', span }, by: [leaf], delta: true, span }
    : leaf
  const turned = (operand: Resolved): Resolved =>
    match.transposed ? { kind: 'transposed', operand, span } : operand
  const shape = array.shape.slice(skip)
  const placed = (each: Expression | null, axis: number) =>
    each && placeAtLayer(each, indexAt(each, context), array, shape[axis], context)
  const entryOf = (of: Resolved, at: readonly (Expression | null)[]): Resolved =>
    at.length === 0
      ? of
      : {
          kind: 'entry',
          array: of,
          indices: withoutUnits(at.map(placed), shape, span, context),
          span,
        }
  // W^T_{ij} is an entry of the transpose, w^{FkT} the transpose of a filter.
  const [given, rest] = [indices.slice(0, leading.length), indices.slice(leading.length)]
  const isEntry = rest.length > 1 && rest.every((index) => index !== null)
  const kept = given.length > 0 ? [...given, ...rest.map(() => null)] : []
  const isLastLeft = indices.length > 1 && indices.indexOf(null) === indices.length - 1
  const isRow = isLastLeft && indices.length === 2
  if (isRow) context.met.add('rows').add('axis')
  const isVector = indices.length === 0 && array.shape.length - skip === 1
  if (isVector || isLastLeft) context.met.add('vectors')
  const { axis, rows, vectors } = context.choices
  const isAny = array.isParameter === true || (axis === 'second' && vectors === 'columns')
  const isColumn = axis !== 'first' && isAny
  const areRows = vectors === 'rows' && (isVector || (isLastLeft && !isColumn))
  const isTurned = areRows || (isRow && rows === 'row')
  const asRow = (operand: Resolved): Resolved =>
    isTurned ? { kind: 'transposed', operand, span } : operand
  const placedAt = isRow && isColumn ? [...indices].reverse() : indices
  const transposed: Resolved =
    match.transposed && isEntry
      ? entryOf(turned(entryOf(whole, kept)), rest)
      : turned(asRow(entryOf(whole, placedAt)))
  return power ? raisedTo(transposed, resolveExpression(power, context), span, context) : transposed
}

/** W_2 as W^2 or W2; δ_2 as the derivative by z2. */
const otherwiseTagged = (name: Name, context: Context): Resolved | undefined => {
  const tagged = withTagAbove(name, context.scope)
  if (!tagged || name.base !== 'δ' || tagged.base === 'δ') return tagged && arrayOf(tagged, context)
  const { span } = name
  const read = arrayOf(tagged, context)
  const isTurned = read?.kind === 'transposed'
  const by = isTurned ? read.operand : read
  if (!by) return undefined
  demandInCost(by, context.scope)
  const of: Resolved = { kind: 'cost', span }
  const delta: Resolved = { kind: 'derivative', of, by: [by], delta: true, span }
  return isTurned ? { kind: 'transposed', operand: delta, span } : delta
}

/** 𝟙, 𝟙ᵀ, 𝟙_N, I, I_3, and I_{ij}, which is 1 where i = j. */
const onesNamed = (name: Name, context: Context): Resolved | undefined => {
  const { base, primes, superscript, subscript, span } = name
  if ((base !== onesLetter && base !== 'I') || primes > 0 || context.position !== 'value')
    return undefined
  const parts = superscript?.parts ?? []
  const isTransposed = parts.length === 1 && compact(parts[0]!) === 'T'
  if (parts.length > 0 && !isTransposed) return undefined
  const kronecker = base === 'I' ? pairOf(subscript?.parts) : undefined
  if (kronecker) return deltaOf(kronecker, span, context)
  const [below, ...others] = subscript?.parts ?? []
  const length = below && resolveExpression(below, { ...context, position: 'value' })
  if (others.length > 0 || (length && length.kind !== 'numeral' && length.kind !== 'size'))
    throw new ClaimError('Below stands a length, or nothing', subscript!.span)
  const made = base === 'I' ? identityOf(span, length) : onesOf(span, length)
  return isTransposed ? { kind: 'transposed', operand: made, span } : made
}

/** e^x, e, π, the cost, an index among values; otherwise nobody knows the name. */
const constantOf = (name: Name, context: Context): Resolved => {
  const { span } = name
  if (name.base === 'e' && name.primes === 0 && !name.subscript) {
    const [exponent, ...others] = name.superscript?.parts ?? []
    if (others.length > 0) throw new ClaimError('A list as an exponent', span)
    const operand: Resolved = exponent
      ? resolveExpression(exponent, context)
      : { kind: 'numeral', value: rational(1n), span }
    return { kind: 'call', word: 'exp', order: 0, operands: [operand], span }
  }
  if (costLetters.has(name.base) && isBare(name) && name.primes === 0) return { kind: 'cost', span }
  const pi = piNamed(name, context)
  if (pi) return pi
  const ones = onesNamed(name, context)
  if (ones) return ones
  const letter = letterOf(name)
  if (isBare(name) && (context.position === 'guard' || context.outer.has(letter)))
    return indexOf(letter, span, context)
  const { superscript, ...base } = name
  const [exponent] = superscript?.parts ?? []
  const isLength =
    slidingNumber(base, context) !== undefined ||
    context.scope.sizes?.some((size) => size.name === letter)
  if ((context.position === 'index' || isLength) && exponent && !name.subscript) {
    const bare = resolveName(base, context)
    return powerOf(bare, resolveExpression(exponent, context), span)
  }
  throw unknownName(name, context.scope)
}
