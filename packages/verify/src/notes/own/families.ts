// Equations of every step and of every layer, h_t = tanh(W h_{t-1}), z^{l+1} = W^l a^l: three that
// are made of each, where the document says that there are several.
import { withNames } from '../../language/names-in.ts'
import { expressionText } from '../../language/print/print.ts'
import { rational } from '../../language/rational.ts'
import type { Claim, Expression, Name, Superscript } from '../../language/syntax.ts'
import { childNodes, mapped, nodesBelow } from '../../language/walk.ts'
import { type Equation, losses } from './equations.ts'
import { isPlain } from './names.ts'

const made = 3

/** Sums over steps inside one such sum: each makes the others three times. */
const mostSums = 4

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

type Family = readonly [letter: string, last: string, count: number]

/** A value as it is of one step; `value` undefined: the last alone is known. */
const at = (node: Expression, family: Family, value: number | undefined): Expression => {
  const [letter, last, count] = family
  const inner = (each: Expression): Expression => at(each, family, value)
  const numbered = (part: Expression): Expression => {
    const found = value === undefined ? undefined : counted(part, letter, value)
    const end = found ?? (isLetter(part, last) ? count : undefined)
    return end === undefined ? part : numeral(end)
  }
  return mapped(node, (each) => {
    const part = each as Expression
    if (part.kind === 'reduction' && isSumOver(part, letter)) return summed(part, family)
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

const isSumOver = (node: Expression, letter: string): boolean =>
  node.kind === 'reduction' && node.binders.some(({ name }) => name === letter)

/** Σ_{t=1}^T as its terms. */
const summed = (
  node: Expression & { kind: 'reduction' },
  family: Family,
): Expression | undefined => {
  const [only, ...others] = node.binders
  const { lower, upper } = only!
  const isFromOne = !lower || (lower.kind === 'numeral' && lower.text === '1')
  const isAll = isFromOne && (!upper || isLetter(upper, family[1]))
  const inner = nodesBelow<Expression>(node.body).filter((each) => isSumOver(each, family[0]))
  const isPlainSum = node.operator === 'sum' && node.conditions.length === 0
  if (others.length > 0 || !isAll || !isPlainSum || inner.length > mostSums) return undefined
  const terms = Array.from({ length: family[2] }, (_, k) => at(node.body, family, k + 1))
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

/** l = 1, …, L; of all, and not to L − 1. */
const rangeOf = (letter: string, last: string, isToLast = false): RegExp =>
  new RegExp(`\\b${letter}\\s*(?:=|\\\\in)[^=]*1[^=]*\\b${last}\\b${isToLast ? '(?!\\s*-)' : ''}`)

/** Whether there is said to be more than one: Σ_t, h_T, t = 1, …, T. */
const areSaid = (
  claims: readonly Claim[],
  texts: readonly string[],
  [letter, last]: readonly [string, string],
): boolean => {
  const isRange = rangeOf(letter, last)
  const sums = (node: Expression): boolean =>
    isSumOver(node, letter) ||
    (node.kind === 'name' && isLetter(firstOf(node, last), last)) ||
    childNodes<Expression>(node).some(sums)
  const isOf = ({ operands, where }: Claim): boolean =>
    operands.some(sums) || where.some(({ name }) => name === letter)
  return texts.some((text) => isRange.test(text)) || claims.some(isOf)
}

/** n_l, the last layer of some, as L. */
const withLast = <Tree>(tree: Tree): Tree =>
  mapped(tree, (each) => {
    const { kind, base, subscript, span } = each as Name
    const [below, ...others] = subscript?.parts ?? []
    const isLast = kind === 'name' && base === 'n' && others.length === 0
    return isLast && isLetter(below, 'l') ? { kind, base: 'L', primes: 0, span } : undefined
  })

const spelled = (name: Name): string => expressionText(name, 'text')

/** 1 of z^{l+1}; undefined where no step or layer stands. */
const placeIn = (name: Name, [letter, last]: readonly [string, string]): number | undefined => {
  const first = firstOf(name, last)
  return first && counted(first, letter, 0)
}

/** The first layer that is made: 2 of z^{l+1}, and of an a^l = σ(z^l) beside it. */
const firstOfEach = (
  equations: readonly Equation[],
  places: readonly (number | undefined)[],
  family: readonly [string, string],
): ReadonlyMap<string, number> => {
  const first = new Map<string, number>()
  for (const [k, { left, claim }] of equations.entries()) {
    const lower = nodesBelow<Expression>(claim.when ?? []).find(({ kind }) => kind === 'numeral')
    const from = lower?.kind === 'numeral' ? Number(lower.text) : 1
    if (places[k] !== undefined)
      first.set(left.base, Math.max(from + places[k], first.get(left.base) ?? 1))
  }
  // What is also asked for before it is made, as h_1 is, is there from the start.
  const isEarlier = (name: Name, k: number): boolean =>
    places[k] !== undefined && (placeIn(name, family) ?? places[k]) < places[k]
  const early = new Set(
    equations.flatMap(({ value }, k) =>
      withNames(value).flatMap((name) => (isEarlier(name, k) ? name.base : [])),
    ),
  )
  for (const _ of equations)
    for (const [k, { left, value }] of equations.entries())
      for (const name of withNames(value)) {
        const other = first.get(name.base)
        const isBeside = places[k] !== undefined && placeIn(name, family) === places[k]
        if (isBeside && other && !early.has(name.base))
          first.set(left.base, Math.max(other, first.get(left.base)!))
      }
  return first
}

/**
 * The equations with those of steps and layers written out; undefined where one is of a step that
 * is none of them.
 */
export const writtenOut = (
  written: readonly Equation[],
  said: readonly Claim[],
  texts: readonly string[],
): readonly Equation[] | undefined => {
  const claims = withLast(said)
  const equations = written.map(({ claim, ...each }) => ({ ...withLast(each), claim }))
  const family = families.find(
    (each) => equations.some(({ left }) => uses(left, each)) && areSaid(claims, texts, each),
  )
  if (!family) return equations
  // Which steps a cost depends on that nobody says, nobody knows.
  const isLoss = ({ left }: Equation) => losses.test(left.base) && !uses(left, family)
  if (family[0] === 't' && !equations.some(isLoss)) return undefined
  const [letter, last] = family
  const places = equations.map(({ left }) => placeIn(left, family))
  const first = firstOfEach(equations, places, family)
  const count = made + Math.max(...places.map((place) => place ?? 0))
  const whole: Family = [...family, count]
  const one = (equation: Equation, value: number | undefined): Equation => ({
    ...equation,
    left: at(equation.left, whole, value) as Name,
    value: at(equation.value, whole, value),
  })
  // a^L = z^L is of the last layer, where a^l = σ(z^l) is said to be of those before it, or of any.
  const isRange = rangeOf(letter, last, true)
  const isOfAll = texts.some((text) => isRange.test(text))
  // a^L = ŷ says what ŷ is, and nothing of a^L.
  const isMadeOfLayers = ({ value }: Equation) =>
    withNames(value).some(({ base }) => first.has(base))
  const alone = equations.filter((each, k) => places[k] === undefined && isMadeOfLayers(each))
  const known = alone.map((each) => spelled(one(each, undefined).left))
  const isAlone = ({ left }: Equation) => !isOfAll && known.includes(spelled(left))
  const all = equations.flatMap((equation, k) => {
    const place = places[k]
    if (place === undefined) return [one(equation, undefined)]
    const from = first.get(equation.left.base)!
    const steps = Array.from({ length: count - from + 1 }, (_, step) => from + step - place)
    return steps.map((value) => one(equation, value)).filter((each) => !isAlone(each))
  })
  return all.some(({ left, value }) => uses(left, family) || uses(value, family)) ? undefined : all
}
