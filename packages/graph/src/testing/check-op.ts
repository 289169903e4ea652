// Holds an op's vjp rules against two witnesses that know nothing of them: the mechanical adjoint
// of the op's line, entry by entry, and central differences, along random directions; at orders 1
// and 2. No test framework: what disagrees is thrown as a sentence.
import type { Feeds } from '../evaluate.ts'
import { evaluate } from '../evaluate.ts'
import { jvp, vjp } from '../grad.ts'
import { adjointLine, evaluateLine, type Line } from '../notation/index.ts'
import type { FedParams } from '../ops/leaves.ts'
import { instanceOf } from '../record/line-of.ts'
import type { Node } from '../record/node.ts'
import { operandNames } from '../record/op.ts'
import { formatShape } from '../shape.ts'
import { type Draw, drawFrom } from './draw.ts'

type Values = Float64Array
type Arrays = Readonly<Record<string, Values>>

export interface CheckOptions {
  /** The highest order of derivative that is checked. Default 2. */
  readonly order?: 1 | 2
  readonly seed?: number
  /** Arguments that sit at a jump (a condition that is 0): no difference may be taken there. */
  readonly jumps?: readonly Node[]
}

interface Session {
  readonly draw: Draw
  readonly jumps: readonly Node[]
}

/** One derivative under test: what the op's rules say, and the line that should say the same. */
interface Derivative {
  readonly what: string
  readonly node: Node
  /** What the line reads, by its own letters. */
  readonly line: Line
  readonly leaves: Readonly<Record<string, Node>>
}

const STEP = 1e-5
const EXACT = 1e-9
const DIFFERENCED = 2e-6

/**
 * Checks every rule of `node.op` at the given values. The arguments of `node` must be distinct
 * inputs, fed by `feeds`, away from kinks wherever a derivative flows.
 * @throws Error naming the op, the operand, the order, the witness and both values
 */
export function checkOp(node: Node, feeds: Arrays, options: CheckOptions = {}): void {
  const session: Session = { draw: drawFrom(options.seed ?? 1), jumps: options.jumps ?? [] }
  const names = operandNames(node.op, node.args.length)
  const leaves = Object.fromEntries(names.map((name, k) => [name, node.args[k]!]))
  const value: Derivative = { what: node.op.name, node, line: instanceOf(node), leaves }
  checkValue(value, feeds)
  if (node.op.traits?.surrogate) checkStopped(node)
  else {
    checkDerivatives(value, feeds, session, options.order ?? 2)
    checkForward(node, feeds, session)
  }
}

/** The value by the line itself, where the op is evaluated by a stabler one. */
function checkValue(derivative: Derivative, feeds: Arrays): void {
  const { node, what } = derivative
  compare(
    `${what} by its line`,
    EXACT,
    evaluate(node, used(node, feeds)),
    byLine(derivative, feeds),
  )
}

/** What is no derivative on purpose stops it. */
function checkStopped(node: Node): void {
  const cotangent = node.graph.constant(1, node.shape)
  for (const pulled of vjp([node], [cotangent], node.args)) {
    const zeros = new Float64Array(evaluate(pulled).length)
    compare(`${node.op.name}: what passes back`, EXACT, evaluate(pulled), zeros)
  }
}

function checkDerivatives(
  value: Derivative,
  feeds: Arrays,
  session: Session,
  ordersLeft: number,
): void {
  const { graph } = value.node
  const { draw } = session
  const cotangentName = `cotangent ${ordersLeft}`
  const cotangent = graph.input(
    `${cotangentName} ${formatShape(value.node.shape)}`,
    value.node.shape,
  )
  const withCotangent = { ...feeds, [leafName(cotangent)]: draw.entries(value.node.shape) }
  for (const [name, leaf] of Object.entries(value.leaves)) {
    const letter = ordersLeft === 2 ? 'γ' : 'δ'
    const [pulled] = vjp([value.node], [cotangent], [leaf])
    const derivative: Derivative = {
      what: `${value.what}, ∂/∂${name}`,
      node: pulled!,
      line: adjointLine(value.line, name, { cotangent: letter }),
      leaves: { ...value.leaves, [letter]: cotangent },
    }
    const found = evaluate(pulled!, used(pulled!, withCotangent))
    compare(
      `${derivative.what} against the adjoint of the line`,
      EXACT,
      found,
      byLine(derivative, withCotangent),
    )
    if (!session.jumps.includes(leaf)) {
      const direction = draw.entries(leaf.shape)
      const slope = differenced(value.node, leaf, direction, feeds)
      const expected = dot(slope, withCotangent[leafName(cotangent)]!)
      compare(
        `${derivative.what} against central differences`,
        DIFFERENCED,
        [dot(found, direction)],
        [expected],
      )
    }
    if (ordersLeft > 1) checkDerivatives(derivative, withCotangent, session, ordersLeft - 1)
  }
}

