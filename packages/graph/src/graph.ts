// The graph: records ops into a DAG. Hash-consed (the same expression is the same node, held
// weakly), and the keeper of names, of the policy for ties and kinks, and of adjoints.

import { fromDocument, type GraphDocument, toDocument } from './document.ts'
import { NameError, OptionError, ShapeError } from './errors.ts'
import { inferShape } from './infer-shape.ts'
import { type ArrayName, bareName, letteredAxes, nearNames, parseName } from './names.ts'
import { flattenNumbers } from './nested.ts'
import { Node } from './node.ts'
import type { Op } from './op.ts'
import { constantOp, inputOp, parameterOp } from './ops/leaves.ts'
import { paramsKey, sameParams } from './params-key.ts'
import {
  formatShape,
  isShape,
  type NestedNumbers,
  type Shape,
  sizeOf,
  type TypedArray,
} from './shape.ts'
import { captureTrace, type Trace, userLine } from './source-line.ts'
import { WeakTable } from './weak-table.ts'

/** Where several entries win: the first of them takes all, or they share equally. */
export type TiePolicy = 'first' | 'split'

export interface GraphOptions {
  /** Ties in maximum, minimum, max, and max- and median-pooling. Default 'first'. */
  readonly ties?: TiePolicy
  /** The derivative of relu and its kin at 0. Default 0. */
  readonly reluAtZero?: 0 | 0.5 | 1
}

/** A user's own activation, recorded as ops: this node is name(argument). */
export interface Application {
  readonly name: string
  readonly formula: string
  readonly argument: Node
}

export class Graph {
  readonly ties: TiePolicy
  readonly reluAtZero: 0 | 0.5 | 1
  readonly #known = new WeakTable<Node>()
  readonly #byName = new Map<string, Node>()
  readonly #names = new WeakMap<Node, ArrayName[]>()
  readonly #adjoints = new WeakMap<Node, Map<Node, Node>>()
  readonly #forwards = new WeakMap<Node, { cost: Node; forward: Node }[]>()
  readonly #applications = new WeakMap<Node, Application>()
  #nextId = 0
  #trace: Trace | undefined

  constructor(options: GraphOptions = {}) {
    this.ties = oneOf('ties', options.ties ?? 'first', ['first', 'split'])
    this.reluAtZero = oneOf('reluAtZero', options.reluAtZero ?? 0, [0, 0.5, 1])
  }

  /** A value fed at run time. */
  input(name: string, shape: Shape): Node {
    return this.#leaf(inputOp, name, shape)
  }

  /** A value fed at run time that training changes. */
  parameter(name: string, shape: Shape): Node {
    return this.#leaf(parameterOp, name, shape)
  }

