// Edits of sums and factors: a sign, a constant, a term or a sum left out or left over.
import { rational } from '../../language/rational.ts'
import type { Claim, Expression, Name, Rational, Superscript } from '../../language/syntax.ts'
import { mapped } from '../../language/walk.ts'
import { shifted } from '../affine.ts'
import {
  brief,
  call,
  insteadOf,
  namesOf,
  negated,
  numeral,
  quoted,
  times,
  without,
} from '../build.ts'
import { type EditContext, everywhere, onTerms, type Rewrite } from '../edit.ts'
import { isDifferential } from '../products.ts'
import { freeOnRightOnly } from './free-letters.ts'

/** A term with the sign before it. */
const signed = (term: Expression): string =>
  term.kind === 'negation' ? `- ${brief(term.operand)}` : `+ ${brief(term)}`

/** The whole side, or one term of any sum. */
const flip: Rewrite = everywhere((site) => {
  const { node, side, parents, position } = site
  if (position !== 'value') return []
  if (side > 0 && parents.length === 0)
    return [
      [negated(node), `The sign of the whole side is wrong: ${insteadOf(negated(node), node)}.`],
      ...flippedTerms(node),
    ]
  return flippedTerms(node)
})

const flippedTerms = (node: Expression): readonly (readonly [Expression, string])[] => {
  if (node.kind !== 'addition') return []
  return node.terms.flatMap((term, at) => {
    const flipped: Expression = { ...node, terms: node.terms.with(at, negated(term)) }
    const message = `A sign is wrong: ${signed(negated(term))} instead of ${signed(term)}.`
    return [[flipped, message] as const]
  })
}

const isOne = ({ numerator, denominator }: Rational) =>
  (numerator === 1n || numerator === -1n) && denominator === 1n

const inverse = ({ numerator, denominator }: Rational): Rational =>
  numerator < 0n ? rational(-denominator, -numerator) : rational(denominator, numerator)

const usual: readonly Rational[] = [rational(1n, 2n), rational(2n), rational(1n, 4n), rational(4n)]

const factorsFor = (ratio: Rational | undefined): readonly Rational[] =>
  ratio && ratio.numerator !== 0n && !isOne(ratio) ? [ratio, inverse(ratio)] : usual

/** The 2 of 2 a ⊙ b. */
const before = (side: Expression): Rational | undefined =>
  side.kind === 'hadamard' ? before(side.left) : leading(side)?.value

/** What the constants before both sides differ by: 3 of 3 δ = (a − y). */
const factorsOfSides = ({ operands: [left, right] }: Claim): readonly Rational[] => {
  const [a, b] = [left, right].map((side) => side && before(side))
  if (!a || a.numerator === 0n || b?.numerator === 0n) return []
  const { numerator, denominator } = b ?? rational(1n)
  const ratio = rational(a.numerator * denominator, a.denominator * numerator)
  return isOne(ratio) ? [] : [ratio]
}

/** A constant before the whole side, or in place of a constant that is there. */
const rescale: Rewrite = everywhere(({ node, side, parents, position }, claim, { ratio }) => {
  if (side <= 0 || position !== 'value' || parents.at(-1)?.kind === 'power') return []
  const isSide = parents.length === 0 || isTermOfSide(parents)
  if (!isSide && node.kind !== 'numeral') return []
  return [...factorsOfSides(claim), ...factorsFor(ratio)].map((factor) => {
    const right = scaled(factor, node)
    return [right, messageOf(node, right, factor)] as const
  })
})

/** The 2 of 2 a, left out. */
const dropConstant: Rewrite = everywhere(({ node, side, position }) => {
  const [first] = node.kind === 'product' ? node.factors : []
  if (node.kind !== 'product' || first?.kind !== 'numeral' || side <= 0) return []
  if (position !== 'value') return []
  return [[without(node, 0), `The factor ${quoted(first)} does not belong here: drop it.`]]
})

/** a (1 − a) where a a stands: the slope of σ, or of tanh, without its 1. */
const complement: Rewrite = everywhere(({ node, side, position, parents }, _, { scope }) => {
  // 1 − U of a parameter U is no slope.
  const isLeaf = (name: Name) =>
    scope.names.some(({ base, role }) => base === name.base && role === 'leaf') &&
    !scope.names.some(({ base, role }) => base === name.base && role !== 'leaf')
  if (node.kind === 'name' && isLeaf(node)) return []
  const isFactor = ['product', 'hadamard', 'star'].includes(parents.at(-1)?.kind ?? '')
  const isValue = ['name', 'power', 'application'].includes(node.kind)
  if (side <= 0 || position !== 'value' || !isFactor || !isValue) return []
  const terms = [numeral(rational(1n)), negated(node)]
  const right: Expression = { kind: 'addition', terms, span: node.span }
  return [[right, `The 1 of a slope is missing: ${insteadOf(right, node)}.`]]
})

const refactored: Rewrite = (claim, context) => [
  ...dropConstant(claim, context),
  ...rescale(claim, context),
]

const leading = (node: Expression) => {
  const first = node.kind === 'product' ? node.factors[0] : node
  return first?.kind === 'numeral' ? first : undefined
}

const messageOf = (wrong: Expression, right: Expression, factor: Rational): string => {
  const [before, after] = [leading(wrong), leading(right)]
  if (before && after) return `A factor is wrong: ${quoted(after)} instead of ${quoted(before)}.`
  if (before) return `The factor ${quoted(before)} does not belong here: drop it.`
  return `The factor ${quoted(numeral(factor))} is missing before ${brief(wrong)}.`
}

