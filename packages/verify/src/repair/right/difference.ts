// What one edit would make of theirs what is right: the smallest part in which two formulas differ,
// letters of sums and the order of terms and factors aside, and what that edit is called.
import { expressionText } from '../../language/print/print.ts'
import type { Binder, Claim, Expression, Name } from '../../language/syntax.ts'
import { childNodes, mapped, spellingOf } from '../../language/walk.ts'
import { negated } from '../build.ts'
import { freeLetters } from '../edits/free-letters.ts'
import { untransposed } from '../edits/sliding.ts'
import { isDifferential, withProducts } from '../products.ts'
import type { RepairName } from '../table.ts'
import { holds } from './their-notation.ts'

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>

/** Their sums bind m, ours k: letters by how deep they are bound. */
const unlettered = (value: unknown, bound: ReadonlyMap<string, string>): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((each) => unlettered(each, bound))
  const { kind, base, primes, binders } = value as Name & { binders?: readonly Binder[] }
  const letter = kind === 'name' ? bound.get(base + "'".repeat(primes)) : undefined
  if (letter) return { ...value, base: letter, primes: 0 }
  const inner = new Map(bound)
  for (const { name } of binders ?? []) inner.set(name, `${inner.size}°`)
  const entries = Object.entries(value).map(([key, each]) => {
    if (key === 'span' || key === 'value' || key === 'dots') return [key, each]
    if (key === 'binders')
      return [
        key,
        (each as readonly Binder[]).map((binder) => ({ ...binder, name: inner.get(binder.name)! })),
      ]
    return [key, unlettered(each, inner)]
  })
  return Object.fromEntries(entries)
}

/** Alike where only the order of terms and of factors is another. */
const keyOf = (node: Expression): string => {
  if (node.kind === 'addition') return `+[${node.terms.map(keyOf).sort().join()}]`
  if (node.kind === 'negation') return `-${keyOf(node.operand)}`
  if (node.kind === 'transposed') return `T${keyOf(node.operand)}`
  if (node.kind === 'power') return `^[${keyOf(node.base)},${keyOf(node.exponent)}]`
  if (node.kind === 'call') return `${node.word}[${node.operands.map(keyOf).join()}]`
  if (node.kind === 'reduction' && node.conditions.length === 0)
    return `${node.operator}[${node.binders.map(({ name }) => name).join()}:${keyOf(node.body)}]`
  const factors = factorsOf(node)
  if (factors.length > 1 || factors[0] !== node) return `*[${factors.map(keyOf).sort().join()}]`
  // What brackets compare is no expression, and has no text.
  const text: string | undefined = expressionText(node, 'text')
  return (text ?? spellingOf(node)).replaceAll(/[\s·()]/g, '')
}

/** Terms, each with its sign. */
const termsOf = (node: Expression): readonly Expression[] =>
  node.kind === 'addition' ? node.terms : [node]

const inverse = (node: Expression): Expression => ({
  kind: 'power',
  base: node,
  exponent: { kind: 'name', base: '−1', primes: 0, span: node.span },
  span: node.span,
})

/** a/(b c) as a, 1/b and 1/c; a ⊙ b as its two. */
const factorsOf = (node: Expression): readonly Expression[] => {
  if (isDifferential(node)) return [node]
  if (node.kind === 'product') return node.factors.flatMap(factorsOf)
  const isEntrywise = node.kind === 'star' && node.operation === 'bare'
  if (node.kind === 'hadamard' || isEntrywise)
    return [...factorsOf(node.left), ...factorsOf(node.right)]
  if (node.kind !== 'quotient') return [node]
  const above = factorsOf(node.numerator).filter((each) => keyOf(each) !== '1')
  return [...above, ...factorsOf(node.denominator).map(inverse)]
}

