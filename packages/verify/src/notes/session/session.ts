// One document again and again, as an editor or a page has it: only what changed is judged anew,
// and a newer text stops the older.
import { ClaimError } from '../../language/syntax.ts'
import { fullJudge } from '../check.ts'
import { type CheckEvent, type CheckOptions, checking, type Judge } from '../check-notes.ts'
import type { Report } from '../report.ts'
import { summed } from '../summary.ts'
import { remember } from './memory.ts'

/** Options of `session`. */
export interface SessionOptions extends Pick<CheckOptions, 'allow' | 'certificates'> {
  /**
   * For each formula. Operations, not milliseconds, so that a slow machine gives the same verdicts.
   * Default 1,000,000: about a second or two.
   */
  readonly operations?: number
}

/** First `read`, with every formula’s place; then each verdict in order; at last the report. */
export type SessionEvent =
  | Exclude<CheckEvent, { kind: 'formula' }>
  /** `kept`: from an earlier document, without any work. */
  | (Extract<CheckEvent, { kind: 'formula' }> & { readonly kept: boolean })
  | { readonly kind: 'report'; readonly report: Report }

/** A document under an editor: checked again and again, only where it changed. */
export interface Session {
  /**
   * The verdicts of a Markdown document as they are found; between two that took work other tasks
   * of the thread run. A later call ends this one at its next step, without a report. Never throws
   * for what the text says.
   */
  readonly check: (text: string) => AsyncIterable<SessionEvent>
}

/** Lets messages and clicks through. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/** Of a judge: what a session is made of, for tests. */
export const sessionWith = (
  given: Judge,
  { operations = 1_000_000, ...options }: SessionOptions = {},
): Session => {
  const reader = remember(given)
  let newest = 0
  async function* events(text: string, number: number): AsyncGenerator<SessionEvent, void> {
    const steps = checking(reader, text, { ...options, operations })
    for (let isWork = true; ; ) {
      // While something was judged nothing else ran: a newer text may be waiting.
      if (isWork) await pause()
      if (number !== newest) return
      const before = reader.given()
      const { done, value } = nextOf(steps, text)
      isWork = reader.given() > before
      if (done) {
        yield { kind: 'report', report: value }
        return
      }
      yield value.kind === 'formula' ? { ...value, kept: !isWork } : value
    }
  }
  return { check: (text) => events(text, ++newest) }
}

/** A document beyond the limits is a report that says so. */
const nextOf = (
  steps: Generator<CheckEvent, Report, void>,
  text: string,
): IteratorResult<CheckEvent, Report> => {
  try {
    return steps.next()
  } catch (error) {
    if (!(error instanceof ClaimError)) throw error
    const place = { line: 1, column: 1, start: 0, end: text.length }
    return { done: true, value: summed([], [{ ...place, reason: error.reason }]) }
  }
}

/**
 * A document checked again and again. One verdict is kept for each network text, formula,
 * assumptions and definitions that it uses.
 */
export const session = (options: SessionOptions = {}): Session => sessionWith(fullJudge, options)
