// What parentheses after a name mean: a function, a reading of an array, the cost, or a product.

import { elementwiseWords, functionLetter } from '../lexicon.ts'
import { matchName, unknownName, visibleRanks } from '../names/names.ts'
import { rational } from '../rational.ts'
import type { Resolved } from '../resolved.ts'
import { ClaimError, type Expression, type Name, type Word } from '../syntax.ts'
import { childNodes } from '../walk.ts'
import { appliedIn } from './applied.ts'
import { besides } from './besides.ts'
import { type Context, inScope, isBare, letterOf, type Of } from './context.ts'
import { resolveExpression } from './expression.ts'
import { hypothesisOf, mayBeOutput } from './hypothesis.ts'
import { costLetters, isLoss as isLossLetter, resolveName } from './in-place.ts'
import { isLoss, lossOf } from './losses.ts'
import { gated, isGated } from './values/gated.ts'

/**
 * Letters that people use for an activation; applied, they are one unless an array says
 * otherwise.
 */
const activationLetters: ReadonlySet<string> = new Set(['f', 'g', 'h', 'a', 'φ', 'ϕ', 'ψ'])

const isIndexLike = (expression: Expression, context: Context): boolean => {
  if (expression.kind === 'numeral') return true
  if (expression.kind === 'name')
    return (
      isBare(expression) &&
      // x (δ)^T is a product, though no array of the graph is called δ.
      expression.base !== 'δ' &&
      !costLetters.has(expression.base) &&
      (context.bound.has(letterOf(expression)) || !inScope(expression, context))
    )
  if (expression.kind === 'negation') return isIndexLike(expression.operand, context)
  if (expression.kind === 'addition')
    return expression.terms.every((each) => isIndexLike(each, context))
  if (expression.kind === 'product')
    return expression.factors.every((each) => isIndexLike(each, context))
  return false
}

const mentions = (node: Expression, base: string): boolean =>
  (node.kind === 'name' && node.base === base) ||
  childNodes<Expression>(node).some((child) => mentions(child, base))

/** f^{(l)}, g^{[2]} and f_l: the activation of a layer. */
const isOfLayer = ({ base, superscript, subscript }: Name): boolean => {
  if (!functionLetter.test(base)) return false
  if (!subscript) return superscript?.parenthesised === true
  const [layer, ...others] = subscript.parts
  const isLayer = layer?.kind === 'numeral' || (layer?.kind === 'name' && /^[lL]$/.test(layer.base))
  return isLayer && others.length === 0 && !superscript
}

type Role = 'itself' | 'word' | 'read' | 'sigmoid' | 'activation' | 'cost' | 'name' | 'product'

/** W, x^{(i)} and θ in J(W, b; x): what a cost is a function of. */
const isArgument = ({ kind }: Expression): boolean =>
  kind === 'name' || kind === 'list' || kind === 'ellipsis'

/** The Z of f(Z), where an activation is of Z. */
const isActivated = (name: Name, { scope, layers }: Context): boolean =>
  matchName(name, name.base, scope, layers, false)?.array.activated === true

/** f(Y) of a capital letter, where f is no array. */
const isOfOutput = (node: Expression, { scope, layers, asPower }: Context): boolean => {
  if (node.kind !== 'application') return false
  const { head, operands } = node
  const [operand] = operands
  const isCapital = operand?.kind === 'name' && isBare(operand) && /^\p{Lu}$/u.test(operand.base)
  const isAny = isBare(head) && head.base === 'f' && head.primes === 0
  return isCapital && isAny && !matchName(head, head.base, scope, layers, asPower)
}

/** ℒ and f(Y): what a derivative is of is a cost then, though an activation may be of Y. */
export const isAnyCost = (of: Expression, context: Context): boolean =>
  isLossLetter(of, context) || isOfOutput(of, context)

/** What w(x), σ'(z), X(i, j), f(Y), p(y|x) are. */
const roleOf = (node: Of<'application'>, context: Context): Role => {
  const { head, operands, bar } = node
  if (hypothesisOf(node, context)) return 'name'
  if (appliedIn(node, context)) return 'itself'
  const match = matchName(head, head.base, context.scope, context.layers, context.asPower)
  if (bar) return 'name'
  if (isBare(head) && elementwiseWords.has(head.base)) return 'word'
  if (isBare(head) && !match && context.scope.functions?.has(head.base)) return 'activation'
  if (match && operands.length > 1 && match.array.rank > 0) return 'read'
  const [operand] = operands
  const ranks = match ? visibleRanks(match.array) : []
  const given = match?.leading.length ?? 0
  const isCost = match && match.array.name === context.scope.costName && head.primes === 0
  if (isCost && operands.every(isArgument)) return 'cost'
  const isRead = match && !head.subscript && ranks.includes(given + 1)
  if (isRead && isIndexLike(operand!, context)) return 'read'
  if (!match && isBare(head)) {
    if (head.base === 'σ') return 'sigmoid'
    if (isOfOutput(node, context) && !isActivated(operand as Name, context)) return 'cost'
    if (costLetters.has(head.base) && head.primes === 0) return 'cost'
  }
  // a (1 − a) is a product: nothing is a function of itself.
  const isOfItself = match && head.primes === 0 && mentions(operand!, head.base)
  if (match && operands.length === 1 && isBare(head) && head.base === 'σ') {
    // Nobody puts one name in parentheses to multiply by it.
    if (context.scope.hasSigmoid === false && operand!.kind !== 'name') return 'product'
    if (isOfItself) {
      context.met.add('selves')
      return context.choices.selves === 'product' ? 'product' : 'sigmoid'
    }
    // An array is called σ too; h (y − t) is nothing but a product where h is one.
    context.ambiguities.set('σ(…)', ['the sigmoid', 'a product with the array σ'])
    return context.asPower ? 'product' : 'sigmoid'
  }
  // f_a and g^{(l)} are those of a layer, which is the one that the operand belongs to.
  const isOwn = !match && !isBare(head) && (head.primes > 0 || isOfLayer(head))
  const isTheta = head.base === 'θ' && head.primes > 0 && !match
  const isLetter = activationLetters.has(head.base) || (isOwn && head.base === 'σ') || isTheta
  const isFunction = (isBare(head) || isOwn) && isLetter
  if (isOfItself && isFunction && head.base === 'a') context.met.add('selves')
  const isProduct = isOfItself && context.choices.selves === 'product'
  const isApplied = isFunction && (!match || head.base === 'a') && !isProduct
  if (operands.length === 1 && isApplied) {
    if (mayBeOutput(node, context)) context.met.add('predictions')
    return 'activation'
  }
  // Nobody puts one name in parentheses to multiply by it.
  const isAlone = operands.length === 1 && operand!.kind === 'name' && head.primes === 0
  if (isAlone && isFunction && !isProduct && match?.array.role === 'leaf') {
    const what = `${head.base}(…) may be a function, or a product with ${match.array.name}`
    throw new ClaimError(`${what}: write ⊙`, node.span)
  }
  return 'product'
}

