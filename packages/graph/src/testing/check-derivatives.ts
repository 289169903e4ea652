// Holds the derivatives of a whole graph against central differences, along random directions, at
// orders 1 and 2; for functions that are no op, and so have no line of their own.
import { evaluate } from '../evaluate.ts'
import { grad } from '../grad.ts'
import { add } from '../ops/arithmetic/add.ts'
import { mul } from '../ops/arithmetic/mul.ts'
import { sum } from '../ops/reduction/sum.ts'
import type { Node } from '../record/node.ts'
import { drawFrom } from './draw.ts'

const STEP = 1e-5
const TOLERANCE = 2e-6

/**
 * ⟨∂s/∂leaf, v⟩ of s = Σ γ y against central differences for each leaf, γ and v random; then the
 * same of the sum of those numbers. `feeds` has the leaves' values, away from kinks.
 * @throws Error naming the leaf, the order and both numbers
 */
export function checkDerivatives(
  y: Node,
  leaves: readonly Node[],
  feeds: Readonly<Record<string, Float64Array>>,
): void {
  const { graph } = y
  const draw = drawFrom(5)
  const random = (shape: readonly number[]): Node => {
    const values = [...draw.entries(shape)]
    const nested = [...shape].reverse().reduce<unknown[]>((list, length, axis) => {
      if (axis === shape.length - 1) return list
      return Array.from({ length: list.length / length }, (_, k) =>
        list.slice(k * length, (k + 1) * length),
      )
    }, values)
    return graph.constant((shape.length === 0 ? values[0] : nested) as never)
  }
  let value = sum(mul(random(y.shape), y))
  for (const order of [1, 2]) {
    const directions = leaves.map(({ shape }) => random(shape))
    const slopes = grad(value, [...leaves]).map((g, k) => sum(mul(g, directions[k]!)))
    slopes.forEach((slope, k) => {
      const { name = '' } = leaves[k]!
      const direction = evaluate(directions[k]!)
      const at = (step: number): number => {
        const moved = feeds[name]!.map((entry, at) => entry + step * direction[at]!)
        return evaluate(value, { ...feeds, [name]: moved })[0]!
      }
      const expected = (at(STEP) - at(-STEP)) / (2 * STEP)
      const found = evaluate(slope, feeds)[0]!
      if (Math.abs(found - expected) <= TOLERANCE * Math.max(1, Math.abs(expected))) return
      throw new Error(`order ${order}, ${name}: the slope is ${found}, and should be ${expected}`)
    })
    value = slopes.reduce((a, b) => add(a, b))
  }
}
