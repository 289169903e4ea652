// Equations of every step and of every layer, h_t = tanh(W h_{t-1}), z^l = W^l a^{l-1}: three of
// each, where the document says that there are several.
import { withNames } from '../../language/names-in.ts'
import { rational } from '../../language/rational.ts'
import type { Claim, Expression, Name, Superscript } from '../../language/syntax.ts'
import { childNodes, mapped } from '../../language/walk.ts'
import { type Equation, losses } from './equations.ts'
import { isPlain } from './names.ts'

const count = 3
/** The letter of steps or layers, and that of the last. */
export const families = [
  ['t', 'T'],
  ['l', 'L'],
] as const

const span = { start: 0, end: 0 }
export const numeral = (value: number): Expression => ({
  kind: 'numeral',
  value: rational(BigInt(value)),
  text: `${value}`,
  span,
})

const isLetter = (node: Expression | undefined, base: string): boolean =>
  node !== undefined && isPlain(node) && node.base === base

/** Where steps and layers stand: x_t, x_{t,k}, z^l, z^{(l)}; what is raised to T is turned. */
const scriptsOf = ({ subscript, superscript }: Name, last: string) => {
  const isTurned = superscript?.parenthesised === false && last === 'T'
  return { below: last === 'T' ? subscript : undefined, above: isTurned ? undefined : superscript }
}

/** t − 1 as 0 where t is 1. */
const counted = (node: Expression, letter: string, value: number): number | undefined => {
  if (isLetter(node, letter)) return value
  const [first, by, ...others] = node.kind === 'addition' ? node.terms : []
  const size = by?.kind === 'negation' ? by.operand : by
  if (!isLetter(first, letter) || size?.kind !== 'numeral' || others.length > 0) return undefined
  return value + Number(size.text) * (by === size ? 1 : -1)
}

/** The parts of t k and of t, k. */
const partsOf = (script: { readonly parts: readonly Expression[] } | undefined) =>
  script?.parts.flatMap((each) => (each.kind === 'product' ? each.factors : [each])) ?? []

const firstOf = (name: Name, last: string): Expression | undefined => {
  const { below, above } = scriptsOf(name, last)
  return [above, below].flatMap(partsOf)[0]
}

const uses = (node: Expression, [letter, last]: readonly [string, string]): boolean =>
  withNames(node).some((name) => {
    const first = firstOf(name, last)
    return first !== undefined && counted(first, letter, 0) !== undefined
  })

/** A value as it is of one step; `value` undefined: the last alone is known. */
const at = (
  node: Expression,
  family: readonly [string, string],
  value: number | undefined,
): Expression => {
  const [letter, last] = family
  const inner = (each: Expression): Expression => at(each, family, value)
  const numbered = (part: Expression): Expression => {
    const found = value === undefined ? undefined : counted(part, letter, value)
    const end = found ?? (isLetter(part, last) ? count : undefined)
    return end === undefined ? part : numeral(end)
  }
  return mapped(node, (each) => {
    const part = each as Expression
    if (part.kind === 'reduction' && part.binders.some(({ name }) => name === letter))
      return summed(part, family)
    const whole = part.kind === 'reduction' ? wholeOf(part, letter) : undefined
    if (whole) return inner(whole)
    if (part.kind !== 'name') return undefined
    const { below, above } = scriptsOf(part, last)
    const script = (parts: readonly Expression[]) => parts.map(numbered)
    const superscript = above && ({ ...above, parts: script(above.parts) } as Superscript)
    const subscript = below && { ...below, parts: script(below.parts) }
    return { ...part, ...(superscript && { superscript }), ...(subscript && { subscript }) }
  })
}

