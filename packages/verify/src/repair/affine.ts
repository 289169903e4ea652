// Indices as people write them, i + u − 1, moved by a constant without growing.

import type { Expression } from '../language/syntax.ts'
import { integer, type Of } from './build.ts'

const termsOf = (index: Expression): readonly Expression[] =>
  index.kind === 'addition' ? index.terms : [index]

const integerOf = (term: Expression): number | undefined => {
  if (term.kind === 'negation') {
    const value = integerOf(term.operand)
    return value === undefined ? undefined : -value
  }
  if (term.kind !== 'numeral' || term.value.denominator !== 1n) return undefined
  return Number(term.value.numerator)
}

const sumOf = (terms: readonly Expression[], constant: number, span: Expression['span']) => {
  const size = integer(Math.abs(constant))
  const last: Expression[] =
    constant === 0 && terms.length > 0
      ? []
      : [constant < 0 ? { kind: 'negation', operand: size, span } : size]
  const all = [...terms, ...last]
  return all.length === 1 ? all[0]! : ({ kind: 'addition', terms: all, span } as Expression)
}

/** i + u − 1 moved by 1 is i + u; 3 moved by 1 is 4. */
export const shifted = (index: Expression, by: number): Expression => {
  const terms = termsOf(index)
  const constant = terms.reduce((sum, term) => sum + (integerOf(term) ?? 0), by)
  const others = terms.filter((term) => integerOf(term) === undefined)
  return sumOf(others, constant, index.span)
}

const isLetter = (node: Expression): node is Of<'name'> =>
  node.kind === 'name' && !node.superscript && !node.subscript

/** i + u − 1 with i in steps of s: s(i − 1) + u. Undefined where the letter is no term of it. */
export const strided = (index: Expression, letter: string, stride: number) => {
  const terms = termsOf(index)
  const letterOf = (term: Expression) => (term.kind === 'negation' ? term.operand : term)
  const at = terms.findIndex((term) => {
    const inner = letterOf(term)
    return isLetter(inner) && inner.base === letter
  })
  if (at < 0) return undefined
  const place = letterOf(terms[at]!)
  const isNegative = terms[at]!.kind === 'negation'
  const back = sumOf([place], -1, index.span)
  const factors = [integer(stride), back]
  const product: Expression = { kind: 'product', factors, span: index.span }
  const step: Expression = isNegative
    ? { kind: 'negation', operand: product, span: index.span }
    : product
  const others = terms.toSpliced(at, 1, step)
  return shifted({ kind: 'addition', terms: others, span: index.span }, isNegative ? -1 : 1)
}

/** The letters that stand alone as terms, those with a minus among them. */
export const lettersOf = (index: Expression): string[] =>
  termsOf(index).flatMap((term) => {
    const letter = term.kind === 'negation' ? term.operand : term
    return isLetter(letter) ? [letter.base + "'".repeat(letter.primes)] : []
  })