  /** A fixed value; a single number fills `shape` where one is given. */
  constant(value: number | NestedNumbers | TypedArray, shape?: Shape): Node {
    const flat = flattenNumbers(value)
    const target = shape ?? flat.shape
    if (!isShape(target)) {
      throw new ShapeError(`constant: ${JSON.stringify(target)} is not a shape`, this.#userLine())
    }
    const { data } = flat
    const filled = data.length === 1 ? new Float64Array(sizeOf(target)).fill(data[0]!) : data
    if (filled.length !== sizeOf(target)) {
      throw new ShapeError(
        `constant: ${filled.length} values do not fill the shape ${formatShape(target)}`,
        this.#userLine(),
      )
    }
    return this.record(constantOp, [], { shape: [...target], data: filled })
  }

  /** The node of that name, in any spelling of it (`z^F`, `z^{F}`, `z^{Fk}_{ij}`). */
  node(name: string): Node {
    const found = this.#byName.get(name) ?? this.#byName.get(bareName(name))
    if (found) return found
    const near = nearNames(bareName(name), this.#byName.keys())
    const hint = near.length > 0 ? `; near it: ${near.join(', ')}` : ''
    throw new NameError(`no node is named "${name}"${hint}`, this.#userLine())
  }

  /** Every name of the graph and its node, in the order in which they were given. */
  get named(): ReadonlyMap<string, Node> {
    return this.#byName
  }

  /**
   * The graph as plain data, JSON-safe and versioned: the given nodes and what they are made of,
   * or every node that is still in use.
   */
  toJSON(outputs?: readonly Node[]): GraphDocument {
    // JSON.stringify passes a key, which is not a list of nodes.
    return toDocument(this, Array.isArray(outputs) ? outputs : this.#known.values())
  }

  /** The graph of a document. @throws DocumentError at the first thing that does not hold */
  static fromJSON(document: unknown): Graph {
    return fromDocument(document)
  }

  /** Records a node, or finds the one that says the same. Ops call this; users call ops. */
  record(op: Op, args: readonly Node[], params: object): Node {
    for (const arg of args) {
      if (arg.graph !== this) {
        throw new ShapeError(
          `${op.name}: ${arg.name ?? arg.op.name} belongs to another graph`,
          this.#userLine(),
        )
      }
    }
    const key = `${op.name}(${args.map((arg) => arg.id).join()})${paramsKey(params)}`
    const known = this.#known.get(key, (node) => node.op === op && sameParams(node.params, params))
    if (known) return known
    const trace = this.#trace ?? captureTrace()
    const shape = Object.freeze(inferShape(op, args, params, trace))
    const frozen = Object.freeze([...args])
    const id = this.#nextId++
    const node = new Node({ id, op, args: frozen, params, shape, graph: this, trace })
    this.#known.set(key, node)
    return node
  }

  /** Nodes recorded inside `body` count as recorded where `node` was. */
  recordingFor<T>(node: Node, body: () => T): T {
    return this.#recordingAt(node.trace, body)
  }

  /** Nodes recorded inside `body` count as recorded by the call under way: one trace for all. */
  recordingHere<T>(body: () => T): T {
    return this.#recordingAt(this.#trace ?? captureTrace(), body)
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
    return this.#names.get(node) ?? []
  }

  registerName(node: Node, text: string): void {
    if (typeof text !== 'string' || text.trim() === '' || text.length > 200) {
      throw new NameError('a name is text of 1 to 200 characters', this.#userLine())
    }
    const name = parseName(text)
    const holder = this.#byName.get(name.bare)
    if (holder && holder !== node) {
      throw new NameError(
        `"${name.bare}" already names ${holder.op.name} ${formatShape(holder.shape)}`,
        this.#userLine(),
      )
    }
    if (name.letters.length > 0 && !letteredAxes(node.shape, name.letters.length)) {
      throw new NameError(
        `"${text}" has ${name.letters.length} letters for the ${node.shape.length} axes of ` +
          `${node.op.name} ${formatShape(node.shape)}; only axes of length 1 go without a letter`,
        this.#userLine(),
      )
    }
    this.#byName.set(name.bare, node)
    const names = this.#names.get(node) ?? []
    const same = names.findIndex((other) => other.bare === name.bare)
    if (same < 0) names.push(name)
    else if (names[same]!.letters.length === 0) names[same] = name
    this.#names.set(node, names)
  }

  /** Forward node → its adjoint, for every adjoint that `grad` of this cost has made. */
  adjoints(cost: Node): Map<Node, Node> {
    return new Map(this.#adjoints.get(cost))
  }

  registerAdjoint(cost: Node, forward: Node, adjoint: Node): void {
    const known = this.#adjoints.get(cost) ?? new Map<Node, Node>()
    this.#adjoints.set(cost, known.set(forward, adjoint))
    const forwards = this.#forwards.get(adjoint) ?? []
    if (!forwards.some((known) => known.cost === cost && known.forward === forward)) {
      this.#forwards.set(adjoint, [...forwards, { cost, forward }])
    }
  }

  /** What a node is the adjoint of: ∂cost/∂forward, named forward nodes first. */
  adjointOf(node: Node): readonly { cost: Node; forward: Node }[] {
    return [...(this.#forwards.get(node) ?? [])].sort(
      (a, b) => Number(b.forward.name !== undefined) - Number(a.forward.name !== undefined),
    )
  }

  /** Marks a node as a user's function of another node. */
  registerApplication(node: Node, application: Application): void {
    this.#applications.set(node, application)
  }

  applicationOf(node: Node): Application | undefined {
    return this.#applications.get(node)
  }

  #leaf(op: Op, name: string, shape: Shape): Node {
    if (!isShape(shape)) {
      throw new ShapeError(
        `${op.name} "${name}": ${JSON.stringify(shape)} is not a shape (whole numbers from 1)`,
        this.#userLine(),
      )
    }
    const bare = bareName(String(name))
    const holder = this.#byName.get(bare)
    if (holder && (holder.op !== op || holder.shape.join() !== shape.join())) {
      throw new NameError(
        `${op.name} "${bare}" ${formatShape(shape)}: the name already belongs to ` +
          `${holder.op.name} ${formatShape(holder.shape)}`,
        this.#userLine(),
      )
    }
    return this.record(op, [], { name: bare, shape: [...shape] }).as(name)
  }

  #userLine(): string | undefined {
    return userLine(this.#trace ?? captureTrace())
  }
}

function oneOf<T>(option: string, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value
  throw new OptionError(
    `Graph: ${option} is ${String(value)}; it may be ${allowed.join(', ')}`,
    userLine(captureTrace()),
  )
}
