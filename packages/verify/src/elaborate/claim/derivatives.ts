// ∂C/∂W, δ^X, ∂z_i/∂a_j and second derivatives of a claim, through the elaborated network.

import type { Node } from '@backprove/graph'
import { differentiateTerms } from '../../index-terms/derivative.ts'
import type { Field } from '../../index-terms/terms.ts'
import type { Resolved } from '../../language/resolved.ts'
import type { Index } from '../functions/functions.ts'
import { UnsupportedError } from '../unsupported.ts'
import { type Value, valueOfField } from './arrays.ts'
import { entryOf } from './expression.ts'
import { type ClaimSite, fullIndex, nodeNamed, visibleField } from './site.ts'

type Derivative = Extract<Resolved, { kind: 'derivative' }>
type Indices = readonly (Resolved | null)[]

/** What is differentiated, or by what; the indices of one of its entries. */
interface Target {
  readonly field: Field
  readonly indices: Indices | undefined
}

interface ByArray {
  readonly node: Node
  readonly array: Extract<Resolved, { kind: 'array' }>
  readonly indices: Indices | undefined
}

const byArray = (expression: Resolved, site: ClaimSite): ByArray => {
  if (expression.kind === 'array') {
    return { node: nodeNamed(site, expression.name), array: expression, indices: undefined }
  }
  if (expression.kind === 'entry' && expression.array.kind === 'array') {
    return { ...byArray(expression.array, site), indices: expression.indices }
  }
  throw new UnsupportedError('a derivative by what is no array of the graph')
}

const adjointOf = ({ node, array }: ByArray, site: ClaimSite): Field =>
  visibleField(node, array, site.model.adjoint(node))

const targetOf = (expression: Resolved, site: ClaimSite): Target => {
  const { model } = site
  switch (expression.kind) {
    case 'cost':
      return { field: model.value(site.network.cost), indices: undefined }
    case 'array': {
      const node = nodeNamed(site, expression.name)
      return { field: visibleField(node, expression, model.value(node)), indices: undefined }
    }
    case 'entry':
      return { ...targetOf(expression.array, site), indices: expression.indices }
    case 'derivative': {
      const [by, second] = expression.by
      if (!by || second || !isCost(expression.of, site)) break
      const target = byArray(by, site)
      return { field: adjointOf(target, site), indices: target.indices }
    }
    default:
  }
  throw new UnsupportedError('a derivative of what is no array of the graph')
}

const isCost = (expression: Resolved, site: ClaimSite): boolean =>
  expression.kind === 'cost' ||
  (expression.kind === 'array' && nodeNamed(site, expression.name) === site.network.cost)

const differentiated = (of: Field, by: ByArray, site: ClaimSite): Field => {
  const array = site.model.array(by.node)
  const { shape } = visibleField(by.node, by.array, { shape: array.shape, at: () => [] })
  const rank = of.shape.length
  return {
    shape: [...of.shape, ...shape],
    at: (index: Index) => {
      const at = fullIndex(by.node, by.array, index.slice(rank))
      return differentiateTerms(of.at(index.slice(0, rank)), array, at)
    },
  }
}

/** `outer`: the indices around it, (∂C/∂W)_{ij} and δ_{ij}. */
export const derivativeOf = (
  node: Derivative,
  outer: Indices | undefined,
  site: ClaimSite,
): Value => {
  const [first, second, ...more] = node.by.map((each) => byArray(each, site))
  if (!first || more.length > 0) throw new UnsupportedError('a derivative of an order above 2')
  const gradient = isCost(node.of, site)
  if (second && !gradient) throw new UnsupportedError('a second derivative of no cost')
  const of: Target = second
    ? { field: adjointOf(first, site), indices: first.indices }
    : targetOf(node.of, site)
  const by = second ?? first
  const field = gradient && !second ? adjointOf(first, site) : differentiated(of.field, by, site)
  const ofIndices = gradient && !second ? [] : (of.indices ?? of.field.shape.map(() => null))
  const byRank = field.shape.length - ofIndices.length
  const byIndices = by.indices ?? Array.from({ length: byRank }, () => null)
  const given = [...ofIndices, ...byIndices]
  if (given.length !== field.shape.length) throw new UnsupportedError('indices of another rank')
  if (!outer && given.every((index) => index === null)) return valueOfField(field)
  const around = [...(outer ?? given.filter((index) => index === null))]
  if (around.length !== given.filter((index) => index === null).length) {
    throw new UnsupportedError('indices of another rank')
  }
  return entryOf(
    field,
    given.map((index) => index ?? around.shift()!),
    site,
  )
}
