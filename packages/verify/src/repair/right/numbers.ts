// A formula that the graph printed, with its numbers in front: 2 λ w for λ ⊙ 2 w, 1/n where n is
// the length of 5 that 1/5 divides by.
import { multiplyRational, rational } from '../../arithmetic/rational.ts'
import type { Scope } from '../../language/resolved.ts'
import type { Claim, Expression, Rational } from '../../language/syntax.ts'
import { mapped } from '../../language/walk.ts'
import { numeral } from '../build.ts'

const isBare = (node: Expression): node is Expression & { kind: 'name' } =>
  node.kind === 'name' && !node.superscript && !node.subscript && node.primes === 0

/** A numeral, an array without axes, a length. */
const isNumber = (node: Expression, { names, sizes = [] }: Scope): boolean =>
  node.kind === 'numeral' ||
  (isBare(node) &&
    (sizes.some(({ name }) => name === node.base) ||
      names.some(({ base, tag, rank }) => base === node.base && tag === '' && rank === 0)))

const isTurned = (node: Expression): boolean => {
  const above = node.kind === 'name' ? node.superscript?.parts.at(-1) : undefined
  return node.kind === 'transposed' || (above !== undefined && isBare(above) && above.base === 'T')
}

/** Factors of what is multiplied; a number is one, and Xᵀ before a bracket. */
const factorsOf = (node: Expression, scope: Scope): readonly Expression[] => {
  if (node.kind === 'product' && !node.dots)
    return node.factors.flatMap((factor) => factorsOf(factor, scope))
  if (node.kind === 'hadamard') {
    const sides = [node.left, node.right].map((side) => factorsOf(side, scope))
    const isPlain = sides.some((side) => side.every((each) => isNumber(each, scope)))
    return isPlain ? sides.flat() : [node]
  }
  if (node.kind === 'quotient' && isNumber(node.numerator, scope)) {
    const { numerator, denominator } = node
    const isDivided = denominator.kind === 'numeral' && denominator.value.numerator !== 0n
    if (isDivided) {
      const { value } = denominator
      return [numerator, numeral(rational(value.denominator, value.numerator))]
    }
  }
  const [operand, ...others] = node.kind === 'application' && !node.bar ? node.operands : []
  if (node.kind === 'application' && operand && others.length === 0 && isTurned(node.head))
    return [node.head, ...factorsOf(operand, scope)]
  return [node]
}

const inFront = (node: Expression, scope: Scope): Expression => {
  const factors = factorsOf(node, scope)
  if (factors.length < 2) return node
  const numerals = factors.flatMap((each) => (each.kind === 'numeral' ? [each.value] : []))
  const value = numerals.reduce<Rational>((a, b) => multiplyRational(a, b), rational(1n))
  const isNumeral = ({ kind }: Expression) => kind === 'numeral'
  const named = factors.filter((each) => !isNumeral(each) && isNumber(each, scope))
  const rest = factors.filter((each) => !isNumber(each, scope))
  const isOne = value.numerator === value.denominator
  const all = [...(isOne ? [] : [numeral(value)]), ...named, ...rest]
  const [first, second] = all
  if (!first) return node
  return second ? { kind: 'product', factors: all, span: node.span } : first
}

export const withNumbersInFront = (claim: Claim, scope: Scope): Claim => {
  const visit = (node: object): object | undefined => {
    const each = node as Expression
    if (each.kind !== 'product' && each.kind !== 'hadamard' && each.kind !== 'application')
      return undefined
    const made = inFront(each, scope)
    if (made === each) return undefined
    return made.kind === 'product'
      ? { ...made, factors: made.factors.map((factor) => mapped(factor, visit)) }
      : mapped(made, visit)
  }
  return { ...claim, operands: claim.operands.map((side) => mapped(side, visit)) }
}

/** 2/n for 2/5, where one letter is the length 5. */
export const withLengths = (claim: Claim, { names, sizes = [] }: Scope): Claim | undefined => {
  let isChanged = false
  const letterOf = (length: bigint): string | undefined => {
    const found = sizes.filter(({ array, axis }) => {
      const own = names.find(({ name }) => name === array)
      return own && BigInt((own.recorded ?? own.shape)[axis]!) === length
    })
    const letters = [...new Set(found.map(({ name }) => name))]
    return letters.length === 1 ? letters[0] : undefined
  }
  const visit = (node: object): object | undefined => {
    const each = node as Expression
    if (each.kind !== 'numeral' || each.value.denominator === 1n) return undefined
    const { numerator, denominator } = each.value
    const letter = letterOf(denominator)
    if (!letter) return undefined
    isChanged = true
    const { span } = each
    const length: Expression = { kind: 'name', base: letter, primes: 0, span }
    return {
      kind: 'quotient',
      numerator: numeral(rational(numerator)),
      denominator: length,
      span,
    } satisfies Expression
  }
  const operands = claim.operands.map((side) => mapped(side, visit))
  return isChanged ? { ...claim, operands } : undefined
}
