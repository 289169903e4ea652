// Where an index runs. Σ without limits is over all integers where the body is not 0: the boxes of
// the arrays that it reads bound it. A free index runs through the axis that it indexes bare.
import type { Resolved, ResolvedBinder, ResolvedComparison } from '../../language/resolved.ts'
import { childNodes } from '../../language/walk.ts'
import {
  type Boxes,
  bounds,
  type Constraint,
  comparison,
  type Interval,
  type Intervals,
  single,
  solve,
  within,
  without,
} from './constraints.ts'

/**
 * What must hold where an expression is not 0. `all` also takes what a function reads: σ(z_{ij}).
 */
const demands = (node: Resolved, known: Intervals, boxes: Boxes, all: boolean): Constraint[] => {
  const inner = (part: Resolved) => demands(part, known, boxes, all)
  switch (node.kind) {
    case 'entry': {
      const shape = boxes.shapeOf(node.array)
      const own = node.indices.flatMap((index, axis) =>
        index && shape ? within(index, 1, shape[axis] ?? Infinity, boxes) : [],
      )
      return [...own, ...inner(node.array)]
    }
    case 'derivative':
      return [node.of, ...node.by].flatMap(inner)
    case 'product':
      return node.factors.flatMap(inner)
    case 'negation':
    case 'transposed':
      return inner(node.operand)
    case 'quotient':
      return all ? [...inner(node.numerator), ...inner(node.denominator)] : inner(node.numerator)
    case 'power':
      return inner(node.base)
    case 'hadamard':
    case 'star':
      return [...inner(node.left), ...inner(node.right)]
    case 'addition': {
      const solutions = node.terms.map((term) => solve(inner(term), known))
      return all ? hullOfReaders(solutions) : hull(solutions)
    }
    case 'reduction': {
      const own = [
        ...inner(node.body),
        ...bounds(node.binders, boxes),
        ...node.conditions.flatMap((each) => comparison(each, boxes)),
      ]
      const hidden = new Set(node.binders.map(({ name }) => name))
      const visible = [...solve(own, without(known, hidden))].filter(([name]) => !hidden.has(name))
      return visible.map(([name, interval]) => single(name, interval))
    }
    case 'iverson':
      return node.conditions.flatMap((condition) => {
        if (condition.kind === 'comparison') return comparison(condition, boxes)
        if (condition.kind === 'winner')
          return condition.at.flatMap((at, k) => {
            const { name } = condition.binders[k] ?? { name: '' }
            const range = solve(
              [...bounds(condition.binders, boxes), ...inner(condition.body)],
              without(known, new Set(condition.binders.map((each) => each.name))),
            ).get(name)
            return range ? within(at, range.low, range.high, boxes) : []
          })
        return condition.operand ? inner(condition.operand) : []
      })
    case 'call':
    case 'activation':
      return all ? childNodes<Resolved>(node).flatMap(inner) : []
    default:
      return []
  }
}

/** A sum may be other than 0 where one of its terms may. */
const hull = (solutions: readonly Intervals[]): Constraint[] => {
  const [first, ...others] = solutions
  return [...(first ?? [])].flatMap(([name, interval]) => {
    let { low, high } = interval
    for (const other of others) {
      const range = other.get(name)
      if (!range) return []
      low = Math.min(low, range.low)
      high = Math.max(high, range.high)
    }
    return [single(name, { low, high })]
  })
}

/** As hull, of what a function reads: a term without an index says nothing of it. */
const hullOfReaders = (solutions: readonly Intervals[]): Constraint[] => {
  const names = new Set(solutions.flatMap((solution) => [...solution.keys()]))
  return [...names].flatMap((name) =>
    hull(
      solutions.flatMap((solution) => {
        const range = solution.get(name)
        return range ? [new Map([[name, range]])] : []
      }),
    ),
  )
}

const isBounded = (interval: Interval | undefined): interval is Interval =>
  interval !== undefined && Number.isFinite(interval.low) && Number.isFinite(interval.high)

/** The range of each binder; undefined where nothing bounds it. */
export const binderRanges = (
  binders: readonly ResolvedBinder[],
  conditions: readonly ResolvedComparison[],
  body: Resolved,
  known: Intervals,
  boxes: Boxes,
): (Interval | undefined)[] => {
  const outer = without(known, new Set(binders.map(({ name }) => name)))
  const own = [...bounds(binders, boxes), ...conditions.flatMap((each) => comparison(each, boxes))]
  const strict = solve([...own, ...demands(body, outer, boxes, false)], outer)
  // Σ_l e^{x_l} is over the axis of x, though e^0 is not 0.
  const loose = solve([...own, ...demands(body, outer, boxes, true)], outer)
  return binders.map(({ name }) =>
    [strict.get(name), loose.get(name)].find((interval) => isBounded(interval)),
  )
}

/** The axes that an index indexes bare, outside of binders of its name. */
const bareRange = (name: string, node: Resolved, boxes: Boxes): Interval | undefined => {
  let range: Interval | undefined
  const visit = (part: Resolved): void => {
    const binders = (part as { binders?: readonly ResolvedBinder[] }).binders
    if (binders?.some((binder) => binder.name === name)) return
    if (part.kind === 'entry')
      part.indices.forEach((index, axis) => {
        const length = boxes.shapeOf(part.array)?.[axis]
        if (index?.kind === 'index' && index.name === name && length !== undefined)
          range = { low: 1, high: Math.min(range?.high ?? Infinity, length) }
      })
    childNodes<Resolved>(part).forEach(visit)
  }
  visit(node)
  return range
}

/**
 * For all of these values a claim is judged: the axis that the index has bare in the first operand
 * that has it, else what the arrays' boxes leave.
 */
export const freeRanges = (
  names: readonly string[],
  operands: readonly Resolved[],
  boxes: Boxes,
): Map<string, Interval | undefined> => {
  const ranges = new Map<string, Interval | undefined>()
  for (const name of names)
    for (const operand of operands) {
      const bare = bareRange(name, operand, boxes)
      if (bare && !ranges.get(name)) ranges.set(name, bare)
    }
  for (const name of names) {
    if (ranges.get(name)) continue
    const known = new Map([...ranges].filter(([, range]) => range)) as Map<string, Interval>
    for (const all of [false, true])
      for (const operand of operands) {
        const found = solve(demands(operand, known, boxes, all), known).get(name)
        if (isBounded(found) && !ranges.get(name)) ranges.set(name, found)
      }
  }
  return ranges
}
