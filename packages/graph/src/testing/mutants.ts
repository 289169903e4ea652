// Broken copies of an op: one vjp rule changed at a time. A check that passes one checks nothing.

import { mul } from '../ops/arithmetic/mul.ts'
import { neg } from '../ops/arithmetic/neg.ts'
import type { Node } from '../record/node.ts'
import type { Op, VjpRule } from '../record/op.ts'
import { checkOp } from './check-op.ts'
import type { Recorded } from './instance.ts'

type Rule = VjpRule<string, object>
type Break = (rule: Rule | null) => Rule | null | undefined

const zeros = (like: Node): Node => like.graph.constant(0, like.shape)
const ones = (like: Node): Node => like.graph.constant(1, like.shape)

/** How a rule can be broken; nothing where this kind of break does not apply. */
const BREAKS: Readonly<Record<string, Break>> = {
  negated: (rule) => rule && ((...all) => neg(rule(...all))),
  doubled: (rule) => rule && ((...all) => mul(2, rule(...all))),
  dropped: (rule) =>
    rule && ((_g, args, _params, _out, operand) => zeros(args[operand as keyof typeof args]!)),
  'squared in g': (rule) => rule && ((g, ...rest) => rule(mul(g, g), ...rest)),
  invented: (rule) =>
    rule === null
      ? (_g, args, _params, _out, operand) => ones(args[operand as keyof typeof args]!)
      : undefined,
}

export interface Mutant {
  /** `conv2d ∂/∂w, negated`. */
  readonly what: string
  readonly op: Op
}

/** Every rule of the op, broken in every way that applies to it. */
export const mutantsOf = (op: Op): Mutant[] =>
  Object.entries(op.vjp).flatMap(([operand, rule]) =>
    Object.entries(BREAKS).flatMap(([kind, change]) => {
      const broken = change(rule)
      if (!broken) return []
      const mutant: Op = { ...op, vjp: { ...op.vjp, [operand]: broken } }
      return [{ what: `${op.name} ∂/∂${operand}, ${kind}`, op: mutant }]
    }),
  )

/** What the check says of the same application under the broken op; undefined: it lets it pass. */
export function complaintAbout(
  mutant: Mutant,
  { node, feeds, jumps }: Recorded,
  order: 1 | 2,
): string | undefined {
  const broken = node.graph.record(mutant.op, node.args, node.params)
  try {
    checkOp(broken, feeds, { order, jumps })
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
