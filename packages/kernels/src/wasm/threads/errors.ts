// What can go wrong between threads.

/** A worker died; what the program holds is no longer to be trusted. */
export class ThreadError extends Error {
  override name = 'ThreadError'

  constructor(cause?: unknown) {
    super(
      'a worker thread of this program has died; its arrays are no longer to be trusted, so ' +
        'compile it again',
      cause === undefined ? {} : { cause },
    )
  }
}
