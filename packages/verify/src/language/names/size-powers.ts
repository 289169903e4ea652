// n² in a claim about lengths alone: a power of n, or the second of the lengths n¹, n², n³.
import { namesIn } from '../names-in.ts'
import { type Claim, ClaimError, type Expression, type Name } from '../syntax.ts'
import { childNodes, mapped } from '../walk.ts'
import { nameText } from './layer-tags.ts'

const largestExponent = 20n

/** The whole number that is raised, without parentheses, which would make it a tag. */
const exponentOf = ({ superscript }: Name): bigint | undefined => {
  const [only, ...others] = superscript?.parts ?? []
  if (superscript?.parenthesised || !only || others.length > 0) return undefined
  const isBroken = only.kind === 'numeral' && only.value.denominator !== 1n
  if (isBroken || only.kind === 'negation')
    throw new ClaimError('Only whole powers of lengths are whole numbers', only.span)
  if (only.kind !== 'numeral' && only.kind !== 'name' && namesIn(only).length === 0)
    throw new ClaimError('The power of a length is written as one whole number', only.span)
  return only.kind === 'numeral' ? only.value.numerator : undefined
}

/** (n^1)^3: what has something above it is raised once more, as powers are and lengths seldom. */
export const raisesAgain = (node: object): boolean =>
  childNodes<Expression>(node).some(
    (each) =>
      (each.kind === 'power' && each.base.kind === 'name' && exponentOf(each.base) !== undefined) ||
      raisesAgain(each),
  )

/** n^m beside n: a power, which is not read, or the name of another length. */
export const raisesToLength = ({ operands }: Claim): boolean => {
  const names = namesIn(operands)
  const alone = new Set(names.flatMap((name) => (name.superscript ? [] : [nameText(name)])))
  return names.some((name) => {
    const [only, ...others] = name.superscript?.parts ?? []
    if (only?.kind !== 'name' || others.length > 0 || name.superscript?.parenthesised) return false
    return alone.has(nameText(withoutExponent(name)))
  })
}

const withoutExponent = ({ superscript: _, ...name }: Name): Name => name

/** What n^1 beside n^2 is: the first of several lengths, or a power. */
export type SizeReading = 'lengths' | 'powers'

/**
 * Powers as products. A name with several superscripts, 1 among them, that is never written
 * without one, is a row of lengths where these are read so.
 */
export const withSizePowers = (claim: Claim, reading: SizeReading): Claim => {
  const exponents = new Map<string, Set<bigint | undefined>>()
  for (const name of namesIn(claim.operands)) {
    const key = nameText(withoutExponent(name))
    exponents.set(key, (exponents.get(key) ?? new Set()).add(exponentOf(name)))
  }
  const isPower = (name: Name): boolean => {
    const all = exponents.get(nameText(withoutExponent(name)))!
    return reading === 'powers' || all.size === 1 || all.has(undefined) || !all.has(1n)
  }
  const powerOf = (name: Name, exponent: bigint): Expression => {
    const { span } = name
    if (exponent > largestExponent)
      throw new ClaimError(`A power of a length is at most ${largestExponent}`, span)
    const factors = Array.from({ length: Number(exponent) }, () => withoutExponent(name))
    if (factors.length === 1) return factors[0]!
    return factors.length === 0
      ? { kind: 'numeral', value: { numerator: 1n, denominator: 1n }, text: '1', span }
      : { kind: 'product', factors, span }
  }
  return mapped(claim, (node) => {
    const name = node as Name
    const exponent = name.kind === 'name' ? exponentOf(name) : undefined
    return exponent !== undefined && isPower(name) ? powerOf(name, exponent) : undefined
  })
}
