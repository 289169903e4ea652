// A verdict under what was supplied besides its claim.
import type { Verdict } from './verdict.ts'

/** With what was supplied besides, as an assumption like any other. */
export const assuming = (verdict: Verdict, said: readonly string[]): Verdict => {
  if (said.length === 0) return verdict
  if (verdict.kind === 'agrees') return { ...verdict, why: [verdict.why, ...said].join('; ') }
  if (verdict.kind === 'proved')
    return { ...verdict, assumptions: [...verdict.assumptions, ...said] }
  if (verdict.kind !== 'ambiguous') return verdict
  const table = verdict.table.map(([reading, each]) => [reading, assuming(each, said)] as const)
  return { ...verdict, table }
}
