// tanh′(x) = 1 − tanh(x)^2, where the graph has no x: about functions of any number.
import { elementwiseWords, functionLetter } from '../../lexicon.ts'
import { boundIn } from '../../names/below/fused.ts'
import { subscriptsOf } from '../../names/below/subscripts.ts'
import { namesIn } from '../../names-in.ts'
import type { Scope } from '../../resolved.ts'
import type { Claim, Expression, Name } from '../../syntax.ts'
import { mapped } from '../../walk.ts'
import { lossLetters } from '../in-place.ts'
import {
  isConstant,
  isDerived,
  isKnown,
  isOfFunction,
  onlyName,
  partsOf,
  plainNames,
} from './parts.ts'

/** An array or a length of the graph, a cost; and i of e^{iπ}, or j, is no real number. */
const isTaken = (base: string, { names, sizes = [] }: Scope): boolean =>
  names.some((each) => each.base === base && each.tag === '') ||
  lossLetters.has(base) ||
  /^[ij]$/.test(base) ||
  sizes.some(({ name }) => name === base)

/** The x of tanh(x) = …, where the graph has no x. */
export const variablesOf = (claim: Claim, scope: Scope): ReadonlySet<string> => {
  const parts = partsOf(claim, scope)
  const name = parts && onlyName(parts)
  const said = claim.numbers?.filter((each) => !isIndexIn(claim, each)) ?? []
  return new Set([...(name ? [name.base] : []), ...said].filter((each) => !isTaken(each, scope)))
}

/** c of x_c, of x^c and of Σ_c. */
const isIndexIn = (claim: Claim, letter: string): boolean =>
  subscriptsOf(claim).has(letter) ||
  boundIn(claim).includes(letter) ||
  namesIn(claim).some(
    ({ base, superscript }) =>
      base !== 'e' && superscript && namesIn(superscript).some((each) => each.base === letter),
  )

/** Whether it is about functions alone, whatever the graph: σ′(x) = σ(x) (1 − σ(x)). */
export const isOfAnyNumber = (claim: Claim): boolean => {
  const scope: Scope = { names: [] }
  const whole = ofNumbers(claim, scope)
  const heads = partsOf(whole, scope)?.heads ?? []
  return (
    variablesOf(whole, scope).size > 0 &&
    [...heads].every(({ base }) => base === 'σ' || elementwiseWords.has(base))
  )
}

/** σ, and letters of any activation; σ^{-1} is an inverse. */
const isLetter = ({ base, subscript, superscript: over }: Name): boolean =>
  (functionLetter.test(base) || elementwiseWords.has(base)) &&
  !subscript &&
  over?.parts[0]?.kind !== 'negation'

const bare = ({ superscript: _, ...name }: Name): Name => name

const raised = (base: Expression, { superscript: over }: Name): Expression => {
  const [exponent, ...others] = over?.parts ?? []
  const isPower = exponent && others.length === 0 && !over!.parenthesised
  return isPower ? { kind: 'power', base, exponent, span: base.span } : base
}

/**
 * The same with what is left out: σ′ = σ (1 − σ) as σ′(x) = σ(x) (1 − σ(x)), and x^2 and σ^2(x) as
 * powers, where they are no names of the graph.
 */
export const ofNumbers = (claim: Claim, scope: Scope): Claim => {
  const parts = partsOf(claim, scope)
  if (!parts) return claim
  const { sides, heads, names } = parts
  const alone = names.filter(isLetter)
  const others = names.filter((name) => !isLetter(name))
  const functions = [...alone, ...[...heads].filter(({ base }) => !elementwiseWords.has(base))]
  const isNew = functions.every((name) => isLetter(name) && !isKnown(name.base, scope))
  // z^2 is the z of a layer where there are any.
  const isPlainly = others.every(
    ({ base, primes, subscript, superscript: over }) =>
      primes === 0 && !subscript && !(over && isKnown(base, scope)),
  )
  const [written = 'x', ...more] = new Set(others.map(({ base }) => base))
  if (!isNew || !isPlainly || more.length > 0) return claim
  // σ = 1 speaks of a number, σ′ and dσ/dx of a function.
  const isPrimed = functions.some(({ primes }) => primes > 0)
  if (alone.length > 0 ? !isPrimed && !sides.some(isDerived) : !sides.some(isOfFunction))
    return claim
  // Of functions by themselves any letter does.
  const letters = alone.length > 0 ? [written, ...'xutsv'] : [written]
  const x = letters.find((letter) => !isTaken(letter, scope))
  if (x === undefined) return claim
  const number = (span: Name['span']): Name => ({ kind: 'name', base: x, primes: 0, span })
  const of = (head: Name, operands: readonly Expression[]): Expression =>
    raised({ kind: 'application', head: bare(head), operands, bar: false, span: head.span }, head)
  const whole = (node: object): object | undefined => {
    const each = node as Expression
    if (each.kind === 'application' && isLetter(each.head)) {
      const inside = mapped(each.operands, whole)
      if (!each.operands.some((part) => plainNames(part).some(isLetter)))
        return of(each.head, inside)
      // σ (1 − σ)
      const factors = [of(each.head, [number(each.span)]), ...inside]
      return { kind: 'product', factors, span: each.span }
    }
    if (each.kind !== 'name' || isConstant(each)) return undefined
    if (heads.has(each)) return each
    return isLetter(each) ? of(each, [number(each.span)]) : raised(number(each.span), each)
  }
  return { ...claim, operands: mapped(claim.operands, whole) }
}
