// A letter of an assumption whose range is anyone's guess. A claim tells how its letters were read;
// of an assumption nothing tells it, and what it is taken to say of entries that are not there is
// used: x_{i+1} = x_i would make x_n 0.

import type { Resolved, ResolvedClaim } from '../../language/resolved.ts'
import { childNodes } from '../../language/walk.ts'
import { type Boxes, type Constraint, single, solve, within } from './constraints.ts'
import { freeRanges, operandRanges } from './ranges.ts'

/** What every entry asks that is read whatever the letters are: those behind a bracket are not. */
const asked = (node: Resolved, boxes: Boxes): readonly Constraint[] => {
  if (node.kind === 'product' && node.factors.some(({ kind }) => kind === 'iverson')) return []
  const below = childNodes<Resolved>(node).flatMap((part) => asked(part, boxes))
  if (node.kind !== 'entry') return below
  const shape = boxes.shapeOf(node.array) ?? []
  const own = node.indices.flatMap((index, axis) => {
    const high = shape[axis] ?? Infinity
    const inside = index ? within(index, 1, high, boxes) : []
    // Letters count from 1 and no further than the axis, though x_{i-1} is there at n + 1 as well.
    const names = inside.flatMap(({ form }) => [...form.coefficients.keys()])
    return [...inside, ...names.map((name) => single(name, { low: 1, high }))]
  })
  return [...own, ...below]
}

/** The first free letter that does not run just where all that it indexes is there. */
export const unsaidIn = (
  { free, operands, ranges }: ResolvedClaim,
  boxes: Boxes,
): string | undefined => {
  const all = operands.flatMap((operand) => asked(operand, boxes))
  const own = all.filter(({ form }) => [...form.coefficients.keys()].every((k) => free.includes(k)))
  const inside = solve(own, new Map())
  const found = freeRanges(free, operands, boxes, ranges?.free)
  return free.find((name) => {
    const range = found.get(name)
    const others = [inside.get(name), ...operandRanges(name, operands, new Map(), boxes).flat()]
    return range && others.some((o) => o && (o.low !== range.low || o.high !== range.high))
  })
}
