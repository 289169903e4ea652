// Where an index runs. Σ without limits is over all integers where the body is not 0: the boxes of the
// arrays that it reads bound it. A free index runs through the axis that it indexes bare.
import type { Resolved, ResolvedBinder, ResolvedComparison } from '../language/resolved.ts'
import { childNodes } from '../language/walk.ts'

export interface Interval {
  readonly low: number
  readonly high: number
}
export type Intervals = ReadonlyMap<string, Interval>

/** Σ coefficient · index + something between low and high. */
interface Form {
  readonly coefficients: ReadonlyMap<string, number>
  readonly low: number
  readonly high: number
}
/** The form lies between low and high. */
interface Constraint extends Interval {
  readonly form: Form
}

/** What the ranges need to know of a claim's arrays. */
export interface Boxes {
  readonly shapeOf: (array: Resolved) => readonly number[] | undefined
  readonly size: (name: string) => number | undefined
}

const fixed = (low: number, high = low): Form => ({ coefficients: new Map(), low, high })

const scaled = (form: Form, by: number): Form => {
  const ends = [form.low * by, form.high * by]
  return {
    coefficients: new Map([...form.coefficients].map(([name, c]) => [name, c * by])),
    low: Math.min(...ends),
    high: Math.max(...ends),
  }
}

const plus = (a: Form, b: Form): Form => {
  const coefficients = new Map(a.coefficients)
  for (const [name, c] of b.coefficients) coefficients.set(name, (coefficients.get(name) ?? 0) + c)
  return { coefficients, low: a.low + b.low, high: a.high + b.high }
}

/** Undefined where the index is not linear. */
const formOf = (node: Resolved, boxes: Boxes): Form | undefined => {
  const each = (nodes: readonly Resolved[], combine: (a: Form, b: Form) => Form | undefined) =>
    nodes
      .map((inner) => formOf(inner, boxes))
      .reduce((a, b) => (a && b ? combine(a, b) : undefined))
  switch (node.kind) {
    case 'numeral':
      return fixed(Number(node.value.numerator) / Number(node.value.denominator))
    case 'size': {
      const value = boxes.size(node.name)
      return value === undefined ? undefined : fixed(value)
    }
    case 'index':
      return { coefficients: new Map([[node.name, 1]]), low: 0, high: 0 }
    case 'negation':
      return each([node.operand], plus) && scaled(formOf(node.operand, boxes)!, -1)
    case 'addition':
      return each(node.terms, plus)
    case 'product':
      return each(node.factors, (a, b) => {
        if (b.coefficients.size === 0 && b.low === b.high) return scaled(a, b.low)
        return a.coefficients.size === 0 && a.low === a.high ? scaled(b, a.low) : undefined
      })
    case 'quotient': {
      const [above, below] = [formOf(node.numerator, boxes), formOf(node.denominator, boxes)]
      const isNumber = below?.coefficients.size === 0 && below.low === below.high && below.low !== 0
      return above && isNumber ? scaled(above, 1 / below.low) : undefined
    }
    case 'call': {
      const inner = node.operands.length === 1 ? formOf(node.operands[0]!, boxes) : undefined
      if (node.word === 'ceil') return inner && plus(inner, fixed(0, 1))
      if (node.word === 'floor') return inner && plus(inner, fixed(-1, 0))
      return undefined
    }
    default:
      return undefined
  }
}

const within = (node: Resolved, low: number, high: number, boxes: Boxes): Constraint[] => {
  const form = formOf(node, boxes)
  return form ? [{ form, low, high }] : []
}

const difference = (a: Resolved, b: Resolved, boxes: Boxes): Form | undefined => {
  const [left, right] = [formOf(a, boxes), formOf(b, boxes)]
  return left && right && plus(left, scaled(right, -1))
}

const comparison = (node: ResolvedComparison, boxes: Boxes): Constraint[] =>
  node.relations.flatMap((relation, k) => {
    const form = difference(node.operands[k]!, node.operands[k + 1]!, boxes)
    if (!form || relation === '≠' || relation === '∈') return []
    const low = relation === '≥' || relation === '>' || relation === '=' ? 0 : -Infinity
    const high = relation === '≤' || relation === '<' || relation === '=' ? 0 : Infinity
    return [{ form, low, high }]
  })

const bounds = (binders: readonly ResolvedBinder[], boxes: Boxes): Constraint[] =>
  binders.flatMap(({ name, lower, upper, span }) => {
    const self: Resolved = { kind: 'index', name, span }
    const from = lower && difference(self, lower, boxes)
    const to = upper && difference(self, upper, boxes)
    return [
      ...(from ? [{ form: from, low: 0, high: Infinity }] : []),
      ...(to ? [{ form: to, low: -Infinity, high: 0 }] : []),
    ]
  })

/** What must hold where an expression is not 0. `all` also takes what a function reads: σ(z_{ij}). */
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
    case 'addition':
      return hull(node.terms.map((term) => solve(inner(term), known)))
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

const without = (known: Intervals, names: ReadonlySet<string>): Intervals =>
  new Map([...known].filter(([name]) => !names.has(name)))

const single = (name: string, { low, high }: Interval): Constraint => ({
  form: { coefficients: new Map([[name, 1]]), low: 0, high: 0 },
  low,
  high,
})

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

const rounds = 6
const slack = 1e-9

/** Intervals of all indices that occur, by propagation. */
const solve = (constraints: readonly Constraint[], known: Intervals): Intervals => {
  const found = new Map(known)
  const at = (name: string): Interval => found.get(name) ?? { low: -Infinity, high: Infinity }
  for (let round = 0; round < rounds; round++)
    for (const { form, low, high } of constraints)
      for (const [name, c] of form.coefficients) {
        if (c === 0) continue
        let [least, most] = [form.low, form.high]
        for (const [other, d] of form.coefficients) {
          if (other === name || d === 0) continue
          const range = at(other)
          least += Math.min(d * range.low, d * range.high)
          most += Math.max(d * range.low, d * range.high)
        }
        const ends = [(low - most) / c, (high - least) / c]
        const before = at(name)
        found.set(name, {
          low: Math.max(before.low, Math.ceil(Math.min(...ends) - slack)),
          high: Math.min(before.high, Math.floor(Math.max(...ends) + slack)),
        })
      }
  return found
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
