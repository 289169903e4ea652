// Errors that are thrown as an answer, thousands of times in one diagnosis: they carry no stack.

/** The message is all that there is. */
export class AnswerError extends Error {
  constructor(message: string) {
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super(message)
    Error.stackTraceLimit = limit
  }
}
