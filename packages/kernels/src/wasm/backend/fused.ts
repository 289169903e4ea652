// Kernels for ops that laws of this backend record: several ops of the graph at once.
import type { Op } from '@backprove/graph'
import type { Rule } from './rule.ts'

export const fusedKernels: ReadonlyMap<Op, Rule> = new Map()
