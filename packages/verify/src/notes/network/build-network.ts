// The textual form of a network → a recorded graph with the names that formulas use.
import { Graph, letteredAxes, Node, ops, parseName, reshape, sizeOf } from '@backprove/graph'
import type { LeafLine, NetworkLine, NetworkText, OpLine } from '../../document/network/lines.ts'
import { type NetworkExpression, someIn } from '../../document/network/tree.ts'
import type { Scope } from '../../language/resolved.ts'
import { ClaimError, type Span } from '../../language/syntax.ts'
import { type Build, mostEntries, nodeNamed } from './build.ts'
import { Entries } from './lettered.ts'
import { axesByName } from './lettered-axes.ts'
import { stacked } from './lists.ts'
import { literalNames } from './literal-names.ts'
import { namedNetwork } from './named-networks.ts'
import { withChannels } from './one-channel.ts'
import type { Value } from './operations.ts'
import { evaluated } from './values.ts'
import { withWords } from './word-names.ts'

/** A network read from text, recorded. */
export interface BuiltNetwork {
  readonly cost: Node
  /** Letters of lengths, as `input M=6` gives them. */
  readonly sizes: NonNullable<Scope['sizes']>
}

/** Graph errors are about the line that made them. */
const located = <Result>(span: Span, run: () => Result): Result => {
  try {
    return run()
  } catch (error) {
    if (error instanceof ClaimError) throw error
    throw new ClaimError((error as Error).message.split('\n')[0]!, span)
  }
}

/** A number has no axes: Z_j = sum(V) is Z. */
const nameOf = (written: string, { shape }: Node): string => {
  const { bare, letters } = parseName(written)
  return shape.length === 0 && letters.length > 0 ? bare : written
}

/** What a line of entries or of whole arrays computes. */
const computedBy = ({ name, value }: OpLine, build: Build): Value => {
  const isNamed = build.literal.has(name)
  const letters = isNamed ? [] : parseName(name).letters
  const hasSum = someIn(value, (each) => each.kind === 'sum')
  const hasEntries = letters.length > 0 && someIn(value, (each) => isEntry(each, letters, build))
  if (!hasSum && !hasEntries) return stacked(evaluated(value, build), build.graph)
  return new Entries(build, evaluated).line(value, letters)
}

/** x_i of an array x, where i stands on the left. */
const isEntry = (each: NetworkExpression, letters: readonly string[], build: Build): boolean =>
  each.kind === 'name' &&
  !build.nodes.has(each.name) &&
  build.nodes.has(parseName(each.name).bare) &&
  parseName(each.name).letters.some((letter) => letters.includes(letter))

const recordLeaf = (line: LeafLine, build: Build): Node => {
  const { graph, literal } = build
  const { name, shape, role, like, span } = line
  const axes = build.axes.get(name)
  const other = like ? nodeNamed(like.array, build, span).shape : []
  const before = like?.axes === 'last' ? other.slice(-1) : other
  const lengths = shape.map(({ length }) => length).toSpliced(like?.at ?? 0, 0, ...before)
  const word = build.spelled(name)
  if (word) return graph[role](word, lengths, { literal: true })
  return graph[role](name, lengths, { literal: literal.has(name), ...(axes && { axes }) })
}

const bareOf = (name: string, build: Build): string =>
  parseName(name, { literal: build.literal.has(name) }).bare

/** Whether it is an input or a parameter of that name, and no other name for one. */
const isGiven = (bare: string, node: Node | undefined): boolean =>
  node?.op === ops.input || node?.op === ops.parameter
    ? node.graph.namesOf(node).some((name) => name.bare === bare)
    : false

/** `isLast`: a name that gets several values is that of the last. `isCost`: no line comes after. */
const record = (
  line: Exclude<NetworkLine, { kind: 'cost' }>,
  build: Build,
  isLast: boolean,
  isCost: boolean,
): Node | undefined => {
  const { graph, nodes, numbers } = build
  const bare = bareOf(line.name, build)
  if (line.kind === 'leaf' || !line.again) {
    if (nodes.has(bare)) throw new ClaimError(`${bare} is defined twice`, line.span)
  } else if (isGiven(bare, nodes.get(bare)))
    throw new ClaimError(
      `${bare} is given from outside: what is made of it needs a name of its own`,
      line.span,
    )
  const node = located(line.span, () => {
    if (line.kind === 'leaf') return recordLeaf(line, build)
    const value = computedBy(line, build)
    if (typeof value === 'number') {
      numbers.set(line.name, value)
      if (!isLast) return undefined
      return graph.constant(value).as(build.spelled(line.name) ?? line.name, { literal: true })
    }
    if (!(value instanceof Node))
      throw new ClaimError('A line of a network computes one array', line.span)
    numbers.delete(line.name)
    // (e.T @ e), a matrix of one number, is one where it ends the network.
    const made = isCost && sizeOf(value.shape) === 1 ? reshape(value, []) : value
    return isLast ? namedAs(line.name, made, build) : made
  })
  if (!node) {
    nodes.delete(bare)
    return undefined
  }
  if (sizeOf(node.shape) > mostEntries)
    throw new ClaimError(`${bare} has more than ${mostEntries} entries`, line.span)
  nodes.set(bare, node)
  if (line.kind === 'leaf')
    for (const [axis, { letter }] of line.shape.entries())
      if (letter && !build.lengths.has(letter)) build.lengths.set(letter, { node, axis })
  return node
}

