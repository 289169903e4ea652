// The graph of a JSON document. It is untrusted: everything in it is checked, and
// what does not hold is refused by its path, before anything of it is used.
import { DocumentError, sentenceOf } from '../errors.ts'
import { nearNames } from '../names/names.ts'
import { ops } from '../ops/index.ts'
import type { ConstantParams } from '../ops/leaves.ts'
import type { GraphOptions } from '../policy.ts'
import { Graph } from '../record/graph.ts'
import type { Node } from '../record/node.ts'
import type { Op, ParamKind } from '../record/op.ts'
import { NO_PARAMS } from '../record/operand.ts'
import { isShape, sameShape, sizeOf } from '../shape.ts'
import { show } from '../show.ts'
import { DOCUMENT_FORMAT, DOCUMENT_VERSION } from './format.ts'

const MOST_NODES = 2_000_000
const OPS: Readonly<Record<string, (typeof ops)[keyof typeof ops]>> = ops

/** The graph of a document. @throws DocumentError at the first thing that does not hold */
export function graphFromJSON(document: unknown): Graph {
  const root = record(document, 'document')
  if (root.format !== DOCUMENT_FORMAT) refuse('format', `is not "${DOCUMENT_FORMAT}"`)
  if (root.version !== DOCUMENT_VERSION) {
    refuse('version', `is ${show(root.version)}; this reads version ${DOCUMENT_VERSION}`)
  }
  const graph = attempt('options', () => new Graph(record(root.options, 'options') as GraphOptions))
  const entries = list(root.nodes, 'nodes')
  if (entries.length > MOST_NODES) refuse('nodes', `has more than ${MOST_NODES} entries`)
  const nodes: Node[] = []
  graph.recordingHere(() => {
    for (const [k, entry] of entries.entries()) nodes.push(readNode(graph, entry, k, nodes))
  })
  const nodeAt = (value: unknown, path: string): Node =>
    atPosition(nodes, value) ?? refuse(path, `${show(value)} is not the position of a node`)
  for (const [k, entry] of list(root.names, 'names').entries()) {
    const path = `names[${k}]`
    const [node, name, how] = list(entry, path)
    const axes = wholes(how) ? how : undefined
    if (how !== undefined && how !== 'literal' && !axes)
      refuse(path, `${show(how)} is neither "literal" nor a list of axes`)
    const known = graph.named.size
    attempt(path, () => {
      nodeAt(node, path).as(text(name, path), { literal: how === 'literal', ...(axes && { axes }) })
    })
    if (graph.named.size === known) refuse(path, `repeats the name ${show(name)}`)
  }
  for (const [k, entry] of list(root.adjoints ?? [], 'adjoints').entries()) {
    const path = `adjoints[${k}]`
    const [cost, forward, adjoint] = list(entry, path).map((value) => nodeAt(value, path))
    if (!cost || !forward || !adjoint) refuse(path, 'is not [cost, forward, adjoint]')
    else if (forward.shape.join() !== adjoint.shape.join()) refuse(path, 'joins two shapes')
    else graph.registerAdjoint(cost, forward, adjoint)
  }
  for (const [k, entry] of list(root.applications ?? [], 'applications').entries()) {
    const path = `applications[${k}]`
    const { node, argument, name, formula } = record(entry, path)
    graph.registerApplication(nodeAt(node, path), {
      name: text(name, `${path}.name`),
      formula: text(formula, `${path}.formula`),
      argument: nodeAt(argument, path),
    })
  }
  return graph
}

/** Of a list that any value may ask: only whole numbers are positions. */
const atPosition = (nodes: readonly Node[], value: unknown): Node | undefined =>
  whole(value) ? nodes[value] : undefined

