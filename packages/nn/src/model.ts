// A recorded network with its numbers: what `network` returns and everything else takes.
import type { Graph, Node, Shape, TypedArray } from '@backprove/graph'
import type { Layer } from './layers/layer.ts'
import type { Summary } from './summary-table.ts'

/** A cost of the output y and the target t, both without their batch axis or both with it. */
export type Cost = (y: Node, t: Node) => Node

/** What `network` takes: the shape of one sample, the layers, the cost, the seed. */
export interface NetworkSpec {
  /** The shape of one sample: [C,H,W], or [n]. */
  readonly input: readonly number[]
  readonly layers: readonly Layer[]
  /**
   * `squaredError`, `crossEntropy` (under a last layer `softmax`), `meanSquaredError`,
   * `meanAbsoluteError`, `huber`, `binaryCrossEntropy` (under `sigmoid`, or of logits); or any
   * function of output and target that makes a number, of a batch the sum over its samples.
   */
  readonly cost: Cost
  /**
   * Options of such a cost by name: `{ delta }` of huber, `{ labelSmoothing, weights }` of
   * crossEntropy, `{ positiveWeight }` of binaryCrossEntropy.
   */
  readonly costOptions?: Readonly<Record<string, unknown>>
  /** Seed of the random start. Default 1. */
  readonly seed?: number
}

export interface RecordingOptions {
  /** Whether dropout drops and batch normalisation looks at the batch. Default false. */
  readonly training?: boolean
}

/** An input that training feeds with a fresh mask at every step. */
export interface MaskInput {
  readonly node: Node
  readonly keep: number
}

/** The value of an activation layer, a = f(z): where gradients vanish or units die. */
export interface Activation {
  readonly kind: string
  readonly z: Node
  readonly a: Node
}

/** What a layer made of a sample. */
export interface RecordedLayer {
  readonly layer: Layer
  /** The shape of one sample before it. */
  readonly from: Shape
  readonly y: Node
  readonly parameters: readonly Node[]
  /** The layers of a block, branch after branch. */
  readonly inside: readonly RecordedLayer[]
}

/** A recorded network with its numbers: what `network` returns, and everything else takes. */
export interface Model {
  readonly spec: NetworkSpec
  readonly graph: Graph
  /** The samples, the targets, the output and the cost of this recording. */
  readonly x: Node
  readonly t: Node
  readonly y: Node
  readonly cost: Node
  /** What gradient descent trains, in the order in which it was recorded. */
  readonly parameters: readonly Node[]
  /** Arrays that training updates without a gradient: [leaf, its next value]. */
  readonly statistics: readonly (readonly [Node, Node | undefined])[]
  readonly masks: readonly MaskInput[]
  readonly layers: readonly RecordedLayer[]
  readonly activations: readonly Activation[]
  /** The numbers of parameters and statistics, by name; shared by all recordings of a network. */
  readonly values: Record<string, TypedArray>
  /** The same network and values recorded for a batch of that size; null for one sample. */
  at(batch: number | null, options?: RecordingOptions): Model
  summary(): Summary
}
