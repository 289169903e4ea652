// Limits by letters that nobody gave a value: in Σ_{k=1}^K and i = 1, …, K the K is the end of the
// axis, where the graph has no such name.
import { type Context, isBare, letterOf } from '../resolve/context.ts'
import type { Comparison, Expression, Name } from '../syntax.ts'
import { matchName } from './names.ts'

/** A name that is no array, no length and no index. */
const isUnknown = (name: Name, context: Context): boolean => {
  const { scope, layers, bound, subscripts, definitions, substitutions } = context
  if (name.primes > 0 || matchName(name, name.base, scope, layers, false)) return false
  if (scope.sizes?.some((size) => size.name === name.base)) return false
  const letter = letterOf(name)
  if (slidingNumber(name, context) !== undefined) return false
  if (bound.has(letter) || definitions.has(letter) || substitutions.has(letter)) return false
  return !isBare(name) || !subscripts.has(letter)
}

const isNumeral = (node: Expression | undefined, value: bigint): boolean =>
  node?.kind === 'numeral' && node.value.denominator === 1n && node.value.numerator === value

/** K, or K − 1 where indices count from 0. */
const isEnd = (upper: Expression, context: Context): boolean => {
  if (context.sizesOnly) return false
  if (context.origin === 1) return upper.kind === 'name' && isUnknown(upper, context)
  if (upper.kind !== 'addition' || upper.terms.length !== 2) return false
  const [size, less] = upper.terms
  const isOne = less?.kind === 'negation' && isNumeral(less.operand, 1n)
  return isOne && size?.kind === 'name' && isUnknown(size, context)
}

/** From the first index to an end without a value: all of the axis. */
export const isWholeAxis = (
  lower: Expression | undefined,
  upper: Expression | undefined,
  context: Context,
): boolean =>
  upper !== undefined &&
  isEnd(upper, context) &&
  (lower === undefined || isNumeral(lower, BigInt(context.origin)))

/** 1 ≤ i ≤ K says nothing of an i that is an index. */
export const saysNothing = ({ operands, relations }: Comparison, context: Context): boolean => {
  const [lower, index, upper] = operands
  return relations.join('') === '≤≤' && index?.kind === 'name' && isWholeAxis(lower, upper, context)
}

/** The k of k × k windows: the letter is nowhere an index, and nothing else is called so. */
const isWindow = (letter: string, context: Context): boolean => {
  const { scope, subscripts, bound, definitions, windows } = context
  if (!/^[kpfs]$/.test(letter) || scope.window === undefined) return false
  const isIndex = subscripts.has(letter) && !windows.includes(letter)
  if (isIndex || bound.has(letter) || definitions.has(letter)) return false
  return !scope.names.some(({ base, letters }) => base === letter || letters.includes(letter))
}

/** The s of x_{si+u,sj+v}: never a subscript by itself. */
const isStride = (letter: string, { scope, position, hasStride }: Context): boolean =>
  letter === 's' &&
  scope.stride !== undefined &&
  position === 'index' &&
  hasStride &&
  !scope.names.some(({ letters }) => letters.includes('s'))

/** k and s, K_h and S_w: how large the windows are, and how far they step. */
export const slidingNumber = (name: Name, context: Context): number | undefined => {
  const { window, stride, names } = context.scope
  const { base, subscript, superscript, primes } = name
  const [side, ...others] = subscript?.parts ?? []
  if (isBare(name)) {
    const letter = letterOf(name)
    return isStride(letter, context) ? stride : isWindow(letter, context) ? window : undefined
  }
  const isSide = side?.kind === 'name' && isBare(side) && /^[hwHW]$/.test(side.base)
  const isOther = superscript || primes > 0 || others.length > 0
  if (!isSide || isOther || names.some((each) => each.base === base)) return undefined
  return /^[kKfFpP]$/.test(base) ? window : /^[sS]$/.test(base) ? stride : undefined
}
