// element: one entry of a node as a mathjs expression over the entries of its leaves, exact and
// self-contained. It evaluates to what the graph does; it is as long as it has to be.
import {
  ArrayNode,
  ConditionalNode,
  ConstantNode,
  FunctionNode,
  type MathNode,
  OperatorNode,
  SymbolNode,
} from 'mathjs'
import { ElementError } from '../errors.ts'
import type { Feeds } from '../evaluate.ts'
import { evaluate } from '../evaluate.ts'
import { type ConstantParams, constantOp } from '../ops/leaves.ts'
import { readOptions } from '../options.ts'
import { topologicalOrder } from '../order.ts'
import { entryOf, indexAt } from '../read/entry.ts'
import { symbolBases, symbolOf } from '../read/label/symbols.ts'
import { instanceOf } from '../record/line-of.ts'
import { describeNode, type Node } from '../record/node.ts'
import { operandNames } from '../record/op.ts'
import { requireNode } from '../record/operand.ts'
import { stridesOf } from '../shape.ts'
import { translateEntry } from './element-line.ts'

/** Options of `element`. */
export interface ElementOptions {
  /** The most operators, functions, symbols and numbers that the expression may have. */
  readonly limit?: number
}

/** Below this, mathjs compiles and evaluates in seconds. */
const LIMIT = 500_000
/** mathjs walks expressions recursively. */
const DEEPEST = 400

/**
 * The entry of a node as an expression over the entries of its leaves, which are symbols such as
 * `w_F_1_1_1` (see `elementScope`). `at` counts from 1: an index for every letter of the node's
 * name, or for every axis. Comparisons read `sign(a - b)`, which unlike mathjs's own are exact.
 * @throws ElementError where the expression would exceed `limit`
 */
export function element(
  node: Node,
  at: readonly number[] = [],
  options: ElementOptions = {},
): MathNode {
  requireNode('element', node)
  const { limit = LIMIT } = readOptions('element', options, ['limit'])
  const bases = symbolBases(topologicalOrder([node]))
  const builder = new Builder(node, bases, limit)
  return builder.entry(node, entryOf(node, at), 0).node
}

/**
 * The numbers of every leaf's entries under the names that `element` gives them: the scope in which
 * its expressions evaluate. Constants are numbers already.
 */
export function elementScope(node: Node, feeds: Feeds): Map<string, number> {
  requireNode('elementScope', node)
  const order = topologicalOrder([node])
  const leaves = order.filter((leaf) => leaf.op.traits?.leaf && leaf.op !== constantOp)
  const bases = symbolBases(order)
  const scope = new Map<string, number>()
  const values = leaves.length > 0 ? evaluate(leaves, feeds) : []
  for (const [k, data] of values.entries()) {
    const leaf = leaves[k]!
    data.forEach((value, offset) => {
      scope.set(symbolOf(leaf, indexAt(offset, leaf.shape), bases), value)
    })
  }
  return scope
}

/** An expression and how many parts it has when written out. */
export interface Sized {
  readonly node: MathNode
  readonly size: number
  readonly depth: number
}

/** Builds expressions and keeps count; entries that are used twice are built once. */
export class Builder {
  private readonly known = new Map<string, Sized>()
  private readonly root: Node
  private readonly bases: ReadonlyMap<Node, string>
  private readonly limit: number

  constructor(root: Node, bases: ReadonlyMap<Node, string>, limit: number) {
    this.root = root
    this.bases = bases
    this.limit = limit
  }

  /** The entry of a node at 1-based indices inside its box. */
  entry(node: Node, at: readonly number[], level: number): Sized {
    const key = `${node.id}:${at.join()}`
    const known = this.known.get(key)
    if (known) return known
    if (level > DEEPEST) this.refuse(`is deeper than ${DEEPEST} nodes`)
    const made = this.make(node, at, level)
    this.known.set(key, made)
    return made
  }

  private make(node: Node, at: readonly number[], level: number): Sized {
    if (node.op === constantOp) {
      const { data } = node.params as ConstantParams
      const strides = stridesOf(node.shape)
      return this.number(data[at.reduce((sum, i, axis) => sum + (i - 1) * strides[axis]!, 0)]!)
    }
    if (node.op.traits?.leaf) {
      return { node: new SymbolNode(symbolOf(node, at, this.bases)), size: 1, depth: 1 }
    }
    const names = operandNames(node.op, node.args.length)
    const operands = new Map(names.map((name, k) => [name, node.args[k]!]))
    return translateEntry(instanceOf(node), at, operands, this, level)
  }

  number(value: number): Sized {
    if (Object.is(value, Math.abs(value)))
      return { node: new ConstantNode(value), size: 1, depth: 1 }
    return this.operator('-', 'unaryMinus', [this.number(-value)])
  }

  /** A constant of mathjs, by its name. */
  constant(name: string): Sized {
    return { node: new SymbolNode(name), size: 1, depth: 1 }
  }

  operator(sign: string, name: string, parts: readonly Sized[]): Sized {
    // mathjs types operators as a fixed list; n-ary + and * are among what it evaluates.
    const make = OperatorNode as unknown as new (s: string, n: string, a: MathNode[]) => MathNode
    return this.sized(
      new make(
        sign,
        name,
        parts.map(({ node }) => node),
      ),
      parts,
    )
  }

  call(name: string, parts: readonly Sized[]): Sized {
    return this.sized(
      new FunctionNode(
        new SymbolNode(name),
        parts.map(({ node }) => node),
      ),
      parts,
    )
  }

  list(parts: readonly Sized[]): Sized {
    return this.sized(new ArrayNode(parts.map(({ node }) => node)), parts)
  }

  choice(condition: Sized, then: Sized, otherwise: Sized): Sized {
    const node = new ConditionalNode(condition.node, then.node, otherwise.node)
    return this.sized(node, [condition, then, otherwise])
  }

  private sized(node: MathNode, parts: readonly Sized[]): Sized {
    const size = parts.reduce((total, part) => total + part.size, 1)
    const depth = 1 + Math.max(0, ...parts.map((part) => part.depth))
    if (size > this.limit) this.refuse(`has more than ${this.limit} parts`)
    if (depth > 2 * DEEPEST) this.refuse(`is nested deeper than ${2 * DEEPEST}`)
    return { node, size, depth }
  }

  refuse(why: string): never {
    throw new ElementError(
      `element: the expression of an entry of ${describeNode(this.root)} over the leaves ${why}; ` +
        "name what it is made of and read its formula instead (latex with form 'element')",
      this.root.source,
    )
  }
}
