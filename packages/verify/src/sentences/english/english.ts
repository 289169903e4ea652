// Everything that a verdict says in words, by code. Where a sentence is made it is written out; a
// test holds that each has its code here.
import { judging } from './judging.ts'
import { meaning } from './meaning.ts'
import { networks } from './networks.ts'
import { operations } from './operations.ts'
import { programs } from './programs.ts'
import { reading } from './reading.ts'
import { readings } from './readings.ts'
import { parts, verdicts } from './verdicts.ts'

/** What a reason, an extent or a convention may be: everything but the lines of `format`. */
export const reasons = {
  ...parts,
  ...reading,
  ...meaning,
  ...networks,
  ...operations,
  ...programs,
  ...judging,
  ...readings,
}

export const sentences = { ...verdicts, ...reasons } as const

/** The name of a sentence, the same in every language and every version. */
export type SentenceCode = keyof typeof sentences

/** A language in which verdicts speak. */
export interface Language {
  /** By code; `<name>` stands for a value. */
  readonly sentences: Readonly<Record<SentenceCode, string>>
  /** What each kind of edit is called, where messages of repairs are made anew. */
  readonly repairs?: Readonly<Record<string, string>>
}

/** The language in which verdicts speak unless another is given. */
export const english: Language = { sentences }
