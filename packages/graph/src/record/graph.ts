// The graph: records ops into a DAG. Hash-consed (the same expression is the same node, held
// weakly), and the keeper of names, of the policy for ties and kinks, and of adjoints.

import { type Display, INSPECT, JUPYTER, mediaOf } from '../display.ts'
import type { GraphDocument } from '../document/format.ts'
import { toDocument } from '../document/write.ts'
import { NameError, OptionError, ShapeError } from '../errors.ts'
import { AdjointLabels } from '../names/adjoint-labels.ts'
import { NameTable } from '../names/name-table.ts'
import { type ArrayName, type NameOptions, parseName, refuseName } from '../names/names.ts'
import { constantData } from '../nested.ts'
import { constantOp, inputOp, parameterOp } from '../ops/leaves.ts'
import { readOptions } from '../options.ts'
import type { GraphOptions, TiePolicy } from '../policy.ts'
import { formatShape, isShape, type NestedNumbers, type Shape, type TypedArray } from '../shape.ts'
import { show } from '../show.ts'
import { inferShape } from './infer-shape.ts'
import {
  type Adjoint,
  type Application,
  describeNode,
  type Graph as GraphOfNodes,
  Node,
  type Op,
  printers,
  shownBy,
} from './node.ts'
import { nodeList, requireNode } from './operand.ts'
import { hashOf, saysTheSame } from './same-node.ts'
import { captureTrace, DEEP, type Trace, userLine } from './source-line.ts'
import { WeakTable } from './weak-table.ts'

const OPTIONS = ['ties', 'reluAtZero'] as const
const NAME_OPTIONS = ['literal', 'axes'] as const

export type Graph = GraphOfNodes

