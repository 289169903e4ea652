// A proof that a point contradicts is nobody's mistake but ours. In use the answer is then less; in
// tests it is thrown, so that it is never hidden behind the weaker answer.

export class DefectError extends Error {
  override readonly name = 'DefectError'
}

/** What is done with a defect, besides answering less. */
const defects: { met: (what: string) => void } = { met: () => undefined }

/** From now on defects are thrown: for tests. */
export const throwDefects = (): void => {
  defects.met = (what) => {
    throw new DefectError(what)
  }
}

/** @throws DefectError in tests */
export const meetDefect = (what: string): void => defects.met(what)
