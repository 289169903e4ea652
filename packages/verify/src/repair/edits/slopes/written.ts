// Derivatives of activations written out: a ⊙ (1 − a), 1 − a², [z > 0].
import { rational } from '../../../language/rational.ts'
import type { Expression } from '../../../language/syntax.ts'
import { hadamard, insteadOf, integer, numeral, quoted, same, tree } from '../../build.ts'
import { everywhere, type NodeRewrite, type Rewrite } from '../../edit.ts'
import { activationsOf, preActivationsOf } from '../../roles.ts'

/** Is it 1 − a, of this a or of any? */
export const isOneMinus = (node: Expression, a?: Expression): boolean => {
  const [one, minus, more] = node.kind === 'addition' ? node.terms : []
  if (more || one?.kind !== 'numeral' || one.text !== '1') return false
  return minus?.kind === 'negation' && (!a || same(minus.operand, a))
}

/** a ⊙ (1 − a), the derivative of σ written out, left out. */
export const dropWritten: NodeRewrite = ({ node }) => {
  const message = (a: Expression) =>
    `There is no derivative of the activation here: drop ${quoted(a)} and 1 - ${quoted(a)}.`
  if (node.kind === 'hadamard' && node.left.kind === 'hadamard') {
    const { left: whole, right: a } = node.left
    return isOneMinus(node.right, a) ? [[whole, message(a)]] : []
  }
  if (node.kind !== 'product' || node.factors.length < 3) return []
  const { factors } = node
  const at = factors.findIndex((a, place) => isOneMinus(factors[place + 1] ?? a, a))
  if (at < 0) return []
  const others = factors.toSpliced(at, 2)
  const whole = others.length === 1 ? others[0]! : { ...node, factors: others }
  return [[whole, message(factors[at]!)]]
}

/** 1 − a² for 1 − a. */
export const ofTanh = (node: Expression): Expression | undefined => {
  const [one, minus] = node.kind === 'addition' ? node.terms : []
  if (node.kind !== 'addition' || minus?.kind !== 'negation') return undefined
  const { operand } = minus
  if (operand.kind === 'power') return undefined
  const exponent = numeral(rational(2n))
  const square: Expression = { kind: 'power', base: operand, exponent, span: operand.span }
  return { ...node, terms: [one!, { ...minus, operand: square }] }
}

/** a of 1 − a². */
const squaredIn = (node: Expression): Expression | undefined => {
  const [, minus] = node.kind === 'addition' && isOneMinus(node) ? node.terms : []
  const square = minus?.kind === 'negation' ? minus.operand : undefined
  return square?.kind === 'power' && quoted(square.exponent) === '2' ? square.base : undefined
}

/** z of [z > 0]. */
const positiveIn = (node: Expression): Expression | undefined => {
  const [condition] = node.kind === 'iverson' ? node.conditions : []
  return condition?.kind === 'comparison' && quoted(node).endsWith(' > 0]')
    ? condition.operands[0]
    : undefined
}

const chainOf = (node: Expression): readonly Expression[] =>
  node.kind === 'hadamard' ? [...chainOf(node.left), node.right] : [node]

/** a ⊙ (1 − a) for 1 − a² and for [z > 0], and the other way round: of another activation. */
export const ofOthers: Rewrite = everywhere(({ node, side, position, parents }, _, { scope }) => {
  const isPart = node.kind === 'hadamard' && parents.at(-1)?.kind === 'hadamard'
  const isChain = node.kind === 'hadamard' || node.kind === 'product'
  if (!isChain || isPart || side <= 0 || position !== 'value') return []
  const factors = node.kind === 'product' ? node.factors : chainOf(node)
  const { span } = node
  const put = (at: number, count: number, slope: readonly Expression[]): Expression => {
    const all = factors.toSpliced(at, count, ...slope)
    return node.kind === 'product' ? { ...node, factors: all } : all.reduce(hadamard)
  }
  return factors.flatMap((factor, at) => {
    const isPair = isOneMinus(factors[at + 1] ?? factor, factor)
    const z = positiveIn(factor)
    const named = z?.kind === 'name' ? activationsOf(z, scope) : []
    const a = isPair ? factor : (squaredIn(factor) ?? named[0])
    if (!a) return []
    const minus = (operand: Expression): Expression => ({
      kind: 'addition',
      terms: [integer(1), { kind: 'negation', operand, span }],
      span,
    })
    const square: Expression = { kind: 'power', base: a, exponent: integer(2), span }
    // Of a sigmoid [a > 0] would be 1.
    const before = a.kind === 'name' ? preActivationsOf(a, scope) : []
    const positive = before.slice(0, 1).map((each) => [tree(`[${quoted(each)} > 0]`)])
    const all = [[minus(square)], [a, minus(a)], ...positive]
    const was = factors.slice(at, isPair ? at + 2 : at + 1)
    const said = (slope: readonly Expression[]) => slope.reduce(hadamard)
    return all
      .filter((slope) => !same(said(slope), said(was)))
      .map((slope) => {
        const message = `It is the derivative of another activation: ${insteadOf(said(slope), said(was))}.`
        return [put(at, was.length, slope), message] as const
      })
  })
})
