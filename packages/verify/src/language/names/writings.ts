// Spellings with two usual readings, which are both tried: a/b c, √(x)^2, √d (x), Σ_{m,n ≤ 2}.
import type { Scope } from '../resolved.ts'
import type { Claim, Expression } from '../syntax.ts'
import { childNodes } from '../walk.ts'
import { withDeltasOfLeft } from './deltas/delta-left.ts'
import {
  argumentFirst,
  dividedFirst,
  dividesByArray,
  endsAtPlus,
  isRootOfNumber,
  starFirst,
} from './ends/operands.ts'
import { endsWithIndex, fromTheLast, isChain } from './ends/products.ts'
import { bindsBoth, boundsAll, goesOn, sidesOf } from './ends/sums.ts'
import { withGradientsBelow, withLoneGradients } from './steps/lone-gradient.ts'

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
