// What a condition selects: z_i = 5 for i = 7, of four entries, claims nothing, and so does a
// condition that no value meets. From nothing everything would follow.
import { type Work, withReserve } from '../../arithmetic/budget.ts'
import type { TestOptions } from '../../concrete/sample/point.ts'
import type { Resolved, ResolvedClaim } from '../../language/resolved.ts'
import { ClaimError } from '../../language/syntax.ts'
import { childNodes } from '../../language/walk.ts'
import type { Network } from '../../network/network.ts'
import { isOfValues, metBy } from '../../witness/brackets.ts'

/**
 * @throws ClaimError where the conditions of a claim hold nowhere at the recorded lengths, or no
 * point was found at which they do
 */
export const demandSelected = (
  claim: ResolvedClaim,
  network: Network,
  work: Work,
  options: TestOptions,
): void => {
  const { when } = claim
  if (!when || when.length === 0) return
  const whole = when.find((bracket) => comparesArrays(bracket, network))
  if (whole) {
    const what = 'A condition on whole arrays says nothing of their entries'
    throw new ClaimError(`${what}: write the claim in indices`, whole.span)
  }
  const looks = withReserve(work.left() / 10, work.part(work.left() / 4))
  const met = metBy(when, claim, network, looks, options, ({ holds }) => holds)
  if (met?.holds) return
  const [condition] = when
  const what = isOfValues(when)
    ? 'No point was found at which the condition holds'
    : 'The condition holds for no index'
  throw new ClaimError(`${what}: nothing is claimed`, condition!.span)
}

/** [x > 0] of an array, which is none at a place of its own. */
const comparesArrays = (bracket: Resolved, { scope }: Network): boolean =>
  bracket.kind === 'iverson' &&
  bracket.conditions
    .flatMap((each) => childNodes<Resolved>(each))
    .some((operand) => {
      if (operand.kind !== 'array') return false
      const rank = scope.names.find(({ name }) => name === operand.name)?.shape.length ?? 0
      return rank > operand.skip
    })
