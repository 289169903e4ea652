// i − 1 + 1 is i: indices that were moved by constants, with one constant at most.
import { negative, plus, rational } from '../../rational.ts'
import type { Resolved } from '../../resolved.ts'
import type { Rational } from '../../syntax.ts'

const termsOf = (node: Resolved): readonly Resolved[] =>
  node.kind === 'addition' ? node.terms.flatMap(termsOf) : [node]

const constantOf = (node: Resolved): Rational | undefined => {
  if (node.kind === 'numeral') return node.value
  const value = node.kind === 'negation' ? constantOf(node.operand) : undefined
  return value && negative(value)
}

export const foldedIndex = (index: Resolved): Resolved => {
  const { span } = index
  const terms = termsOf(index)
  const others = terms.filter((term) => !constantOf(term))
  const constant = terms.reduce(
    (sum, term) => plus(sum, constantOf(term) ?? rational(0n)),
    rational(0n),
  )
  const { numerator, denominator } = constant
  const size: Resolved = {
    kind: 'numeral',
    value: { numerator: numerator < 0n ? -numerator : numerator, denominator },
    span,
  }
  const last: Resolved = numerator < 0n ? { kind: 'negation', operand: size, span } : size
  const all = numerator === 0n && others.length > 0 ? others : [...others, last]
  return all.length === 1 ? all[0]! : { kind: 'addition', terms: all, span }
}
