// What can go wrong in compiling, beyond the graph's own errors.

/** A program whose arrays do not fit in memory. Nothing was allocated. */
export class MemoryError extends Error {
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
export class CompileError extends Error {
  override name = 'CompileError'
}
