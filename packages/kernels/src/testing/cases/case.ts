// A case: one op on leaves of its own. Every backend runs the same ones against the interpreter.
import { Graph, type GraphOptions, type Node, type ops, type Shape, sizeOf } from '@backprove/graph'
import { type Kind, numbers } from '../values.ts'

export interface Leaf {
  /** A new input of that shape, fed with numbers of that kind. */
  (shape: Shape, kind?: Kind): Node
  readonly graph: Graph
}

export interface Case {
  readonly title: string
  readonly build: (leaf: Leaf) => Node
  readonly options?: GraphOptions
}

export type OpName = keyof typeof ops
export type CasesOf<Names extends OpName> = { readonly [K in Names]: readonly Case[] }

export const given = (title: string, build: Case['build'], options?: GraphOptions): Case => ({
  title,
  build,
  ...(options ? { options } : {}),
})

export interface PreparedCase {
  readonly node: Node
  readonly feeds: Readonly<Record<string, Float64Array>>
}

/** Records the case on a graph of its own. */
export function prepare({ build, options }: Case): PreparedCase {
  const graph = new Graph(options)
  const feeds: Record<string, Float64Array> = {}
  const make = (shape: Shape, kind: Kind = 'any'): Node => {
    const count = Object.keys(feeds).length
    const name = `leaf${count}`
    feeds[name] = numbers(sizeOf(shape), count + 1, kind)
    return graph.input(name, shape)
  }
  const node = build(Object.assign(make, { graph }))
  return { node, feeds }
}
