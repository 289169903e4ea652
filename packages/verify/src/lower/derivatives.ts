// ∂C/∂W, δ^X, ∂z_i/∂a_j and second derivatives of a claim: reads of adjoints and Jacobians.

import type { Node } from '@backprove/graph'
import { read } from '../core/build.ts'
import type { Index, Named } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import type { Resolved } from '../language/resolved.ts'
import type { Shape } from '../network/lengths.ts'
import { entryOf } from './entries.ts'
import { recordedShape, type Site, type Visible, visible, wholeNode } from './site.ts'
import { arrayValue, type Value } from './value.ts'

type Derivative = Extract<Resolved, { kind: 'derivative' }>
type Indices = readonly (Resolved | null)[]

/** What is differentiated, or by what, and the indices of one of its entries. */
interface Target extends Visible {
  readonly source: Extract<Named, { kind: 'node' | 'adjoint' }>
  readonly indices: Indices | undefined
}

const targetOf = (expression: Resolved, site: Site): Target => {
  switch (expression.kind) {
    case 'cost': {
      const { cost } = site.network
      return { ...wholeNode(cost, site), source: { kind: 'node', node: cost }, indices: undefined }
    }
    case 'array': {
      const found = visible(expression, site)
      return { ...found, source: { kind: 'node', node: found.node }, indices: undefined }
    }
    case 'entry':
      return { ...targetOf(expression.array, site), indices: expression.indices }
    case 'derivative':
      return gradientOf(expression, site)
  }
  throw new ConcreteError(
    'A derivative is of the cost or of an array of the graph, by such an array',
  )
}

const isCost = ({ source }: Target, cost: Node): boolean =>
  source.kind === 'node' && source.node === cost

/** δ, as an array that is differentiated again. */
const gradientOf = (expression: Derivative, site: Site): Target => {
  const of = targetOf(expression.of, site)
  const [by, ...others] = expression.by.map((each) => targetOf(each, site))
  if (!by || others.length > 0 || !isCost(of, site.network.cost))
    throw new ConcreteError('Only a first derivative of the cost is differentiated again')
  return { ...by, source: { kind: 'adjoint', node: by.node } }
}

/** The nodes of a derivative, where a second one is the derivative of a gradient. */
const targetsOf = (node: Derivative, site: Site): { of: Target; by: Target } => {
  const [first, second, ...more] = node.by.map((each) => targetOf(each, site))
  const of = targetOf(node.of, site)
  if (!first || more.length > 0) throw new ConcreteError('A derivative of an order above 2')
  if (!second) return { of, by: first }
  if (!isCost(of, site.network.cost)) throw new ConcreteError('A second derivative is of the cost')
  return { of: { ...first, source: { kind: 'adjoint', node: first.node } }, by: second }
}

/** Of a derivative without the indices around it; undefined where it has no meaning. */
export const derivativeShape = (node: Derivative, site: Site): Shape | undefined => {
  try {
    const { of, by } = targetsOf(node, site)
    return [of, by].flatMap(({ shape, indices }) =>
      indices ? shape.filter((_, axis) => indices[axis] === null) : shape,
    )
  } catch (error) {
    if (error instanceof ConcreteError) return undefined
    throw error
  }
}

/** `outer`: the indices around it, (∂C/∂W)_{ij} and δ_{ij}. */
export const lowerDerivative = (
  node: Derivative,
  outer: Indices | undefined,
  site: Site,
): Value => {
  const { of, by } = targetsOf(node, site)
  const given = [of, by].flatMap(({ indices, shape }) => indices ?? shape.map(() => null))
  const open = given.filter((index) => index === null).length
  if (outer && outer.length !== open)
    throw new ConcreteError(`${outer.length} indices for a derivative with ${open} open axes`)
  const around = [...(outer ?? [])]
  const indices = outer ? given.map((index) => index ?? around.shift()!) : given
  const isGradient = isCost(of, site.network.cost)
  const rank = of.shape.length
  const whole = isGradient
    ? arrayValue(by.shape, (index) => read({ kind: 'adjoint', node: by.node }, ...by.full(index)), {
        isRead: true,
      })
    : arrayValue(
        [...of.shape, ...by.shape],
        (index) =>
          read(
            { kind: 'jacobian', of: of.source, by: by.node },
            ...of.full(index.slice(0, rank)),
            ...by.full(index.slice(rank)),
          ),
        { isRead: true, derived: rank },
      )
  if (whole.kind === 'number') return whole
  if (indices.some((index) => index !== null)) return entryOf(whole, indices, site)
  return isGradient ? whole : wholeDerivative(node, of, by, whole, site)
}

/**
 * ∂a/∂z of whole arrays: the Jacobian; or, where both have one shape and only entries of the same
 * place depend on each other, the derivative entry by entry.
 */
const wholeDerivative = (
  node: Derivative,
  of: Target,
  by: Target,
  whole: Value,
  site: Site,
): Value => {
  const shapes = [of, by].map(({ shape }) => recordedShape(shape, site).join())
  const isSquare = of.shape.length > 0 && shapes[0] === shapes[1]
  if (!isSquare || node.isWhole || site.choose(2, node) === 0) return whole
  const from: Named = { kind: 'jacobian', of: of.source, by: by.node, apart: true }
  return arrayValue(of.shape, (index: readonly Index[]) =>
    read(from, ...of.full(index), ...by.full(index)),
  )
}
