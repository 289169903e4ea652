// A graph as a JSON document.
import { type ArrayName, isOneOfSome, isTakenLiterally } from '../names/names.ts'
import { topologicalOrder } from '../order.ts'
import type { Graph, Node } from '../record/node.ts'
import { DOCUMENT_FORMAT, DOCUMENT_VERSION, type GraphDocument } from './format.ts'

/** The document of the given nodes, or of every node of the graph that is still in use. */
export function toDocument(graph: Graph, outputs: Iterable<Node>): GraphDocument {
  const order = topologicalOrder(outputs)
  const position = new Map(order.map((node, k) => [node, k]))
  const at = (node: Node): number => position.get(node)!
  return {
    format: DOCUMENT_FORMAT,
    version: DOCUMENT_VERSION,
    options: { ties: graph.ties, reluAtZero: graph.reluAtZero },
    nodes: order.map((node) => ({
      op: node.op.name,
      args: node.args.map(at),
      params: writeParams(node.params),
      shape: node.shape,
    })),
    names: order.flatMap((node) =>
      graph.namesOf(node).map((name): GraphDocument['names'][number] => {
        const how = isTakenLiterally(name) ? 'literal' : namedAxes(node, name)
        return how ? [at(node), name.text, how] : [at(node), name.text]
      }),
    ),
    adjoints: order.flatMap((cost) =>
      [...(graph.adjointsOf(cost) ?? [])]
        .filter(([forward, adjoint]) => position.has(forward) && position.has(adjoint))
        .map(([forward, adjoint]): [number, number, number] => [
          at(cost),
          at(forward),
          at(adjoint),
        ]),
    ),
    applications: order.flatMap((node) => {
      const application = graph.applicationOf(node)
      if (!application) return []
      const { name, formula, argument } = application
      return [{ node: at(node), argument: at(argument), name, formula }]
    }),
  }
}

const namedAxes = ({ shape }: Node, { letters, axes }: ArrayName) =>
  isOneOfSome(shape, letters.length) ? axes : undefined

function writeParams(params: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      value instanceof Float64Array ? Array.from(value, writeNumber) : writeValue(value),
    ]),
  )
}

const writeValue = (value: unknown): unknown =>
  typeof value === 'number' ? writeNumber(value) : value

/** JSON has no −0, no infinities and no NaN; they travel as text. */
const writeNumber = (value: number): number | string =>
  Number.isFinite(value) && !Object.is(value, -0) ? value : Object.is(value, -0) ? '-0' : `${value}`
