// Verdicts with the codes and values of what they say in words.
import type { Verdict } from '../verdict/verdict.ts'
import { reasonsOf } from './sentence.ts'

/** The same verdict; each reason in it also as data, in the verdicts inside it too. */
export const withReasons = <V extends Verdict>(verdict: V): V => withThem(verdict) as V

const withThem = (verdict: Verdict): Verdict => {
  switch (verdict.kind) {
    case 'ill-formed': {
      const [first] = reasonsOf(verdict.reason)
      return { ...verdict, ...first }
    }
    case 'budget':
      return { ...verdict, reasons: verdict.tried.flatMap(reasonsOf) }
    case 'agrees':
      return { ...verdict, reasons: reasonsOf(verdict.why) }
    case 'holds-if': {
      const { then, otherwise } = verdict
      // biome-ignore lint/suspicious/noThenProperty: an object of data, which nobody awaits.
      return { ...verdict, then: withThem(then), otherwise: withThem(otherwise) }
    }
    case 'ambiguous': {
      const table = verdict.table.map(([reading, each]) => [reading, withThem(each)] as const)
      return { ...verdict, table }
    }
    default:
      return verdict
  }
}
