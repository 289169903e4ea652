// Edits of means where a sum is right, and the reverse: mean(…), 1/N Σ, and 1/3 Σ over three.
import { rational } from '../../language/rational.ts'
import type { ScopeName } from '../../language/resolved.ts'
import type { Expression, Name } from '../../language/syntax.ts'
import { namesOf, numeral, type Of, quoted, times, without } from '../build.ts'
import { type EditContext, everywhere, type Rewrite } from '../edit.ts'
import { letterOfArray } from '../roles.ts'

/** The array of the graph that a name with scripts is an entry of. */
const arrayOf = (name: Name, scope: EditContext['scope']): ScopeName | undefined => {
  const base = letterOfArray(name, scope)
  const [only] = name.superscript?.parts ?? []
  const written = only?.kind === 'product' ? only.factors[0] : only
  const tag = written ? quoted(written).replace(/ /g, '') : ''
  return scope.names.find((each) => each.base === base && each.tag === tag)
}

/** The length of the axis that a letter runs through where it stands alone as an index. */
const lengthOf = (letter: string, body: Expression, { scope }: EditContext) => {
  for (const name of namesOf(body)) {
    const parts = name.subscript?.parts ?? []
    const [only] = parts
    const indices = parts.length === 1 && only?.kind === 'product' ? only.factors : parts
    const fromEnd = indices.findIndex((part) => quoted(part) === letter) - indices.length
    const length = arrayOf(name, scope)?.shape.at(fromEnd)
    if (fromEnd < 0 && fromEnd >= -indices.length && length !== undefined) return length
  }
  return undefined
}

/** How many terms a Σ without bounds has. */
const termsOf = (sum: Of<'reduction'>, context: EditContext): number | undefined => {
  const lengths = sum.binders.map(({ name }) => lengthOf(name, sum.body, context))
  return lengths.reduce<number | undefined>(
    (product, length) => (product && length ? product * length : undefined),
    1,
  )
}

/** 1/N, or 1/n with the number of terms. */
const isMeanOf = (factor: Expression, sum: Of<'reduction'>, context: EditContext): boolean => {
  if (factor.kind === 'numeral') {
    const { numerator, denominator } = factor.value
    return numerator === 1n && Number(denominator) === termsOf(sum, context)
  }
  if (factor.kind !== 'quotient' || quoted(factor.numerator) !== '1') return false
  const { denominator } = factor
  return denominator.kind === 'name' && !denominator.subscript
}

const isSum = (node: Expression | undefined): node is Of<'reduction'> =>
  node?.kind === 'reduction' && node.operator === 'sum'

const toSum: Rewrite = everywhere(({ node }, _, context) => {
  const message = 'This is a sum, not a mean'
  if (node.kind === 'call' && node.word === 'mean') {
    const sum: Expression = { ...node, word: 'sum' }
    return [[sum, `${message}: ${quoted(sum)}.`]]
  }
  if (node.kind !== 'product') return []
  const at = node.factors.findIndex((factor, place) => {
    const next = node.factors[place + 1]
    return isSum(next) && isMeanOf(factor, next, context)
  })
  if (at < 0) return []
  return [[without(node, at), `${message}: drop the factor ${quoted(node.factors[at]!)}.`]]
})

/** Of a whole side, or the last factor of one. */
const toMean: Rewrite = everywhere(({ node, position, parents }, _, context) => {
  const message = 'This is a mean, not a sum'
  if (node.kind === 'call' && node.word === 'sum') {
    const mean: Expression = { ...node, word: 'mean' }
    return [[mean, `${message}: ${quoted(mean)}.`]]
  }
  const isOuter = parents.length === 0 || (parents.length === 1 && parents[0]!.kind === 'product')
  const isMean = position === 'value' && isOuter && isSum(node)
  const count = isMean ? termsOf(node, context) : undefined
  if (!count || count < 2) return []
  const part = numeral(rational(1n, BigInt(count)))
  return [[times(part, node), `${message}: the factor ${quoted(part)} is missing.`]]
})

export const means = { toSum, toMean } as const
