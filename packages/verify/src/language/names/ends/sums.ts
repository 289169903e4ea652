// What a Σ binds and where it ends: Σ_{m,n ≤ 2}, Σ_{m≠n} x_{mn}, −Σ_i y_i a_i + (1 − y_i) b_i.
import type { Binder, Claim, Expression, Name } from '../../syntax.ts'
import { childNodes } from '../../walk.ts'

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

/** Its sides, and what it defines. */
export const sidesOf = ({ operands, where }: Claim): readonly Expression[] => [
  ...operands,
  ...where.map(({ value }) => value),
]

/** Σ_{m,n ≤ 2}: both are bounded, instead of n alone. */
export const boundsAll = (node: Expression): Expression | undefined => {
  if (node.kind !== 'reduction' || node.operator !== 'sum') return undefined
  const last = node.binders.at(-1)
  const before = node.binders.slice(0, -1)
  const isOne = (last?.upper === undefined) !== (last?.lower === undefined)
  if (!last || !isOne || before.length === 0) return undefined
  if (before.some(({ lower, upper }) => lower || upper)) return undefined
  const bounds = {
    ...(last.lower && { lower: last.lower }),
    ...(last.upper && { upper: last.upper }),
  }
  return { ...node, binders: [...before.map((each): Binder => ({ ...each, ...bounds })), last] }
}

/** Σ_{m≠n} x_{mn}: over both, instead of over m at every n. */
export const bindsBoth = (node: Expression, claim: Claim): Expression | undefined => {
  if (node.kind !== 'reduction' || node.operator !== 'sum') return undefined
  const isBound = (name: string) => node.binders.some((binder) => binder.name === name)
  const others = [
    ...node.conditions.flatMap(({ operands }) => operands.slice(1)).filter(isLetter),
    ...node.binders.flatMap((binder) => compared(binder, node.body)),
  ]
  const names = [...new Set(others.map(letterOf))].filter(
    (name) => !isBound(name) && !standsOutside(name, claim, node),
  )
  if (names.length === 0) return undefined
  const { span } = node
  return { ...node, binders: [...names.map((name): Binder => ({ name, span })), ...node.binders] }
}

/** i ≤ j ≤ k below the Σ of x_i x_j x_k: letters of bounds that the body has too; none of j = i. */
const compared = ({ lower, upper, span }: Binder, body: Expression): readonly Name[] => {
  const isAssigned = lower !== undefined && upper !== undefined && lower.span.start > span.start
  if (isAssigned) return []
  return [lower, upper].flatMap((bound) =>
    (bound ? [bound, ...childNodes<Expression>(bound)] : []).filter(
      (each): each is Name => isLetter(each) && mentions(body, letterOf(each)),
    ),
  )
}

/** The last of a term that is a sum, −1/m Σ_i y_i a_i, with another in its place. */
const withLastSum = (
  term: Expression,
  change: (sum: Of<'reduction'>) => Expression | undefined,
): Expression | undefined => {
  if (term.kind === 'reduction') return term.operator === 'sum' ? change(term) : undefined
  if (term.kind === 'negation') {
    const operand = withLastSum(term.operand, change)
    return operand && { ...term, operand }
  }
  const last = term.kind === 'product' && withLastSum(term.factors.at(-1)!, change)
  return last ? { ...term, factors: [...term.factors.slice(0, -1), last] } : undefined
}

/** [Σ_i y_i a_i + (1 − y_i) b_i + c]: the sum goes on to b_i, where it alone has the index. */
export const goesOn = (node: Expression, claim: Claim): Expression | undefined => {
  if (node.kind !== 'addition') return undefined
  const { terms, span } = node
  for (const [at, term] of terms.entries()) {
    let end = at
    const whole = withLastSum(term, (sum) => {
      const own = sum.binders.flatMap(({ name }) =>
        standsOutside(name, claim, node) || isBoundAround(name, claim, node) ? [] : name,
      )
      end = terms.findLastIndex((each) => own.some((name) => mentions(each, name)))
      const body: Expression = {
        kind: 'addition',
        terms: [sum.body, ...terms.slice(at + 1, end + 1)],
        span,
      }
      return end > at ? { ...sum, body, span } : undefined
    })
    const all = whole && [...terms.slice(0, at), whole, ...terms.slice(end + 1)]
    if (all) return all.length === 1 ? whole : { ...node, terms: all }
  }
  return undefined
}

const mentions = (node: Expression, letter: string): boolean =>
  (node.kind === 'name' && letterOf(node) === letter) ||
  (!(node.kind === 'reduction' && bindsOrMay(node, letter)) &&
    childNodes<Expression>(node).some((child) => mentions(child, letter)))

const isLetter = (node: Expression): node is Name =>
  node.kind === 'name' && !node.superscript && !node.subscript

const letterOf = ({ base, primes }: Name): string => base + "'".repeat(primes)

/** Whether the letter is spoken of elsewhere, where no sum binds it. */
const standsOutside = (letter: string, claim: Claim, sum: Expression): boolean => {
  const visit = (node: Expression): boolean => {
    if (node === sum) return false
    if (node.kind === 'name' && letterOf(node) === letter) return true
    if (node.kind === 'reduction' && bindsOrMay(node, letter)) return false
    return childNodes<Expression>(node).some(visit)
  }
  return [...sidesOf(claim), ...(claim.when ?? [])].some(visit)
}

/** Whether the letter is one of a sum that it all stands in: o of Σ_o (Σ_o a_o + b_o). */
const isBoundAround = (letter: string, claim: Claim, inner: Expression): boolean => {
  const visit = (node: Expression, isBound: boolean): boolean => {
    if (node === inner) return isBound
    const binds = node.kind === 'reduction' && bindsOrMay(node, letter)
    return childNodes<Expression>(node).some((child) => visit(child, isBound || binds))
  }
  return sidesOf(claim).some((side) => visit(side, false))
}

const bindsOrMay = ({ binders, conditions, body }: Of<'reduction'>, letter: string): boolean =>
  binders.some(({ name }) => name === letter) ||
  binders.some((binder) => compared(binder, body).some((each) => letterOf(each) === letter)) ||
  conditions.some(({ operands }) =>
    operands.some((each) => isLetter(each) && letterOf(each) === letter),
  )
