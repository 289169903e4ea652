// A convolution written out, Y_{ij} = Σ_m Σ_n X_{i+m,j+n} K_{mn} + b, as the network's text has it:
// Y = conv2d(X, K) + b.
import { expressionText } from '../../language/print/print.ts'
import type { Expression, Name } from '../../language/syntax.ts'
import type { Equation } from './equations.ts'
import { numeral } from './families.ts'
import { isPlain, lettersBelow } from './names.ts'

/** Of an image, a kernel, and how long the kernel is said to be along each axis: 0 if it is not. */
export const slide = 'conv2d'

interface Sum {
  readonly binders: readonly string[]
  /** All count from the number that is said, or from one that is not. */
  readonly from: '0' | '1' | undefined
  /** Where each ends, if that is said. */
  readonly ends: readonly (Expression | undefined)[]
  readonly body: Expression
}

/** Σ_m Σ_n and Σ_{m,n}. */
const sumIn = (node: Expression): Sum | undefined => {
  if (node.kind !== 'reduction') return { binders: [], from: undefined, ends: [], body: node }
  const inner = sumIn(node.body)
  const lowers = node.binders.map(({ lower }) => (lower?.kind === 'numeral' ? lower.text : lower))
  const [from] = lowers
  const isCounted = from === undefined || from === '0' || from === '1'
  const isSame = lowers.every((each) => each === from)
  if (!inner || node.operator !== 'sum' || node.conditions.length > 0) return undefined
  if (!isCounted || !isSame || (inner.binders.length > 0 && inner.from !== from)) return undefined
  return {
    ...inner,
    from,
    binders: [...node.binders.map(({ name }) => name), ...inner.binders],
    ends: [...node.binders.map(({ upper }) => upper), ...inner.ends],
  }
}

/** How many Σ_{m=1}^3 and Σ_{m=0}^2 have; a letter says as many as there are. */
const lengthOf = (end: Expression | undefined, from: Sum['from']): number | undefined => {
  const size = end?.kind === 'numeral' ? Number(end.text) + (from === '0' ? 1 : 0) : undefined
  return size !== undefined && Number.isInteger(size) && size > 0 ? size : undefined
}

const endsWhole = ({ ends, from }: Sum): boolean =>
  ends.every((end) => {
    const isNumber = end?.kind === 'numeral' && lengthOf(end, from) !== undefined
    const [k, less, ...others] = end?.kind === 'addition' ? end.terms : [end]
    const isOne = less?.kind === 'negation' && less.operand.kind === 'numeral'
    const isLess = from === '0' ? isOne && expressionText(less, 'text') === '-1' : !less
    return !end || isNumber || (k !== undefined && isPlain(k) && isLess && others.length === 0)
  })

/** i + m and, where that is counted from 1, i + m − 1. */
const isBeside = (node: Expression, i: string, m: string, from: Sum['from']): boolean => {
  if (node.kind !== 'addition') return false
  const letters = node.terms.flatMap((each) => (isPlain(each) ? [each.base] : []))
  const others = node.terms.filter((each) => !isPlain(each))
  const isPair = letters.length === 2 && letters.includes(i) && letters.includes(m)
  const [less] = others
  const isOneLess =
    others.length === 1 &&
    less?.kind === 'negation' &&
    less.operand.kind === 'numeral' &&
    less.operand.text === '1'
  return isPair && (isOneLess ? from !== '0' : others.length === 0 && from !== '1')
}

const placesOf = ({ subscript }: Name): readonly Expression[] => subscript?.parts ?? []

/** The array that slides over another, and that other. */
const pairIn = (sum: Sum, left: readonly string[]): readonly [Name, Name] | undefined => {
  const { body, binders, from } = sum
  const factors = body.kind === 'product' ? body.factors : []
  if (factors.length !== 2 || !factors.every((each) => each.kind === 'name')) return undefined
  const [one, other] = factors as readonly Expression[] as readonly [Name, Name]
  const kernel = lettersBelow(one).join() === binders.join() ? one : other
  const image = kernel === one ? other : one
  const places = placesOf(image)
  const slides = places.every((each, k) => isBeside(each, left[k]!, binders[k]!, from))
  const isKernel = lettersBelow(kernel).join() === binders.join()
  const areBare = [kernel, image].every(({ primes }) => primes === 0)
  return isKernel && slides && places.length === binders.length && areBare
    ? [image, kernel]
    : undefined
}

const whole = ({ subscript: _, ...name }: Name): Name => name

/** A_{ij} = σ(Z_{ij}), max(0, Z_{ij}): of whole arrays, for a convolution of A asks for all of it. */
const entrywiseWhole = (equation: Equation): Equation => {
  const { left, value } = equation
  const letters = lettersBelow(left).join()
  if (letters.length < 2 || (value.kind !== 'application' && value.kind !== 'call')) return equation
  const operands = value.operands.map((each): Expression | undefined => {
    if (each.kind === 'numeral') return each
    return each.kind === 'name' && lettersBelow(each).join() === letters ? whole(each) : undefined
  })
  const read = operands.filter((each) => each !== undefined)
  if (read.length < operands.length || read.every(({ kind }) => kind !== 'name')) return equation
  return { ...equation, left: whole(left), value: { ...value, operands: read } }
}

/** The same where it is no convolution of two axes, or something beside it has an index. */
const slidOne = (equation: Equation): Equation => {
  const { left, value } = equation
  const letters = lettersBelow(left)
  const terms = value.kind === 'addition' ? value.terms : [value]
  const pairs = terms.map((each) => {
    const sum = sumIn(each)
    const isOfTwo = sum?.binders.length === 2 && letters.length === 2 && endsWhole(sum)
    const pair = isOfTwo ? pairIn(sum, letters) : undefined
    return pair && { names: pair, sizes: sum!.ends.map((end) => lengthOf(end, sum!.from)) }
  })
  const found = pairs.filter((each) => each !== undefined)
  const areNumbers = terms.every((each, k) => pairs[k] !== undefined || isPlain(each))
  if (found.length !== 1 || !areNumbers) return equation
  const read = terms.map((each, k): Expression => {
    const pair = pairs[k]
    const { span } = each
    if (!pair) return each
    const head: Name = { kind: 'name', base: slide, primes: 0, span }
    const operands = [...pair.names.map(whole), ...pair.sizes.map((size) => numeral(size ?? 0))]
    return { kind: 'application', head, operands, bar: false, span }
  })
  const made = value.kind === 'addition' ? { ...value, terms: read } : read[0]!
  return { ...equation, left: whole(left), value: made }
}

/** Where one slides, what is made of it entry by entry is whole too. */
export const slidWhole = (equations: readonly Equation[]): readonly Equation[] => {
  const read = equations.map(slidOne)
  return read.some((each, k) => each !== equations[k]) ? read.map(entrywiseWhole) : equations
}
