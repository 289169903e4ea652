// The textual form of a network → a recorded graph with the names that formulas use.
import { Graph, letteredAxes, Node, parseName, sizeOf } from '@backprove/graph'
import type { NetworkLine, NetworkText } from '../../document/network-text.ts'
import type { Scope } from '../../language/resolved.ts'
import { ClaimError, type Span } from '../../language/syntax.ts'
import { axesByName } from './lettered-axes.ts'
import { literalNames } from './literal-names.ts'
import { namedNetwork } from './named-networks.ts'
import { withChannels } from './one-channel.ts'
import { type Build, evaluated, mostEntries, nodeNamed, stacked } from './values.ts'

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

const record = (line: NetworkLine, build: Build): Node | undefined => {
  const { graph, nodes } = build
  if (line.kind === 'cost') return undefined
  const literal = build.literal.has(line.name)
  const axes = build.axes.get(line.name)
  const { bare } = parseName(line.name, { literal })
  if (nodes.has(bare)) throw new ClaimError(`${bare} is defined twice`, line.span)
  const node = located(line.span, () => {
    if (line.kind === 'leaf')
      return graph[line.role](
        line.name,
        line.shape.map((each) => each.length),
        { literal, ...(axes && { axes }) },
      )
    const value = stacked(evaluated(line.value, build), graph)
    if (!(value instanceof Node))
      throw new ClaimError(
        `${bare} is a number here, not an array; a length has its letter at an array: x: input ${bare}=6`,
        line.span,
      )
    const { letters } = parseName(line.name)
    const isApart =
      value.shape.length > 0 && letters.length > 0 && !letteredAxes(value.shape, letters.length)
    if (isApart) {
      nodes.set(line.name, value)
      return value.as(line.name, { literal: true })
    }
    return value.as(literal ? line.name : nameOf(line.name, value), { literal })
  })
  if (sizeOf(node.shape) > mostEntries)
    throw new ClaimError(`${bare} has more than ${mostEntries} entries`, line.span)
  nodes.set(bare, node)
  if (line.kind === 'leaf')
    for (const [axis, { letter }] of line.shape.entries())
      if (letter && !build.lengths.has(letter)) build.lengths.set(letter, { node, axis })
  return node
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
      return letter && shown >= 0 ? [{ name: letter, array: bare, axis: shown }] : []
    })
  })

/** @throws ClaimError at the line that makes no sense. */
/**
 * Records a network that was read from text.
 * @throws ClaimError for a line that does not fit what stands above it, with its place
 */
export const buildNetwork = (text: NetworkText): BuiltNetwork => {
  if (text.kind === 'named') return buildNetwork(namedNetwork(text))
  const lines = withChannels(text.lines)
  const literal = literalNames(lines)
  const axes = axesByName(lines, literal)
  const build: Build = { graph: new Graph(), nodes: new Map(), literal, axes, lengths: new Map() }
  let last: Node | undefined
  let lastLine = text.span
  for (const line of lines) {
    const node = record(line, build)
    if (node && line.kind === 'op') [last, lastLine] = [node, line.span]
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
