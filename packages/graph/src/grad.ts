// Reverse-mode differentiation: the derivative of a graph is more of the same graph, so it can be
// read, differentiated again and compiled like anything else.
import { GradError } from './errors.ts'
import { add } from './ops/arithmetic/add.ts'
import { inputOp } from './ops/leaves.ts'
import { sumTo } from './ops/reduction/sum.ts'
import { noMore, optionError, readOptions } from './options.ts'
import { dependents, topologicalOrder } from './order.ts'
import { asked } from './record/asked.ts'
import { shapesOf } from './record/infer-shape.ts'
import { describeNode, Node } from './record/node.ts'
import { operandNames } from './record/op.ts'
import { formatShape, sameShape } from './shape.ts'
import { show } from './show.ts'

/** What `grad` does for a node that the cost does not depend on. */
export interface GradOptions {
  /** 'error' (default): a GradError names both; 'zero': its derivative is zeros. */
  readonly unused?: 'error' | 'zero'
}

/**
 * ∂cost/∂wrt, as new nodes of the same graph. The cost must be a scalar. A derivative of a
 * derivative may be zero: what is linear in x leaves no x behind.
 * @throws GradError where the cost does not depend on one of wrt, unless `unused` is 'zero'
 */
export function grad(cost: Node, wrt: Node, options?: GradOptions): Node
export function grad(cost: Node, wrt: readonly Node[], options?: GradOptions): Node[]
export function grad(
  cost: Node,
  wrt: Node | readonly Node[],
  options?: GradOptions,
  ...further: readonly unknown[]
): Node | Node[] {
  const { unused = 'error' } = readOptions('grad', options, ['unused'], { allow_unused: 'unused' })
  if (unused !== 'error' && unused !== 'zero') {
    throw optionError('grad', 'unused', unused, "'error' or 'zero'")
  }
  noMore('grad', further)
  if (!(cost instanceof Node)) refuse(`the cost is ${show(cost)}, not a node`)
  if (cost.shape.length > 0) {
    refuse(
      `the cost ${describeNode(cost)} has shape ${formatShape(cost.shape)}, not that of one ` +
        'number; sum it, or use vjp',
    )
  }
  if (typeof wrt === 'string') {
    refuse(`grad: wrt is ${show(wrt)}, a name; grad takes the node: graph.node(${show(wrt)})`)
  }
  const targets = wrt instanceof Node ? [wrt] : wrt
  if (!Array.isArray(targets))
    refuse(`grad: wrt is ${show(wrt)}, neither a node nor a list of them`)
  requireNodes('grad', 'wrt', targets)
  const seed = cost.graph.recordingFor(cost, () => cost.graph.constant(1))
  const cotangents = accumulate([cost], [seed], targets)
  for (const [forward, adjoint] of cotangents) cost.graph.registerAdjoint(cost, forward, adjoint)
  const isMissing = (node: Node): boolean => !cotangents.has(node)
  if (unused === 'error' && targets.some(isMissing)) requireUse(cost, targets.filter(isMissing))
  const results = targets.map((node) => {
    const found = cotangents.get(node) ?? zerosLike(node)
    derived.set(found, cost)
    asked.set(found, { cost, forward: node })
    return found
  })
  return wrt instanceof Node ? results[0]! : results
}

/** Σ over outputs of cotangent · ∂output/∂wrt: the vector–Jacobian product. */
export function vjp(
  outputs: readonly Node[],
  cotangents: readonly Node[],
  wrt: readonly Node[],
): Node[] {
  requireNodes('vjp', 'wrt', wrt)
  matchShapes('vjp', 'cotangent', outputs, cotangents)
  const found = accumulate(outputs, cotangents, wrt)
  return wrt.map((node) => found.get(node) ?? zerosLike(node))
}

/**
 * ∂output/∂input · tangent for each output: the Jacobian–vector product. Reverse mode twice: the
 * vjp is linear in its cotangent, and the transpose of that linear map is the Jacobian.
 */
export function jvp(
  outputs: readonly Node[],
  inputs: readonly Node[],
  tangents: readonly Node[],
): Node[] {
  requireNodes('jvp', 'outputs', outputs)
  matchShapes('jvp', 'tangent', inputs, tangents)
  // Any nodes of the right shapes would do: the vjp is linear in them, so they drop out.
  const seeds = outputs.map((node) => placeholderLike(node))
  return vjp(vjp(outputs, seeds, inputs), tangents, seeds)
}

/** The Hessian of the cost times v, one node for each of wrt: the gradient of Σ ∂cost/∂w · v. */
export function hvp(cost: Node, wrt: readonly Node[], v: readonly Node[]): Node[] {
  matchShapes('hvp', 'vector', wrt, v)
  return vjp(grad(cost, wrt, { unused: 'zero' }), v, wrt)
}

/** A derivative, zeros too, and what it is one of: what was asked for last. */
const derived = new WeakMap<Node, Node>()

/**
 * Every node is an ancestor of the cost, or of what the cost is a derivative of.
 * @throws GradError naming the cost and the node
 */
