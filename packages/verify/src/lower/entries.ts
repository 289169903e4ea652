// Arrays of the network and their entries: w^{Fk}_{ij}, and w^{Fk}, which leaves axes whole.

import { nodeSource, read, whole } from '../core/build.ts'
import type { Index } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import type { Resolved } from '../language/resolved.ts'
import { isOne } from '../network/lengths.ts'
import { indexOf } from './indices.ts'
import { type Site, visible } from './site.ts'
import { type ArrayValue, arrayValue, readValue, type Value } from './value.ts'

export const namedArray = (node: Extract<Resolved, { kind: 'array' }>, site: Site): Value => {
  const { node: graphNode, shape, full } = visible(node, site)
  return arrayValue(shape, (index) => read(nodeSource(graphNode), ...full(index)), {
    isRead: true,
  })
}

/** Indices may leave axes whole. */
export const entryOf = (
  value: ArrayValue,
  indices: readonly (Resolved | null)[],
  site: Site,
): Value => {
  const { shape } = value
  const hidden = shape.length - indices.length
  // (A * B)_{ij} of one image: leading axes of length 1 are invisible.
  if (hidden > 0 && shape.slice(0, hidden).every(isOne)) {
    const first = shape.slice(0, hidden).map(() => whole(1))
    const inner = arrayValue(
      shape.slice(hidden),
      (index) => readValue(value, [...first, ...index]),
      { isRead: true },
    )
    return inner.kind === 'number' ? inner : entryOf(inner, indices, site)
  }
  if (hidden !== 0)
    throw new ConcreteError(`${indices.length} indices for an array of rank ${shape.length}`)
  const given = indices.map((index) => index && indexOf(index, site))
  const open = shape.filter((_, axis) => given[axis] === null)
  const at = (index: readonly Index[]) => {
    let next = 0
    return readValue(
      value,
      given.map((each) => each ?? index[next++]!),
    )
  }
  return arrayValue(open, at, { isRead: true })
}
