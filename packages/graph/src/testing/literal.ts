// One application of an op with its result worked by hand: the only thing that a wrong line, read
// by every reader alike, cannot pass.
import type { Node } from '../record/node.ts'
import type { NestedNumbers } from '../shape.ts'

export interface Literal {
  readonly args: readonly NestedNumbers[]
  readonly record: (...args: Node[]) => Node
  readonly gives: NestedNumbers
}

/** Arguments → result. */
export const literal = (
  args: readonly NestedNumbers[],
  record: Literal['record'],
  gives: NestedNumbers,
): Literal => ({ args, record, gives })