/** ⟨γ, J t⟩ = ⟨J⊤ γ, t⟩, and J t against central differences. */
function checkForward(node: Node, feeds: Arrays, { draw, jumps }: Session): void {
  const moving = node.args.filter((arg) => !jumps.includes(arg))
  if (moving.length === 0) return
  const { graph } = node
  const tangents = moving.map((arg, k) => graph.input(`tangent ${k}`, arg.shape))
  const cotangent = graph.input('cotangent', node.shape)
  const directions = moving.map((arg) => draw.entries(arg.shape))
  const γ = draw.entries(node.shape)
  const fed = {
    ...feeds,
    ...Object.fromEntries(tangents.map((tangent, k) => [leafName(tangent), directions[k]!])),
    cotangent: γ,
  }
  const [pushed] = jvp([node], moving, tangents)
  const pushedValue = evaluate(pushed!, used(pushed!, fed))
  const pulled = vjp([node], [cotangent], moving).map((v) => evaluate(v, used(v, fed)))
  const backward = pulled.reduce((total, v, k) => total + dot(v, directions[k]!), 0)
  compare(`${node.op.name}: ⟨γ, J t⟩ = ⟨J⊤γ, t⟩`, EXACT, [dot(pushedValue, γ)], [backward])
  const slopes = moving.map((arg, k) => differenced(node, arg, directions[k]!, feeds))
  const expected = pushedValue.map((_, entry) =>
    slopes.reduce((total, slope) => total + slope[entry]!, 0),
  )
  compare(`${node.op.name}: jvp against central differences`, DIFFERENCED, pushedValue, expected)
}

function differenced(node: Node, leaf: Node, direction: Values, feeds: Arrays): Values {
  const at = (step: number): Values => {
    const moved = feeds[leafName(leaf)]!.map((value, k) => value + step * direction[k]!)
    return evaluate(node, used(node, { ...feeds, [leafName(leaf)]: moved }))
  }
  const ahead = at(STEP)
  const behind = at(-STEP)
  return ahead.map((value, k) => (value - behind[k]!) / (2 * STEP))
}

function byLine({ node, line, leaves }: Derivative, feeds: Arrays): Values {
  const operands = Object.fromEntries(
    Object.entries(leaves).map(([letter, leaf]) => [
      letter,
      { shape: leaf.shape, data: feeds[leafName(leaf)]! },
    ]),
  )
  return evaluateLine(line, { operands, symbols: {}, shape: node.shape })
}

const leafName = (node: Node): string => (node.params as FedParams).name

/** Only what the node's graph knows by name may be fed. */
const used = (node: Node, feeds: Arrays): Feeds =>
  Object.fromEntries(Object.entries(feeds).filter(([name]) => node.graph.named.has(name)))

const dot = (a: Values, b: Values): number =>
  a.reduce((total, value, k) => total + value * b[k]!, 0)

function compare(
  what: string,
  tolerance: number,
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
): void {
  const scale = Math.max(1, ...Array.from(expected, Math.abs))
  for (let k = 0; k < Math.max(found.length, expected.length); k++) {
    const apart = Math.abs(found[k]! - expected[k]!)
    if (!(apart <= tolerance * scale)) {
      throw new Error(`${what}: entry ${k + 1} is ${found[k]}, and should be ${expected[k]}`)
    }
  }
}
