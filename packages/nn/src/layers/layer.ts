// What a layer is: a function that records its ops. It knows nothing of values or of training.
import type { Graph, Node, Shape } from '@backprove/graph'

/** How a parameter starts: numbers of mean 0 and the given deviation, or one fixed number. */
export type Initial = { readonly deviation: number } | { readonly fill: number }

/** What a layer records into. Names are given in the notes' letters: base^{tag …}_{…}. */
export interface Recorder {
  readonly graph: Graph
  /** The number of samples recorded at once; null for a single one, without a batch axis. */
  readonly batch: number | null
  /** Whether dropout drops and batch normalisation looks at the batch. */
  readonly training: boolean
  /** A new tag for a layer with parameters: its own, or the next number. */
  tag(own?: string): string
  /** The tag of the latest layer that has one; an activation belongs to it. */
  readonly currentTag: string
  /** A trained array. `letters`: those after the tag, then those of the subscript. */
  parameter(
    base: string,
    tag: string,
    letters: readonly [upper: string, lower: string],
    shape: Shape,
    initial: Initial,
  ): Node
  /** An array that training updates without a gradient, such as a running mean. */
  statistic(base: string, tag: string, shape: Shape, initial: Initial): Node
  /** The value of a statistic after this step. */
  update(statistic: Node, next: Node): void
  /** A mask fed anew for each step: entry 1/keep with probability keep, else 0. */
  mask(shape: Shape, keep: number): Node
  /** Names a value base^{tag}, with the letters of its axes: [f,i,j], [n], and s for a batch. */
  name(node: Node, base: string, tag: string): Node
}

export interface Layer {
  /** The layer's name, as its function is called. */
  readonly kind: string
  record(x: Node, recorder: Recorder): Node
  /** How wide its parameters should start when this activation follows: relu wants √2 more. */
  readonly gain?: number
}

/** The shape of one sample, without the batch axis. */
export const sampleShape = (x: Node, { batch }: Recorder): Shape =>
  batch === null ? x.shape : x.shape.slice(1)
