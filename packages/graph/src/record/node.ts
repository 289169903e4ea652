// Three words, one concept: a graph records nodes, and a node is an op applied to nodes. What they
// are to each other stands here, below everything else; how a graph records is in graph.ts.
import { type Display, INSPECT, JUPYTER, mediaOf } from '../display.ts'
import type { GraphDocument } from '../document/format.ts'
import { NODE_PROPERTIES, withoutProperties } from '../elsewhere.ts'
import { OptionError } from '../errors.ts'
import type { ArrayName, NameOptions } from '../names/names.ts'
import type { TiePolicy } from '../policy.ts'
import type { NestedNumbers, Shape, TypedArray } from '../shape.ts'
import { COPY_KEY, THIS_COPY } from '../show.ts'
import type { OpTraits, ParamSchema, Printed, Shapes, Symbols } from './op-parts.ts'
import { type Trace, userLine } from './source-line.ts'

/** A user's own activation, recorded as ops: this node is name(argument). */
export interface Application {
  readonly name: string
  readonly formula: string
  readonly argument: Node
}

/** What a node is: ∂cost/∂forward. */
export interface Adjoint {
  readonly cost: Node
  readonly forward: Node
}

export interface Graph {
  readonly ties: TiePolicy
  readonly reluAtZero: 0 | 0.5 | 1
  /**
   * A value fed at run time; the same node for the same name. @throws NameError for a name that
   * differs from another's in nothing but the letters of its axes
   */
  input(name: string, shape: Shape, options?: NameOptions): Node
  /** A value fed at run time that training changes. */
  parameter(name: string, shape: Shape, options?: NameOptions): Node
  /** A fixed value; a single number fills `shape` where one is given. */
  constant(value: number | NestedNumbers | TypedArray, shape?: Shape): Node
  /** The node of that name, in any spelling of it (`z^F`, `z^{F}`, `z^{Fk}_{ij}`). */
  node(name: string): Node
  /** Every name of the graph and its node, in the order in which they were given. */
  readonly named: ReadonlyMap<string, Node>
  /**
   * The graph as plain data, JSON-safe and versioned: the given nodes and what they are made of,
   * or every node that is still in use.
   */
  toJSON(outputs?: readonly Node[]): GraphDocument
  /** Records a node, or finds the one that says the same. Ops call this; users call ops. */
  record(op: Op, args: readonly Node[], params: object): Node
  /** Nodes recorded inside `body` count as recorded where `node` was. */
  recordingFor<T>(node: Node, body: () => T): T
  /**
   * Nodes recorded inside `body` count as recorded by the call under way: one trace for all, of
   * as many frames as there may be between here and the user.
   */
  recordingHere<T>(body: () => T, frames?: number): T
  namesOf(node: Node): readonly ArrayName[]
  registerName(node: Node, text: string, options?: NameOptions): void
  /** Forward node → its adjoint, for every adjoint that `grad` of this cost has made. */
  adjoints(cost: Node): Map<Node, Node>
  /** The same without a copy, and undefined where `grad` was never asked for this cost. */
  adjointsOf(cost: Node): ReadonlyMap<Node, Node> | undefined
  registerAdjoint(cost: Node, forward: Node, adjoint: Node): void
  /** What a node is the adjoint of: ∂cost/∂forward, named forward nodes first. */
  adjointOf(node: Node): readonly Adjoint[]
  /** Marks a node as a user's function of another node. */
  registerApplication(node: Node, application: Application): void
  applicationOf(node: Node): Application | undefined
}

export interface NodeParts {
  readonly id: number
  readonly op: Op
  readonly args: readonly Node[]
  readonly params: object
  readonly shape: Shape
  readonly graph: Graph
  readonly trace: Trace | undefined
}

/**
 * An op applied to nodes, or a leaf: one array of a graph. Immutable; the same expression is
 * the same node.
 * Made by ops, `graph.input`, `graph.parameter` and `graph.constant`, never by `new`.
 */
export class Node {
  /** As errors say it, whatever a bundler makes of the name. */
  static readonly name = 'Node'
  /** Grows as nodes are recorded: every argument has a smaller id. */
  readonly id: number
  readonly op: Op
  readonly args: readonly Node[]
  readonly params: object
  readonly shape: Shape
  readonly graph: Graph
  readonly trace: Trace | undefined

  constructor(parts: NodeParts) {
    this.id = parts.id
    this.op = parts.op
    this.args = parts.args
    this.params = parts.params
    this.shape = parts.shape
    this.graph = parts.graph
    this.trace = parts.trace
    Object.freeze(this)
  }

  /** Which copy of this package recorded it. */
  get [COPY_KEY](): symbol {
    return THIS_COPY
  }

  /** The first name given to this node, bare (`z^F` for `z^{Fk}_{ij}`). */
  get name(): string | undefined {
    return this.graph.namesOf(this)[0]?.bare
  }

  /** The line of user code that recorded this node. */
  get source(): string | undefined {
    return userLine(this.trace)
  }

  /** One line: what `console.log` prints, and a template. */
  toString(): string {
    return shownBy(printers.node, this, () => `${describeNode(this)} [${this.shape.join(', ')}]`)
      .text
  }

