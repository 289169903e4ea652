// Records layers into a graph: names them in the notes' letters, and remembers their parameters.
import type { Graph, Node, Shape } from '@backprove/graph'
import { NetworkError } from './layers/errors.ts'
import type { Initial, Recorder } from './layers/layer.ts'
import type { MaskInput } from './model.ts'

export interface Recorded {
  readonly parameters: Node[]
  readonly statistics: [Node, Node | undefined][]
  readonly masks: MaskInput[]
  /** How each array starts, by name. */
  readonly initials: Map<string, { readonly shape: Shape; readonly initial: Initial }>
}

/** The letters of a value's axes: the superscript's, then the subscript's. */
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
  const taken = new Set<string>()
  let count = 0
  const recorder: Recorder & Recorded & { currentTag: string } = {
    graph,
    batch,
    training,
    parameters: [],
    statistics: [],
    masks: [],
    initials: new Map(),
    currentTag: '0',
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
      recorder.initials.set(node.name!, { shape, initial })
      recorder.parameters.push(node)
      return node
    },
    statistic(base, tag, shape, initial) {
      const node = graph.input(spell(base, tag, '', 'k'), shape)
      recorder.initials.set(node.name!, { shape, initial })
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
    name(node, base, tag) {
      const rank = node.shape.length - (batch === null ? 0 : 1)
      const [upper, lower] = VALUE_LETTERS[rank] ?? ['', '']
      const sample = batch === null || rank >= VALUE_LETTERS.length ? '' : 's'
      const bare = spell(base, tag, '', '')
      // A block may end where its last layer did: the value keeps its first name.
      if (graph.named.has(bare)) return node
      return node.as(spell(base, tag, sample + upper, lower))
    },
  }
  return recorder
}

/** base^{tag upper}_{lower}, as the notes write it. */
function spell(base: string, tag: string, upper: string, lower: string): string {
  const superscript = tag + upper
  return `${base}^{${superscript}}${lower ? `_{${lower}}` : ''}`
}
