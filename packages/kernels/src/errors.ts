// What can go wrong in compiling, beyond the graph's own errors.
import { GraphProblem } from '@backprove/graph'

/** A program whose arrays do not fit in memory. Nothing was allocated. */
export class MemoryError extends GraphProblem {
  override name = 'MemoryError'
  readonly bytes: number

  constructor(bytes: number, limit: number) {
    super(
      `compile: the program needs ${bytes} bytes for its arrays, more than the ${limit} that one ` +
        'memory holds',
    )
    this.bytes = bytes
  }
}

/** Outputs, states or options that cannot be compiled. */
export class CompileError extends GraphProblem {
  override name = 'CompileError'
}
