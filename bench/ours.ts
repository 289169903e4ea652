// Our own engine as candidates of the benchmark. The first is the one that ratios refer to.

import type { Candidates } from './candidate.ts'

export const candidates: Candidates = []
