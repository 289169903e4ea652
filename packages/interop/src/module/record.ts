// A graph → the operations of a module. Every op goes by its own line; a shortcut, keyed by the op
// itself, may say the same in a form that an engine runs faster.
import {
  describeNode,
  instanceOf,
  NameError,
  Node,
  type Op,
  OptionError,
  operandNames,
  ops,
  readOptions,
  show,
  topologicalOrder,
} from '@backprove/graph'
import { ExportError } from '../errors.ts'
import { lowerLine } from '../lower/line.ts'
import type { Target } from '../lower/target.ts'
import { withoutIdle } from './idle.ts'
import type { Argument, ExportOptions, Manifest, ManifestEntry, Outputs, Role } from './manifest.ts'
import type { Value } from './value.ts'

/** An engine's own form of an op, or undefined where it has none for this node. */
export type Shortcut<T> = (target: T, node: Node, args: readonly Value[]) => Value | undefined
export type Shortcuts<T> = ReadonlyMap<Op, Shortcut<T>>

export interface Recorded {
  readonly inputs: readonly Argument[]
  readonly outputs: readonly Argument[]
  readonly dtype: 'float32' | 'float64'
  readonly manifest: Manifest
}

export const OPTIONS = ['dtype', 'roles', 'schedules', 'masks'] as const
const ROLES: readonly Role[] = ['state', 'batch', 'schedule', 'input']

/** @throws ExportError naming the op, the node and the user's line */
export function recordModule<T extends Target<Value>>(
  what: string,
  outputs: Outputs,
  options: ExportOptions,
  engine: T,
  shortcuts: Shortcuts<T>,
): Recorded {
  const { dtype = 'float32', roles = {} } = readOptions(what, options, OPTIONS)
  if (dtype !== 'float32' && dtype !== 'float64') {
    throw new OptionError(`${what}: dtype is ${JSON.stringify(dtype)}; it may be float32, float64`)
  }
  checkOutputs(what, outputs)
  const target = withoutIdle(engine)
  const values = new Map<Node, Value>()
  const inputs: (Argument & { readonly role: Role })[] = []
  const roots = Object.values(outputs)
  for (const node of topologicalOrder(roots)) {
    if (node.op.traits?.leaf) {
      values.set(node, leafValue(node, target, inputs, roles))
      continue
    }
    const args = node.args.map((arg) => values.get(arg)!)
    values.set(node, nodeValue(what, node, args, target, shortcuts.get(node.op), engine))
  }
  checkRoles(what, options, inputs, outputs)
  const taken = new Set(inputs.map(({ name }) => name))
  const given = Object.entries(outputs).map(([name, node]) => {
    let tensor = name
    while (taken.has(tensor)) tensor = `next ${tensor}`
    taken.add(tensor)
    return { name: tensor, called: name, value: values.get(node)! }
  })
  const manifest: Manifest = {
    format: 'backprove-module',
    version: 1,
    inputs: inputs.map(({ name, value, role }): ManifestEntry => {
      const schedule = options.schedules?.[name]
      const keep = options.masks?.[name]
      return {
        ...{ name, shape: value.shape, dtype, role },
        ...(schedule === undefined ? {} : { schedule }),
        ...(keep === undefined ? {} : { keep }),
      }
    }),
    outputs: given.map(({ name, called, value }): ManifestEntry => {
      const given = Object.hasOwn(roles, called) ? roles[called] : undefined
      const role = given === 'state' || given === 'batch' ? given : 'output'
      return {
        name: called,
        ...(name === called ? {} : { tensor: name }),
        shape: value.shape,
        dtype,
        role,
      }
    }),
  }
  return { inputs, outputs: given, dtype, manifest }
}

function checkOutputs(what: string, outputs: unknown): void {
  const isNamed = typeof outputs === 'object' && outputs !== null && !(outputs instanceof Node)
  if (!isNamed) throw new ExportError(`${what}: outputs are given by name: { cost, y }`)
  const { y, cost } = outputs as { y?: unknown; cost?: unknown }
  if ('spec' in outputs && y instanceof Node && cost instanceof Node) {
    throw new ExportError(`${what}: that is a model; its nodes are given by name: { y: model.y }`)
  }
  const nodes: readonly unknown[] = Object.values(outputs)
  if (nodes.length === 0) throw new ExportError(`${what}: there are no outputs`)
  for (const node of nodes) {
    if (!(node instanceof Node)) throw new ExportError(`${what}: ${show(node)} is not a node`)
    if (node.graph !== (nodes[0] as Node).graph) {
      throw new ExportError(`${what}: ${describeNode(node)} is of another graph than the first`)
    }
  }
}

function leafValue(
  node: Node,
  target: Target<Value>,
  inputs: (Argument & { readonly role: Role })[],
  roles: Readonly<Record<string, Role>>,
): Value {
  if (node.op === ops.constant) {
    const { data } = node.params as { data: Float64Array }
    return target.constant(data, node.shape, 'number')
  }
  const { name } = node.params as { name: string }
  const value: Value = {
    ...{ id: -1 - inputs.length, operation: 'argument', inputs: [], attributes: {} },
    ...{ shape: node.shape, kind: 'number', isIndex: false },
  }
  inputs.push({ name, value, role: Object.hasOwn(roles, name) ? roles[name]! : 'input' })
  return value
}

function nodeValue<T extends Target<Value>>(
  what: string,
  node: Node,
  args: readonly Value[],
  target: Target<Value>,
  shortcut: Shortcut<T> | undefined,
  engine: T,
): Value {
  const short = shortcut?.({ ...engine, ...target }, node, args)
  if (short) return short
  const names = operandNames(node.op, args.length)
  const operands = Object.fromEntries(names.map((name, k) => [name, args[k]]))
  try {
    return lowerLine(target, instanceOf(node, 'stable'), operands, node.shape)
  } catch (error) {
    const why = (error as Error).message
    throw new ExportError(
      `${what}: the op ${node.op.name} of ${describeNode(node)} [${node.shape}] has a line that ` +
        `cannot be exported: ${why}`,
      node.source,
    )
  }
}

function checkRoles(
  what: string,
  options: ExportOptions,
  inputs: readonly (Argument & { readonly role: Role })[],
  outputs: Outputs,
): void {
  const known = new Map(inputs.map((input) => [input.name, input]))
  const { roles = {}, schedules = {}, masks = {} } = options
  for (const name of Object.keys({ ...roles, ...schedules, ...masks })) {
    if (known.has(name) || (Object.hasOwn(roles, name) && Object.hasOwn(outputs, name))) continue
    throw new NameError(`${what}: no input of these outputs is named "${name}"`)
  }
  for (const { name, role, value } of inputs) {
    if (!ROLES.includes(role)) {
      throw new OptionError(
        `${what}: the role of "${name}" is ${JSON.stringify(role)}; it may be ${ROLES.join(', ')}`,
      )
    }
    if (role !== 'state') continue
    const next = Object.hasOwn(outputs, name) ? outputs[name] : undefined
    if (next?.shape.join() === value.shape.join()) continue
    throw new ExportError(
      `${what}: the state "${name}" [${value.shape}] has no next value: ` +
        (next ? `the output of its name is [${next.shape}]` : 'no output has its name'),
    )
  }
}