/** Σ_{t=1}^T as its terms. */
const summed = (
  node: Expression & { kind: 'reduction' },
  family: readonly [string, string],
): Expression | undefined => {
  const [only, ...others] = node.binders
  const { lower, upper } = only!
  const isFromOne = !lower || (lower.kind === 'numeral' && lower.text === '1')
  const isAll = isFromOne && (!upper || isLetter(upper, family[1]))
  if (others.length > 0 || !isAll || node.operator !== 'sum' || node.conditions.length > 0)
    return undefined
  const terms = Array.from({ length: count }, (_, k) => at(node.body, family, k + 1))
  return { kind: 'addition', terms, span }
}

const valuesIn = (node: Expression): readonly Name[] =>
  node.kind === 'name' ? [node] : childNodes<Expression>(node).flatMap(valuesIn)

/** Σ_k y_{t,k} log p_{t,k} as the sum of all entries of y_t ⊙ log p_t. */
const wholeOf = (
  { operator, binders, conditions, body }: Expression & { kind: 'reduction' },
  letter: string,
): Expression | undefined => {
  const [only, ...others] = binders
  const names = valuesIn(body)
  const isOfBoth = (name: Name) => {
    const [first, second, ...more] = partsOf(name.subscript)
    const isStep = first !== undefined && counted(first, letter, 0) !== undefined
    return isStep && isLetter(second, only!.name) && more.length === 0 && !name.superscript
  }
  if (operator !== 'sum' || others.length > 0 || conditions.length > 0 || names.length === 0)
    return undefined
  if (!names.every(isOfBoth)) return undefined
  const each = (node: Expression): Expression =>
    mapped(node, (inside) => {
      const part = inside as Expression
      if (part.kind === 'name')
        return {
          ...part,
          subscript: { ...part.subscript!, parts: partsOf(part.subscript).slice(0, 1) },
        }
      if (part.kind !== 'product') return undefined
      const factors = part.factors.map(each)
      return factors.reduce((left, right) =>
        left.kind === 'numeral'
          ? { kind: 'product', factors: [left, right], span }
          : { kind: 'hadamard', left, right, span },
      )
    })
  return { kind: 'call', word: 'sum', operands: [each(body)], span }
}

/** Whether there is said to be more than one: Σ_t, h_T, t = 1, …, T. */
const areSaid = (
  claims: readonly Claim[],
  texts: readonly string[],
  [letter, last]: readonly [string, string],
): boolean => {
  const isRange = new RegExp(`\\b${letter}\\s*(?:=|\\\\in)[^=]*1[^=]*\\b${last}\\b`)
  const sums = (node: Expression): boolean =>
    (node.kind === 'reduction' && node.binders.some(({ name }) => name === letter)) ||
    (node.kind === 'name' && isLetter(firstOf(node, last), last)) ||
    childNodes<Expression>(node).some(sums)
  const isOf = ({ operands, where }: Claim): boolean =>
    operands.some(sums) || where.some(({ name }) => name === letter)
  return texts.some((text) => isRange.test(text)) || claims.some(isOf)
}

/**
 * The equations with those of steps and layers written out; undefined where one is of a step that
 * is none of them.
 */
export const writtenOut = (
  equations: readonly Equation[],
  claims: readonly Claim[],
  texts: readonly string[],
): readonly Equation[] | undefined => {
  const family = families.find(
    (each) => equations.some(({ left }) => uses(left, each)) && areSaid(claims, texts, each),
  )
  if (!family) return equations
  // Which steps a cost depends on that nobody says, nobody knows.
  const isLoss = ({ left }: Equation) => losses.test(left.base) && !uses(left, family)
  if (family[0] === 't' && !equations.some(isLoss)) return undefined
  const steps = Array.from({ length: count }, (_, k) => k + 1)
  const all = equations.flatMap((equation) => {
    const values = uses(equation.left, family) ? steps : [undefined]
    return values.map((value) => ({
      ...equation,
      left: at(equation.left, family, value) as Name,
      value: at(equation.value, family, value),
    }))
  })
  return all.some(({ left, value }) => uses(left, family) || uses(value, family)) ? undefined : all
}
