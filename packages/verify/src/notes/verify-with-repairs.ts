// `verify` as users know it: what is refuted comes with its diagnosis.
import type { Node } from '@backprove/graph'
import { diagnoseRefuted } from '../repair/diagnose-refuted.ts'
import type { VerifyOptions } from '../run.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { verify as verifyOnly } from '../verify.ts'

/**
 * Proves or refutes a formula about the network of a cost, in the names of its graph; a refuted one
 * comes with the shortest repairs. Never throws for what the text says: that is a verdict too.
 */
export const verify = (cost: Node, claim: string, options: VerifyOptions = {}): Verdict =>
  verifyOnly(cost, claim, { diagnose: diagnoseRefuted, ...options })
