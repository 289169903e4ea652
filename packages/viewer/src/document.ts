// ViewDocument: all that a page is given, as JSON-safe data. Nothing in it is computed but what a
// page cannot know: numbers, blocks, source lines and verdicts. It is untrusted when it is read.
import { type GraphDocument, graphFromJSON, Node, sizeOf } from '@backprove/graph'

export const VIEW_FORMAT = 'backprove-view'
export const VIEW_VERSION = 1

/** A block of a network, such as a residual one: the names of its arrays, and the blocks inside. */
export interface Scope {
  readonly title: string
  readonly names: readonly string[]
  readonly inside: readonly Scope[]
}

/** A formula of notes that speak of this network, and what became of it. */
export interface ViewVerdict {
  readonly formula: string
  readonly line: number
  readonly kind: string
  readonly ok: boolean
  /** As a terminal prints it. */
  readonly text: string
  /** The same in other languages, by their codes: `zh-CN`. */
  readonly translated?: Readonly<Record<string, string>>
}

/** What training data did to an activation, as `watch` counts it. */
export interface ViewHealth {
  readonly name: string
  readonly text: string
  readonly translated?: Readonly<Record<string, string>>
}

/**
 * What a page of a network is given: the graph, numbers, blocks, source lines, verdicts. Plain
 * data.
 */
export interface ViewDocument {
  readonly format: typeof VIEW_FORMAT
  readonly version: typeof VIEW_VERSION
  readonly title: string
  readonly graph: GraphDocument
  /** Names of the cost, and of the array whose largest entry is the answer. */
  readonly cost: string
  readonly output?: string
  /** What the classes of the output are called. */
  readonly classes?: readonly string[]
  /** By name: float32, little-endian, in base64. Leaves without any are drawn in the page. */
  readonly values: Readonly<Record<string, string>>
  readonly scopes: readonly Scope[]
  /** By name: where the user's code or text made an array. */
  readonly lines: Readonly<Record<string, string>>
  readonly notes?: { readonly name: string; readonly verdicts: readonly ViewVerdict[] }
  readonly health?: readonly ViewHealth[]
}

/** A document that was read: its graph recorded, its numbers decoded. */
export interface View {
  readonly document: ViewDocument
  readonly cost: Node
  readonly output: Node | undefined
  readonly values: ReadonlyMap<string, Float32Array>
}

/** A view document that does not hold, or an option that makes none. */
export class ViewError extends Error {
  override readonly name = 'ViewError'
}

/**
 * A view document, checked, with its graph.
 * @throws ViewError, DocumentError at the first thing that does not hold
 */
export function readView(given: unknown): View {
  const document = checked(given)
  const graph = graphFromJSON(document.graph)
  const nodeNamed = (name: string): Node => {
    const node = graph.named.get(name)
    return node ?? refuse(`the graph has no array ${JSON.stringify(name)}`)
  }
  const cost = nodeNamed(document.cost)
  if (cost.shape.length > 0) refuse(`the cost has shape [${cost.shape}], not that of one number`)
  const values = new Map<string, Float32Array>()
  for (const [name, text] of Object.entries(document.values)) {
    const numbers = decodeNumbers(text)
    const node = graph.named.get(name)
    if (node && sizeOf(node.shape) !== numbers.length) {
      refuse(`${name} has ${numbers.length} values for shape [${node.shape}]`)
    }
    values.set(name, numbers)
  }
  const output = document.output === undefined ? undefined : nodeNamed(document.output)
  return { document, cost, output, values }
}

function checked(given: unknown): ViewDocument {
  if (given instanceof Node) refuse('a node is none; page(cost) writes the page of one')
  if (typeof given === 'string') refuse('text is none; is JSON.parse(text) meant?')
  const root = record(given, 'the document')
  if (root.format !== VIEW_FORMAT) refuse(`format is not "${VIEW_FORMAT}"`)
  if (root.version !== VIEW_VERSION) {
    refuse(`version is ${root.version}; this reads version ${VIEW_VERSION}`)
  }
  for (const key of ['title', 'cost']) {
    if (typeof root[key] !== 'string') refuse(`${key} is not text`)
  }
  for (const key of ['values', 'lines']) textsIn(root[key], key)
  scopesIn(root.scopes, 'scopes', 0)
  if (root.output !== undefined && !isText(root.output)) refuse('output is not text')
  if (root.classes !== undefined && !list(root.classes, 'classes').every(isText)) {
    refuse('classes holds what is no text')
  }
  if (root.notes !== undefined) notesIn(record(root.notes, 'notes'))
  if (root.health !== undefined) {
    for (const each of list(root.health, 'health')) {
      const { name, text, translated = {} } = record(each, 'health')
      if (!isText(name) || !isText(text)) refuse('health holds what is no text')
      textsIn(translated, 'health.translated')
    }
  }
  return root as unknown as ViewDocument
}

const isText = (value: unknown): boolean => typeof value === 'string'

function textsIn(value: unknown, path: string): void {
  for (const [name, each] of Object.entries(record(value, path))) {
    if (!isText(each)) refuse(`${path}.${name} is not text`)
  }
}

const list = (value: unknown, path: string): readonly unknown[] =>
  Array.isArray(value) ? value : refuse(`${path} is not a list`)

function notesIn({ name, verdicts }: Record<string, unknown>): void {
  if (!isText(name)) refuse('notes.name is not text')
  for (const each of list(verdicts, 'notes.verdicts')) {
    const { formula, line, kind, ok, text, translated = {} } = record(each, 'notes.verdicts')
    const areTexts = [formula, kind, text].every(isText)
    if (!areTexts || typeof line !== 'number' || typeof ok !== 'boolean') {
      refuse('notes.verdicts holds what is no verdict')
    }
    textsIn(translated, 'notes.verdicts.translated')
  }
}

const DEEPEST = 40

function scopesIn(value: unknown, path: string, depth: number): void {
  if (!Array.isArray(value) || depth > DEEPEST) refuse(`${path} is not a list of blocks`)
  for (const entry of value as unknown[]) {
    const { title, names, inside } = record(entry, path)
    if (!isText(title) || !Array.isArray(names) || !names.every(isText)) {
      refuse(`${path} holds what is no block`)
    }
    scopesIn(inside, `${path}.inside`, depth + 1)
  }
}

function record(value: unknown, path: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>
  }
  return refuse(`${path} is not an object`)
}

function refuse(why: string): never {
  throw new ViewError(`view document: ${why}`)
}

export function encodeNumbers(numbers: ArrayLike<number>): string {
  const bytes = new Uint8Array(Float32Array.from(numbers).buffer)
  let binary = ''
  const step = 0x8000
  for (let from = 0; from < bytes.length; from += step) {
    binary += String.fromCharCode(...bytes.subarray(from, from + step))
  }
  return btoa(binary)
}

function decodeNumbers(text: string): Float32Array {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
    return new Float32Array(bytes.buffer)
  } catch {
    return refuse('values are not float32 in base64')
  }
}
