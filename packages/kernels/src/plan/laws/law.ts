// What a law is, and what it may ask of the program that is planned.
import type { Node } from '@backprove/graph'
import type { OpKey } from '../families.ts'
import type { DType, Precision } from '../plan.ts'

export interface LawContext {
  /** Whether the program computes this node anyway. */
  present(node: Node): boolean
  /** The node as it was recorded: the one to be rewritten has arguments that laws have made. */
  readonly original: Node
  /** Whether all uses of a recorded node are of that kind, and nobody asks for it. */
  usedOnlyBy(original: Node, kind: (use: Node) => boolean): boolean
  readonly dtype: DType
  readonly precision: Precision
}

/** An identity by which a graph is rewritten before it is planned. */
export interface Law {
  /** The law as mathematics: what `explain` prints. */
  readonly statement: string
  readonly op: OpKey
  /** The same value by other means, or undefined where the law has nothing to say. */
  readonly rewrite: (node: Node, context: LawContext) => Node | undefined
}
