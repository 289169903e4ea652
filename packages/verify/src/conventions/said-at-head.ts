// What a document says at its head holds of every claim in it.
import type { Network } from '../network/network.ts'
import { conventions, type Reread } from './conventions.ts'
import type { ConventionName } from './names.ts'

/** What conventions settle. */
const open = ['spread', 'vectors', 'gradients', 'jacobians', 'dots'] as const

/** A claim under what its document says at its head. */
export const underConventions = (
  reread: Reread,
  declared: readonly ConventionName[],
  network: Network,
): { reread: Reread; said: string[] } =>
  conventions
    .filter(({ name }) => declared.includes(name))
    .reduce(
      (all, convention) => {
        const next =
          convention.always?.(all.reread, network) ?? convention.read(all.reread, network, open)
        return next ? { reread: next, said: [...all.said, convention.says] } : all
      },
      { reread, said: [] as string[] },
    )
