// Where a NaN or an infinity comes from: every node of a program computed once more, and of those
// that a result depends on, the first that is not finite although nothing before it says why.
import {
  describeNode,
  isOp,
  lineText,
  type Node,
  noMore,
  OptionError,
  shapesOf,
  show as shown,
  topologicalOrder,
} from '@backprove/graph'
import type { Memory } from '../backend.ts'
import { compile } from '../compile.ts'
import type { Feeds } from '../feeds.ts'
import { type Outputs, Program } from '../program.ts'
import { type DiagnosedInput, maskedBy, operandEntries } from './entries.ts'

/** The first node with a NaN or an infinity, where it is, and what it was made from. */
export interface Diagnosis {
  readonly node: Node
  /** NaN, ∞ or −∞, and the first entry that is it, counted from 1. */
  readonly value: number
  readonly entry: readonly number[]
  /** How many entries of the node are NaN or infinite. */
  readonly notFinite: number
  /** The op's line, such as `y = log(x)`. */
  readonly formula: string
  readonly inputs: readonly DiagnosedInput[]
  /** file:line:column of the user's call that recorded the node. */
  readonly source: string | undefined
  /** Whether a result of the program is not finite because of it; if not, it was masked. */
  readonly reachesResult: boolean
  /** A where that did not choose the branch in which the value arose. */
  readonly behind: Node | undefined
  /** All of that as sentences. */
  readonly message: string
}

const isBad = (value: number): boolean => !Number.isFinite(value)
const hasBad = (values: Memory): boolean => values.some(isBad)
const isFixed = ({ op }: Node): boolean => op.traits?.leaf === true

/**
 * The first NaN or infinity of a run with these feeds: the node, its formula, inputs and line.
 * States are taken as the program holds them; it is neither run nor changed. An infinity that is
 * fed (or a constant) is taken as meant, and blamed only where it is all there is.
 * @returns undefined where every value is finite
 * @throws FeedError as `run` does
 */
export function diagnose<Asked extends Outputs>(
  program: Program<Asked>,
  feeds?: Feeds,
): Diagnosis | undefined
export function diagnose<Asked extends Outputs>(
  program: Program<Asked>,
  feeds: Feeds = {},
  ...further: readonly unknown[]
): Diagnosis | undefined {
  noMore('diagnose', further)
  if (!(program instanceof Program)) {
    throw new OptionError(`diagnose: ${shown(program)} is not a program; compile makes one`)
  }
  const { roots, options } = program.recorded
  const order = topologicalOrder(roots)
  const values = computeAll(order, options, { ...program.getState(), ...feeds })
  const bad = order.filter((node) => hasBad(values.get(node)!))
  if (bad.length === 0) return undefined
  const reaching = connected(
    roots.filter((root) => bad.includes(root)),
    new Set(bad),
  )
  const suspects = reaching.size > 0 ? bad.filter((node) => reaching.has(node)) : bad
  const holdsNaN = (node: Node): boolean => values.get(node)!.some(Number.isNaN)
  const node = suspects.find((each) => !isFixed(each) || holdsNaN(each)) ?? suspects[0]!
  return describe(node, values, reaching.size > 0)
}

type Values = ReadonlyMap<Node, Memory>

function computeAll(
  order: readonly Node[],
  options: Program['recorded']['options'],
  feeds: Feeds,
): Values {
  const program = compile(order, options)
  try {
    const made = program.run(feeds)
    return new Map(order.map((node, k) => [node, made[k]!]))
  } finally {
    program[Symbol.dispose]()
  }
}

/** What the roots read, and so on, as far as it is not finite. */
function connected(roots: readonly Node[], bad: ReadonlySet<Node>): Set<Node> {
  const reached = new Set<Node>()
  const waiting = [...roots]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (reached.has(node) || !bad.has(node)) continue
    reached.add(node)
    waiting.push(...node.args)
  }
  return reached
}

function describe(node: Node, values: Values, reachesResult: boolean): Diagnosis {
  const own = values.get(node)!
  // A NaN says more than an infinity.
  const nan = own.findIndex((value) => Number.isNaN(value))
  const at = nan >= 0 ? nan : own.findIndex(isBad)
  const inputs = isFixed(node) ? [] : operandEntries(node, at, values)
  const found = {
    node,
    value: own[at]!,
    entry: entryOf(node.shape, at),
    notFinite: own.filter(isBad).length,
    formula: isFixed(node) ? '' : lineText(node.op, node.params, shapesOf(node.op, node.args)),
    inputs,
    source: node.source,
    reachesResult,
    behind: isFixed(node) ? undefined : maskedBy(node, at, values),
  }
  return { ...found, message: sentences(found) }
}

/** The place of an entry of a row-major array, counted from 1. */
function entryOf(shape: readonly number[], position: number): number[] {
  let rest = position
  return shape
    .toReversed()
    .map((length) => {
      const index = rest % length
      rest = Math.floor(rest / length)
      return index + 1
    })
    .toReversed()
}

function sentences(found: Omit<Diagnosis, 'message'>): string {
  const { node, value, entry, formula, inputs, source, reachesResult, behind } = found
  const place = entry.length > 0 ? `, entry [${entry.join(', ')}]` : ''
  const where = source === undefined ? '' : `, recorded at ${source}`
  if (isFixed(node)) {
    const role = isOp(node.op, 'constant') ? 'a constant' : 'what was fed'
    return `${describeNode(node)}${place} is ${show(value)}: ${role}${where}`
  }
  const read = inputs.map(({ letter, name, values, notFinite }) => {
    const shown = values.map(show).join(' … ')
    return `${letter} = ${name}: ${shown}${notFinite > 0 ? ` (${notFinite} not finite)` : ''}`
  })
  return [
    `${describeNode(node)} [${node.shape.join(', ')}]${place} is ${show(value)}`,
    `by ${formula}`,
    ...read,
  ]
    .join('; ')
    .concat(
      where,
      reachesResult ? '' : '. It reaches no result: something masks it',
      behind
        ? `. Behind ${describeNode(behind)}: a branch that a where does not choose still has a ` +
            'slope, and 0 · ∞ is NaN; choose a safe operand first, where(c, f(where(c, x, 1)), 0)'
        : '',
    )
}

const show = (value: number): string => {
  if (Number.isNaN(value)) return 'NaN'
  if (isBad(value)) return value > 0 ? '∞' : '−∞'
  return Number(value.toPrecision(6)).toString().replace('-', '−')
}
