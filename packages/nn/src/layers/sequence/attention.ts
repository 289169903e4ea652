// Self-attention (Vaswani et al., 2017): every place of a sequence asks all places, and takes the
// mean of what they answer, weighted by how well question and key agree.
import {
  add,
  div,
  matmul,
  type Node,
  readOptions,
  reshape,
  softmax,
  sqrt,
  transpose,
} from '@backprove/graph'
import { requireCount, requireFlag, requireTag } from '../../check.ts'
import { ELSEWHERE } from '../elsewhere.ts'
import { NetworkError } from '../errors.ts'
import { type Layer, sampleShape } from '../layer.ts'

/** Options of `attention`. */
export interface AttentionOptions {
  /** How many attentions side by side, each on its share of the features. Default 1. */
  readonly heads?: number
  /** Whether a place sees only itself and those before it. Default false. */
  readonly causal?: boolean
  /** The layer's tag in names; a number in order of layers by default. */
  readonly tag?: string
}

/** e to this is 0 in every precision, and unlike −∞ its product with 0 is 0. */
const UNSEEN = -1e9

/**
 * `attention({ heads: 2 })`: [T,d] → [T,d], T places of d features; or [1,T,d], an image of one
 * channel whose rows are the places. With Q = x W^Q, K = x W^K,
 * V = x W^V, all [T,d] and split along d into heads: softmax(Q K⊤/√(d/heads)) V, the heads side by
 * side again, times W^O. Formulas call them q, k and v, and what softmax makes of them α.
 */
export function attention(options: AttentionOptions = {}): Layer {
  const given = readOptions('attention', options, ['heads', 'causal', 'tag'], {
    ...ELSEWHERE,
    num_heads: 'heads',
    numHeads: 'heads',
    is_causal: 'causal',
    mask: 'causal',
    attn_mask: 'causal',
  })
  const { heads: count = 1, causal = false } = given
  const heads = requireCount('attention', 'heads', count)
  requireFlag('attention', 'causal', given.causal)
  requireTag('attention', given.tag)
  return {
    kind: 'attention',
    options,
    record(x, recorder) {
      const sample = sampleShape(x, recorder)
      const isSequence = sample.length === 2 || (sample.length === 3 && sample[0] === 1)
      if (!isSequence) {
        throw new NetworkError(
          `attention: it takes a sequence [T,d] or [1,T,d], not a sample [${sample}]`,
        )
      }
      const [places, features] = sample.slice(-2) as [number, number]
      if (features % heads !== 0) {
        throw new NetworkError(`attention: ${features} features do not split into ${heads} heads`)
      }
      const tag = recorder.tag(given.tag)
      const deviation = 1 / Math.sqrt(features)
      const weights = (letter: string): Node =>
        recorder.parameter('w', tag + letter, ['', 'ij'], [features, features], { deviation })
      const lead = recorder.batch === null ? [] : [recorder.batch]
      const kept = lead.map((_, axis) => axis)
      const [first, second, third] = [lead.length, lead.length + 1, lead.length + 2]
      const width = features / heads
      const exchanged = [...kept, second, first, third]
      /** [T,d] to [heads,T,width] and back, whatever stands before; one head is left as it is. */
      const split = (v: Node): Node =>
        heads === 1
          ? v
          : transpose(reshape(v, [...lead, places, heads, width]), { axes: exchanged })
      const joined = (v: Node): Node =>
        heads === 1 ? v : reshape(transpose(v, { axes: exchanged }), [...lead, places, features])
      const letters = `${lead.length > 0 ? 's' : ''}${heads > 1 ? 'h' : ''}ij`
      const named = (node: Node, base: string): Node =>
        recorder.part(node, `${base}^{${tag}}_{${letters}}`)
      const sequence = reshape(x, [...lead, places, features])
      const of = (letter: string): Node =>
        named(split(matmul(sequence, weights(letter))), letter.toLowerCase())
      const [q, k, v] = [of('Q'), of('K'), of('V')]
      const last = q.shape.length - 1
      const turned = transpose(k, { axes: [...k.shape.keys()].with(-1, last - 1).with(-2, last) })
      // A decimal in the place of √width would refute the formula that everybody writes.
      const scores = div(matmul(q, turned), sqrt(x.graph.constant(width)))
      const seen = causal ? add(scores, x.graph.constant(maskOf(places))) : scores
      const mixed = joined(matmul(named(softmax(seen), 'α'), v))
      return recorder.name(reshape(matmul(mixed, weights('O')), x.shape), 'z', tag)
    },
    work: (_, from) => ({ parameters: `4·d·d = 4·${from.at(-1)}·${from.at(-1)}`, global: true }),
  }
}

/** 0 where row i may see column j ≤ i. */
const maskOf = (places: number): number[][] =>
  Array.from({ length: places }, (_, i) =>
    Array.from({ length: places }, (_, j) => (j <= i ? 0 : UNSEEN)),
  )
