// What an op of one's own says of itself besides its rules, held against its line where it is first
// recorded: its stable form, that it goes entry by entry, that it increases or has steps alone,
// that its operands may change places. Passes believe what is said here.
import { OptionError } from '../errors.ts'
import { evaluateLine, formatLine, type Values } from '../notation/index.ts'
import { nodes } from '../notation/traverse.ts'
import { type Shape, sizeOf } from '../shape.ts'
import { Graph } from './graph.ts'
import { instanceOf, type LineForm, lineOf } from './line-of.ts'
import type { Node, Op } from './node.ts'
import { operandNames } from './op.ts'
import { attempt, drawOf, inOrder, lookedAt, short } from './own-numbers.ts'
import { demandRule, firstTime } from './own-rules.ts'

/** A sentence where what is said is not so; undefined where it is, or nothing can be said. */
type Held = (node: Node) => string | undefined

const TOLERANCE = 1e-6

/** The value of an application by one form of its line. */
const formOf = (node: Node, data: readonly Float64Array[], form: LineForm): Float64Array => {
  const names = operandNames(node.op, node.args.length)
  const given = node.args.map(({ shape }, k): [string, Values] => {
    return [names[k]!, { shape, data: data[k]! }]
  })
  const operands = Object.fromEntries(given)
  return evaluateLine(instanceOf(node, form), { operands, symbols: {}, shape: node.shape })
}

const applied = ({ op, params }: Node, shapes: readonly Shape[]): Node => {
  const graph = new Graph()
  const names = operandNames(op, shapes.length)
  return graph.record(
    op,
    shapes.map((shape, k) => graph.input(names[k]!, shape)),
    params,
  )
}

/** Where the first of two ways has a value, and the other another one or none: both. */
const differing = (
  node: Node,
  ways: (small: Node, data: readonly Float64Array[]) => readonly [Float64Array, Float64Array],
): string | undefined => {
  const [shapes, all] = lookedAt(node)
  for (const numbers of all) {
    const found = attempt(() => {
      const small = applied(node, shapes)
      const data = small.args.map(({ shape }, k) => drawOf(node.op, k, numbers)(shape, k))
      const [one, other] = ways(small, data)
      const at = one.findIndex((value, k) => {
        const apart = Math.abs(value - other[k]!)
        return Number.isFinite(value) && !(apart <= TOLERANCE * Math.max(1, Math.abs(value)))
      })
      return at < 0 ? undefined : `${short(one[at]!)} and ${short(other[at]!)}`
    })
    if (found !== undefined) return found
  }
  return undefined
}

const stable: Held = (node) => {
  const found = differing(node, (small, data) => [
    formOf(small, data, 'line'),
    formOf(small, data, 'stable'),
  ])
  return found && `the line and its stable form differ: ${found} at one place`
}

/** Every operand is read at the entry that is made, and nothing runs over an axis. */
const elementwise: Held = (node) => {
  const isWhole = Object.values(node.op.operands).every((pattern) => pattern === '…')
  const { indices, body } = lineOf(node)
  const read = [
    indices,
    ...[...nodes(body)].flatMap((e) => (e.kind === 'access' ? [e.indices] : [])),
  ]
  const isEntry = read.every(([at, ...others]) => {
    return others.length === 0 && at?.kind === 'symbol' && at.name === '…'
  })
  if (isWhole && isEntry && !node.op.axes && !node.op.patterns) return undefined
  return 'it says elementwise, and its line reads other entries than the one that is made'
}

/** What follows a layer is a function of one entry: of claims its name may stand for any. */
const ofOne =
  (trait: string): Held =>
  ({ args, op }) =>
    args.length === 1 && op.traits?.elementwise
      ? undefined
      : `it says ${trait}, which is said of one operand, elementwise`

const monotone: Held = (node) => {
  const other = ofOne('monotone')(node)
  if (other !== undefined) return other
  const points = inOrder(node)
  const small = applied(node, [[points.length]])
  const values = formOf(small, [Float64Array.from(points)], 'line')
  const at = values.findIndex((value, k) => {
    const fall = values[k - 1]! - value
    return Number.isFinite(fall) && fall > TOLERANCE * Math.max(1, Math.abs(value))
  })
  if (at < 0) return undefined
  const [from, to] = [at - 1, at].map((k) => `${short(points[k]!)} to ${short(values[k]!)}`)
  return `it says monotone, and takes ${from}, ${to}`
}

const commutative: Held = (node) => {
  const found = differing(node, (small, [a, b]) => {
    const turned = applied(node, [small.args[1]!.shape, small.args[0]!.shape])
    return [formOf(small, [a!, b!], 'line'), formOf(turned, [b!, a!], 'line')]
  })
  return found && `it says commutative, and is ${found} with its operands in either order`
}

/** The derivative of its line is 0. @throws GradError where it is not */
const stepwise: Held = (node) => {
  const zeros = ({ graph, shape }: Node) => graph.constant(new Float64Array(sizeOf(shape)), shape)
  for (const operand of operandNames(node.op, node.args.length))
    demandRule(node.op, (_, given) => zeros(given[operand]!), node, operand)
  return undefined
}

const held: Readonly<Record<string, Held>> = {
  ...{ elementwise, monotone, commutative, stepwise },
  activation: ofOne('activation'),
}

/** @throws OptionError, GradError for what an op says of itself and its line does not */
export function heldAgainstLine(): (node: Node) => void {
  const isNew = firstTime()
  return (node) =>
    isNew(node, '', () => {
      const { op } = node
      const said = Object.keys(held).filter((trait) => op.traits?.[trait as 'elementwise'])
      const all = [...said.map((trait) => held[trait]!), ...(op.stable ? [stable] : [])]
      for (const each of all) {
        const wrong = each(node)
        if (wrong === undefined) continue
        throw new OptionError(`${op.name}: ${wrong}. The line reads ${formatLine(lineOf(node))}`)
      }
    })
}

/** @throws OptionError for a trait that an op of one's own cannot have */
export function demandOwnTraits({ name, traits }: Pick<Op, 'name' | 'traits'>): void {
  // By these the library knows what it made itself: what is fed, and its poolings.
  const found = (['leaf', 'window'] as const).find((trait) => traits?.[trait])
  if (!found) return
  throw new OptionError(`defineOp: traits: ${found} is of the library's ops alone, not of ${name}`)
}
