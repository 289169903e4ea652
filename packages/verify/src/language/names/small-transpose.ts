// Xᵗ and X′ where they are transposes: a small t that is no step and no index, a prime on what is
// no function.
import { namesIn } from '../names-in.ts'
import { isBare, letterOf } from '../resolve/context.ts'
import type { Scope } from '../resolved.ts'
import type { Claim, Expression, Name } from '../syntax.ts'
import { childNodes, mapped } from '../walk.ts'
import { boundIn } from './below/fused.ts'
import { subscriptsOf } from './below/subscripts.ts'

export const isSmallT = (node: Expression | undefined): boolean =>
  node?.kind === 'name' && node.base === 't' && node.primes === 0 && isBare(node)

/** An array without tags, which no step could be said of. */
const wholeArray = ({ names }: Scope, base: string) => {
  const own = names.filter((each) => each.base === base)
  return own.every(({ tag }) => tag === '') ? own.find(({ rank }) => rank > 0) : undefined
}

/** Whether t may be what turns an array: nothing else is called so. */
const isFree = (claim: Claim, { names, sizes = [] }: Scope): boolean =>
  !names.some(({ tag, letters }) => /^[tτ](?:[+-]|$)/.test(tag) || letters.includes('t')) &&
  !sizes.some(({ name }) => name === 't') &&
  !claim.where.some(({ left }) => left.kind === 'name' && letterOf(left) === 't') &&
  !subscriptsOf(claim).has('t') &&
  !boundIn(claim).includes('t')

const turned = (name: Name): Name => {
  const superscript = mapped(name.superscript!, (part) =>
    isSmallT(part as Expression) ? { ...part, base: 'T' } : undefined,
  )
  return { ...name, superscript }
}

/** The node with its t as T; undefined where it has none, or one that may be a power. */
const turnedByT = (node: Expression, scope: Scope): Expression | undefined => {
  const hasNumber = scope.names.some(({ base, rank }) => base === 't' && rank === 0)
  if (node.kind === 'name') {
    const [only, ...others] = node.superscript?.parts ?? []
    const array = wholeArray(scope, node.base)
    const isMeant = isSmallT(only) && others.length === 0 && array && node.primes === 0
    return isMeant && (array.rank > 1 || !hasNumber) ? turned(node) : undefined
  }
  if (node.kind !== 'power' || !isSmallT(node.exponent) || hasNumber) return undefined
  return { kind: 'transposed', operand: node.base, span: node.span }
}

const holds = (node: Expression, scope: Scope): boolean =>
  turnedByT(node, scope) !== undefined ||
  childNodes<Expression>(node).some((child) => holds(child, scope))

/** X′ of data or parameters, where nothing slides and nothing has the prime in its name. */
const turnedByPrime = (node: Name, claim: Claim, scope: Scope): Name | undefined => {
  const array = wholeArray(scope, node.base)
  const isOwn = scope.names.some(({ base }) => base === `${node.base}'`)
  const isDefined = claim.where.some(({ name }) => name.startsWith(`${node.base}'`))
  if (node.primes !== 1 || node.superscript || array?.role !== 'leaf') return undefined
  if (isOwn || isDefined || scope.slides !== false) return undefined
  const { span } = node
  const T: Expression = { kind: 'name', base: 'T', primes: 0, span }
  return { ...node, primes: 0, superscript: { parts: [T], parenthesised: false, span } }
}

interface Turned {
  readonly claim: Claim
  /** A t on one side alone is no index: the other side would have it too. */
  readonly isSure: boolean
}

const isNumber = (side: Expression, { names }: Scope): boolean => {
  if (side.kind !== 'name') return false
  const own = names.filter(({ base }) => base === side.base)
  return own.length > 0 ? own.every(({ rank }) => rank === 0) : /^[CJLEl]$/.test(side.base)
}

/** X'y and X'(Xw − y): before what it multiplies alone; x' + F is another x. */
const withPrimes = (claim: Claim, scope: Scope): Claim => {
  if (claim.program || !namesIn(claim).some(({ primes }) => primes === 1)) return claim
  const prime = (each: Expression) =>
    each.kind === 'name' ? turnedByPrime(each, claim, scope) : undefined
  const visit = (node: object): object | undefined => {
    const each = node as Expression
    if (each.kind === 'application') {
      const head = turnedByPrime(each.head, claim, scope)
      const factors = head && [head, ...each.operands.map((inner) => mapped(inner, visit))]
      return factors?.length === 2 ? { kind: 'product', factors, span: each.span } : undefined
    }
    if (each.kind !== 'product' || !each.factors.some(prime)) return undefined
    return { ...each, factors: each.factors.map((one) => prime(one) ?? mapped(one, visit)) }
  }
  return mapped(claim, visit)
}

/** The claim with its transposes as Tᵀ is; undefined where it has none so. */
const otherwiseTurned = (written: Claim, scope: Scope): Turned | undefined => {
  const claim = withPrimes(written, scope)
  const sides = claim.operands.map((side) => holds(side, scope))
  const others = claim.where.map(({ value }) => holds(value, scope))
  const isAny = [...sides, ...others].includes(true) && isFree(claim, scope)
  if (!isAny) return claim === written ? undefined : { claim, isSure: true }
  const whole = mapped(claim, (node) =>
    (node as Claim).kind === 'claim' ? undefined : turnedByT(node as Expression, scope),
  )
  // Of a number the other side may be that of one step.
  const isSure = claim.operands.some((side, at) => !sides[at] && !isNumber(side, scope))
  return { claim: whole, isSure }
}

const known = new WeakMap<Claim, { readonly scope: Scope; readonly found: Turned | undefined }>()

/** As `otherwiseTurned`, each claim once. */
export const withSmallTransposes = (claim: Claim, scope: Scope): Turned | undefined => {
  const before = known.get(claim)
  if (before?.scope === scope) return before.found
  const found = otherwiseTurned(claim, scope)
  known.set(claim, { scope, found })
  return found
}

/** The claim with those of its transposes that can be nothing else. */
export const withSureTransposes = (claim: Claim, scope: Scope): Claim => {
  const turned = withSmallTransposes(claim, scope)
  return turned?.isSure ? turned.claim : claim
}
