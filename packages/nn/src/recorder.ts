// Records layers into a graph: names them in the notes' letters, and remembers what they made.
import { bareName, type Graph, Node, type Shape, show } from '@backprove/graph'
import { NetworkError } from './layers/errors.ts'
import { type Initial, type Recorder, sampleShape } from './layers/layer.ts'
import type { Activation, MaskInput, RecordedLayer } from './model.ts'

/** How an array starts; `gain` widens the start of weights before some activations. */
export interface Start {
  readonly name: string
  /** Of the layer that it belongs to. */
  readonly tag: string
  readonly shape: Shape
  readonly initial: Initial
  gain: number
}

export interface Recorded {
  readonly parameters: Node[]
  readonly statistics: [Node, Node | undefined][]
  readonly masks: MaskInput[]
  readonly activations: Activation[]
  readonly starts: Start[]
  /** What was recorded so far, blocks with their inner layers. */
  layers: RecordedLayer[]
}

/** The letters of a value's axes by its rank: the superscript's, then the subscript's. */
const VALUE_LETTERS: readonly (readonly [upper: string, lower: string])[] = [
  ['', ''],
  ['', 'n'],
  ['', 'ij'],
  ['k', 'ij'],
]

export function recorderOf(
  graph: Graph,
  batch: number | null,
  training: boolean,
): Recorder & Recorded {
  // I is the input layer's tag: a^I is x.
  const taken = new Set(['I'])
  let count = 0
  const begin = (node: Node, tag: string, initial: Initial): void => {
    recorder.starts.push({ name: node.name!, tag, shape: node.shape, initial, gain: 1 })
  }
  const recorder: Recorder & Recorded & { currentTag: string } = {
    ...{ graph, batch, training, currentTag: '0' },
    ...{ parameters: [], statistics: [], masks: [], activations: [], starts: [], layers: [] },
    layer(layer, x) {
      const before = recorder.layers
      const known = recorder.parameters.length
      recorder.layers = []
      const y = layer.record(x, recorder)
      if (!((y as unknown) instanceof Node)) {
        const kind = layer.kind ?? 'of your own'
        throw new NetworkError(`network: the layer ${kind} records ${show(y)}, and no node`)
      }
      const [inside, parameters] = [recorder.layers, recorder.parameters.slice(known)]
      recorder.layers = [
        ...before,
        { layer, from: sampleShape(x, recorder), y, parameters, inside },
      ]
      return y
    },
    tag(own) {
      let tag = own ?? String(++count)
      while (own === undefined && taken.has(tag)) tag = String(++count)
      if (taken.has(tag)) throw new NetworkError(`two layers have the tag "${tag}"`)
      taken.add(tag)
      recorder.currentTag = tag
      return tag
    },
    parameter(base, tag, [upper, lower], shape, initial) {
      const node = graph.parameter(spell(base, tag, upper, lower), shape)
      begin(node, tag, initial)
      recorder.parameters.push(node)
      return node
    },
    statistic(base, tag, shape, initial) {
      const node = graph.input(spell(base, tag, '', 'k'), shape)
      begin(node, tag, initial)
      recorder.statistics.push([node, undefined])
      return node
    },
    update(statistic, next) {
      const entry = recorder.statistics.find(([node]) => node === statistic)
      if (entry) entry[1] = next
    },
    mask(shape, keep) {
      const node = graph.input(`dropout${recorder.masks.length + 1}.mask`, shape)
      recorder.masks.push({ node, keep })
      return node
    },
    activated(kind, z, a, gain) {
      for (const start of recorder.starts) {
        if (start.tag === recorder.currentTag) start.gain = gain
      }
      const named = recorder.name(a, 'a', recorder.currentTag)
      recorder.activations.push({ kind, z, a: named })
      return named
    },
    part(node, name) {
      return graph.named.has(bareName(name)) ? node : node.as(name)
    },
    name(node, base, tag) {
      // A value may leave two layers, as where a block ends with its last layer: it keeps its name.
      if (graph.named.has(bareName(spell(base, tag, '', '')))) return node
      return node.as(spell(base, tag, ...valueLetters(node, batch)))
    },
  }
  return recorder
}

/** The letters of a value's axes, s first for the samples of a batch. */
export function valueLetters({ shape }: Node, batch: number | null): readonly [string, string] {
  const rank = shape.length - (batch === null ? 0 : 1)
  const [upper, lower] = VALUE_LETTERS[rank] ?? ['', '']
  const sample = batch === null || rank >= VALUE_LETTERS.length ? '' : 's'
  return [sample + upper, lower]
}

/** base^{tag upper}_{lower}, as the notes write it. */
export function spell(base: string, tag: string, upper: string, lower: string): string {
  const superscript = tag + upper
  return `${base}^{${superscript}}${lower ? `_{${lower}}` : ''}`
}
