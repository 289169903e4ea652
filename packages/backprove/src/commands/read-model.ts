// MODEL on the command line: a ready-made net by name, a checkpoint, a graph document, or a network
// in text. What comes of it is a cost, and whatever else is known of the network.
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import {
  type Graph,
  graphFromJSON,
  type Node,
  nearNames,
  sentenceOf,
  squaredError,
} from '@backprove/graph'
import { fromOnnx } from '@backprove/interop'
import { type Model, nets } from '@backprove/nn'
import { buildNetwork, ClaimError, readNetwork } from '@backprove/verify'
import { loadFrom, readBytes, readText, STANDARD_INPUT } from './files.ts'
import { nameArrays } from './onnx-names.ts'
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
  const title = given === STANDARD_INPUT ? 'standard input' : basename(given)
  if (/\.safetensors$/.test(given)) return { title, ...attempt(given, () => ofCheckpoint(given)) }
  if (/\.onnx$/.test(given)) return { title, ...(await ofOnnx(given)) }
  if (/\.(?:md|markdown)$/i.test(given)) {
    throw new UsageError(`${given}: a document is no network, though it may hold one; ${EXPECTS}`)
  }
  const names = Object.keys(nets)
  const [near] = nearNames(given, names)
  const hint = near === undefined ? `nets are ${names.join(', ')}` : `is ${near} meant?`
  if (given !== STANDARD_INPUT && !existsSync(given)) {
    throw new UsageError(`${given}: there is no such model or file; ${hint}`)
  }
  const text = await readText(given)
  return attempt(given, () => {
    if (/^\s*\{/.test(text) || /\.json$/i.test(given))
      return { title, cost: costOf(graphFromJSON(JSON.parse(text))) }
    return { title, cost: networkOf(text), lines: linesOf(text, title) }
  })
}

const EXPECTS = `the command takes ${MODEL}`

const netNamed = (name: keyof typeof nets): Model => {
  const input = name === 'leNet5' ? ([1, 28, 28] as const) : ([1, 8, 8] as const)
  return nets[name]({ input, classes: 10, seed: 1 })
}

/**
 * The cost of an ONNX model: its one output of a single number, or else ½ Σ (t − y)² of its first
 * output y and a target t. Axes that the file leaves open have length 1.
 */
async function ofOnnx(path: string): Promise<Pick<ReadModel, 'cost' | 'values' | 'lines'>> {
  const bytes = await readBytes(path)
  return attempt(path, () => {
    const { outputs, outputNames, unsupported, values, made } = fromOnnx(bytes, { open: 1 })
    const found = outputNames.map((name) => outputs[name]!)
    const [y] = found
    if (!y) {
      const named = unsupported.map(({ operator, reason }) => `${operator} (${reason})`)
      throw new Error(`no output can be read; not supported: ${[...new Set(named)].join(', ')}`)
    }
    const cost = found.find(({ shape }) => shape.length === 0) ?? distanceOf(y)
    return { cost, values, lines: nameArrays(made, cost) }
  })
}

/** ½ Σ (t − y)². */
function distanceOf(y: Node): Node {
  const { named } = y.graph
  const t = y.graph.input(named.has('t') ? 'target' : 't', y.shape, { literal: true })
  return squaredError(y, t).as(named.has('C') ? 'cost' : 'C')
}

function ofCheckpoint(path: string): Pick<ReadModel, 'cost' | 'model'> {
  if (!existsSync(path)) throw new Error('there is no such file')
  const { model } = loadFrom(path)
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

/** @throws Error that says the line of the text in place of the characters */
function networkOf(text: string): Node {
  try {
    return buildNetwork(readNetwork(text)).cost
  } catch (error) {
    if (!(error instanceof ClaimError)) throw error
    const line = text.slice(0, error.start).split('\n').length
    throw new Error(`line ${line}: ${error.reason}`)
  }
}

function attempt<T>(path: string, body: () => T): T {
  try {
    return body()
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`${path}: ${sentenceOf(error)}`)
  }
}