/** What the first list has that the second has not, as often as it has it. */
const besides = (
  own: readonly Expression[],
  others: readonly Expression[],
): readonly Expression[] => {
  const left = others.map(keyOf)
  return own.filter((each) => {
    const at = left.indexOf(keyOf(each))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

const isSlope = (node: Expression): boolean => node.kind === 'application' && node.head.primes > 0

/** a (1 − a), or 1 − a². */
const isSlopeWritten = (factors: readonly Expression[]): boolean => {
  const [first, second] = factors
  const isRest = (a: Expression, rest: Expression) =>
    rest.kind === 'addition' &&
    rest.terms.length === 2 &&
    keyOf(rest.terms[0]!) === '1' &&
    keyOf(negated(rest.terms[1]!)) === keyOf(a)
  if (factors.length === 2) return isRest(first!, second!) || isRest(second!, first!)
  const square = first?.kind === 'addition' ? negated(first.terms.at(-1)!) : undefined
  return factors.length === 1 && square !== undefined && isRest(square, first!) && isSquare(square)
}

const isSquare = (node: Expression): boolean => keyOf(squareRoot(node)) !== keyOf(node)

const isSum = (node: Expression): node is Of<'reduction'> =>
  node.kind === 'reduction' && node.operator === 'sum'

/** −a of theirs and a of ours. */
const areOpposite = (own: readonly Expression[], right: readonly Expression[]): boolean =>
  own.length > 0 && own.length === right.length && besides(own.map(negated), right).length === 0

const ofLists = (
  own: readonly Expression[],
  right: readonly Expression[],
  names: readonly [missing: RepairName, superfluous: RepairName],
): RepairName | undefined => {
  const [extra, missing] = [besides(own, right), besides(right, own)]
  const isAlike = extra.length + missing.length < own.length + right.length
  if (!isAlike) return undefined
  const isOne = names[0] === 'missing term' || extra.length + missing.length === 1
  if (names[0] === 'factor') {
    if (extra.length === 0 && isSlopeWritten(missing)) return "missing σ'"
    if (missing.length === 0 && isSlopeWritten(extra)) return "superfluous σ'"
  }
  if (extra.length === 0 && isOne) return missing.some(isSlope) ? "missing σ'" : names[0]
  if (missing.length === 0 && isOne) return extra.some(isSlope) ? "superfluous σ'" : names[1]
  if (areOpposite(extra, missing)) return 'sign'
  if (extra.length !== 1 || missing.length !== 1) return undefined
  return named(extra[0]!, missing[0]!)
}

const isRootOf = (node: Expression, other: Expression): boolean =>
  node.kind === 'call' && node.word === 'sqrt' && keyOf(node.operands[0]!) === keyOf(other)

/** a of a², which may stand as a name with a 2 above it; of anything else itself. */
const squareRoot = (node: Expression): Expression => {
  if (node.kind === 'power') return keyOf(node.exponent) === '2' ? node.base : node
  if (node.kind !== 'name' || !node.superscript) return node
  const { superscript, ...base } = node
  return superscript.parts.map(keyOf).join() === '2' ? base : node
}

/** By which terms and factors are set side by side: all but what stands below. */
const letters = (node: Expression): string => keyOf(node).replaceAll(/_(?:\{[^}]*\}|.)/g, '')

/** Names that differ, place by place, where all else is alike; undefined where it is not. */
const otherNames = (own: Expression, right: Expression): (readonly [Name, Name])[] | undefined => {
  if (keyOf(own) === keyOf(right)) return []
  if (own.kind === 'name' && right.kind === 'name') return [[own, right]]
  const [theirs, ours] = [own, right].map((each) =>
    childNodes<Expression>(each).toSorted((a, b) => (letters(a) < letters(b) ? -1 : 1)),
  )
  if (own.kind !== right.kind || theirs!.length !== ours!.length) return undefined
  const found = theirs!.map((each, at) => otherNames(each, ours![at]!))
  return found.includes(undefined) ? undefined : found.flatMap((each) => each ?? [])
}

/** r for z wherever it stands, or another letter below. */
const byNames = (own: Expression, right: Expression): RepairName | undefined => {
  const pairs = otherNames(own, right) ?? []
  const [[was, becomes] = []] = pairs
  if (!was || !becomes) return undefined
  const isOne = pairs.every(([a, b]) => a.base === was.base && b.base === becomes.base)
  if (isOne && was.base !== becomes.base) return 'wrong array'
  const isSummed = ({ subscript }: Name) => subscript && keyOfAll(subscript.parts).includes('°')
  // The same letters in another order: Z_{ji} for Z_{ij}.
  const lettersOf = ({ subscript, ...name }: Name) => {
    const parts = subscript?.parts.flatMap((each) =>
      each.kind === 'product' ? each.factors : [each],
    )
    return [keyOf(name), ...(parts ?? []).map(keyOf).sort()].join()
  }
  const isAxis = pairs.every(([a, b]) => lettersOf(a) === lettersOf(b) && isSummed(a))
  return isAxis ? 'wrong axis' : undefined
}

const keyOfAll = (nodes: readonly Expression[]): string => nodes.map(keyOf).join()

/** The name of the edit that makes `right` of `own`, both without letters of sums. */
const named = (own: Expression, right: Expression): RepairName | undefined =>
  edited(own, right) ?? byNames(own, right)

const edited = (own: Expression, right: Expression): RepairName | undefined => {
  if (keyOf(negated(own)) === keyOf(right) || keyOf(own) === keyOf(negated(right))) return 'sign'
  if (own.kind === 'negation' && right.kind === 'negation') return named(own.operand, right.operand)
  if (isRootOf(own, right) || isRootOf(right, own)) return 'factor'
  const isFactor = (part: Expression, node: Expression) =>
    factorsOf(node).some((each) => keyOf(each) === keyOf(part))
  const isWithin = isFactor(own, right) || isFactor(right, own)
  if (!isWithin && (own.kind === 'addition' || right.kind === 'addition'))
    return ofLists(termsOf(own), termsOf(right), ['missing term', 'superfluous term'])
  if (keyOf(squareRoot(own)) === keyOf(right)) return 'superfluous square'
  if (keyOf(squareRoot(right)) === keyOf(own)) return 'missing square'
  if (right.kind === 'transposed' && keyOf(right.operand) === keyOf(own)) return 'missing transpose'
  if (own.kind === 'transposed' && keyOf(own.operand) === keyOf(right))
    return 'superfluous transpose'
  const [theirs, ours] = [factorsOf(own), factorsOf(right)]
  if (theirs.length > 1 || ours.length > 1) return ofLists(theirs, ours, ['factor', 'factor'])
  if (isSum(own) && isSum(right)) return named(own.body, right.body)
  if (own.kind === 'power' && right.kind === 'power') {
    if (keyOf(own.base) === keyOf(right.base)) return 'factor'
    return keyOf(own.exponent) === keyOf(right.exponent) ? named(own.base, right.base) : undefined
  }
  const isCall = own.kind === 'call' && right.kind === 'call' && own.word === right.word
  const [inner, other] = isCall ? [own.operands[0], right.operands[0]] : []
  if (inner && other) return named(inner, other)
  const [theirArray, array] = [untransposed(own), untransposed(right)]
  return theirArray && array && named(theirArray, array)
}

/** P for P_{ij}, where all that is said is said of each i and j. */
const ofWhole = (side: Expression, letters: string): Expression =>
  mapped(side, (node) => {
    const each = node as Expression
    if (each.kind !== 'name' || !each.subscript || letters === '') return undefined
    const { subscript, ...name } = each
    const own = subscript.parts.map((part) => expressionText(part, 'text')).join('')
    return own.replaceAll(/[\s,]/g, '') === letters ? name : undefined
  })

/** The one edit between two sides, by its name; undefined where there are several. */
export const editBetween = (theirClaim: Claim, rightClaim: Claim): RepairName | undefined => {
  const [left, right] = withProducts(rightClaim).operands as [Expression, Expression]
  const own = withProducts(theirClaim).operands[1]!
  // Theirs is about arrays, and what is right about their entries.
  const isOfEntries = freeLetters(left).length > 0 && freeLetters(own).length === 0
  const letters = isOfEntries ? freeLetters(left).join('') : ''
  if (isSum(right) && keyOf(right.body) === keyOf(own)) return 'missing sum over paths'
  if (isSum(own) && keyOf(own.body) === keyOf(right)) return 'superfluous sum'
  const [theirs, ours] = [own, ofWhole(right, letters)].map(
    (side) => unlettered(side, new Map()) as Expression,
  )
  if (keyOf(theirs!) !== keyOf(ours!)) return named(theirs!, ours!)
  // Alike but for the order, and theirs is false: a product of matrices.
  const isOther = ({ kind }: Expression) => kind === 'hadamard' || kind === 'reduction'
  return own.kind === 'product' && !holds(own, isOther) ? 'operands swapped' : undefined
}
