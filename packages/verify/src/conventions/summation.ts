// The summation convention: an index that stands twice in a term is summed over, unless a term of
// some side has it otherwise: then it is free.
import { namesIn } from '../language/names-in.ts'
import type { Scope } from '../language/resolved.ts'
import type { Binder, Claim, Expression, Name } from '../language/syntax.ts'
import { childNodes, mapped, withParts } from '../language/walk.ts'

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
  const part = node as Partial<Name> & { indices?: readonly Expression[] }
  const { binders = [] } = part as { binders?: readonly Binder[] }
  const own =
    inside && part.kind === 'name' && !part.subscript && !part.superscript
      ? [part.base! + "'".repeat(part.primes!)]
      : []
  const below = new Set<Expression>([
    ...(part.subscript?.parts ?? []),
    ...above(part),
    ...(part.indices ?? []),
  ])
  const children = childNodes<Expression>(node)
  const all = children.flatMap((child) => places(child, inside || below.has(child)))
  return [...own, ...all.filter((letter) => binders.every(({ name }) => name !== letter))]
}

/** The same list where each stays the same. */
const each = <Item>(all: readonly Item[], change: (item: Item, at: number) => Item) => {
  const found = all.map(change)
  return found.every((item, at) => item === all[at]) ? all : found
}

/** What stands twice in a bracket or an argument, and not beside it, is summed there. */
const withInner = (term: Expression, outside: ReadonlySet<string>): Expression => {
  const inner = (node: Expression, beside: readonly Expression[] = []): Expression =>
    ofSide(node, new Set([...outside, ...beside.flatMap((each) => places(each))]))
  const isWhole = ({ kind }: Expression): boolean =>
    ['addition', 'power', 'call', 'application', 'reduction'].includes(kind)
  const within = (parts: object) => withParts(term, parts) as Expression
  switch (term.kind) {
    case 'power':
      return within({ base: inner(term.base) })
    case 'call':
    case 'application':
      return within({ operands: each(term.operands, (operand) => inner(operand)) })
    case 'product': {
      const { factors } = term
      const beside = (at: number) => factors.filter((_, k) => k !== at)
      const all = each(factors, (factor, k) =>
        isWhole(factor) ? inner(factor, beside(k)) : factor,
      )
      return within({ factors: all })
    }
    default:
      return term
  }
}

/** Σ over what stands twice in a term. */
const ofTerm = (given: Expression, outside: ReadonlySet<string>): Expression => {
  const within = (parts: object) => withParts(given, parts) as Expression
  if (given.kind === 'negation') return within({ operand: ofTerm(given.operand, outside) })
  if (given.kind === 'reduction') {
    const bound = given.binders.map(({ name }) => name)
    return within({ body: ofSide(given.body, new Set([...outside, ...bound])) })
  }
  if (given.kind === 'derivative') {
    const by = given.by.flatMap((variable) => places(variable))
    return within({ of: ofSide(given.of, new Set([...outside, ...by])) })
  }
  if (given.kind === 'quotient' && places(given.denominator).length === 0)
    return within({ numerator: ofSide(given.numerator, outside) })
  const term = withInner(given, outside)
  if (!['product', 'hadamard', 'power'].includes(term.kind)) return term
  const found = places(term)
  const twice = [...new Set(found)].filter(
    (letter) => !outside.has(letter) && isTwice(letter, found),
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

const termsOf = (side: Expression) => (side.kind === 'addition' ? side.terms : [side])

const ofSide = (side: Expression, outside: ReadonlySet<string>): Expression =>
  side.kind === 'addition'
    ? (withParts(side, { terms: each(side.terms, (term) => ofTerm(term, outside)) }) as Expression)
    : ofTerm(side, outside)

const isTwice = (letter: string, found: readonly string[]): boolean =>
  found.filter((other) => other === letter).length === 2

/** a_i^2 for (a_i)^2, where 2 is no layer. */
const squared = (side: Expression, { names }: Scope): Expression =>
  mapped(side, (node) => {
    const { kind, superscript, ...name } = node as Name
    const [exponent, ...others] = superscript?.parenthesised ? [] : (superscript?.parts ?? [])
    const isSquare = kind === 'name' && exponent && isTwo(exponent) && others.length === 0
    if (!isSquare || names.some(({ tag }) => tag === '2')) return undefined
    return { kind: 'power', base: { kind, ...name }, exponent, span: name.span }
  })

export const summed = (claim: Claim, scope: Scope): Claim | undefined => {
  // Of i = 3 a condition says which it is.
  const selected = namesIn(claim.when ?? []).map(({ base }) => base)
  const sides = claim.operands.map((side) => squared(side, scope))
  const free = sides.flatMap(termsOf).flatMap((term) => {
    const found = places(term)
    return found.filter((letter) => !isTwice(letter, found))
  })
  const operands = each(sides, (side) => ofSide(side, new Set([...free, ...selected])))
  return operands === sides ? undefined : { ...claim, operands }
}

const sumsIn = (node: object): readonly object[] =>
  childNodes<Expression>(node).flatMap((child) => [
    ...(child.kind === 'reduction' ? [child] : []),
    ...sumsIn(child),
  ])

/** Where no document says so: who writes a Σ says what is summed, there and around it. */
export const summedElsewhere = (claim: Claim, scope: Scope): Claim | undefined => {
  const found = summed(claim, scope)
  const written = sumsIn(claim)
  const read = found ? sumsIn(found) : []
  const areKept = written.every((sum) => read.includes(sum))
  const areApart = read.every((sum) => written.includes(sum) || sumsIn(sum).length === 0)
  return areKept && areApart ? found : undefined
}
