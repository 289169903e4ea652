// Ops that a user might define, for tests.
import { apply, defineOp, type Node } from '@backprove/graph'

/** An elementwise op of one operand, by its line. */
export function defineOpFor(line: string, name: string): (x: Node) => Node {
  const op = defineOp<'x'>({
    name,
    operands: { x: 'n' },
    line,
    axes: 'n',
    vjp: { x: null },
    latex: ({ x }) => x,
  })
  return (x) => apply(op, [x])
}

/** y_i = x_1 + … + x_i: a range that depends on an index, which no array of a known size holds. */
export const runningSum = defineOpFor('y_i = Σ_{k≤i} x_k', 'runningSum')
