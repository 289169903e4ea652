// What functions compare, as brackets: relu(a) has one formula where [a > 0] and another where not,
// and relu(a) relu(b) a third where both are.
import { ops } from '@backprove/graph'
import { isMore, isNotLess } from '../conditions/differences.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { childNodes } from '../language/walk.ts'
import type { Network } from '../network/network.ts'

type Brackets = readonly Resolved[]

const against = (a: Resolved, b: Resolved): Resolved => ({
  kind: 'iverson',
  conditions: [{ kind: 'comparison', operands: [a, b], relations: ['>'], span: a.span }],
  span: a.span,
})

const numeral = (value: bigint, { span }: Resolved): Resolved => ({
  kind: 'numeral',
  value: { numerator: value, denominator: 1n },
  span,
})

/** The brackets of one call; `isFactor`: where it is 0 all of its product is. */
const contestsOf = (node: Resolved): { brackets: Brackets; isFactor?: true } | undefined => {
  if (node.kind !== 'call') return undefined
  const [a, b, ...others] = node.operands
  if (!a) return undefined
  switch (node.word) {
    case 'relu':
      return { brackets: [against(a, numeral(0n, a))], isFactor: true }
    case 'abs':
    case 'sign':
      return { brackets: [against(a, numeral(0n, a))] }
    case 'floor':
    case 'ceil':
      return { brackets: [against(a, numeral(1n, a)), against(a, numeral(0n, a))] }
    case 'max':
    case 'min':
      return b ? { brackets: [b, ...others].map((each) => against(a, each)) } : undefined
    default:
      return undefined
  }
}

/** r_i of an array r = relu(…), and what is differentiated in ∂r_i/∂x_i: 0 where r is. */
const rectified = (node: Resolved, network: Network): Resolved | undefined => {
  if (node.kind === 'derivative') return rectified(node.of, network)
  const array = node.kind === 'entry' ? node.array : node
  const found = array.kind === 'array' ? network.nodes.get(array.name) : undefined
  return found?.op === ops.relu ? node : undefined
}

/** Of one array alone the network is asked. */
const product = (factors: readonly Resolved[], network: Network): Brackets => {
  const arrays = factors.flatMap((factor) => rectified(factor, network) ?? [])
  const brackets = factors.flatMap((factor) => {
    if (factor.kind === 'iverson') return [factor]
    const found = contestsOf(factor)
    return found?.isFactor ? found.brackets : []
  })
  const compared = arrays.map((array) => against(array, numeral(0n, array)))
  return arrays.length + brackets.length > 1 ? [...brackets, ...compared] : brackets
}

/** One by one, and those of one product together: at a point where all are 1 it is none of 0. */
export const contestsIn = ({ operands }: ResolvedClaim, network: Network): readonly Brackets[] => {
  const visit = (node: Resolved): readonly Brackets[] => [
    ...(contestsOf(node)?.brackets ?? []).map((each) => [each]),
    ...(node.kind === 'product' ? [product(node.factors, network)] : []),
    ...childNodes<Resolved>(node).flatMap(visit),
  ]
  return operands.flatMap(visit)
}

/** relu(tanh x − 1) is 0 by the signs of what it is of: no sample is asked. */
export const isDecided = (brackets: Brackets, network: Network): boolean =>
  brackets.some((bracket) => {
    const [only] = bracket.kind === 'iverson' ? bracket.conditions : []
    if (only?.kind !== 'comparison' || only.relations.join() !== '>') return false
    const [a, b] = only.operands as [Resolved, Resolved]
    return isNotLess(b, a, network) || (brackets.length === 1 && isMore(a, b, network))
  })
