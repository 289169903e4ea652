// What costs share: an output and a target of one shape, and how their entries are summed up.
import { ShapeError } from '../../errors.ts'
import { mean } from '../../ops/reduction/mean.ts'
import { sum } from '../../ops/reduction/sum.ts'
import { optionError } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { requireNode } from '../../record/operand.ts'
import { formatShape, sameShape } from '../../shape.ts'
import { composed } from '../composed.ts'

/** Options of the costs that are a mean over entries. */
export interface CostOptions {
  /** The mean over all entries, batch included, or their sum. Default 'mean'. */
  readonly reduction?: 'sum' | 'mean'
}

/** @throws ShapeError where y and t are no nodes of one shape */
export function reducedCost(
  name: string,
  [y, t]: readonly [y: Node, t: Node],
  { reduction = 'mean' }: CostOptions,
  entries: () => Node,
): Node {
  requireNode(name, y)
  requireNode(name, t)
  if (!sameShape(y.shape, t.shape)) {
    const shapes = `y ${formatShape(y.shape)} and t ${formatShape(t.shape)}`
    throw new ShapeError(`${name}: ${shapes} differ in shape`)
  }
  if (reduction !== 'sum' && reduction !== 'mean') {
    throw optionError(name, 'reduction', reduction, "'sum' or 'mean'")
  }
  return composed(name, y, () => (reduction === 'sum' ? sum : mean)(entries()))
}
