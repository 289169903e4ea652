// A user's activation from a formula: read by a grammar of its own (never evaluated), recorded as
// ops, and remembered as one function so that readers and provers can call it by its name.

import { FormulaError } from '../errors.ts'
import { identity } from '../ops/identity.ts'
import { broadcastTo } from '../ops/reduction/sum.ts'
import { Node } from '../record/node.ts'
import { show } from '../show.ts'
import { refuse } from './cursor.ts'
import { asNode, readFormula } from './formula.ts'

const NAME = /^[\p{L}][\p{L}\p{N}]{0,31}$/u

/**
 * A function of one array, x, from a formula: `activation('swish', 'x / (1 + exp(-x))')`.
 * The formula may use numbers, x, pi, e, + − * / ^, |x|, comparisons, `condition ? a : b`, and
 * exp log sqrt square abs sign max min clamp sin cos erf sigmoid tanh gelu silu
 * relu leakyRelu elu softplus.
 * @throws FormulaError where the formula is anything else, naming what was not understood
 */
export function activation(name: string, formula: string): (x: Node) => Node {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw new FormulaError(
      `activation: the name is ${show(name)}; it must be text of letters and digits, at most 32 ` +
        "of them: activation('swish', 'x / (1 + exp(-x))')",
    )
  }
  const build = readFormula(formula)
  return (x) => {
    if (!(x instanceof Node)) return refuse(formula, `${name} takes a node`)
    const made = x.graph.recordingHere(() => broadcastTo(asNode(build(x), x), x.shape))
    // A formula that is x itself, or a bare constant, still has to be a node of its own.
    const out = made === x || made.op.traits?.leaf ? identity(made) : made
    x.graph.registerApplication(out, { name, formula, argument: x })
    return out
  }
}
