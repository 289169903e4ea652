// h_θ(x^{(i)}), h(x) and f(x): what the network says of an example, whatever the graph calls it.
import { tagOf } from '../names/layer-tags.ts'
import { matchName } from '../names/names.ts'
import type { Scope, ScopeName } from '../resolved.ts'
import { type Claim, ClaimError, type Name } from '../syntax.ts'
import { type Context, isBare, type Of } from './context.ts'

/** All parameters together, where nothing is called so. */
const ofAll: ReadonlySet<string> = new Set(['θ', 'Θ', 'φ', 'ϕ', 'w', 'W'])

/** W, b and θ of h_{W,b} and f_θ: parameters, in small letters or capital ones. */
const isParametrised = ({ subscript, primes }: Name, { scope }: Context): boolean =>
  subscript !== undefined &&
  primes === 0 &&
  subscript.parts.every((part) => {
    if (part.kind !== 'name' || !isBare(part)) return false
    const own = scope.names.filter(({ base }) => base.toLowerCase() === part.base.toLowerCase())
    return own.length === 0 ? ofAll.has(part.base) : own.some(({ role }) => role === 'leaf')
  })

/** The graph’s own h, where it has one. */
const predictionOf = ({ base }: Name, { scope }: Context): ScopeName | undefined => {
  const all = scope.names.filter(({ predicts }) => predicts)
  const own = all.filter((each) => each.base === base)
  const [only, ...others] = own.length > 0 ? own : all
  return others.length === 0 ? only : undefined
}

/** x of f(x): data that the prediction is made of, and that enter no activation themselves. */
const isOfInput = ({ head, operands }: Of<'application'>, context: Context): boolean => {
  const { scope, layers } = context
  const [operand] = operands
  if (operand?.kind !== 'name' || operand.primes > 0) return false
  const array = matchName(operand, operand.base, scope, layers, false)?.array
  const made = predictionOf(head, context)
  const isData = array?.role === 'leaf' && !array.isParameter && !array.activated
  return made !== undefined && isData && scope.isMadeOf?.(made.name, array.name) === true
}

/** f(x) of an x that no activation is of: the activation of any x, or the output for this one. */
export const mayBeOutput = (node: Of<'application'>, context: Context): boolean => {
  const { head, operands } = node
  return isBare(head) && head.primes === 0 && operands.length === 1 && isOfInput(node, context)
}

/** h(x) of a network without an h, and f(x) where that is tried. */
const isOutput = (node: Of<'application'>, context: Context): boolean => {
  const { names } = context.scope
  const { base } = node.head
  if (context.bound.has(base) || names.some((each) => each.base === base)) return false
  return mayBeOutput(node, context) && (base === 'h' || context.choices.predictions === 'outputs')
}

/** f of f(x) = wᵀ x + b, which the graph has not: false of its output, that may say what f is. */
export const saidIn = ({ operands: [left], word }: Claim, { names }: Scope): Name | undefined => {
  if (word) return word
  if (left?.kind !== 'application' || left.head.primes > 0 || !isBare(left.head)) return undefined
  const { head, operands } = left
  const [of, ...others] = operands
  const isOfData = names.some(
    ({ base, role, activated }) =>
      of?.kind === 'name' && base === of.base && role === 'leaf' && !activated,
  )
  const isNew = /^[fhyp]$/.test(head.base) && !names.some(({ base }) => base === head.base)
  return isNew && isOfData && others.length === 0 ? head : undefined
}

/** The array that is meant; undefined where it is another function. */
export const hypothesisOf = (node: Of<'application'>, context: Context): Name | undefined => {
  const { head, operands, bar } = node
  const [operand] = operands
  if (bar || !/^[fhyp]$/.test(head.base) || operand?.kind !== 'name') return undefined
  if (!isParametrised(head, context) && !isOutput(node, context)) return undefined
  const only = predictionOf(head, context)
  if (!only) return undefined
  const { span } = head
  const example = matchName(operand, operand.base, context.scope, context.layers, false)
  if (!example || example.power) return undefined
  if (context.scope.isMadeOf?.(only.name, example.array.name) === false)
    throw new ClaimError(`${operand.base} is nothing that ${only.name} is made of`, operand.span)
  const leading =
    example.leading.length > 0 ? [...example.leading] : (operand.subscript?.parts ?? [])
  return {
    kind: 'name',
    base: only.base,
    primes: 0,
    ...(only.tag && { superscript: { parts: [tagOf(only.tag, span)], parenthesised: true, span } }),
    ...(leading.length > 0 && { subscript: { parts: leading, span } }),
    span,
  }
}