/** Records ops into a graph: `new Graph({ ties, reluAtZero })`. */
export const Graph: new (options?: GraphOptions) => Graph = class Graph implements GraphOfNodes {
  /** As errors say it, whatever a bundler makes of the name. */
  static readonly name = 'Graph'
  readonly ties: TiePolicy
  readonly reluAtZero: 0 | 0.5 | 1
  readonly #known = new WeakTable<Node>()
  readonly #names = new NameTable()
  readonly #adjoints = new AdjointLabels()
  readonly #applications = new WeakMap<Node, Application>()
  #nextId = 0
  #trace: Trace | undefined

  constructor(options: GraphOptions = {}) {
    const { ties = 'first', reluAtZero = 0 } = readOptions('Graph', options, OPTIONS)
    this.ties = oneOf('ties', ties, ['first', 'split'])
    this.reluAtZero = oneOf('reluAtZero', reluAtZero, [0, 0.5, 1])
  }

  input(name: string, shape: Shape, options?: NameOptions): Node {
    return this.#leaf(inputOp, name, shape, options)
  }

  parameter(name: string, shape: Shape, options?: NameOptions): Node {
    return this.#leaf(parameterOp, name, shape, options)
  }

  constant(value: number | NestedNumbers | TypedArray, shape?: Shape): Node {
    return this.record(constantOp, [], constantData(value, shape))
  }

  node(name: string): Node {
    return this.#names.node(name, this.#place)
  }

  get named(): ReadonlyMap<string, Node> {
    return this.#names.nodes
  }

  toJSON(outputs?: readonly Node[]): GraphDocument {
    // JSON.stringify passes a key, which is not a list of nodes.
    const nodes = Array.isArray(outputs) ? nodeList('toJSON', outputs) : this.#known.values()
    const foreign = nodes.find((node) => node.graph !== this)
    if (foreign) throw new ShapeError(`toJSON: ${describeNode(foreign)} is of another graph`)
    return toDocument(this, nodes)
  }

  record(op: Op, args: readonly Node[], params: object): Node {
    for (const arg of args) {
      if (arg.graph !== this) {
        throw new ShapeError(
          `${op.name}: ${describeNode(arg)} belongs to another graph`,
          this.#line,
        )
      }
    }
    const hash = hashOf(op, args, params)
    const known = this.#known.find(hash, (node) => saysTheSame(node, op, args, params))
    if (known) return known
    const trace = this.#trace ?? captureTrace()
    const shape = inferShape(op, args, params, trace, this.#trace && '')
    const parts = { op, args: Object.freeze([...args]), params: Object.freeze(params), shape }
    const node = new Node({ ...parts, id: this.#nextId++, graph: this, trace })
    op.held?.(node)
    this.#known.add(hash, node)
    return node
  }

  recordingFor<T>(node: Node, body: () => T): T {
    return this.#recordingAt(node.trace, body)
  }

  recordingHere<T>(body: () => T, frames = DEEP): T {
    return this.#recordingAt(this.#trace ?? captureTrace(frames), body)
  }

  #recordingAt<T>(trace: Trace | undefined, body: () => T): T {
    const before = this.#trace
    this.#trace = trace
    try {
      return body()
    } finally {
      this.#trace = before
    }
  }

  namesOf(node: Node): readonly ArrayName[] {
    return this.#names.of(node)
  }

  registerName(node: Node, text: string, given?: NameOptions): void {
    this.#names.give(node, text, readOptions('as', given, NAME_OPTIONS), this.#place)
    this.#adjoints.renamed()
  }

  adjoints(cost: Node): Map<Node, Node> {
    requireNode('adjoints', cost)
    return new Map(this.adjointsOf(cost))
  }

  adjointsOf(cost: Node): ReadonlyMap<Node, Node> | undefined {
    return this.#adjoints.by(cost)
  }

  registerAdjoint(cost: Node, forward: Node, adjoint: Node): void {
    this.#adjoints.set(cost, forward, adjoint)
  }

  adjointOf(node: Node): readonly Adjoint[] {
    return this.#adjoints.of(node)
  }

  registerApplication(node: Node, application: Application): void {
    this.#applications.set(node, application)
  }

  applicationOf(node: Node): Application | undefined {
    return this.#applications.get(node)
  }

  get #shown(): Display {
    return shownBy(printers.graph, this, () => `a graph of ${this.named.size} named arrays`)
  }

  toString(): string {
    return this.#shown.text
  }

  [INSPECT](): string {
    return this.#shown.text
  }

  [JUPYTER](): Record<string, string> {
    return mediaOf(this.#shown)
  }

  #leaf(op: Op, name: string, shape: Shape, given: NameOptions | undefined): Node {
    const options = readOptions(op.name, given, NAME_OPTIONS)
    if (!isShape(shape)) {
      throw new ShapeError(
        `${op.name} "${String(name)}": ${show(shape)} is not a shape (whole numbers from 1)` +
          (typeof name === 'string'
            ? shapeHint(shape)
            : `; its name stands first: ${op.name}('x', [2, 3])`),
        this.#line,
      )
    }
    const amiss = refuseName(name)
    if (amiss) throw new NameError(`${op.name}: ${amiss}`, this.#line)
    const { bare } = parseName(name, options)
    const holder = this.#names.leaf(name, options, this.#place)
    if (holder && (holder.op !== op || holder.shape.join() !== shape.join())) {
      throw new NameError(
        `${op.name} "${bare}" ${formatShape(shape)}: the name already belongs to ` +
          `${holder.op.name} ${formatShape(holder.shape)}`,
        this.#line,
      )
    }
    return this.record(op, [], { name: bare, shape: [...shape] }).as(name, options)
  }

  /** The line on whose behalf nodes are recorded; undefined: that of the call under way. */
  get #line(): string | undefined {
    return userLine(this.#trace)
  }

  readonly #place = (): string | undefined => this.#line
}

/** What else is given in the place of a shape. */
function shapeHint(given: unknown): string {
  if (ArrayBuffer.isView(given) || (Array.isArray(given) && Array.isArray(given[0]))) {
    return '; its values are fed when it is computed, by its name'
  }
  if (typeof given === 'number') return `; is [${given}] meant?`
  const isOpen = Array.isArray(given) && given.some((size) => typeof size !== 'number' || size < 1)
  return isOpen ? '; a graph is recorded for one size of batch' : ''
}

function oneOf<T>(option: string, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value
  throw new OptionError(`Graph: ${option} is ${show(value)}; it may be ${allowed.join(', ')}`)
}
