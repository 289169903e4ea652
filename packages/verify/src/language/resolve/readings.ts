// Every usual reading of a claim: of its spelling, and of its superscripts.
import { withErrors } from '../names/deltas/errors.ts'
import { type Writing, writingsOf } from '../names/writings.ts'
import type { Scope, SuperscriptReading } from '../resolved.ts'
import { type Claim, ClaimError } from '../syntax.ts'
import { type How, resolve } from './resolve.ts'

/**
 * All of them, each with what it takes the claim for; `asWritten` leaves its spelling alone.
 * @throws ClaimError where none has a meaning
 */
export const claimReadings = (
  claim: Claim,
  scope: Scope,
  how: How,
  asWritten = false,
): readonly SuperscriptReading[] => {
  const errors = withErrors(claim, scope)
  // Ours is read in one way: an error that could be one of several is none of them.
  const ours = errors.length === 1 ? errors : [{ claim, description: '' }]
  const writings: readonly Writing[] = asWritten
    ? ours
    : errors.flatMap(({ claim: meant, description, mustFit }) =>
        writingsOf(meant, scope).map((each) => ({
          ...each,
          ...(mustFit && { mustFit }),
          description: [description, each.description].filter((text) => text !== '').join(', '),
        })),
      )
  let refused: ClaimError | undefined
  const readings = writings.flatMap(({ claim: written, description, mustFit }) => {
    try {
      return resolve(written, scope, how).map((reading) => ({
        ...reading,
        ...(mustFit && { mustFit }),
        description: [description, reading.description].filter((each) => each !== '').join(', '),
      }))
    } catch (error) {
      if (!(error instanceof ClaimError)) throw error
      refused ??= error
      return []
    }
  })
  if (refused && readings.length === 0) throw refused
  return readings
}
