// From a recorded network with its numbers to a view document. It asks for the parts it needs of a
// model, whoever made it.
import { Node, parseName, type TypedArray, topologicalOrder } from '@backprove/graph'
import {
  encodeNumbers,
  type Scope,
  VIEW_FORMAT,
  VIEW_VERSION,
  type ViewDocument,
  type ViewHealth,
  type ViewVerdict,
} from './document.ts'
import { demandCost, demandParts, pageOptions } from './given.ts'

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

/** A model, as `network` of nn makes it: its output, its layers and its numbers are shown. */
export interface ViewModel extends Pick<ViewOptions, 'layers' | 'values'> {
  readonly cost: Node
  readonly y?: Node
}

/** The names of {@link ViewOptions}. */
export const VIEW_OPTIONS = [
  ...(['title', 'output', 'classes', 'values', 'layers', 'lines', 'notes', 'health'] as const),
] as const

/**
 * What the page of a cost's network, or of a model, is given.
 * @throws ViewError for a cost that is not one number, or options that do not fit its graph;
 *   OptionError for an option it does not have
 */
export function viewDocument(subject: Node | ViewModel, options: ViewOptions = {}): ViewDocument {
  pageOptions('viewDocument', options, VIEW_OPTIONS)
  if (!(subject instanceof Node) && subject?.cost instanceof Node) {
    const { cost, y, layers, values } = subject
    const own = { ...(y && { output: y }), ...(layers && { layers }), ...(values && { values }) }
    return viewDocument(cost, { ...own, ...options })
  }
  demandCost(subject)
  const cost = subject
  const { title = 'Backprove', output, classes, values = {}, layers = [], notes, health } = options
  const { graph } = cost
  demandParts(cost, options)
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