/** w(x)^T is w · x^T where w is no function: the head, and the rest with its postfixes. */
const peel = (node: Expression, context: Context): { head: Name; rest: Expression } | undefined => {
  if (node.kind === 'application') {
    if (node.operands.length !== 1 || roleOf(node, context) !== 'product') return undefined
    return { head: node.head, rest: node.operands[0]! }
  }
  const inner =
    node.kind === 'transposed'
      ? node.operand
      : node.kind === 'power'
        ? node.base
        : node.kind === 'entry'
          ? node.array
          : undefined
  const peeled = inner && peel(inner, context)
  if (!peeled) return undefined
  const { head, rest } = peeled
  if (node.kind === 'transposed') return { head, rest: { ...node, operand: rest } }
  if (node.kind === 'power') return { head, rest: { ...node, base: rest } }
  return { head, rest: { ...(node as Of<'entry'>), array: rest } }
}

/** The product that parentheses after a name were, or what `otherwise` makes. */
export const orProduct =
  <K extends 'application' | 'transposed' | 'power' | 'entry'>(
    otherwise: (node: Of<K>, context: Context) => Resolved,
  ) =>
  (node: Of<K>, context: Context): Resolved => {
    const peeled = peel(node, context)
    if (!peeled) return otherwise(node, context)
    const factors = [resolveName(peeled.head, context), resolveExpression(peeled.rest, context)]
    const made = besides(factors, context)
    return made?.[0] ?? { kind: 'product', factors, span: (node as Expression).span }
  }

export const resolveApplication = (node: Of<'application'>, context: Context): Resolved => {
  const { head, operands, span } = node
  const hypothesis = hypothesisOf(node, context)
  if (hypothesis) return resolveName(hypothesis, context)
  if (isLoss(node, context))
    return lossOf(node, context, (each) => resolveExpression(each, context))
  const role = roleOf(node, context)
  if (role === 'name') return resolveName(head, context)
  const applied = role === 'itself' ? appliedIn(node, context) : undefined
  if (applied) return ofApplied(applied.head, applied.by, context)
  if (role === 'cost') return { kind: 'cost', span }
  if (role === 'read') return arrayRead(node, context)
  if (role === 'product') throw unknownName(head, context.scope)
  const operand = resolveExpression(operands[0]!, context)
  const order = head.primes
  if (role === 'word') {
    if (isGated(head.base)) return gated(head.base, order, operand, span)
    return { kind: 'call', word: head.base as Word, order, operands: [operand], span }
  }
  if (role === 'activation') {
    if (order === 0 && isForeign(head, operand, context)) throw unknownName(head, context.scope)
    const named = context.scope.functions?.get(head.base)
    return { kind: 'activation', order, operand, ...(named !== undefined && { named }), span }
  }
  return { kind: 'call', word: 'sigmoid', order, operands: [operand], span }
}

/** f of f(x), and ∂f/∂x of f'(x). */
const ofApplied = (head: Name, by: Name | undefined, context: Context): Resolved => {
  const of = resolveName(head, context)
  if (!by) return of
  return { kind: 'derivative', of, by: [resolveName(by, context)], delta: false, span: head.span }
}

/** g(x) of an input x: any function could be meant. Of a pre-activation it is its activation. */
const isForeign = (head: Name, operand: Resolved, { scope }: Context): boolean => {
  const array = operand.kind === 'entry' ? operand.array : operand
  const name = array.kind === 'array' ? array.name : undefined
  const isLeaf = scope.names.some((each) => each.name === name && each.role === 'leaf')
  return isLeaf && (head.base === 'g' || head.base === 'h')
}

/** X(i+m, j+n) is X_{i+m,j+n}. */
const arrayRead = ({ head, operands, span }: Of<'application'>, context: Context): Resolved => {
  if (head.subscript) throw new ClaimError('Subscripts and parentheses at once', span)
  const subscript = { parts: operands, span }
  return resolveName({ ...head, subscript, span }, context)
}

/** What counts from 0 is one less than what counts from 1. */
export const next = (index: Expression): Expression => {
  const { span } = index
  const one: Expression = { kind: 'numeral', value: rational(1n), text: '1', span }
  return { kind: 'addition', terms: [index, one], span }
}
