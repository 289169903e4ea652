// The laws of this backend: those of every backend, and those that its fused kernels make possible.
import { type Law, laws } from '../../plan/laws.ts'

export const wasmLaws: readonly Law[] = laws
