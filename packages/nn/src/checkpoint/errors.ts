// The one error of writing and reading checkpoints.

/** A checkpoint that cannot be read or written; `field` names the part of the file, or the act. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError'
  readonly field: string

  constructor(field: string, sentence: string, options?: ErrorOptions) {
    super(`checkpoint: ${field}: ${sentence}`, options)
    this.field = field
  }
}
