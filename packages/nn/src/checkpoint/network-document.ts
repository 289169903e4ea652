// A network as plain data and back: its layers by the names of their functions, its cost by name.
// A document comes from a file and is not trusted: what does not hold is refused by its place.
import { COSTS } from '../costs.ts'
import { fileReason } from '../data/node.ts'
import {
  activate,
  adaptiveAvgPool,
  attention,
  avgPool,
  batchNorm,
  conv,
  conv1d,
  convTranspose,
  dense,
  dropout,
  elu,
  embedding,
  flatten,
  gelu,
  globalAvgPool,
  globalMaxPool,
  groupNorm,
  gru,
  hardSigmoid,
  hardSwish,
  hardTanh,
  inception,
  instanceNorm,
  l2Pool,
  layerNorm,
  leakyRelu,
  logSigmoid,
  lstm,
  maxPool,
  medianPool,
  mish,
  positions,
  prelu,
  relu,
  relu6,
  reshape,
  residual,
  rmsNorm,
  selu,
  sigmoid,
  silu,
  simpleRnn,
  softmax,
  softplus,
  softsign,
  tanh,
  upsample,
  zeroPad,
} from '../layers/index.ts'
import type { Layer } from '../layers/layer.ts'
import type { NetworkSpec } from '../model.ts'
import { CheckpointError } from './errors.ts'

interface LayerDocument {
  readonly kind: string
  readonly options: object
  readonly branches?: readonly (readonly LayerDocument[])[]
}

export interface NetworkDocument {
  readonly input: readonly number[]
  readonly layers: readonly LayerDocument[]
  readonly cost: string
  readonly costOptions?: object
  readonly seed: number
}

type Branches = readonly (readonly Layer[])[]
// Each function checks its own options; what they get here is an object, and no more is known.
type Make = (options: never, branches: Branches) => Layer

// By hand: the namespace of a module as a value is kept whole by every bundler.
const LAYERS: Readonly<Record<string, Make>> = {
  ...{ conv, conv1d, convTranspose, dense, dropout, embedding, flatten, reshape, attention },
  ...{ avgPool, maxPool, l2Pool, medianPool, adaptiveAvgPool, globalAvgPool, globalMaxPool },
  ...{ batchNorm, groupNorm, instanceNorm, layerNorm, rmsNorm, positions, upsample, zeroPad },
  ...{ elu, gelu, hardSigmoid, hardSwish, hardTanh, leakyRelu, logSigmoid, mish, prelu, relu },
  ...{ relu6, selu, sigmoid, silu, softmax, softplus, softsign, tanh, gru, lstm, simpleRnn },
  activate: ({ name, formula }: { name: string; formula: string }) => activate(name, formula),
  residual: (_, [inside = [], shortcut]) => residual(inside, shortcut),
  inception: (_, branches) => inception(branches),
}

/** A layer takes some bytes in a file and some thousand as a graph. */
const MOST_LAYERS = 4096
const MOST_DEPTH = 16

/**
 * The network as a document, or why it has none: a cost or a layer of one's own is a function,
 * which no file can hold.
 */
export function writeNetwork(spec: NetworkSpec): NetworkDocument | string {
  const cost = Object.keys(COSTS).find((name) => COSTS[name] === spec.cost)
  if (cost === undefined) return 'its cost is a function of its own'
  const own = ownLayer(spec.layers)
  if (own) return `its layer "${own.kind}" is a function of its own`
  const { input, layers, costOptions, seed = 1 } = spec
  const settings = costOptions && { costOptions }
  return { input, layers: layers.map(writeLayer), cost, ...settings, seed }
}

const ownLayer = (layers: readonly Layer[]): Layer | undefined => {
  for (const layer of layers) {
    if (!layer.options || !Object.hasOwn(LAYERS, layer.kind)) return layer
    const inside = ownLayer(layer.branches?.flat() ?? [])
    if (inside) return inside
  }
  return undefined
}

const writeLayer = ({ kind, options = {}, branches }: Layer): LayerDocument => ({
  kind,
  options,
  ...(branches && { branches: branches.map((branch) => branch.map(writeLayer)) }),
})

/** The network of a document. @throws CheckpointError at the first thing that does not hold */
export function readNetwork(document: unknown): NetworkSpec {
  const { input, layers, cost, costOptions, seed } = record(document, 'network')
  const fits = Array.isArray(input) && input.length <= 3 && input.every(isLength)
  if (!fits) refuse('network.input', 'is not the shape of a sample')
  if (!Number.isSafeInteger(seed)) refuse('network.seed', 'is not a whole number')
  if (typeof cost !== 'string' || !Object.hasOwn(COSTS, cost)) {
    return refuse('network.cost', `is none of ${Object.keys(COSTS).join(', ')}`)
  }
  const budget = { layers: MOST_LAYERS }
  return {
    input: input as number[],
    layers: readLayers(layers, 'network.layers', 0, budget),
    cost: COSTS[cost]!,
    ...(costOptions !== undefined && { costOptions: record(costOptions, 'network.costOptions') }),
    seed: seed as number,
  }
}

function readLayers(
  value: unknown,
  path: string,
  depth: number,
  budget: { layers: number },
): Layer[] {
  if (depth > MOST_DEPTH) refuse(path, `lies more than ${MOST_DEPTH} blocks deep`)
  return list(value, path).map((entry, k) => {
    const place = `${path}[${k}]`
    if (budget.layers-- <= 0) refuse(place, `is one layer more than ${MOST_LAYERS}`)
    const { kind, options, branches = [] } = record(entry, place)
    const make = typeof kind === 'string' && Object.hasOwn(LAYERS, kind) ? LAYERS[kind] : undefined
    if (!make) return refuse(`${place}.kind`, `${shown(kind)} is no layer of this version`)
    const inside = list(branches, `${place}.branches`).map((branch, b) =>
      readLayers(branch, `${place}.branches[${b}]`, depth + 1, budget),
    )
    const given = record(options, `${place}.options`) as never
    return attempt(place, () => make(given, inside))
  })
}

const isLength = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0

export function record(value: unknown, path: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>
  }
  return refuse(path, 'is not an object')
}

const list = (value: unknown, path: string): readonly unknown[] =>
  Array.isArray(value) ? value : refuse(path, 'is not a list')

export function refuse(path: string, why: string): never {
  throw new CheckpointError(path, `it ${why}.`)
}

/** What any layer or op refuses is refused here by its place in the file. */
export function attempt<T>(path: string, body: () => T): T {
  try {
    return body()
  } catch (cause) {
    if (cause instanceof CheckpointError) throw cause
    const { path: file, message = String(cause) } = (cause ?? {}) as NodeJS.ErrnoException
    const reason = fileReason(cause)
    throw new CheckpointError(path, reason ? `${file}: ${reason}.` : message, { cause })
  }
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? `"${value.slice(0, 40)}"` : typeof value
