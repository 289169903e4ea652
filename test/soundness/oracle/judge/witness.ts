// The point of a counterexample, where it is one at the sizes of the claim as it was drawn.
import type { Verdict } from '../../../../packages/verify/src/verdict/verdict.ts'
import type { Drawn, Leaves } from '../draw/drawn.ts'

export const witnessOf = ({ leaves }: Drawn, verdict: Verdict): Leaves | undefined => {
  if (verdict.kind !== 'refuted' || !('inputs' in verdict)) return undefined
  const read = (text: string) => {
    const [above, below = '1'] = text.split('/')
    return Number(above) / Number(below)
  }
  const found = Object.entries(verdict.inputs).map(
    ([name, values]) => [name, values.map(read)] as const,
  )
  const isHere = found.every(([name, values]) => values.length === leaves[name])
  return isHere ? (Object.fromEntries(found) as Leaves) : undefined
}