const namedAs = (name: string, value: Node, build: Build): Node => {
  const word = build.spelled(name)
  if (word) return value.as(word, { literal: true })
  const literal = build.literal.has(name)
  const { letters } = parseName(name)
  const isApart =
    value.shape.length > 0 && letters.length > 0 && !letteredAxes(value.shape, letters.length)
  if (!isApart) return value.as(literal ? name : nameOf(name, value), { literal })
  build.nodes.set(name, value)
  return value.as(name, { literal: true })
}

/** What is given from outside is there before all that is computed, wherever it is declared. */
const leavesFirst = (lines: readonly NetworkLine[]): readonly NetworkLine[] => {
  const isFirst = (line: NetworkLine) => line.kind === 'leaf' && !line.like
  return [...lines.filter(isFirst), ...lines.filter((line) => !isFirst(line))]
}

/** Lengths have letters: N = 6 before x: input N 3 declares no array. */
const withoutLengths = (lines: readonly NetworkLine[]): readonly NetworkLine[] => {
  const letters = new Set(
    lines.flatMap((line) =>
      line.kind === 'leaf' ? line.shape.flatMap(({ letter }) => letter ?? []) : [],
    ),
  )
  return lines.filter(
    (line) => line.kind !== 'op' || line.value.kind !== 'number' || !letters.has(line.name),
  )
}

/** Axes count among those that the letters of the name stand for. */
const sizesOf = (lines: readonly NetworkLine[], build: Build): BuiltNetwork['sizes'] =>
  lines.flatMap((line) => {
    if (line.kind !== 'leaf') return []
    const literal = build.literal.has(line.name)
    const { bare } = parseName(line.name, { literal })
    const node = build.nodes.get(bare)!
    const axes = node.graph.namesOf(node).find((name) => name.bare === bare)?.axes
    return line.shape.flatMap(({ letter }, axis) => {
      const shown = axes ? axes.indexOf(axis) : axis
      return letter && shown >= 0
        ? [{ name: letter, array: build.spelled(bare) ?? bare, axis: shown }]
        : []
    })
  })

/**
 * Records a network that was read from text.
 * @throws ClaimError for a line that does not fit what stands above it, with its place
 */
export const buildNetwork = (text: NetworkText): BuiltNetwork => {
  if (text.kind === 'named') return buildNetwork(namedNetwork(text))
  const inner = attempted(text, true)
  if (!inner.dots.met) return orThrow(inner)
  // u · v of two vectors: what makes a network is meant, where one of both does.
  const entries = attempted(text, false)
  if ('built' in inner && 'built' in entries)
    throw new ClaimError(
      'Which product is a · b of two vectors? a ⊙ b is entry by entry, a^T b a number',
      text.span,
    )
  return orThrow('built' in entries ? entries : inner)
}

type Attempt = { readonly dots: Build['dots'] } & ({ built: BuiltNetwork } | { error: unknown })

const attempted = (text: LinesText, areInner: boolean): Attempt => {
  const dots = { areInner, met: false }
  try {
    return { dots, built: builtFrom(text, dots) }
  } catch (error) {
    return { dots, error }
  }
}

const orThrow = (attempt: Attempt): BuiltNetwork => {
  if ('built' in attempt) return attempt.built
  throw attempt.error
}

type LinesText = Extract<NetworkText, { kind: 'lines' }>

const builtFrom = (text: LinesText, dots: Build['dots']): BuiltNetwork => {
  const { lines: worded, spelled } = withWords(text.lines)
  try {
    return builtOf({ ...text, lines: worded }, dots, spelled)
  } catch (error) {
    if (!(error instanceof ClaimError)) throw error
    throw new ClaimError(
      error.reason.replaceAll(/./gsu, (sign) => spelled(sign) ?? sign),
      error,
    )
  }
}

const builtOf = (text: LinesText, dots: Build['dots'], spelled: Build['spelled']): BuiltNetwork => {
  const lines = withChannels(leavesFirst(withoutLengths(text.lines)))
  const literal = literalNames(lines)
  const axes = axesByName(lines, literal)
  const maps = { nodes: new Map(), lengths: new Map(), numbers: new Map() }
  const build: Build = { graph: new Graph(), ...maps, dots, literal, axes, spelled }
  let last: Node | undefined
  let lastLine = text.span
  const final = new Map(lines.map((line, k) => [bareOf(line.name, build), k]))
  const isLastOf = (line: NetworkLine, k: number): boolean =>
    final.get(bareOf(line.name, build)) === k && !(line.kind === 'op' && line.hidden)
  for (const [k, line] of lines.entries()) {
    if (line.kind === 'cost') continue
    const node = record(line, build, isLastOf(line, k), k === lines.length - 1)
    const isCost = node && line.kind === 'op' && node.op !== ops.constant
    if (isCost) [last, lastLine] = [node, line.span]
  }
  const named = lines.findLast((line) => line.kind === 'cost')
  const cost = named?.kind === 'cost' ? nodeNamed(named.name, build, named.span) : last
  const span = named?.span ?? lastLine
  if (!cost) throw new ClaimError('The network computes nothing', span)
  if (cost.shape.length > 0)
    throw new ClaimError(
      'The cost is one number: end with a line such as C = squaredError(a, t)',
      span,
    )
  return { cost, sizes: sizesOf(lines, build) }
}
