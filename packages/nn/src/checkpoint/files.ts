// Checkpoints as files: one safetensors file with every number as a tensor and, as its metadata,
// the network, the graph, the position in the training and the generator.
import { OptionError, optionError, readOptions, show, type TypedArray } from '@backprove/graph'
import { requireModel } from '../check.ts'
import { node } from '../data/node.ts'
import type { Model, NetworkSpec } from '../model.ts'
import { networkWith } from '../network.ts'
import { generator } from '../random.ts'
import type { Start } from '../recorder.ts'
import { type Checkpoint, checkpointOf, isCheckpoint, type Plan } from '../train/checkpoint.ts'
import { writeAtomically } from './atomic.ts'
import { CheckpointError } from './errors.ts'
import { attempt, readNetwork, record, refuse, writeNetwork } from './network-document.ts'
import { decodeSafetensors, encodeSafetensors, type Tensor } from './safetensors.ts'

const FORMAT = 'backprove-checkpoint'
const VERSION = '1'

/**
 * Writes a checkpoint, or a model with the numbers that it has now. Whatever happens, the path has
 * the old file or the new one, whole. Without a path, as in a browser, the bytes are the answer.
 * @throws CheckpointError naming the act that failed
 */
export function save(what: Checkpoint | Model, path: string): void
export function save(what: Checkpoint | Model): Uint8Array
export function save(what: Checkpoint | Model, path?: string): Uint8Array | undefined {
  const bytes = encodeCheckpoint(what)
  if (path === undefined) return bytes
  if (typeof path !== 'string') throw optionError('save', 'path', path, 'the path of a file')
  writeAtomically(path, bytes)
  return undefined
}

/** Options of `load`. */
export interface LoadOptions {
  /** The network, where it has layers of one's own, which no file can hold. */
  readonly network?: NetworkSpec
}

/**
 * Reads what `save` wrote, a file or its bytes: its `model` is ready to predict, and
 * `train(…, { from })` continues.
 * @throws CheckpointError naming the field that is not as it should be
 */
export function load(from: string | Uint8Array, options: LoadOptions = {}): Checkpoint {
  const known = readOptions('load', asOptions(options), ['network'])
  const given: unknown = from
  if (given instanceof ArrayBuffer) return decodeCheckpoint(new Uint8Array(given), known)
  if (given instanceof Uint8Array) return decodeCheckpoint(given, known)
  if (typeof given !== 'string') {
    throw optionError('load', 'what is loaded', given, 'the path of a checkpoint, or its bytes')
  }
  const { fs } = node(given)
  const bytes = attempt('file', () => {
    const status = fs.statSync(given)
    if (!status.isFile())
      throw new CheckpointError(
        'file',
        `${given} is ${status.isDirectory() ? 'a folder' : 'no regular file'}.`,
      )
    return fs.readFileSync(given)
  })
  return decodeCheckpoint(bytes, known)
}

/** @throws OptionError where a model or its layers stand in place of `{ network }` */
function asOptions(given: LoadOptions): LoadOptions {
  const { spec, layers } = (given ?? {}) as { spec?: unknown; layers?: unknown }
  if (spec === undefined && layers === undefined) return given
  const network = spec === undefined ? 'spec' : 'model.spec'
  throw new OptionError(
    'load: load(path) makes the model itself; it takes the network only where that has layers of ' +
      `your own: load(path, { network: ${network} })`,
  )
}

/** The bytes that `save` writes; the same checkpoint gives the same bytes. */
export function encodeCheckpoint(what: Checkpoint | Model): Uint8Array {
  if (!isCheckpoint(what)) requireModel('save', what)
  const { model, state, step, plan } = isCheckpoint(what) ? what : checkpointOf(what)
  const shapes = new Map(
    [...model.parameters, ...model.statistics.map(([leaf]) => leaf)].map((leaf) => [
      leaf.name!,
      leaf.shape,
    ]),
  )
  const tensors = new Map<string, Tensor>(
    Object.entries(state).map(([name, data]) => {
      const shape = shapes.get(name) ?? shapes.get(parameterOf(name)) ?? [data.length]
      return [name, { shape, data }]
    }),
  )
  const network = writeNetwork(model.spec)
  const { graph, cost, y } = model
  const training = { step, ...(plan && { plan, generator: generator(plan.seed).state() }) }
  const metadata = new Map([
    ['format', FORMAT],
    ['version', VERSION],
    typeof network === 'string' ? ['ownNetwork', network] : ['network', JSON.stringify(network)],
    ['graph', JSON.stringify(graph.toJSON([cost, y]))],
    ['training', JSON.stringify(training)],
  ] as [string, string][])
  return encodeSafetensors(tensors, metadata)
}

