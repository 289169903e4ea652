// δ_k = y_k − t_k and δ_j = h'(a_j) Σ_k w_{kj} δ_k: errors of several arrays, told apart by what
// their letters run over, where no name says whose they are.

import { namesIn } from '../../names-in.ts'
import { splitApplication } from '../../read/split-application.ts'
import { isBare } from '../../resolve/context.ts'
import type { Scope, ScopeName } from '../../resolved.ts'
import type { Claim, Expression, Name } from '../../syntax.ts'
import { childNodes, mapped } from '../../walk.ts'
import { lengthsOf, lettersBelow, withLayersOfLetters } from '../below/lettered.ts'
import { isTranspose } from '../below/letters-alone.ts'
import { costLetter, gradient } from '../in-cost.ts'
import { compact, tagOf } from '../layer-tags.ts'
import { withoutTranspose } from '../names.ts'
import { has } from '../relettered.ts'
import type { Writing } from '../writings.ts'
import { hasOnePreActivation } from './delta.ts'

const mostMeant = 9

/** What enters an activation; and what is compared with targets, where that is no activation. */
const candidatesIn = ({ names }: Scope): readonly ScopeName[] => {
  const found = names.filter(
    ({ role, activated, activates, predicts }) =>
      role === 'interior' && (activated || (predicts && !activates)),
  )
  // W2 is among the names twice, as W^{(2)} too.
  return found.filter((each, at) => found.findIndex(({ name }) => name === each.name) === at)
}

const isLetter = (node: Expression): boolean => node.kind === 'name' && isBare(node)

const isTurned = ({ superscript }: Name): boolean => superscript?.parts.every(isTranspose) ?? false

/** δ, δᵀ and δ_k: with no layer, and not with the two indices of Kronecker's. */
const isBareError = (node: object): node is Name => {
  const name = node as Expression
  if (name.kind !== 'name' || name.base !== 'δ' || name.primes > 0) return false
  if (name.superscript && !isTurned(name)) return false
  const letters = lettersBelow(name)
  return letters.length < 2 && letters.every(isLetter)
}

/** δ h, δ c^t and δ3: the error of what follows, and not of another array. */
const isDifferential = (node: object): boolean => {
  const product = node as Expression
  const factors = product.kind === 'product' ? product.factors : []
  const isBefore = factors.some((factor, at) => {
    const next = factors[at + 1]
    if (!isBareError(factor) || isTurned(factor) || factor.subscript) return false
    // δ3, of a layer that is not there: nobody writes a number behind what it multiplies.
    if (next?.kind === 'numeral') return true
    // δ (a^1)ᵀ, which is a^{1T}: an outer product.
    return next?.kind === 'name' && !withoutTranspose(next, next.superscript?.parts ?? [])
  })
  return isBefore || childNodes<Expression>(node).some(isDifferential)
}

const errorOf = (name: Name, { base, tag }: ScopeName, cost: string): Expression => {
  const { subscript, span } = name
  const superscript = { parts: [tagOf(tag, span)], parenthesised: true, span }
  const named = { kind: 'name', base, primes: 0, span, ...(tag && { superscript }) } as const
  const error = gradient({ ...named, ...(subscript && { subscript }) }, cost)
  return isTurned(name) ? { kind: 'transposed', operand: error, span } : error
}

/** Whether a bare δ may be the error of one of several arrays. */
export const hasSeveralErrors = (scope: Scope): boolean => candidatesIn(scope).length > 1

/** δ_j = −∂E/∂v_j = e_j φ'(v_j): an error with its sign turned, which the first link says. */
const isNegated = ({ operands, relations }: Claim, scope: Scope): boolean => {
  const [left, value, more] = operands
  if (left?.kind !== 'name' || left.base !== 'δ' || has(scope, 'δ')) return false
  const turned = value?.kind === 'negation' ? value.operand : undefined
  return more !== undefined && turned?.kind === 'derivative' && relations.every((r) => r === '=')
}

const withSigns = (claim: Claim): readonly Writing[] => {
  const operands = claim.operands.slice(1)
  const rest = { ...claim, operands, relations: claim.relations.slice(1) }
  return [
    { claim, description: 'δ is the derivative' },
    { claim: rest, description: 'δ is its negative, as the formula says' },
  ]
}

/** The claim with each of its errors as what it may be; itself where that is clear. */
export const withErrors = (written: Claim, scope: Scope): readonly Writing[] => {
  const claim = withLayersOfLetters(written, scope)
  const asItIs: readonly Writing[] = [{ claim, description: '' }]
  if (isNegated(claim, scope)) return withSigns(claim)
  const cost = costLetter(scope)
  if (hasOnePreActivation(scope) || has(scope, 'δ') || cost === undefined) return asItIs
  if (isDifferential(claim)) return asItIs
  const errors = namesIn(claim).filter(isBareError)
  const keys = [...new Set(errors.map((name) => lettersBelow(name).map(compact).join()))]
  const candidates = candidatesIn(scope)
  if (keys.length === 0 || candidates.length < 2) return asItIs
  const choices = keys.map((key) => {
    const lengths = key === '' ? new Set<number>() : lengthsOf(key, claim, scope)
    const fits = ({ shape, rank }: ScopeName) =>
      key === '' || (rank === 1 && (lengths.size === 0 || lengths.has(shape[0]!)))
    return candidates.filter(fits)
  })
  const all = choices.reduce<readonly (readonly ScopeName[])[]>(
    (found, fitting) => found.flatMap((before) => fitting.map((each) => [...before, each])),
    [[]],
  )
  if (all.length === 0 || all.length > mostMeant) return asItIs
  const withChosen = (chosen: readonly ScopeName[]) => {
    const made = (name: Name) =>
      errorOf(name, chosen[keys.indexOf(lettersBelow(name).map(compact).join())]!, cost)
    const visit = (node: object): object | undefined => {
      if (isBareError(node)) return made(node)
      // δ (a^1)ᵀ is no function of a^1.
      const split = splitApplication(node as Expression)
      if (!split || !isBareError(split.head)) return undefined
      const factors = [made(split.head), mapped(split.rest, visit)]
      return { kind: 'product', factors, span: (node as Expression).span }
    }
    return mapped(claim, visit)
  }
  return all.map((chosen) => ({
    ...(all.length > 1 && { mustFit: true as const }),
    claim: withChosen(chosen),
    description:
      all.length === 1
        ? ''
        : keys
            .map((key, at) => `δ${key && `_${key}`} is the error of ${chosen[at]!.name}`)
            .join(', '),
  }))
}
