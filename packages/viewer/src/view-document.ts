// From a recorded network with its numbers to a view document. It asks for the parts it needs of a
// model, whoever made it.
import { type Node, parseName, type TypedArray, topologicalOrder } from '@backprove/graph'
import {
  encodeNumbers,
  type Scope,
  VIEW_FORMAT,
  VIEW_VERSION,
  type ViewDocument,
  ViewError,
  type ViewHealth,
  type ViewVerdict,
} from './document.ts'

/** A layer as a model recorded it: its output, and the layers of a block. */
export interface ViewLayer {
  readonly layer: { readonly kind: string }
  readonly y: Node
  readonly parameters: readonly Node[]
  readonly inside: readonly ViewLayer[]
}

/** Options of `viewDocument` and `page`: what the page shows beside the graph. */
export interface ViewOptions {
  readonly title?: string
  /** The array whose largest entry is the answer. */
  readonly output?: Node
  readonly classes?: readonly string[]
  /** Numbers of inputs and parameters, by name. */
  readonly values?: Readonly<Record<string, TypedArray | readonly number[]>>
  readonly layers?: readonly ViewLayer[]
  /** By name, where the nodes themselves do not know: the line of a text. */
  readonly lines?: Readonly<Record<string, string>>
  readonly notes?: { readonly name: string; readonly verdicts: readonly ViewVerdict[] }
  readonly health?: readonly ViewHealth[]
}

/** @throws ViewError for a cost that is no single number */
/**
 * What the page of a cost's network is given.
 * @throws ViewError for a cost that is not one number, or options that do not fit its graph
 */
export function viewDocument(cost: Node, options: ViewOptions = {}): ViewDocument {
  if (cost.shape.length > 0) {
    throw new ViewError(`view: the cost has shape [${cost.shape}]; it must be one number`)
  }
  const { title = 'Backprove', output, classes, values = {}, layers = [], notes, health } = options
  const { graph } = cost
  const shown = output && output !== cost ? [cost, output] : [cost]
  const costName = nameOf(cost, 'C')
  const outputName = output && nameOf(output, 'y')
  const names = new Set(topologicalOrder(shown).map(({ name }) => name))
  const known = Object.entries(values).filter(([name]) => names.has(name))
  return {
    format: VIEW_FORMAT,
    version: VIEW_VERSION,
    title,
    graph: graph.toJSON(shown),
    cost: costName,
    ...(outputName !== undefined && { output: outputName }),
    ...(classes && { classes }),
    values: Object.fromEntries(known.map(([name, numbers]) => [name, encodeNumbers(numbers)])),
    scopes: scopesOf(layers, topologicalOrder(shown)),
    lines: { ...linesOf(topologicalOrder(shown)), ...options.lines },
    ...(notes && { notes }),
    ...(health && health.length > 0 && { health }),
  }
}

/** A name that the document can call the node by. */
function nameOf(node: Node, wanted: string): string {
  for (let name = wanted; node.name === undefined; name += '′') {
    if (!node.graph.named.has(parseName(name).bare)) node.as(name)
  }
  return node.name!
}

/** Where the user's code made each named array, without the way to it on some machine. */
function linesOf(nodes: readonly Node[]): Record<string, string> {
  const lines: Record<string, string> = {}
  for (const node of nodes) {
    const line = node.name === undefined ? undefined : node.source
    // A script without a file, such as a worker made of its text, is no place to go to.
    if (line && !/^(?:blob|data):/.test(line)) lines[node.name!] = shortLine(line)
  }
  return lines
}

/** `examples/net.ts:14`: the last folder, the file, the line. */
const shortLine = (line: string): string =>
  line.replace(/:\d+$/, '').split(/[\\/]/).slice(-2).join('/')

/** A block holds what was recorded after its first layer began and until its own output. */
function scopesOf(layers: readonly ViewLayer[], order: readonly Node[]): Scope[] {
  let count = 0
  const read = (all: readonly ViewLayer[], since: number): Scope[] => {
    let from = since
    return all.flatMap((each): Scope[] => {
      const begin = from
      from = Math.max(from, each.y.id)
      if (each.inside.length === 0) return []
      const title = `${each.layer.kind} ${++count}`
      const own = order.filter(
        ({ id, name, op }) =>
          id > begin && id <= each.y.id && name !== undefined && op.name !== 'constant',
      )
      const inside = read(each.inside, begin)
      return [{ title, names: own.map(({ name }) => name!), inside }]
    })
  }
  return read(layers, -1)
}
