// A transform mixes the pixels of a tile: one that is not finite would spoil all sixteen results.
// So the phases note whether any result is not finite, and the kernel then runs again directly.
import { alignUp, type Kernel } from '../kernel.ts'

/** The direct kernel, to run where a result is not finite. */
export type Direct = (scratch: number) => Kernel

/** Behind the word that notes what is not finite. */
export const afterWord = alignUp(4)

export const again = (direct: Direct, scratch: number, later: Kernel = []): Kernel =>
  [...direct(scratch + afterWord), ...later].map((phase) => ({ ...phase, when: scratch }))
