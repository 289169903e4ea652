// Spellings with two usual readings, which are both tried: a/b c, √(x)^2, √d (x), Σ_{m,n ≤ 2}.
import type { Scope } from '../resolved.ts'
import type { Binder, Claim, Expression, Name } from '../syntax.ts'
import { childNodes } from '../walk.ts'
import { withDeltasOfLeft } from './deltas/delta-left.ts'
import {
  argumentFirst,
  dividedFirst,
  dividesByArray,
  endsAtPlus,
  isRootOfNumber,
  starFirst,
} from './operand-ends.ts'
import { endsWithIndex, fromTheLast, isChain } from './product-ends.ts'
import { withGradientsBelow, withLoneGradients } from './steps/lone-gradient.ts'

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

/** A spelling: what it is as it was read, and as it may be meant too. */
interface Spelling {
  /** Whether the second is the only one that makes sense. */
  readonly isSecond?: (node: Expression, scope: Scope) => boolean
  readonly first: string
  readonly second: string
  /** Undefined where a node is not spelt so. */
  readonly change: (node: Expression, claim: Claim) => Expression | undefined
}

const isNode = (node: object): node is Expression => 'kind' in node

/** √(x)^2: (√x)² instead of √(x²). */
const rootFirst = (node: Expression): Expression | undefined => {
  const [operand] = node.kind === 'call' && node.loose ? node.operands : []
  if (node.kind !== 'call' || operand?.kind !== 'power') return undefined
  const { loose: _, ...call } = node
  return { ...operand, base: { ...call, operands: [operand.base] }, span: node.span }
}

/** Σ_{m,n ≤ 2}: both are bounded, instead of n alone. */
const boundsAll = (node: Expression): Expression | undefined => {
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
const bindsBoth = (node: Expression, claim: Claim): Expression | undefined => {
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

/** [Σ_i y_i a_i + (1 − y_i) b_i]: the sum goes on to the end, where it alone has the index. */
const goesOn = (node: Expression, claim: Claim): Expression | undefined => {
  if (node.kind !== 'addition') return undefined
  const [first, ...others] = node.terms
  const factors = first!.kind === 'product' ? first!.factors : [first!]
  const sum = factors.at(-1)!
  if (sum.kind !== 'reduction' || sum.operator !== 'sum') return undefined
  const names = sum.binders.map(({ name }) => name)
  const isMeant = (name: string) =>
    others.some((term) => mentions(term, name)) &&
    !standsOutside(name, claim, node) &&
    !isBoundAround(name, claim, node)
  if (!names.some(isMeant)) return undefined
  const { span } = node
  const body: Expression = { kind: 'addition', terms: [sum.body, ...others], span }
  const whole: Expression = { ...sum, body, span }
  if (factors.length === 1) return whole
  return { kind: 'product', factors: [...factors.slice(0, -1), whole], span }
}

const mentions = (node: Expression, letter: string): boolean =>
  (node.kind === 'name' && letterOf(node) === letter) ||
  (!(node.kind === 'reduction' && bindsOrMay(node, letter)) &&
    childNodes<Expression>(node).some((child) => mentions(child, letter)))

const isLetter = (node: Expression): node is Name =>
  node.kind === 'name' && !node.superscript && !node.subscript

const letterOf = ({ base, primes }: Name): string => base + "'".repeat(primes)

/** Its sides, and what it defines. */
const sidesOf = ({ operands, where }: Claim): readonly Expression[] => [
  ...operands,
  ...where.map(({ value }) => value),
]

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

const spellings: readonly Spelling[] = [
  {
    first: '∏ begins with its first factor',
    second: '∏ begins with its last factor',
    change: fromTheLast,
    isSecond: isChain,
  },
  { first: '∏ is of all that follows', second: '∏ ends with its index', change: endsWithIndex },
  {
    first: '√a (b) is √(a (b))',
    second: '√a (b) is (√a) b',
    change: argumentFirst,
    isSecond: isRootOfNumber,
  },
  {
    first: 'a/b c is a/(b c)',
    second: 'a/b c is (a/b) c',
    change: dividedFirst,
    isSecond: dividesByArray,
  },
  { first: 'a * b · c is a * (b · c)', second: 'a * b · c is (a * b) · c', change: starFirst },
  {
    first: 'Σ is of all that is in braces',
    second: 'the sum ends before +',
    change: endsAtPlus,
  },
  { first: '√(x)^2 is √(x^2)', second: '√(x)^2 is (√x)^2', change: rootFirst },
  { first: 'the bound is of one letter', second: 'the bound is of all letters', change: boundsAll },
  {
    first: 'the sum is over one letter',
    second: 'the sum is over both letters',
    change: bindsBoth,
  },
  {
    first: 'the sum ends before +',
    second: 'the sum goes on after +',
    change: goesOn,
  },
]

export interface Writing {
  readonly claim: Claim
  readonly description: string
  /** Nobody means it where the sides do not fit. */
  readonly mustFit?: true
}

const isSettled = (claim: Claim, scope: Scope, { change, isSecond }: Spelling): boolean =>
  isSecond !== undefined && holdsOfAll(claim, change, (node) => isSecond(node, scope))

/** The claim with spellings of which one reading alone makes sense read so. */
export const withSettled = (claim: Claim, scope: Scope): Claim =>
  spellings.reduce(
    (read, spelling) =>
      differs(read, spelling.change) && isSettled(read, scope, spelling)
        ? changed(read, spelling.change)
        : read,
    withDeltasOfLeft(withGradientsBelow(withLoneGradients(claim, scope), scope), scope),
  )

/** A claim as it was read, and with each of its spellings read the other way. */
export const writingsOf = (claim: Claim, scope: Scope): readonly Writing[] =>
  spellings.reduce<readonly Writing[]>(
    (writings, { first, second, change }) =>
      writings.flatMap((writing) => {
        if (!differs(writing.claim, change)) return [writing]
        const other = changed(writing.claim, change)
        return [
          { ...writing, description: joined(writing.description, first) },
          { claim: other, description: joined(writing.description, second) },
        ]
      }),
    [{ claim: withSettled(claim, scope), description: '' }],
  )

/** Every node that is spelt so, those inside of others too: 1/a (1/b c) is all of it divided first. */
const changed = (claim: Claim, change: Spelling['change']): Claim => {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit)
    if (value === null || typeof value !== 'object') return value
    const node = (isNode(value) && change(value, claim)) || value
    return Object.fromEntries(Object.entries(node).map(([key, each]) => [key, visit(each)]))
  }
  return visit(claim) as Claim
}

const joined = (a: string, b: string): string => [a, b].filter(Boolean).join(', ')

/** Of every node that is spelt so. */
const holdsOfAll = (
  claim: Claim,
  change: Spelling['change'],
  test: (node: Expression) => boolean,
): boolean => {
  const visit = (node: Expression): boolean =>
    (change(node, claim) === undefined || test(node)) && childNodes<Expression>(node).every(visit)
  return sidesOf(claim).every(visit)
}

const differs = (claim: Claim, change: Spelling['change']): boolean => {
  const visit = (node: Expression): boolean =>
    change(node, claim) !== undefined || childNodes<Expression>(node).some(visit)
  return sidesOf(claim).some(visit)
}
