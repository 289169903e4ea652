// Edits of sums and factors: a sign, a constant, a term or a sum left out or left over.
import { rational } from '../../language/rational.ts'
import type { Expression, Rational } from '../../language/syntax.ts'
import { negated, numeral, plus, quoted, same, subject, times, tree, without } from '../build.ts'
import { everywhere, onTerms, type Rewrite } from '../edit.ts'
import { freeOnRightOnly } from './free-letters.ts'

/** The whole side, or one term of any sum. */
const flip: Rewrite = everywhere((site) => {
  const { node, side, parents, position } = site
  if (position !== 'value') return []
  if (side > 0 && parents.length === 0)
    return [[negated(node), 'The sign is wrong.'], ...flippedTerms(node)]
  return flippedTerms(node)
})

const flippedTerms = (node: Expression): readonly (readonly [Expression, string])[] => {
  if (node.kind !== 'addition') return []
  return node.terms.flatMap((term, at) => {
    const flipped: Expression = { ...node, terms: node.terms.with(at, negated(term)) }
    return [[flipped, `The sign of ${quoted(term)} is wrong.`] as const]
  })
}

const isOne = ({ numerator, denominator }: Rational) =>
  (numerator === 1n || numerator === -1n) && denominator === 1n

const inverse = ({ numerator, denominator }: Rational): Rational =>
  numerator < 0n ? rational(-denominator, -numerator) : rational(denominator, numerator)

const usual: readonly Rational[] = [rational(1n, 2n), rational(2n), rational(1n, 4n), rational(4n)]

const factorsFor = (ratio: Rational | undefined): readonly Rational[] =>
  ratio && ratio.numerator !== 0n && !isOne(ratio) ? [ratio, inverse(ratio)] : usual

/** A constant before the whole side, or in place of a constant that is there. */
const rescale: Rewrite = everywhere(({ node, side, parents, position }, _, { ratio }) => {
  if (side <= 0 || position !== 'value' || parents.at(-1)?.kind === 'power') return []
  const isSide = parents.length === 0 || isTermOfSide(parents)
  if (!isSide && node.kind !== 'numeral') return []
  return factorsFor(ratio).map((factor) => {
    const right = scaled(factor, node)
    const message =
      node.kind === 'numeral'
        ? `A factor is wrong: ${quoted(right)} instead of ${quoted(node)}.`
        : `The factor ${quoted(numeral(factor))} is missing.`
    return [right, message] as const
  })
})

const isTermOfSide = (parents: readonly Expression[]) =>
  parents.length === 1 && parents[0]!.kind === 'addition'

/** 1/2 (2 a) is a. */
const scaled = (factor: Rational, node: Expression): Expression => {
  if (node.kind === 'hadamard' || node.kind === 'star')
    return { ...node, left: scaled(factor, node.left) }
  const [first, ...others] = node.kind === 'product' ? node.factors : [node]
  if (first?.kind !== 'numeral') return times(numeral(factor), node)
  const { value } = first
  const product = rational(
    value.numerator * factor.numerator,
    value.denominator * factor.denominator,
  )
  if (node.kind !== 'product') return numeral(product)
  const one = product.numerator === product.denominator
  const factors = one ? others : [numeral(product), ...others]
  return factors.length === 1 ? factors[0]! : { ...node, factors }
}

const spoil: Rewrite = onTerms(({ node, parents }) =>
  parents.length > 0
    ? []
    : [rational(2n), rational(1n, 3n)].map((factor) => [times(numeral(factor), node), '']),
)

/** + or − any array of the graph, in the indices of the left side where it has entries. */
const addTerm: Rewrite = everywhere(({ node, side, position, parents }, claim, { scope }) => {
  const isSide = side > 0 && parents.length === 0
  const isInner = node.kind === 'addition' && side > 0
  if (position !== 'value' || !(isSide || isInner)) return []
  const about = subject(claim)
  const names = scope.names.flatMap(({ name, base, tag }) => {
    const array = nameOf(name)
    if (!array) return []
    const scripts = about?.subscript && { subscript: about.subscript }
    const entry = { ...array, ...scripts }
    const likeLeft = about ? [{ ...about, base, primes: 0 }] : []
    const delta = base === 'z' ? [{ ...entry, base: 'δ' }] : []
    return tag === '' ? [entry, array] : [...likeLeft, entry, array, ...delta]
  })
  const all = names.filter((name, at) => names.findIndex((other) => same(other, name)) === at)
  return all.slice(0, 40).flatMap((name) =>
    [name, negated(name)].map((term) => {
      return [plus(node, term), `The term ${quoted(term)} is missing.`] as const
    }),
  )
})

const nameOf = (name: string) => {
  const read = /^[\p{L}](?:\^|$)/u.test(name) ? tree(name) : undefined
  return read?.kind === 'name' ? read : undefined
}

const dropTerm: Rewrite = everywhere(({ node, position, side }) => {
  if (node.kind !== 'addition' || position !== 'value' || side === 0) return []
  return node.terms.map((term, at) => [
    without(node, at),
    `The term ${quoted(term)} does not belong here.`,
  ])
})

/** A term of the right shape that does not belong there: the array of the left side itself. */
const addStray: Rewrite = onTerms(({ node, parents }, claim) => {
  const about = subject(claim)
  if (parents.length > 0 || !about) return []
  return [[plus(node, about.base === 'δ' ? { ...about, base: 'z' } : about), '']]
})

const addSum: Rewrite = onTerms((site, claim) => {
  const { node } = site
  const paths = freeOnRightOnly(claim)
  if (paths.length === 0) return []
  const sum = (body: Expression, names: readonly string[]): Expression => ({
    kind: 'reduction',
    operator: 'sum',
    binders: names.map((name) => ({ name, span: body.span })),
    conditions: [],
    implicit: false,
    body,
    span: body.span,
  })
  const message = `Every path counts: the sum over ${paths.join(', ')} is missing.`
  return [[sum(node, paths), message]]
})

const dropSum: Rewrite = everywhere(({ node, side }) =>
  node.kind === 'reduction' && node.operator === 'sum' && side > 0
    ? [[node.body, 'There is no sum here.']]
    : [],
)

export const terms = {
  flip,
  rescale,
  spoil,
  addTerm,
  dropTerm,
  addStray,
  addSum,
  dropSum,
} as const
