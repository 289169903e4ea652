// What a session keeps from one document to the next: parsed formulas, networks, verdicts. Nothing
// here changes an answer; it is the same question asked again.
import type { Node } from '@backprove/graph'
import { parseFormula } from '../../language/read/claim.ts'
import { type Claim, ClaimError } from '../../language/syntax.ts'
import type { Verdict } from '../../verdict/verdict.ts'
import type { Judge, Reader } from '../check-notes.ts'
import { type BuiltNetwork, buildNetwork } from '../network/build-network.ts'

/** Answers by question; of more than `most`, those not asked for longest are forgotten. */
export const remembering = <Answer>(most: number) => {
  const kept = new Map<string, Answer>()
  return (question: string, answer: () => Answer): Answer => {
    const found = kept.has(question) ? (kept.get(question) as Answer) : answer()
    kept.delete(question)
    kept.set(question, found)
    if (kept.size > most) kept.delete(kept.keys().next().value!)
    return found
  }
}

/** Exact numbers as text: JSON has none that are long enough. */
const textOf = (question: unknown): string =>
  JSON.stringify(question, (_, item) => (typeof item === 'bigint' ? `${item}n` : item))

/** A text that makes no sense makes none the second time. */
const orError = <Value>(body: () => Value): { value: Value } | { error: ClaimError } => {
  try {
    return { value: body() }
  } catch (error) {
    if (error instanceof ClaimError) return { error }
    throw error
  }
}

const most = { formulas: 4000, networks: 60, verdicts: 2000 } as const

/** A reader that remembers, and counts the verdicts that it had to give. */
export interface RememberingReader extends Reader {
  readonly given: () => number
}

/**
 * One verdict is kept for each network, claim, assumptions and definitions used: a claim carries
 * the definitions of its document that it needs, and the options all that is assumed. Work is not
 * part of the question: a session has one measure of it.
 */
export const remember = (judge: Judge): RememberingReader => {
  const parses = remembering<ReturnType<typeof orError<Claim[]>>>(most.formulas)
  const networks = remembering<ReturnType<typeof orError<BuiltNetwork>>>(most.networks)
  const newVerdicts = () => remembering<Verdict>(most.verdicts)
  const ofSizes = newVerdicts()
  const ofCosts = new WeakMap<Node, ReturnType<typeof newVerdicts>>()
  let given = 0
  const counted = (body: () => Verdict): Verdict => {
    given++
    return body()
  }
  const unwrapped = <Value>(result: { value: Value } | { error: ClaimError }): Value => {
    if ('error' in result) throw result.error
    return result.value
  }
  return {
    parse: (text, options = {}) =>
      unwrapped(parses(textOf([text, options]), () => orError(() => parseFormula(text, options)))),
    build: (text, read) => unwrapped(networks(text, () => orError(() => buildNetwork(read())))),
    judge: {
      verify: (cost, claim, options) => {
        const verdicts = ofCosts.get(cost) ?? newVerdicts()
        ofCosts.set(cost, verdicts)
        const { work: _, ...asked } = options
        return verdicts(textOf([claim, asked]), () =>
          counted(() => judge.verify(cost, claim, options)),
        )
      },
      verifySizes: (claim, options) =>
        ofSizes(textOf([claim, options.assume]), () =>
          counted(() => judge.verifySizes(claim, options)),
        ),
    },
    given: () => given,
  }
}
