// What a document says at its head holds of every claim in it.
import { type Claim, ClaimError } from '../language/syntax.ts'
import type { Network } from '../network/network.ts'
import { conventions, type Reread } from './conventions.ts'
import type { ConventionName } from './names.ts'

/** What conventions settle. */
const open = ['spread', 'vectors', 'gradients', 'jacobians', 'dots'] as const

const apart: readonly (readonly [ConventionName, ConventionName])[] = [
  ['row vectors', 'columns'],
  ['row gradients', 'denominator layout'],
]

/** @throws ClaimError where one says what another denies */
const demandOneSense = (declared: readonly ConventionName[], { span }: Claim): void => {
  const [first, second] = apart.find((pair) => pair.every((each) => declared.includes(each))) ?? []
  if (!first) return
  const [one, other] = [first, second].map((each) => conventions.find(({ name }) => name === each)!)
  throw new ClaimError(`It is said that ${one!.says}, and that ${other!.says}: not both`, span)
}

/** A claim under what its document says at its head. */
export const underConventions = (
  reread: Reread,
  declared: readonly ConventionName[],
  network: Network,
): { reread: Reread; said: string[] } => {
  demandOneSense(declared, reread.claim)
  return conventions
    .filter(({ name }) => declared.includes(name))
    .reduce(
      (all, convention) => {
        const next =
          convention.always?.(all.reread, network) ?? convention.read(all.reread, network, open)
        return next ? { reread: next, said: [...all.said, convention.says] } : all
      },
      { reread, said: [] as string[] },
    )
}
