// 判定所说的一切，按代码排列。
import type { Language } from '../english/english.ts'
import { judging } from './judging.ts'
import { meaning } from './meaning.ts'
import { networks } from './networks.ts'
import { operations } from './operations.ts'
import { programs } from './programs.ts'
import { reading } from './reading.ts'
import { readings } from './readings.ts'
import { repairs } from './repairs.ts'
import { parts, verdicts } from './verdicts.ts'

/** Simplified Chinese, for `format` and `translated`. */
export const chinese: Language = {
  sentences: {
    ...verdicts,
    ...parts,
    ...reading,
    ...meaning,
    ...networks,
    ...operations,
    ...programs,
    ...judging,
    ...readings,
  },
  repairs,
}
