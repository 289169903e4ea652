// Where a ∏ begins and ends: which factor stands first, and whether what follows is multiplied too.
import type { Expression } from '../../syntax.ts'
import { spellingOf } from '../../walk.ts'
import { type Layers, layerNumber } from '../layer-tags.ts'
import { at, mostSteps } from '../steps/steps.ts'

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

/** ∏_{j=2}^{3} ∂h_j/∂h_{j−1} is ∂h_3/∂h_2 ∂h_2/∂h_1. */
export const fromTheLast = (node: Expression): Expression | undefined => {
  if (node.kind === 'reduction' && node.operator === 'product' && !node.isTurned)
    return { ...node, isTurned: true }
  if (node.kind !== 'product' || !node.anyOrder) return undefined
  const { anyOrder: _, factors, ...product } = node
  return { ...product, factors: [...factors].reverse() }
}

/** ∏_{i=1}^{3} x_i/y: (x_1 x_2 x_3)/y instead of x_1/y x_2/y x_3/y. */
const divided = ({ after: _, ...node }: Of<'reduction' | 'product'>): Expression | undefined => {
  const [inside, ...others] = node.kind === 'reduction' ? [node.body] : node.factors
  if (inside?.kind !== 'quotient') return undefined
  const above = [inside, ...others].map((each) => (each as Of<'quotient'>).numerator)
  const whole = node.kind === 'reduction' ? { body: above[0]! } : { factors: above }
  return { ...inside, numerator: { ...node, ...whole } as Expression, span: node.span }
}

/** ∏_{i=1}^{3} x_i y: (x_1 x_2 x_3) y instead of x_1 y x_2 y x_3 y. */
export const endsWithIndex = (node: Expression): Expression | undefined => {
  if (node.kind !== 'reduction' && node.kind !== 'product') return undefined
  const quotient = node.after && divided(node)
  if (quotient) return quotient
  if (node.kind === 'reduction' && node.after) {
    const { after, ...product } = node
    const { factors } = node.body as Of<'product'>
    const body = withoutLast(node.body as Of<'product'>, after)
    const behind = factors.slice(factors.length - after)
    return { kind: 'product', factors: [{ ...product, body }, ...behind], span: node.span }
  }
  if (node.kind === 'reduction' || !node.after) return undefined
  const { after, ...product } = node
  const inside = node.factors.map((each) => withoutLast(each as Of<'product'>, after))
  const { factors } = node.factors[0] as Of<'product'>
  const behind = factors.slice(factors.length - after)
  return { kind: 'product', factors: [{ ...product, factors: inside }, ...behind], span: node.span }
}

const withoutLast = ({ dots = [], ...node }: Of<'product'>, count: number): Expression => {
  const factors = node.factors.slice(0, -count)
  const own = dots.filter((at) => at < factors.length)
  return factors.length === 1 ? factors[0]! : { ...node, factors, ...(own[0] && { dots: own }) }
}

/** What each is the derivative of, the next is by: the chain rule has no other order. */
export const isChain = (node: Expression): boolean =>
  (node.kind === 'reduction' && node.body.kind === 'derivative') ||
  (node.kind === 'product' &&
    node.factors.every((factor, k) => {
      const next = node.factors[k + 1]
      if (factor.kind !== 'derivative') return false
      return next?.kind !== 'derivative' || spellingOf(next.by) === spellingOf([factor.of])
    }))

/** ∏_{j=k+1}^{t} at k = 1, t = 3 with its factors; undefined where nobody knows how many. */
export const factorsAt = (
  node: Of<'reduction'>,
  layers: Layers,
): Expression | 'none' | undefined => {
  const { binders, body, isTurned, span } = node
  const { name, lower, upper } = binders[0]!
  const [from, to] = [lower, upper].map((limit) => limit && layerNumber(limit, layers))
  if (from === undefined || to === undefined || to - from >= mostSteps) return undefined
  if (to < from) return to === from - 1 ? 'none' : undefined
  const factors = Array.from({ length: to - from + 1 }, (_, k) => at(body, name, from + k))
  if (factors.length === 1) return factors[0]!
  return { kind: 'product', factors: isTurned ? factors.reverse() : factors, span }
}
