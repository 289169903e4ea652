// Where an index runs. Σ without limits is over all integers where the body is not 0: the boxes of
// the arrays that it reads bound it. A free index runs through the axis that it indexes bare.
import type { Interval } from '../../core/statement.ts'
import {
  isPlaced,
  letterReads,
  nonzeroIn,
  tellingTerms,
  vanishesAtZero,
} from '../../language/letter-reads.ts'
import type {
  Ranges,
  Resolved,
  ResolvedBinder,
  ResolvedComparison,
} from '../../language/resolved.ts'
import { childNodes } from '../../language/walk.ts'
import {
  type Boxes,
  bounds,
  type Constraint,
  comparison,
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
    case 'power': {
      const { exponent } = node
      const isPositive = exponent.kind === 'numeral' && exponent.value.numerator > 0n
      return all || isPositive ? inner(node.base) : []
    }
    case 'hadamard':
    case 'star':
      return [...inner(node.left), ...inner(node.right)]
    case 'addition': {
      const solutions = tellingTerms(node.terms).map((term) => solve(inner(term), known))
      return all ? hullOfReaders(solutions) : hull(solutions)
    }
    case 'reduction': {
      const own = [
        ...inner(node.body),
        ...bounds(node.binders, boxes, known),
        ...node.conditions.flatMap((each) => comparison(each, boxes)),
      ]
      const hidden = new Set(node.binders.map(({ name }) => name))
      const visible = [...solve(own, without(known, hidden))].filter(([name]) => !hidden.has(name))
      return visible.map(([name, interval]) => single(name, interval))
    }
    case 'iverson': {
      const nonzero = nonzeroIn(node)
      if (nonzero) return inner(nonzero)
      return node.conditions.flatMap((condition) => {
        if (condition.kind === 'comparison') return comparison(condition, boxes)
        if (condition.kind === 'winner')
          return condition.at.flatMap((at, k) => {
            const { name } = condition.binders[k] ?? { name: '' }
            const range = solve(
              [...bounds(condition.binders, boxes, known), ...inner(condition.body)],
              without(known, new Set(condition.binders.map((each) => each.name))),
            ).get(name)
            return range ? within(at, range.low, range.high, boxes) : []
          })
        return condition.operand ? inner(condition.operand) : []
      })
    }
    case 'call':
    case 'activation':
      return all || vanishesAtZero(node) ? childNodes<Resolved>(node).flatMap(inner) : []
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

/** What a letter without limits runs through. */
export type BinderRange =
  /** `unsettled`: where the body may be other than 0, an array under a function has no entry. */
  | { readonly kind: 'range'; readonly range: Interval; readonly unsettled: boolean }
  /** Nothing bounds it, or several axes do. */
  | { readonly kind: 'endless'; readonly why: string }

/** The intersection of the axes that the letter has bare, under functions or anywhere. */
const axesOf = (
  name: string,
  body: Resolved,
  boxes: Boxes,
  which: 'under functions' | 'all',
): readonly number[] => {
  const lengths = letterReads(name, body).flatMap(({ entry, axis, bounds: isBound }) =>
    which === 'all' || !isBound ? (boxes.shapeOf(entry.array)?.[axis] ?? []) : [],
  )
  return [...new Set(lengths)].sort((a, b) => a - b)
}

/**
 * The range of each binder: where the body may be other than 0; Σ_l e^{x_l} is over the axis of x,
 * though e^0 is not 0.
 */
export const binderRanges = (
  binders: readonly ResolvedBinder[],
  conditions: readonly ResolvedComparison[],
  body: Resolved,
  known: Intervals,
  boxes: Boxes,
  sums: Ranges['sums'] = 'axis',
): readonly BinderRange[] => {
  const outer = without(known, new Set(binders.map(({ name }) => name)))
  const own = [
    ...bounds(binders, boxes, outer),
    ...conditions.flatMap((each) => comparison(each, boxes)),
  ]
  const strict = solve([...own, ...demands(body, outer, boxes, false)], outer)
  const said = solve(own, outer)
  return binders.map(({ name, lower, upper, isEndless }): BinderRange => {
    const support = strict.get(name)
    // Σ_m X_{i+m}: where X ends is another place for each i, and no window that anyone means.
    const { low = -Infinity, high = Infinity } = said.get(name) ?? {}
    const isAnywhere = low === -Infinity && high === Infinity && !isPlaced(name, body)
    const axes = axesOf(name, body, boxes, 'under functions')
    const axis = axes.length > 0 ? { low: 1, high: axes[0]! } : undefined
    // Where an array under a function has no entry, f(0) is added for ever.
    if (isEndless ? axis || !isBounded(support) : isBounded(support) && isAnywhere && !axis)
      return { kind: 'endless', why: `nothing says where ${name} ends` }
    if (isBounded(support)) {
      if (!axis || (lower && upper)) return { kind: 'range', range: support, unsettled: false }
      const common = intersection(support, axis)
      const unsettled = support.low < common.low || support.high > common.high
      return { kind: 'range', range: sums === 'axis' ? common : support, unsettled }
    }
    // Limits that are not understood are not left out.
    if (!axis || (lower && upper))
      return { kind: 'endless', why: `nothing says where ${name} ends` }
    if (axes.length > 1) {
      return { kind: 'endless', why: `${name} indexes axes of ${axes.join(' and ')} entries` }
    }
    const range = support ? intersection(support, axis) : axis
    return { kind: 'range', range, unsettled: false }
  })
}

const intersection = (a: Interval, b: Interval): Interval => ({
  low: Math.max(a.low, b.low),
  high: Math.min(a.high, b.high),
})

/** Of every operand what it says of a free letter; undefined where that is nothing. */
export const operandRanges = (
  name: string,
  operands: readonly Resolved[],
  known: Intervals,
  boxes: Boxes,
): readonly (readonly Interval[])[] => {
  const bare = operands.map((operand) =>
    axesOf(name, operand, boxes, 'all').map((high) => ({ low: 1, high })),
  )
  if (bare.some((each) => each.length > 0)) return bare
  return operands.map((operand) => {
    const found = [false, true].map((all) =>
      solve(demands(operand, known, boxes, all), known).get(name),
    )
    const interval = found.find((each) => isBounded(each))
    return interval ? [interval as Interval] : []
  })
}

/** One interval of several, as the statement settled it. */
export const chosenRange = (
  ranges: readonly (readonly Interval[])[],
  choice: Ranges['free'][string] = 'common',
): Interval | undefined => {
  const chosen = typeof choice === 'number' ? ranges[choice]! : ranges.flat()
  if (chosen.length === 0) return undefined
  if (choice !== 'any') return chosen.reduce(intersection)
  return chosen.reduce((a, b) => ({
    low: Math.min(a.low, b.low),
    high: Math.max(a.high, b.high),
  }))
}

/** For all of these values a claim is judged. */
export const freeRanges = (
  names: readonly string[],
  operands: readonly Resolved[],
  boxes: Boxes,
  choices: Ranges['free'] = {},
): Map<string, Interval | undefined> => {
  const ranges = new Map<string, Interval | undefined>()
  const isBare = (name: string) => operands.some((operand) => letterReads(name, operand).length > 0)
  // Letters that index no axis bare are bounded by those that do.
  const ordered = [...names].sort((a, b) => Number(isBare(b)) - Number(isBare(a)))
  for (const name of ordered) {
    const known = new Map([...ranges].filter(([, range]) => range)) as Map<string, Interval>
    ranges.set(name, chosenRange(operandRanges(name, operands, known, boxes), choices[name]))
  }
  return ranges
}
