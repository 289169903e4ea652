// A counterexample to a formula about functions of numbers: the graph has no part in it.
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { holding } from '../language/walk.ts'
import type { Witness } from './at-point.ts'

const kinds: ReadonlySet<Resolved['kind']> = new Set([
  'array',
  'entry',
  'cost',
  'derivative',
  'size',
])

const readsGraph = holding((node) => kinds.has((node as Resolved).kind))

/** Without the lengths and arrays of the graph, where the claim names none. */
export const ofItsNumbers = (claim: ResolvedClaim, witness: Witness): Witness => {
  if (readsGraph(claim)) return witness
  const isOwn = ([name]: [string, unknown]): boolean =>
    holding((node) => (node as Resolved).kind === 'variable' && (node as Named).name === name)(
      claim,
    )
  return {
    ...witness,
    sizes: {},
    inputs: Object.fromEntries(Object.entries(witness.inputs).filter(isOwn)),
  }
}

type Named = Resolved & { readonly kind: 'variable' }
