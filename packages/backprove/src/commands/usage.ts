// A command that was called wrongly: exit code 2, where 1 is the command's own answer.

export class UsageError extends Error {
  override readonly name = 'UsageError'
}