/** As `load`, from the file's bytes. */
export function decodeCheckpoint(bytes: Uint8Array, { network }: LoadOptions = {}): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes)
  if (metadata.get('format') !== FORMAT) refuse('format', `is not ${FORMAT}`)
  if (metadata.get('version') !== VERSION)
    refuse('version', `is ${show(metadata.get('version'))}, and this reads ${VERSION}`)
  const spec = network ?? readNetwork(json(metadata, 'network'))
  const model = attempt('network', () => networkWith(spec, (starts) => valuesOf(starts, tensors)))
  const state = stateOf(model, tensors)
  return { model, state, ...readTraining(json(metadata, 'training')) }
}

/** What an optimiser remembers of w^F is named `w^F.velocity`. */
const parameterOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')))

function json(metadata: ReadonlyMap<string, string>, key: string): unknown {
  const text = metadata.get(key)
  const own = metadata.get('ownNetwork')
  if (text === undefined && key === 'network' && own !== undefined) {
    const why = own.slice(0, 200)
    throw new CheckpointError(key, `${why}; give load the network: load(path, { network }).`)
  }
  if (text === undefined) return refuse(key, 'is missing')
  return attempt(key, () => JSON.parse(text))
}

/** Checked before an array is made: a small file cannot ask for a large network. */
function valuesOf(
  starts: readonly Start[],
  tensors: ReadonlyMap<string, Tensor>,
): Record<string, TypedArray> {
  return Object.fromEntries(
    starts.map(({ name, shape }) => {
      const tensor = tensors.get(name)
      if (!tensor) return refuse(name, 'is missing, and the network has it')
      if (tensor.shape.join() !== shape.join()) {
        return refuse(name, `has the shape [${tensor.shape}], and in the network [${shape}]`)
      }
      return [name, floats(name, tensor).slice()]
    }),
  )
}

function stateOf(
  { values }: Model,
  tensors: ReadonlyMap<string, Tensor>,
): Record<string, Float32Array> {
  return Object.fromEntries(
    [...tensors].map(([name, tensor]) => {
      const own = values[name] ?? values[parameterOf(name)]
      if (!own) refuse(name, 'belongs to no parameter of the network')
      else if (own.length !== tensor.data.length) {
        refuse(name, `has ${tensor.data.length} values, and its parameter ${own.length}`)
      }
      return [name, floats(name, tensor)]
    }),
  )
}

function floats(name: string, { data }: Tensor): Float32Array {
  return data instanceof Float32Array ? data : refuse(name, 'is not of type F32')
}

function readTraining(document: unknown): { step: number; plan?: Plan } {
  const { step, plan, generator: words } = record(document, 'training')
  if (!isCount(step, 0)) return refuse('training.step', 'is not a whole number from 0')
  if (plan === undefined) return { step }
  const { batchSize, samples, seed, optimizer } = record(plan, 'training.plan')
  if (!isCount(batchSize, 1)) return refuse('training.plan.batchSize', 'is not a number of samples')
  if (!isCount(samples, 1)) return refuse('training.plan.samples', 'is not a number of samples')
  if (!Number.isSafeInteger(seed)) return refuse('training.plan.seed', 'is not a whole number')
  const known = record(optimizer, 'training.plan.optimizer')
  if (JSON.stringify(words) !== JSON.stringify(generator(seed as number).state())) {
    return refuse('training.generator', 'is not the one of this version: no run would be repeated')
  }
  return { step, plan: { batchSize, samples, seed: seed as number, optimizer: known } }
}

const isCount = (value: unknown, least: number): value is number =>
  Number.isSafeInteger(value) && (value as number) >= least
