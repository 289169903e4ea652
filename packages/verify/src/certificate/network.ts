// The nodes of a claim in one view: values, adjoints, Jacobians. Derivatives are the chain rule
// over the lines of the nodes; of no op anything is known.

import type { Arrays, Field } from './arrays.ts'
import { anywhere, type Context, type Index, siteOf, tableField } from './context.ts'
import type { PlainClaim, PlainSource } from './grammar.ts'
import * as poly from './polynomials.ts'
import { demand, readPoly } from './polynomials.ts'
import type { Terms } from './sums.ts'
import * as sums from './sums.ts'

/** Whether `from` is made of `to`, by a way around the others. */
export type Reaches = (from: number, to: number, around?: ReadonlySet<number>) => boolean

/** The nodes that a part of a claim names. */
export const nodesIn = (part: unknown, into: Set<number> = new Set()): Set<number> => {
  if (typeof part !== 'object' || part === null) return into
  const { kind, node, of, by } = part as Readonly<Record<string, unknown>>
  if (kind === 'node' || kind === 'adjoint') into.add(node as number)
  if (kind === 'jacobian') into.add(of as number).add(by as number)
  for (const each of Object.values(part)) nodesIn(each, into)
  return into
}

export const isDifferential = (part: unknown): boolean =>
  /"(adjoint|jacobian)"/.test(JSON.stringify(part))

export const reachesIn = ({ nodes }: PlainClaim): Reaches => {
  const below = nodes.map(({ line }) => nodesIn(line))
  return (from, to, around = new Set()) => {
    const seen = new Set<number>()
    const open = [from]
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node === to) return true
      if (seen.has(node) || around.has(node)) continue
      seen.add(node)
      open.push(...below[node]!)
    }
    return false
  }
}

const mostReads = 20_000

export const createNodes = (context: Context, arrays: Arrays, reaches: Reaches) => {
  const { claim, view, fresh } = context
  const shapes = claim.nodes.map(({ shape }) => shape.map(readPoly))
  const atoms = new Set(view.atoms)
  const deltas = new Set(view.deltas)
  let reads = 0

  /** @throws Rejected at what is fed */
  const definition = (node: number): Field => {
    const { line } = claim.nodes[node]!
    demand(line !== undefined, 'what is fed has no line')
    return tableField(line, siteOf(new Map()), context)
  }

  const isArray = (node: number): boolean => !claim.nodes[node]!.line || atoms.has(node)

  const value = (node: number, index: Index): Terms => {
    demand(++reads <= mostReads, 'a claim of too many parts')
    if (!isArray(node)) return anywhere(definition(node), index)
    const field: Field = { shape: shapes[node]!, at: (each) => definition(node).at(each) }
    return arrays.read(arrays.ofNode(node, field), index)
  }

  const differentiated = (terms: Terms, by: number, at: Index): Terms => {
    demand(isArray(by), 'a derivative by what is no array in this view')
    return sums.guarded(arrays.derivative(terms, by, at), sums.boxOf(at, shapes[by]!))
  }

  const adjoint = (node: number, at: Index): Terms => {
    if (deltas.has(node)) return arrays.read(arrays.given(node, shapes[node]!), at)
    const above = [...deltas].filter((delta) => delta !== node)
    if (above.length === 0) return differentiated(value(claim.cost, []), node, at)
    demand(!reaches(claim.cost, node, new Set(above)), 'a way to the cost around given adjoints')
    const isApart = above.every((a) => above.every((b) => a === b || !reaches(a, b)))
    demand(isApart, 'a given adjoint that another one is made of')
    return above.flatMap((delta) => {
      const shape = shapes[delta]!
      const letters = shape.map(() => fresh())
      const index = letters.map(poly.single)
      const inner = differentiated(definition(delta).at(index), node, at)
      const terms = sums.product(arrays.read(arrays.given(delta, shape), index), inner, fresh)
      return sums.guarded(sums.bind(terms, letters), sums.boxOf(index, shape))
    })
  }

  const jacobian = (of: number, ofAdjoint: boolean, by: number, index: Index): Terms => {
    const rank = shapes[of]!.length
    const [i, t] = [index.slice(0, rank), index.slice(rank)]
    if (ofAdjoint) return differentiated(adjoint(of, i), by, t)
    return differentiated(value(of, i), by, t)
  }

  return {
    read: (from: Exclude<PlainSource, { kind: 'table' }>, at: Index): Terms => {
      if (from.kind === 'node') return value(from.node, at)
      if (from.kind === 'adjoint') return adjoint(from.node, at)
      return jacobian(from.of, from.ofAdjoint === true, from.by, at)
    },
  }
}
