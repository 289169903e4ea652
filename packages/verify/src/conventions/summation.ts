// The summation convention: an index that stands twice in a term, and not on the other side, is
// summed over.
import { subscriptsOf } from '../language/names/below/subscripts.ts'
import { namesIn } from '../language/names-in.ts'
import type { Claim, Expression, Name } from '../language/syntax.ts'
import { childNodes } from '../language/walk.ts'

/** i and j of A^{ij}: letters above that are indices like those below. */
const above = ({ superscript }: Partial<Name>): readonly Expression[] => {
  const parts = superscript && !superscript.parenthesised ? superscript.parts : []
  const factors = parts.flatMap((part) => (part.kind === 'product' ? part.factors : [part]))
  const isIndex = (each: Expression) => each.kind === 'name' && /^[a-km-z]$/.test(each.base)
  return factors.every(isIndex) ? parts : []
}

/** As often as in the term that has each most often. */
const mostOf = (terms: readonly string[][]): string[] =>
  [...new Set(terms.flat())].flatMap((letter) => {
    const counts = terms.map((term) => term.filter((each) => each === letter).length)
    return Array.from({ length: Math.max(...counts) }, () => letter)
  })

const isTwo = (node: Expression): boolean => node.kind === 'numeral' && node.text === '2'

/** The letters that stand bare in subscripts, one for each place; of a bracket those of one term. */
const places = (node: object, inside = false): string[] => {
  const whole = node as Expression
  if (whole.kind === 'addition') return mostOf(whole.terms.map((term) => places(term, inside)))
  if (whole.kind === 'power' && isTwo(whole.exponent)) {
    const once = places(whole.base, inside)
    return [...once, ...once]
  }
  const part = node as Partial<Name> & { indices?: readonly Expression[]; binders?: unknown }
  if (part.binders) return []
  const own =
    inside && part.kind === 'name' && !part.subscript && !part.superscript
      ? [part.base! + "'".repeat(part.primes!)]
      : []
  const below = new Set<Expression>([
    ...(part.subscript?.parts ?? []),
    ...above(part),
    ...(part.indices ?? []),
  ])
  return [
    ...own,
    ...childNodes<Expression>(node).flatMap((child) => places(child, inside || below.has(child))),
  ]
}

/** What stands twice in a bracket or an argument, and not beside it, is summed there. */
const withInner = (term: Expression, outside: ReadonlySet<string>): Expression => {
  const inner = (node: Expression, beside: readonly Expression[] = []): Expression =>
    ofSide(node, new Set([...outside, ...beside.flatMap((each) => places(each))]))
  const isWhole = ({ kind }: Expression): boolean =>
    ['addition', 'power', 'call', 'application'].includes(kind)
  switch (term.kind) {
    case 'power':
      return { ...term, base: inner(term.base) }
    case 'call':
    case 'application':
      return { ...term, operands: term.operands.map((each) => inner(each)) }
    case 'product': {
      const { factors } = term
      const beside = (at: number) => factors.filter((_, k) => k !== at)
      const all = factors.map((each, k) => (isWhole(each) ? inner(each, beside(k)) : each))
      return { ...term, factors: all }
    }
    default:
      return term
  }
}

/** Σ over what stands twice in a term. */
const ofTerm = (given: Expression, outside: ReadonlySet<string>): Expression => {
  if (given.kind === 'negation') return { ...given, operand: ofTerm(given.operand, outside) }
  if (given.kind === 'derivative') {
    const by = given.by.flatMap((each) => places(each))
    return { ...given, of: ofSide(given.of, new Set([...outside, ...by])) }
  }
  if (given.kind === 'quotient' && places(given.denominator).length === 0)
    return { ...given, numerator: ofSide(given.numerator, outside) }
  const term = withInner(given, outside)
  if (!['product', 'hadamard', 'power'].includes(term.kind)) return term
  const found = places(term)
  const twice = [...new Set(found)].filter(
    (letter) => !outside.has(letter) && found.filter((each) => each === letter).length === 2,
  )
  if (twice.length === 0) return term
  const { span } = term
  const binders = twice.map((name) => ({ name, span }))
  return {
    kind: 'reduction',
    operator: 'sum',
    binders,
    conditions: [],
    implicit: false,
    body: term,
    span,
  }
}

const ofSide = (side: Expression, outside: ReadonlySet<string>): Expression =>
  side.kind === 'addition'
    ? { ...side, terms: side.terms.map((term) => ofTerm(term, outside)) }
    : ofTerm(side, outside)

/** The letters that some term has otherwise than twice. */
const freeIn = (side: Expression, letters: ReadonlySet<string>): ReadonlySet<string> => {
  const terms = side.kind === 'addition' ? side.terms : [side]
  const isTwice = (letter: string, term: Expression) => {
    const count = places(term).filter((each) => each === letter).length
    return count === 0 || count === 2
  }
  return new Set([...letters].filter((each) => !terms.every((term) => isTwice(each, term))))
}

export const summed = (claim: Claim): Claim | undefined => {
  // Of i = 3 a condition says which it is.
  const selected = namesIn(claim.when ?? []).map(({ base }) => base)
  const written = claim.operands.map((side) => subscriptsOf({ ...claim, operands: [side] }))
  // Of a letter that the first side has not, what stands twice in every term is summed over.
  const [first = new Set<string>()] = written
  const letters = written.map((each, at) => {
    const free = freeIn(claim.operands[at]!, each)
    return new Set([...each].filter((letter) => first.has(letter) || free.has(letter)))
  })
  const sides = new Map<string, number>()
  for (const each of letters)
    for (const letter of each) sides.set(letter, (sides.get(letter) ?? 0) + 1)
  const operands = claim.operands.map((side, at) => {
    const own = letters[at]!
    const others = [...sides].flatMap(([letter, count]) =>
      count > (own.has(letter) ? 1 : 0) ? [letter] : [],
    )
    return ofSide(side, new Set([...others, ...selected]))
  })
  return operands.some((side, at) => side !== claim.operands[at] && hasSum(side))
    ? { ...claim, operands }
    : undefined
}

const hasSum = (node: Expression): boolean =>
  node.kind === 'reduction' || childNodes<Expression>(node).some(hasSum)
