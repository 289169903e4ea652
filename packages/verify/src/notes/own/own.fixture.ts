// What became of the formulas of a document without a network.
import { checkNotes } from '../check.ts'

/** Of each: a kind of verdict, or what it is where nothing is claimed. */
export const kindsOf = (document: string) =>
  checkNotes(document, { deadline: 30_000 }).entries.map(
    ({ kind, verdict }) => verdict?.kind ?? kind,
  )

export const declared = (count: number) => Array.from({ length: count }, () => 'declaration')
