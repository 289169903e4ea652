// What is known as the text of a network is recorded, line by line.
import { type Graph, type Node, nearNames, parseName } from '@backprove/graph'
import type { NetworkExpression } from '../../document/network/tree.ts'
import { ClaimError, type Span } from '../../language/syntax.ts'
import { noOperation } from './elsewhere.ts'
import type { Axis } from './of-lengths.ts'
import type { Value } from './operations.ts'

/** Bounds what a document may make a reader evaluate. */
export const mostEntries = 2_000_000

export interface Build {
  readonly graph: Graph
  readonly nodes: Map<string, Node>
  /** Names that differ below alone, W_{hx} and W_{hh}: what stands there is no axis. */
  readonly literal: ReadonlySet<string>
  readonly axes: ReadonlyMap<string, readonly number[]>
  /** What letters of lengths stand for: n of `x: input n=4`. */
  readonly lengths: Map<string, Axis>
  /** Numbers that have names: eps, p. Of those that are constants, the arrays of one entry. */
  readonly numbers: Map<string, number>
  /** The word that a name of a line stands for. */
  readonly spelled: (name: string) => string | undefined
  /** u · v of two vectors, their inner product or entry by entry: how it is read, and whether any was. */
  readonly dots: { readonly areInner: boolean; met: boolean }
}

/** The value of an expression; for an option a number stays one. */
export type Evaluate = (expression: NetworkExpression, build: Build, isOption?: boolean) => Value

/** An array by its name, as far as it stands above. */
export const known = (name: string, { nodes }: Build): Node | undefined =>
  nodes.get(name) ?? nodes.get(parseName(name).bare)

/** x_{ji} of an x_{ij}, where no letters stand on the left, would be read as x. */
const inItsOrder = (name: string, node: Node, { nodes }: Build, span: Span): Node => {
  const { bare, letters } = parseName(name)
  const own = node.graph.namesOf(node).find((each) => each.bare === bare)?.letters ?? []
  const isSame = letters.every((letter, k) => letter === own[k])
  const isTurned = letters.length === own.length && letters.every((letter) => own.includes(letter))
  if (nodes.has(name) || isSame || !isTurned) return node
  throw new ClaimError(
    `The letters of ${bare} stand in another order: write them on the left too`,
    span,
  )
}

export const nodeNamed = (name: string, build: Build, span: Span): Node => {
  const node = known(name, build)
  if (node) return inItsOrder(name, node, build, span)
  if (/^Σ/u.test(name)) throw new ClaimError(noOperation(name, []), span)
  const near = nearNames(name, [...build.nodes.keys()]).join(', ')
  throw new ClaimError(`Nothing above is called ‘${name}’${near && `; near it are ${near}`}`, span)
}