  [INSPECT](): string {
    return this.toString()
  }

  [JUPYTER](): Record<string, string> {
    return mediaOf(shownBy(printers.node, this, () => this.toString()))
  }

  /**
   * A template gets the one line. JavaScript has no way to record x * 2 or x > 0: in silence that
   * would be NaN or false.
   * @throws OptionError where a number is asked for
   */
  [Symbol.toPrimitive](hint: string): string {
    if (hint !== 'number') return this.toString()
    const ops = 'mul(x, 2) for x * 2, greater(x, 0) for x > 0'
    throw new OptionError(
      `${describeNode(this)} is a node, no number: write ${ops}; evaluate gives its values`,
    )
  }

  static {
    withoutProperties(Node.prototype, 'node', NODE_PROPERTIES)
  }

  /** Gives the node a name (a further one, if it has one) and returns the same node. */
  as(name: string, options?: NameOptions): this {
    this.graph.registerName(this, name, options)
    return this
  }
}

/**
 * How nodes and graphs look: filled in by read/shown.ts where that is loaded. A page that shows
 * none does not carry the printers.
 */
export const printers: {
  node?: (node: Node) => Display
  graph?: (graph: Graph) => Display
} = {}

/** How a value looks, in a page without printers too. */
export const shownBy = <T>(
  print: ((value: T) => Display) | undefined,
  value: T,
  plain: () => string,
): Display => print?.(value) ?? { text: plain() }

/** How an error speaks of a node: its name where it has one, else its op and number. */
export const describeNode = (node: Node): string =>
  node.name === undefined ? `${node.op.name} #${node.id}` : `"${node.name}"`

/** How the derivative flows to one operand: graph code, so it can be differentiated again. */
export type VjpRule<Operand extends string, Params> = (
  g: Node,
  args: { readonly [K in Operand]: Node },
  params: Params,
  out: Node,
  /** The operand's own letter: one rule serves every operand of a variadic op. */
  operand: Operand,
) => Node

/** All that is known of an op: its operands, its defining line, its derivative, how it prints. */
export interface OpDefinition<Operand extends string, Params extends object> {
  readonly name: string
  /**
   * The operands in order, each with the letters of its axes ('…,C,H,W'). A letter is the length
   * of that axis: the line, the symbols and `axes` may use it, and equal letters must agree.
   * An operand of '…' alone has any shape.
   */
  readonly operands: { readonly [K in Operand]: string }
  /** The same letters where they depend on the rank: replaces `operands` entry by entry. */
  readonly patterns?: (
    params: Params,
    shapes: Shapes<Operand>,
  ) => { readonly [K in Operand]: string }
  /** Operands that may be absent; absent, they read 0. */
  readonly optional?: readonly Operand[]
  /** The definition, in the notation: the only statement of what the op means. */
  readonly line: string | ((params: Params, shapes: Shapes<Operand>) => string)
  /** The same value without overflow; a test holds the two equal. */
  readonly stable?: string | ((params: Params, shapes: Shapes<Operand>) => string)
  /** Values of the line's parameters: numbers, or sizes in the axis letters ('d(m-1)'). */
  readonly symbols?: (params: Params, shapes: Shapes<Operand>) => Symbols
  /** The result's axes, in the notation; absent where the operands broadcast. */
  readonly axes?: string | ((params: Params, shapes: Shapes<Operand>) => string)
  /** What else must hold of shapes and options; says why not, in one sentence. */
  readonly check?: (shapes: Shapes<Operand>, params: Params) => string | undefined
  /** What must hold of the operands' values when they are there; says why not, in one sentence. */
  readonly values?: (
    values: Partial<{ readonly [K in Operand]: ArrayLike<number> }>,
    shapes: Shapes<Operand>,
    params: Params,
  ) => string | undefined
  /** Shapes and ranges of params, for documents that come from outside. */
  readonly params?: ParamSchema
  /** One rule for each operand; null where no derivative flows (a condition, a mask). */
  readonly vjp: { readonly [K in Operand]: VjpRule<Operand, Params> | null }
  /** The same value by other ops: what a compiler without a kernel for this one records. */
  readonly expansion?: (args: { readonly [K in Operand]: Node }, params: Params) => Node
  /** The layer form, from the operands' layer forms. */
  readonly latex: (
    operands: { readonly [K in Operand]: Printed },
    params: Params,
    shapes: Shapes<Operand>,
  ) => Printed
  /** The same in other ops, as formulas print it: −Σ t log y, where y = softmax(z) has a name. */
  readonly restated?: (
    operands: { readonly [K in Operand]: Node },
    params: Params,
  ) => Node | undefined
  /**
   * What a prover may use beyond the line, for an op it treats as opaque: the Jacobian
   * ∂y/∂x in the notation, in the op's own result `y` and operand letters.
   */
  readonly jacobian?: Partial<{ readonly [K in Operand]: string }>
  readonly traits?: OpTraits
}

/** An op with its types forgotten, as graphs hold it. */
export interface Op extends OpDefinition<string, object> {
  /** Holds what an op of one's own says of itself against its line, before it is recorded. */
  readonly held?: (node: Node) => void
}