function requireUse(cost: Node, nodes: readonly Node[]): void {
  const { graph } = cost
  const seen = new Set<Node>()
  const open = [cost]
  for (let next = open.pop(); next; next = open.pop()) {
    if (seen.has(next)) continue
    const fresh = topologicalOrder([next]).filter((node) => !seen.has(node))
    for (const node of fresh) seen.add(node)
    for (const node of fresh) {
      const of = derived.get(node)
      open.push(...(of ? [of] : []), ...graph.adjointOf(node).map((adjoint) => adjoint.cost))
    }
  }
  const stranger = nodes.find((node) => !seen.has(node))
  if (!stranger) return
  const [name, other] = [describeNode(stranger), describeNode(cost)]
  refuse(
    `grad: ${other} does not depend on ${name} ${formatShape(stranger.shape)}; ` +
      "where that derivative is to be zeros, grad(cost, wrt, { unused: 'zero' })",
  )
}

function accumulate(
  outputs: readonly Node[],
  seeds: readonly Node[],
  wrt: readonly Node[],
): Map<Node, Node> {
  sameGraph([...outputs, ...seeds, ...wrt])
  const order = topologicalOrder(outputs)
  const reached = new Set(order)
  const needed = dependents(
    order,
    wrt.filter((node) => reached.has(node)),
  )
  const cotangents = new Map<Node, Node>()
  outputs.forEach((output, k) => {
    if (needed.has(output)) contribute(cotangents, output, seeds[k]!)
  })
  for (let k = order.length - 1; k >= 0; k--) {
    const node = order[k]!
    const g = cotangents.get(node)
    if (!g || node.op.traits?.leaf) continue
    node.graph.recordingFor(node, () => pullBack(node, g, needed, cotangents))
  }
  return cotangents
}

function pullBack(
  node: Node,
  g: Node,
  needed: ReadonlySet<Node>,
  cotangents: Map<Node, Node>,
): void {
  const { op, args, params } = node
  const names = operandNames(op, args.length)
  const byName = Object.fromEntries(names.map((name, k) => [name, args[k]!]))
  names.forEach((name, k) => {
    const arg = args[k]!
    // A variadic op has one rule for all its operands, told apart by their letter.
    const rule = op.vjp[op.traits?.variadic ? 'operand' : name]
    if (!needed.has(arg) || !rule) return
    const pulled = rule(g, byName, params, node, name)
    if (!((pulled as unknown) instanceof Node)) {
      const made = `the rule of ${name} makes ${show(pulled)}`
      throw new GradError(`${op.name}: ${made}, and no node`, node.source)
    }
    const cotangent = op.traits?.elementwise ? sumTo(pulled, arg.shape) : pulled
    if (!sameShape(cotangent.shape, arg.shape)) {
      throw new GradError(
        `${op.name}: the derivative by ${name} has shape ${formatShape(cotangent.shape)} where ` +
          `${name} has ${formatShape(arg.shape)} (inputs ${JSON.stringify(shapesOf(op, args))})`,
        node.source,
      )
    }
    contribute(cotangents, arg, cotangent)
  })
}

function contribute(cotangents: Map<Node, Node>, node: Node, cotangent: Node): void {
  const known = cotangents.get(node)
  cotangents.set(node, known ? add(known, cotangent) : cotangent)
}

const zerosLike = (node: Node): Node => node.graph.constant(0, node.shape)

/** A leaf of that shape that no name reaches (none has a NUL): it drops out of what it enters. */
const placeholderLike = (node: Node): Node =>
  node.graph.record(inputOp, [], { name: `\0tangent of #${node.id}`, shape: [...node.shape] })

function requireNodes(what: string, role: string, nodes: unknown): asserts nodes is Node[] {
  if (!Array.isArray(nodes)) refuse(`${what}: ${role} is ${show(nodes)}, not a list of nodes`)
  for (const node of nodes) {
    if (!(node instanceof Node)) refuse(`${what}: ${role} holds ${show(node)}, which is no node`)
  }
}

function matchShapes(
  what: string,
  role: string,
  nodes: readonly Node[],
  partners: readonly Node[],
): void {
  requireNodes(what, 'the list', nodes)
  requireNodes(what, `the list of ${role}s`, partners)
  if (nodes.length !== partners.length) {
    refuse(`${what}: ${partners.length} ${role}s for ${nodes.length} nodes`)
  }
  nodes.forEach((node, k) => {
    const partner = partners[k]!
    if (!sameShape(node.shape, partner.shape)) {
      refuse(
        `${what}: the ${role} of ${describeNode(node)} ${formatShape(node.shape)} has shape ` +
          formatShape(partner.shape),
      )
    }
  })
}

function sameGraph(nodes: readonly Node[]): void {
  for (const node of nodes) {
    if (node.graph !== nodes[0]!.graph) {
      refuse(`${describeNode(node)} and ${describeNode(nodes[0]!)} belong to different graphs`)
    }
  }
}

function refuse(message: string): never {
  throw new GradError(message)
}
