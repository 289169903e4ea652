// What the graph prints, as those write who wrote the formula beside it: without transposes of
// transposes, and with derivatives where they have no letter for errors.
import { deltaBase } from '../../language/names/deltas/delta.ts'
import type { Scope } from '../../language/resolved.ts'
import type { Claim, Expression, Name } from '../../language/syntax.ts'
import { childNodes, mapped, nodesBelow } from '../../language/walk.ts'
import { namesOf } from '../build.ts'
import { bindersIn, freeLetters } from '../edits/free-letters.ts'
import { transposed, untransposed } from '../edits/sliding.ts'
import { isDifferential } from '../products.ts'
import { letterOfArray } from '../roles.ts'
import { differential } from './as-program.ts'

export const holds = (node: Expression, test: (node: Expression) => boolean): boolean =>
  test(node) || childNodes<Expression>(node).some((each) => holds(each, test))

const isOpen = (text: string): boolean =>
  text.replaceAll(/[^[({]/g, '').length > text.replaceAll(/[^\])}]/g, '').length

/** Sides of a chain; signs inside brackets, as in [i = argmax_{a ≤ 3} …], are between none. */
export const sidesOf = (text: string): string[] => {
  const sides: string[] = []
  for (const part of text.split(' = ')) {
    const before = sides.at(-1)
    if (before !== undefined && isOpen(before)) sides[sides.length - 1] = `${before} = ${part}`
    else sides.push(part)
  }
  return sides
}

/** The letters of the arrays whose errors a side speaks of. */
export const errorsIn = (side: Expression, scope: Scope): string[] => {
  const nodes = [side, ...nodesBelow<Expression>(side)]
  const names = nodes.flatMap((each) => (each.kind === 'derivative' ? namesOf(each.by) : []))
  const deltas = namesOf(side).filter(({ base }) => base === 'δ')
  return [...names, ...deltas].map((name) => letterOfArray(name, scope))
}

/** A of (Aᵀ)ᵀ, and b aᵀ of (a bᵀ)ᵀ. */
export const unturned = (claim: Claim): Claim => {
  const visit = (node: object): object | undefined => {
    const each = node as Expression
    if (each.kind !== 'transposed') return undefined
    const operand = mapped(each.operand, visit)
    if (operand.kind === 'product' && operand.factors.every(({ kind }) => kind !== 'numeral'))
      return { ...operand, factors: operand.factors.toReversed().map(otherWay) }
    return untransposed(operand) ?? { ...each, operand }
  }
  return mapped(claim, visit)
}

const otherWay = (node: Expression): Expression => untransposed(node) ?? transposed(node)

/** K_{kcuv} for K_{nkij}, where they call an entry so and the letters are free. */
export const inTheirLetters = (claim: Claim, theirs: Claim, scope: Scope): Claim => {
  const lettersOf = ({ operands: [left] }: Claim) => freeLetters(left!)
  const [own, wanted] = [lettersOf(claim), lettersOf(theirs)]
  const taken = new Set([...bindersIn(claim.operands), ...scope.names.map(({ base }) => base)])
  if (own.length !== wanted.length || [...own, ...wanted].some((each) => taken.has(each)))
    return claim
  const others = new Map(own.map((letter, at) => [letter, wanted[at]!]))
  return mapped(claim, (node) => {
    const { kind, base, primes, subscript, superscript } = node as Name
    const other = kind === 'name' ? others.get(base + "'".repeat(primes)) : undefined
    if (other === undefined || subscript || superscript) return undefined
    const bare = other.replaceAll("'", '')
    return { ...node, base: bare, primes: other.length - bare.length }
  })
}

/** ∂L/∂z for δ, where they write derivatives and no errors. */
export const withDerivatives = (claim: Claim, theirs: Claim, scope: Scope): Claim => {
  const base = deltaBase(scope)
  const isError = (node: Expression): boolean => node.kind === 'name' && node.base === 'δ'
  let of: Expression | undefined
  const isOfCost = (node: Expression): boolean => {
    if (node.kind !== 'derivative' || node.by.length !== 1 || node.of.kind !== 'name') return false
    if (node.of.base !== scope.costName && !/^[CJLE]$/.test(node.of.base)) return false
    of = node.of
    return true
  }
  const isTheirs = theirs.operands.slice(1).some((side) => holds(side, isOfCost))
  if (base === undefined || !isTheirs || !of) return claim
  if (theirs.operands.some((side) => holds(side, isError))) return claim
  const cost = of
  return mapped(claim, (node) => {
    const each = node as Expression
    if (each.kind !== 'name' || each.base !== 'δ') return undefined
    return { kind: 'derivative', of: cost, by: [{ ...each, base }], total: false, span: each.span }
  })
}

/** dW for ∂L/∂W, as they write it. */
export const withDifferentials = (claim: Claim): Claim => {
  const visit = (node: object): object | undefined => {
    const each = node as Expression
    if (each.kind === 'product')
      return {
        ...each,
        factors: each.factors.flatMap((factor) => {
          const found = mapped(factor, visit)
          return isDifferential(found) ? (found as typeof each).factors : [found]
        }),
      }
    const isFirst = each.kind === 'derivative' && each.by.length === 1 && each.of.kind === 'name'
    return isFirst ? differential(each.by[0]!) : undefined
  }
  return mapped(claim, visit)
}
