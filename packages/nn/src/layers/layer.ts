// What a layer is: a function that records its ops. It knows nothing of values or of training.
import type { Graph, Node, Shape, WindowParams } from '@backprove/graph'

/** How a parameter starts: numbers of mean 0 and the given deviation, or one fixed number. */
export type Initial = { readonly deviation: number } | { readonly fill: number }

/** What a layer records into. Names are given in the notes' letters: base^{tag …}_{…}. */
export interface Recorder {
  readonly graph: Graph
  /** The number of samples recorded at once; null for a single one, without a batch axis. */
  readonly batch: number | null
  /** Whether dropout drops and batch normalisation looks at the batch. */
  readonly training: boolean
  /** Records a layer, and remembers what it made. */
  layer(layer: Layer, x: Node): Node
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
  /** Names a = f(z); the weights that made z start `gain` times as wide. */
  activated(kind: string, z: Node, a: Node, gain: number): Node
  /** Names a value base^{tag}, with the letters of its axes: [f,i,j], [n], and s for a batch. */
  name(node: Node, base: string, tag: string): Node
  /** Names what a layer computes on its way, so that formulas can speak of it. */
  part(node: Node, name: string): Node
}

/** A layer: how it records its arrays, and what a summary and a checkpoint say of it. */
export interface Layer {
  /** The layer's name, as its function is called. */
  readonly kind: string
  /** What its function was called with, where that is plain data: thus a layer is saved. */
  readonly options?: object
  /** The layers inside a block, branch by branch. */
  readonly branches?: readonly (readonly Layer[])[]
  record(x: Node, recorder: Recorder): Node
  /** What the layer costs and how far it sees, from the node that it recorded for one sample. */
  work?(y: Node, from: Shape): Work
}

/** A window of `kernel` cells along both axes. */
export interface Window extends WindowParams {
  readonly kernel: readonly [height: number, width: number]
}

/** What a layer costs and sees, for the summary. */
export interface Work {
  /** Parameters as the notes count them, with the numbers: `P·D·m·n+P = 3·1·3·3+3`. */
  readonly parameters?: string
  /** Inputs that one output value is connected to by a weight. */
  readonly fanIn?: number
  /** What slides over the maps; absent where every output sees the same place, or all of it. */
  readonly window?: Window
  /** What spreads each input over `factor` outputs along an axis, through a kernel of cells. */
  readonly spread?: {
    readonly factor: readonly [height: number, width: number]
    readonly kernel: readonly [height: number, width: number]
  }
  /** Whether each output sees the whole input. */
  readonly global?: boolean
}

/** The shape of one sample, without the batch axis. */
export const sampleShape = (x: Node, { batch }: Recorder): Shape =>
  batch === null ? x.shape : x.shape.slice(1)
