// G of G_{ij} = ∂L/∂O_{ij}, and p ⊙ (1 − p) of diag(p_i (1 − p_i)): what is said of every entry,
// said of the whole array.
import { elementwiseWords } from '../../lexicon.ts'
import { factorsOf } from '../../names/names.ts'
import { namesIn } from '../../names-in.ts'
import type { Expression, Name } from '../../syntax.ts'
import { isBare, letterOf } from '../context.ts'

type Parameters = readonly string[]

const mentions = (node: object, parameters: Parameters): boolean =>
  namesIn(node).some((name) => isBare(name) && parameters.includes(letterOf(name)))

/** y of y_{ij}, where its indices are those of the definition in their order. */
const ofName = (name: Name, parameters: Parameters): Expression | undefined => {
  const { subscript, ...whole } = name
  const indices = factorsOf(subscript?.parts ?? [])
  const isSame =
    indices.length === parameters.length &&
    indices.every((each, at) => each.kind === 'name' && letterOf(each) === parameters[at])
  return isSame && !mentions(whole.superscript ?? {}, parameters) ? whole : undefined
}

/** a_i b_i as a ⊙ b, behind the factors that are the same for every entry. */
const ofProduct = (
  node: Extract<Expression, { kind: 'product' }>,
  parameters: Parameters,
): Expression | undefined => {
  const isOwn = (factor: Expression) => mentions(factor, parameters)
  const [first, ...others] = node.factors.filter(isOwn).map((each) => lifted(each, parameters))
  if (!first || others.some((each) => each === undefined)) return undefined
  const entries = others.reduce<Expression>((left, right) => {
    return { kind: 'hadamard', left, right: right!, span: node.span }
  }, first)
  const factors = [...node.factors.filter((each) => !isOwn(each)), entries]
  return factors.length === 1 ? entries : { kind: 'product', factors, span: node.span }
}

/** The array that has this as its entries; undefined where it is not made entry by entry. */
export const lifted = (node: Expression, parameters: Parameters): Expression | undefined => {
  if (!mentions(node, parameters)) return node
  const inside = (each: Expression) => lifted(each, parameters)
  if (node.kind === 'name') return ofName(node, parameters)
  if (node.kind === 'product') return ofProduct(node, parameters)
  if (node.kind === 'negation') {
    const operand = inside(node.operand)
    return operand && { ...node, operand }
  }
  if (node.kind === 'addition') {
    const terms = node.terms.map(inside)
    return terms.every((each) => each !== undefined) ? { ...node, terms } : undefined
  }
  if (node.kind === 'power') {
    const base = mentions(node.exponent, parameters) ? undefined : inside(node.base)
    return base && { ...node, base }
  }
  if (node.kind === 'quotient') {
    const numerator = mentions(node.denominator, parameters) ? undefined : inside(node.numerator)
    return numerator && { ...node, numerator }
  }
  const [only, ...others] =
    node.kind === 'derivative'
      ? node.by
      : node.kind === 'application' || node.kind === 'call'
        ? node.operands
        : []
  const read = only && others.length === 0 ? inside(only) : undefined
  if (!read) return undefined
  if (node.kind === 'derivative')
    return mentions(node.of, parameters) ? undefined : { ...node, by: [read] }
  // a_j (1 - a_j), where a function has no index.
  if (node.kind === 'application' && mentions(node.head, parameters)) {
    const left = node.head.primes > 0 ? undefined : ofName(node.head, parameters)
    return left && { kind: 'hadamard', left, right: read, span: node.span }
  }
  const isEntrywise = node.kind === 'call' && elementwiseWords.has(node.word)
  return isEntrywise || node.kind === 'application' ? { ...node, operands: [read] } : undefined
}
