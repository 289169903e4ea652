// Builds a network from a list of layers, with its random start from a seed.
import {
  displayed,
  Graph,
  readOptions,
  show,
  sizeOf,
  type TypedArray,
  withHints,
  withoutProperties,
} from '@backprove/graph'
import { requireLayers } from './check.ts'
import { checkCostOptions, costNamed, costOverBatch, takesLogits } from './costs.ts'
import { MODEL_HINTS, MODEL_PROPERTIES } from './elsewhere.ts'
import { recordAll } from './layers/blocks.ts'
import { NetworkError } from './layers/errors.ts'
import type { Layer } from './layers/layer.ts'
import type { Model, NetworkSpec } from './model.ts'
import { generator } from './random.ts'
import { recorderOf, type Start, spell, valueLetters } from './recorder.ts'
import { shownModel } from './shown.ts'
import { summarize } from './summary.ts'

const OPTIONS = ['input', 'layers', 'cost', 'costOptions', 'seed'] as const
const training = 'training has it: fit(model, data, { optimizer, epochs, batchSize })'
const SYNONYMS = {
  ...{ loss: 'cost', inputShape: 'input', input_shape: 'input', shape: 'input', inputs: 'input' },
  ...{ optimizer: training, optimiser: training, epochs: training, batchSize: training },
  ...{ metrics: training, rate: training, learningRate: training },
}

/**
 * A network recorded for one sample, with its numbers.
 *
 * Values are named as the notes name them: x is a^I; w^l and b^l, c^l = w^l ∗ a before the bias,
 * z^l before and a^l after the activation, p^l after pooling, l counting the layers that have
 * parameters (or their own tag).
 * @throws NetworkError, ShapeError where a layer does not fit what comes before it
 */
export function network(spec: NetworkSpec): Model {
  const given = readOptions('network', spec, OPTIONS, SYNONYMS)
  if (!Array.isArray(given.input) || !given.input.every((n) => Number.isSafeInteger(n) && n > 0)) {
    throw new NetworkError(
      `network: input is ${show(given.input)}; it must be a shape, such as [1, 28, 28]`,
    )
  }
  requireLayers('network', given.layers)
  if (typeof given.cost !== 'function') {
    const { cost } = given as { cost?: unknown }
    const meant = costNamed(cost)
    const hint = meant === undefined ? '' : `; is ${meant} meant?`
    throw new NetworkError(
      `network: cost is ${cost === undefined ? 'missing' : show(cost)}; it must be squaredError, crossEntropy or a function ` +
        `of (y, t)${hint}`,
    )
  }
  checkCostOptions(spec)
  const { seed = 1 } = given
  if (!Number.isSafeInteger(seed)) {
    throw new NetworkError(`network: seed is ${show(seed)}; it must be a whole number`)
  }
  return networkWith(spec, (starts) => drawAll(starts, seed))
}

/** The same with numbers from elsewhere: `values` gives them for each array that has a start. */
export function networkWith(
  spec: NetworkSpec,
  valuesOf: (starts: readonly Start[]) => Record<string, TypedArray>,
): Model {
  if (spec.layers.length === 0) throw new NetworkError('network: there are no layers')
  const recordings = new Map<string, Model>()
  let values: Record<string, TypedArray> | undefined
  const at: Model['at'] = (batch, { training = false } = {}) => {
    if (batch !== null && (!Number.isSafeInteger(batch) || batch < 1)) {
      throw new NetworkError(
        `at: batch is ${show(batch)}; it must be a whole number from 1, or null`,
      )
    }
    const key = `${batch} ${training}`
    const known = recordings.get(key)
    if (known) return known
    const { starts, ...parts } = record(spec, batch, training)
    values ??= valuesOf(starts)
    const model: Model = { ...parts, values, at, summary: () => summarize(at(null)) }
    recordings.set(key, model)
    withoutProperties(withHints(model, 'model', MODEL_HINTS), 'model', MODEL_PROPERTIES)
    return displayed(model, () => shownModel(model))
  }
  return at(null)
}

function record(spec: NetworkSpec, batch: number | null, training: boolean) {
  const graph = new Graph()
  return graph.recordingHere(() => recordInto(graph, spec, batch, training))
}

function recordInto(graph: Graph, spec: NetworkSpec, batch: number | null, training: boolean) {
  const recorder = recorderOf(graph, batch, training)
  const lead = batch === null ? [] : [batch]
  const x = graph.input(`x${inputLetters(spec.input, batch)}`, [...lead, ...spec.input])
  x.as(spell('a', 'I', ...valueLetters(x, batch)))
  const logits = recordAll(headLayers(spec), x, recorder)
  const last = spec.layers.at(-1)!
  const y = endsInLogits(spec) ? recorder.layer(last, logits) : logits
  const t = graph.input(`t${targetLetters(y.shape.length, batch)}`, y.shape)
  const cost = costOverBatch(spec, logits, t, batch).as('C')
  if (cost.shape.length > 0) {
    throw new NetworkError(`network: the cost has shape [${cost.shape}], not that of one number`)
  }
  const { parameters, statistics, masks, activations, layers, starts } = recorder
  return {
    ...{ spec, graph, x, t, y, cost },
    // Another layer behind them would not be part of what is recorded.
    ...{ parameters: Object.freeze(parameters), layers: Object.freeze(layers) },
    ...{ statistics, masks, activations, starts },
  }
}

/** Such a last layer is still the output. */
const endsInLogits = ({ cost, layers }: NetworkSpec): boolean =>
  takesLogits(cost, layers.at(-1)!.kind)

const headLayers = (spec: NetworkSpec): readonly Layer[] =>
  endsInLogits(spec) ? spec.layers.slice(0, -1) : spec.layers

function inputLetters(input: readonly number[], batch: number | null): string {
  const one = input.length === 3 ? (input[0] === 1 ? 'ij' : 'kij') : input.length === 1 ? 'i' : ''
  return one ? `_{${batch === null ? '' : 's'}${one}}` : ''
}

const targetLetters = (rank: number, batch: number | null): string =>
  rank === (batch === null ? 1 : 2) ? `_{${batch === null ? '' : 's'}n}` : ''

/**
 * Each array from its own stream, so that their order does not matter. The last layer's weights are
 * not widened: outputs begin undecided.
 */
function drawAll(starts: readonly Start[], seed: number): Record<string, TypedArray> {
  const last = starts.at(-1)?.tag
  return Object.fromEntries(
    starts.map((start) => [start.name, draw(start, start.tag === last ? 1 : start.gain, seed)]),
  )
}

function draw({ name, shape, initial }: Start, gain: number, seed: number): Float32Array {
  const size = sizeOf(shape)
  if ('fill' in initial) return new Float32Array(size).fill(initial.fill)
  const random = generator(seed).fork(name)
  return Float32Array.from({ length: size }, () => random.normal(0, gain * initial.deviation))
}