const isTermOfSide = (parents: readonly Expression[]) =>
  parents.length === 1 && parents[0]!.kind === 'addition'

/** 1/2 (2 a) is a. */
const scaled = (factor: Rational, node: Expression): Expression => {
  if (node.kind === 'hadamard' || node.kind === 'star') {
    const left = scaled(factor, node.left)
    return quoted(left) === '1' ? node.right : { ...node, left }
  }
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

const dropTerm: Rewrite = everywhere(({ node, position, side }) => {
  if (node.kind !== 'addition' || position !== 'value' || side === 0) return []
  return node.terms.map((term, at) => {
    return [without(node, at), `The term ${signed(term)} does not belong here: drop it.`]
  })
})

const sumOver = (body: Expression, names: readonly string[]): Expression => ({
  kind: 'reduction',
  operator: 'sum',
  binders: names.map((name) => ({ name, span: body.span })),
  conditions: [],
  implicit: false,
  body,
  span: body.span,
})

/** Over a whole side, a term of it, a denominator, or what stands in brackets. */
const addSum: Rewrite = everywhere(({ node, side, position, parents }, claim) => {
  const inside = parents.at(-1)?.kind
  const isBracket = node.kind === 'product' || node.kind === 'addition' || inside === 'quotient'
  const isTerm = parents.length === 0 || inside === 'addition'
  if (side <= 0 || position !== 'value' || !(isBracket || isTerm)) return []
  const paths = freeOnRightOnly(claim)
  if (paths.length === 0) return []
  const right = sumOver(node, paths)
  const message = `Every path counts: the sum over ${paths.join(', ')} is missing`
  return [[right, `${message}, ${insteadOf(right, node)}.`]]
})

/** ∂C/∂b = δ of one b for all entries; db = dZ, which is summed along an axis. */
const sumEntries: Rewrite = (claim) => {
  const [left, side, more] = claim.operands
  if (!left || !side || more || side.kind === 'numeral') return []
  const isLine = isDifferential(left) && claim.style === 'text'
  if (left.kind !== 'derivative' && !isLine) return []
  const whole = call('sum', side)
  const along = [0, 1].map((axis) => ({ ...whole, along: { axes: [axis] } }))
  return [whole, ...(isLine ? along : [])].map((right) => ({
    claim: { ...claim, operands: [left, right], ...(right !== whole && { program: true }) },
    message: `Every path counts: the sum is missing, ${insteadOf(right, side)}.`,
  }))
}

const digits = /^\d{1,2}$/

/** The step in h_3 and h^{(3)}, where the graph has several such. */
const stepOf = ({ base, subscript, superscript }: Name, { scope }: EditContext) => {
  const tags = scope.names.filter((each) => each.base === base).map(({ tag }) => tag)
  if (tags.filter((tag) => digits.test(tag)).length < 2) return undefined
  const [below, above] = [subscript, superscript].map((script) => {
    const [first] = script?.parts ?? []
    return quoted(first?.kind === 'product' ? first.factors[0]! : (first ?? numeral(rational(0n))))
  })
  return [below!, above!].find((text) => tags.includes(text) && digits.test(text))
}

/** δ_3 h_2ᵀ for Σ_t δ_t h_{t-1}ᵀ: the last step alone. */
const sumSteps: Rewrite = everywhere(({ node, side, parents }, claim, context) => {
  if (side <= 0 || parents.length > 0 || node.kind === 'reduction') return []
  const names = namesOf(node)
  const steps = names.flatMap((name) => stepOf(name, context) ?? []).map(Number)
  if (steps.length === 0 || namesOf(claim).some(({ base }) => base === 't')) return []
  const last = Math.max(...steps)
  const { span } = node
  const letter: Name = { kind: 'name', base: 't', primes: 0, span }
  const inLetters = mapped(node, (each) => {
    const name = each as Expression
    const step = name.kind === 'name' ? stepOf(name, context) : undefined
    if (step === undefined || name.kind !== 'name') return undefined
    const index = shifted(letter, Number(step) - last)
    const isStep = (part: Expression): boolean => quoted(part) === step
    const put = (script: Superscript | undefined) => {
      const [first, ...rest] = script?.parts ?? []
      if (!script || !first) return script
      if (isStep(first)) return { ...script, parts: [index, ...rest] }
      if (first.kind !== 'product' || !isStep(first.factors[0]!)) return script
      return { ...script, parts: [{ ...first, factors: first.factors.with(0, index) }, ...rest] }
    }
    const subscript = put(name.subscript as Superscript | undefined)
    const superscript = put(name.superscript)
    return { ...name, ...(subscript && { subscript }), ...(superscript && { superscript }) }
  })
  const right = sumOver(inLetters, ['t'])
  return [[right, `Every step counts: the sum over t is missing, ${insteadOf(right, node)}.`]]
})

const missingSum: Rewrite = (claim, context) => [
  ...addSum(claim, context),
  ...sumSteps(claim, context),
  ...sumEntries(claim, context),
]

const dropSum: Rewrite = everywhere(({ node, side }) =>
  node.kind === 'reduction' && node.operator === 'sum' && side > 0
    ? [[node.body, `Nothing is summed here: ${insteadOf(node.body, node)}.`]]
    : [],
)

export const terms = {
  flip,
  complement,
  refactored,
  spoil,
  dropTerm,
  missingSum,
  dropSum,
} as const
