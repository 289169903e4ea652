// What the document of a graph holds, as JSON.
import type { GraphOptions } from '../policy.ts'
import type { Shape } from '../shape.ts'

export const DOCUMENT_FORMAT = 'backprove-graph'
export const DOCUMENT_VERSION = 1

/** A node of a document: its op by name, its operands as indices of earlier nodes, its params. */
export interface NodeDocument {
  readonly op: string
  /** Positions of the arguments in the list of nodes: always smaller than the node's own. */
  readonly args: readonly number[]
  readonly params: Readonly<Record<string, unknown>>
  readonly shape: Shape
}
/** A graph as plain data that JSON can hold: what `toJSON` writes and `graphFromJSON` reads. */
export interface GraphDocument {
  readonly format: typeof DOCUMENT_FORMAT
  readonly version: typeof DOCUMENT_VERSION
  readonly options: Required<GraphOptions>
  readonly nodes: readonly NodeDocument[]
  /**
   * [node, name as it was written, letters and all]; a third entry where it is taken literally, or
   * says which axes its letters stand for, where that could be others.
   */
  readonly names: readonly (readonly [
    node: number,
    text: string,
    how?: 'literal' | readonly number[],
  ])[]
  /** [cost, forward node, its adjoint]. */
  readonly adjoints: readonly (readonly [number, number, number])[]
  readonly applications: readonly {
    readonly node: number
    readonly argument: number
    readonly name: string
    readonly formula: string
  }[]
}
