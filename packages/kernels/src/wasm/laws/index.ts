// The laws of this backend: those of every backend, and those that its fused kernels make possible.

import type { Law } from '../../plan/laws/law.ts'
import { laws } from '../../plan/laws/laws.ts'
import { poolingLaws } from './pooling.ts'
import { winnerLaws } from './winners.ts'

export const wasmLaws: readonly Law[] = [...laws, ...poolingLaws, ...winnerLaws]
