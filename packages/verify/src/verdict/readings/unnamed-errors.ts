// δ_1 of a network that has no name for what enters layer 1: whose error it is no text says.
import { isOfLayers } from '../../language/names/deltas/delta.ts'
import { gradientBy } from '../../language/names/in-cost.ts'
import type { Scope } from '../../language/resolved.ts'
import type { Claim, Name } from '../../language/syntax.ts'
import { mapped } from '../../language/walk.ts'
import { withPreActivations } from '../../network/unnamed.ts'
import { type Run, runUnder } from '../../run.ts'
import { answered } from '../answered.ts'
import type { Verdict } from '../verdict.ts'

/** Errors of x_1 and x_2, which are what the layers say; where all have one letter. */
const ofValues = (claim: Claim, { names, costName }: Scope): Claim | undefined => {
  const layers = names.filter(
    ({ tag, activates }) => tag && activates?.some((z) => z.startsWith('z_')),
  )
  const [base, ...others] = new Set(layers.map((each) => each.base))
  if (base === undefined || others.length > 0) return undefined
  return mapped(claim, (node) => {
    const name = node as Name
    const isError = name.kind === 'name' && name.base === 'δ'
    return isError ? gradientBy({ ...name, base }, costName ?? 'C') : undefined
  })
}

/**
 * The error of what enters the activation, as everybody means it; refuted is only what is false of
 * the errors of x_1 and x_2 as well.
 */
export const overUnnamed = (
  claims: readonly Claim[],
  run: Run,
  judge: (claims: readonly Claim[], run: Run) => Verdict,
): Verdict => {
  const first = answered(() => judge(claims, run))
  const isAsked = first.kind === 'ill-formed' && claims.some(isOfLayers)
  const network = isAsked ? withPreActivations(run.network) : undefined
  if (!network) return first
  const usual = answered(() => judge(claims, runUnder({ ...run, network }, run.assumed)))
  if (usual.kind !== 'refuted') return usual
  const others = claims.flatMap((claim) => ofValues(claim, network.scope) ?? [])
  if (others.length < claims.length) return first
  const inside = { ...run, options: { ...run.options, diagnose: () => [] } }
  return answered(() => judge(others, inside)).kind === 'refuted' ? usual : first
}
