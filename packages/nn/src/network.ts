// Builds a network from a list of layers, with its random start from a seed.
import { crossEntropy, Graph, type Node, sizeOf, type TypedArray } from '@backprove/graph'
import { NetworkError } from './layers/errors.ts'
import type { Initial, Layer } from './layers/layer.ts'
import type { Model, NetworkSpec } from './model.ts'
import { generator } from './random.ts'
import { type Recorded, recorderOf } from './recorder.ts'
import { summarize } from './summary.ts'

/**
 * A network recorded for one sample, with its numbers.
 *
 * Values are named as the notes name them: w^l and b^l, z^l before and a^l after the activation,
 * p^l after pooling, l counting the layers that have parameters (or their own tag).
 * @throws NetworkError, ShapeError where a layer does not fit what comes before it
 */
export function network(spec: NetworkSpec): Model {
  if (spec.layers.length === 0) throw new NetworkError('network: there are no layers')
  const values: Record<string, TypedArray> = {}
  const recordings = new Map<string, Model>()
  const at: Model['at'] = (batch, { training = false } = {}) => {
    if (batch !== null && (!Number.isSafeInteger(batch) || batch < 1)) {
      throw new NetworkError(`at: batch is ${batch}; it must be a whole number from 1, or null`)
    }
    const key = `${batch} ${training}`
    const known = recordings.get(key)
    if (known) return known
    const model = record(spec, batch, training, values, at)
    recordings.set(key, model)
    return model
  }
  return at(null)
}

function record(
  spec: NetworkSpec,
  batch: number | null,
  training: boolean,
  values: Record<string, TypedArray>,
  at: Model['at'],
): Model {
  const graph = new Graph()
  const recorder = recorderOf(graph, batch, training)
  const lead = batch === null ? [] : [batch]
  const letters = inputLetters(spec.input, batch)
  const x = graph.input(`x${letters}`, [...lead, ...spec.input])
  const activations: { kind: string; z: Node; a: Node }[] = []
  let value = x
  for (const layer of headLayers(spec)) {
    const before = value
    value = layer.record(before, recorder)
    if (layer.gain !== undefined) activations.push({ kind: layer.kind, z: before, a: value })
  }
  const logits = value
  const last = spec.layers.at(-1)!
  const y = isSoftmaxUnderCrossEntropy(spec) ? last.record(logits, recorder) : logits
  const t = graph.input(`t${targetLetters(y.shape.length, batch)}`, y.shape)
  const cost = spec.cost(logits, t).as('C')
  if (cost.shape.length > 0) {
    throw new NetworkError(`network: the cost has shape [${cost.shape}], not that of one number`)
  }
  fillMissing(values, recorder, spec)
  const { parameters, statistics, masks } = recorder
  const model: Model = {
    ...{ spec, graph, x, t, y, cost, parameters, statistics, masks, activations, values, at },
    summary: () => summarize(model),
  }
  return model
}

/** Softmax and cross-entropy are one op, from the logits; the softmax is still the output. */
const isSoftmaxUnderCrossEntropy = (spec: NetworkSpec): boolean =>
  spec.cost === crossEntropy && spec.layers.at(-1)!.kind === 'softmax'

const headLayers = (spec: NetworkSpec): readonly Layer[] =>
  isSoftmaxUnderCrossEntropy(spec) ? spec.layers.slice(0, -1) : spec.layers

function inputLetters(input: readonly number[], batch: number | null): string {
  const one = input.length === 3 ? (input[0] === 1 ? 'ij' : 'kij') : input.length === 1 ? 'i' : ''
  return one ? `_{${batch === null ? '' : 's'}${one}}` : ''
}

const targetLetters = (rank: number, batch: number | null): string =>
  rank === (batch === null ? 1 : 2) ? `_{${batch === null ? '' : 's'}n}` : ''

/** Draws what has no numbers yet, each array from its own stream, so that order does not matter. */
function fillMissing(
  values: Record<string, TypedArray>,
  { initials }: Recorded,
  { layers, seed = 1 }: NetworkSpec,
): void {
  const gain = Math.max(1, ...layers.map((layer) => layer.gain ?? 1))
  for (const [name, { shape, initial }] of initials) {
    if (Object.hasOwn(values, name)) continue
    values[name] = draw(name, sizeOf(shape), initial, seed, gain)
  }
}

function draw(
  name: string,
  size: number,
  initial: Initial,
  seed: number,
  gain: number,
): Float32Array {
  if ('fill' in initial) return new Float32Array(size).fill(initial.fill)
  const random = generator(seed).fork(name)
  return Float32Array.from({ length: size }, () => random.normal(0, gain * initial.deviation))
}