function readNode(graph: Graph, entry: unknown, k: number, before: readonly Node[]): Node {
  // Paths are for refusals; a document that holds needs none.
  const amiss = (field: string, why: string): never => refuse(`nodes[${k}]${field}`, why)
  if (!isObject(entry)) return amiss('', `${show(entry)} is not an object`)
  const { op: name, args, params, shape } = entry
  const op = typeof name === 'string' && Object.hasOwn(OPS, name) ? OPS[name] : undefined
  if (!op) {
    const [near] = nearNames(String(name), Object.keys(OPS))
    return amiss(
      '.op',
      `${show(name)} is no op of this version${near ? `; near it is ${near}` : ''}`,
    )
  }
  if (!Array.isArray(args)) return amiss('.args', `${show(args)} is not a list`)
  const operands = args.map((arg: unknown) => {
    if (typeof arg === 'number' && arg >= k && arg < MOST_NODES) {
      return amiss('.args', `uses node ${arg}, which comes later: a cycle, or out of order`)
    }
    return atPosition(before, arg) ?? amiss('.args', `${show(arg)} is no earlier node`)
  })
  const most = op.traits?.variadic ? Infinity : Object.keys(op.operands).length
  const least = op.traits?.variadic ? 1 : most - (op.optional?.length ?? 0)
  if (operands.length < least || operands.length > most) {
    amiss('.args', `${op.name} takes ${most} operands, not ${operands.length}`)
  }
  if (!isObject(params)) return amiss('.params', `${show(params)} is not an object`)
  const node = recordRead(graph, op, operands, readParams(op, params, amiss), amiss)
  if (!isShape(shape) || !sameShape(node.shape, shape)) {
    amiss('.shape', `is ${show(shape)}, but ${op.name} makes [${node.shape}]`)
  }
  return node
}

type Amiss = (field: string, why: string) => never

function recordRead(graph: Graph, op: Op, args: Node[], params: object, amiss: Amiss): Node {
  if (op === ops.constant) {
    const { data, shape } = params as ConstantParams
    if (data.length !== sizeOf(shape)) amiss('.params.data', 'does not fill its shape')
  }
  try {
    // Leaves without a registered name (tangents of jvp) must stay apart from the user's own.
    return graph.record(op, args, params)
  } catch (error) {
    return amiss('', sentenceOf(error))
  }
}

function readParams(op: Op, params: Readonly<Record<string, unknown>>, amiss: Amiss): object {
  const kinds = op.params ?? NO_PARAMS
  for (const key of Object.keys(params)) {
    if (!Object.hasOwn(kinds, key)) amiss(`.params.${key}`, 'is not a param of this op')
  }
  if (op.params === undefined) return NO_PARAMS
  const read: Record<string, unknown> = {}
  for (const [key, kind] of Object.entries(op.params)) {
    read[key] =
      READERS[kind](params[key]) ?? amiss(`.params.${key}`, `${show(params[key])} is not a ${kind}`)
  }
  return read
}

const SPECIAL: ReadonlyMap<unknown, number> = new Map([
  ['-0', -0],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
])
const readNumber = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : SPECIAL.get(value)
const whole = (value: unknown): value is number => Number.isSafeInteger(value)
const wholes = (value: unknown): value is number[] => Array.isArray(value) && value.every(whole)
const pair = (value: unknown): value is number[] =>
  wholes(value) && value.length === 2 && value.every((n) => n >= 0)

const READERS: Readonly<Record<ParamKind, (value: unknown) => unknown>> = {
  number: readNumber,
  integer: (value) => (whole(value) ? value : undefined),
  boolean: (value) => (typeof value === 'boolean' ? value : undefined),
  string: (value) => (typeof value === 'string' ? value : undefined),
  pair: (value) => (pair(value) ? [...value] : undefined),
  integers: (value) => (wholes(value) ? [...value] : undefined),
  shape: (value) => (isShape(value) ? [...value] : undefined),
  padding: (value) => {
    if (value === 'same' || value === 'full') return value
    if (!Array.isArray(value) || value.length !== 2 || !value.every(pair)) return undefined
    return value.map((side) => [...side])
  },
  numbers: (value) => {
    if (!Array.isArray(value)) return undefined
    const numbers = value.map(readNumber)
    return numbers.includes(undefined) ? undefined : Float64Array.from(numbers as number[])
  },
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const record = (value: unknown, path: string): Record<string, unknown> =>
  isObject(value)
    ? value
    : refuse(
        path,
        `${show(value)} is not an object${typeof value === 'string' ? '; JSON.parse makes one' : ''}`,
      )

function list(value: unknown, path: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(path, `${show(value)} is not a list`)
}
function text(value: unknown, path: string): string {
  return typeof value === 'string' ? value : refuse(path, `${show(value)} is not text`)
}

/** What any part of the graph refuses is refused here by its place in the document. */
function attempt<T>(path: string, body: () => T): T {
  try {
    return body()
  } catch (error) {
    if (error instanceof DocumentError) throw error
    return refuse(path, sentenceOf(error))
  }
}

function refuse(path: string, why: string): never {
  throw new DocumentError(`graph document: ${path} ${why}`)
}
