// A lowered claim and its network as data that the checker reads: the statement of a certificate.

import { type Node, operandNames, ops } from '@backprove/graph'
import type { Polynomial } from '../arithmetic/polynomial.ts'
import type {
  PlainClaim,
  PlainEquation,
  PlainNode,
  PlainScalar,
  PlainTable,
} from '../certificate/grammar.ts'
import type { Table } from '../core/core.ts'
import { tableOfLine } from '../core/line/line.ts'
import type { Assumed, Equation } from '../core/statement.ts'
import { nodesOf } from '../network/copy.ts'
import { exactFinite } from '../network/symbolic/exact.ts'
import type { SymbolicNetwork } from '../network/symbolic/shapes.ts'
import { createWriter } from './plain-core.ts'
import { functionOf } from './plain-functions.ts'
import { unsupported } from './plain-index.ts'

/** What is stated, at the lengths of a network. */
export interface Stated {
  readonly equations: readonly Equation[]
  readonly assumed: Assumed
  readonly constraints: readonly Polynomial[]
}

/** Of signs and of lengths the checker knows nothing: what is proved holds without them. */
export const leftOut = ({ assumed: { sizes, positive } }: Stated): boolean =>
  sizes.length + positive.length > 0

export const plainClaim = (
  { equations, assumed, constraints }: Stated,
  cost: Node,
  symbolic: SymbolicNetwork,
  excluded: PlainClaim['excluded'],
  /** `isWritten`: functions of the network by their lines: σ(x) is 1/(1 + e^{−x}). */
  { isWritten, expands }: { readonly isWritten: boolean; readonly expands: boolean },
): { readonly claim: PlainClaim; readonly indexOf: ReadonlyMap<Node, number> } => {
  const nodes = nodesOf(cost)
  const lineOf = (node: Node): Table | undefined => {
    const { op, args } = node
    if (op.traits?.leaf) return undefined
    const { shape, letters: symbols, numbers, line: text } = symbolic.shapeOf(node)
    const names = operandNames(op, args.length)
    const operands = new Map(
      names.map((name, k) => [
        name,
        {
          from: { kind: 'node' as const, node: args[k]! },
          shape: symbolic.shapeOf(args[k]!).shape,
        },
      ]),
    )
    return tableOfLine({ line: text, shape, operands, symbols, numbers })
  }
  const shapeOf = (node: Node) => symbolic.shapeOf(node).shape
  const isUntied = excluded.includes('ties')
  const writer = createWriter({ nodes, expands, lineOf, shapeOf, isUntied })
  const { variables, letters, plain, fraction, scalar, table, nodeIndex, indexOfNode } = writer

  const line = (node: Node): PlainTable | undefined => {
    const { op, params } = node
    if (op === ops.constant) {
      const { data } = params as { data: Float64Array }
      const [first = 0] = data
      if (data.some((entry) => entry !== first)) return undefined
      const body: PlainScalar = { kind: 'number', value: fraction(exactFinite(first)) }
      return { axes: shapeOf(node).map((n, k) => ({ letter: -1 - k, length: plain(n) })), body }
    }
    const written = lineOf(node)
    return written && table(written)
  }
  /** f of every entry. */
  const ofEntries = (f: string, argument: Node, shape: PlainNode['shape']): PlainTable => {
    const axes = shape.map((length, k) => ({ letter: -1 - k, length }))
    const at = axes.map(({ letter }) => ({ kind: 'letter', letter }) as const)
    const from = { kind: 'node', node: nodeIndex(argument) } as const
    return { axes, body: { kind: 'apply', f, order: 0, to: { kind: 'read', from, at } } }
  }
  const plainNode = (node: Node): PlainNode => {
    const f = isWritten ? undefined : functionOf(node)
    const argument = node.graph.applicationOf(node)?.argument ?? node.args[0]
    const shape = symbolic.shapeOf(node).shape.map(plain)
    const written = f !== undefined && argument ? ofEntries(f, argument, shape) : line(node)
    return { name: node.name ?? node.op.name, shape, ...(written && { line: written }) }
  }

  const equation = ({ letters: bounded, left, right }: Equation): PlainEquation => ({
    letters: bounded.map(({ letter, length, within }) => ({
      letter: letters.of(letter),
      name: letter.name,
      within: [length, ...within].map(plain),
    })),
    left: scalar(left),
    right: scalar(right),
  })

  const written = nodes.map(plainNode)
  const claimed = equations.map(equation)
  const given = assumed.numbers.map((each) => ({
    sum: scalar(each.scalar),
    value: fraction(each.value),
  }))
  const known = constraints.map(plain)
  return {
    indexOf: indexOfNode,
    claim: {
      lengths: variables.all().map(([{ kind, name }, id]) => {
        if (kind !== 'size' && kind !== 'parameter') return unsupported('an index as a length')
        return { id, kind, name }
      }),
      constraints: known,
      nodes: written,
      cost: nodeIndex(cost),
      equations: claimed,
      given,
      excluded,
    },
  }
}
