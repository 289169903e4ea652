// MODEL on the command line: a ready-made net by name, a checkpoint, a graph document, or a network
// in text. What comes of it is a cost, and whatever else is known of the network.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Graph, graphFromJSON, type Node, squaredError } from '@backprove/graph'
import { fromOnnx } from '@backprove/interop'
import { load, type Model, nets } from '@backprove/nn'
import { buildNetwork, readNetwork } from '@backprove/verify'
import { UsageError } from './shell.ts'

/** What a command says of its argument. */
export const MODEL =
  `${Object.keys(nets).join(', ')}; a checkpoint (.safetensors), ` +
  'a graph document (.json), an ONNX model (.onnx), or a network in text'

export interface ReadModel {
  /** As a person calls it: the net's name, or the file's. */
  readonly title: string
  readonly cost: Node
  /** Where the network is one of nn's, its numbers included. */
  readonly model?: Model
  /** The numbers of the parameters, where a file holds them. */
  readonly values?: Readonly<Record<string, Float32Array | Float64Array>>
  /** Where a text made each array, by name: `net.txt:3`. */
  readonly lines?: Readonly<Record<string, string>>
}

/** @throws UsageError for what is no model */
export async function readModel(given: string): Promise<ReadModel> {
  if (Object.hasOwn(nets, given)) {
    const model = netNamed(given as keyof typeof nets)
    return { title: given, cost: model.cost, model }
  }
  const title = basename(given)
  if (/\.safetensors$/.test(given)) return { title, ...attempt(given, () => ofCheckpoint(given)) }
  if (/\.onnx$/.test(given)) return { title, ...(await ofOnnx(given)) }
  const text = await readFile(given, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such model or file' : error.message
    throw new UsageError(`${given}: ${reason}; nets are ${Object.keys(nets).join(', ')}`)
  })
  return attempt(given, () => {
    if (/^\s*\{/.test(text)) return { title, cost: costOf(graphFromJSON(JSON.parse(text))) }
    return { title, cost: buildNetwork(readNetwork(text)).cost, lines: linesOf(text, title) }
  })
}

const netNamed = (name: keyof typeof nets): Model => {
  const input = name === 'leNet5' ? ([1, 28, 28] as const) : ([1, 8, 8] as const)
  return nets[name]({ input, classes: 10, seed: 1 })
}

/**
 * The cost of an ONNX model: its one output of a single number, or else ½ Σ (t − y)² of its first
 * output y and a target t. Axes that the file leaves open have length 1.
 */
async function ofOnnx(path: string): Promise<Pick<ReadModel, 'cost' | 'values'>> {
  const bytes = await readFile(path).catch((error: Error) => {
    throw new UsageError(`${path}: ${error.message}`)
  })
  return attempt(path, () => {
    const { outputs, outputNames, unsupported, values } = fromOnnx(new Uint8Array(bytes), {
      open: 1,
    })
    const found = outputNames.map((name) => outputs[name]!)
    const [y] = found
    if (!y) {
      const named = unsupported.map(({ operator, reason }) => `${operator} (${reason})`)
      throw new Error(`no output can be read; not supported: ${[...new Set(named)].join(', ')}`)
    }
    const cost = found.find(({ shape }) => shape.length === 0)
    if (cost) return { cost, values }
    const t = y.graph.input(y.graph.named.has('t') ? 'target' : 't', y.shape, { literal: true })
    return { cost: squaredError(y, t).as(y.graph.named.has('C') ? 'cost' : 'C'), values }
  })
}

function ofCheckpoint(path: string): Pick<ReadModel, 'cost' | 'model'> {
  if (!existsSync(path)) throw new Error('there is no such file')
  const { model } = load(path)
  return { cost: model.cost, model }
}

/** The cost of a graph document: its node C, or the last one that is a single number. */
function costOf(graph: Graph): Node {
  const scalars = [...graph.named.values()].filter(({ shape }) => shape.length === 0)
  const cost = graph.named.get('C') ?? scalars.at(-1)
  if (!cost) throw new Error('the graph names no single number as its cost')
  return cost
}

/** The line of a text on which each array is made, counted from 1. */
function linesOf(text: string, file: string): Record<string, string> {
  const lines: Record<string, string> = {}
  for (const [k, line] of text.split('\n').entries()) {
    const made = /^\s*([^\s:=]+)\s*(?::|=)/.exec(line)?.[1]
    if (made) lines[made.replaceAll(/_(?:\{[^}]*\}|\S)|[{}]/g, '')] ??= `${file}:${k + 1}`
  }
  return lines
}

function attempt<T>(path: string, body: () => T): T {
  try {
    return body()
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message}`)
  }
}
