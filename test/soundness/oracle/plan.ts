// A network as a plan: what can be recorded at any lengths, with names of any kind.
import {
  Graph,
  type Node,
  relu,
  sigmoid,
  squaredError,
  tanh,
} from '../../../packages/graph/src/index.ts'
import type { Random } from './random.ts'

/** Lengths by letter. */
export type Lengths = Readonly<Record<string, number>>

export interface Recorded {
  readonly graph: Graph
  readonly cost: Node
  /** By the names in claims. */
  readonly nodes: ReadonlyMap<string, Node>
  /** How many axes of each are seen in claims. */
  readonly ranks: ReadonlyMap<string, number>
}

export interface Plan {
  readonly kind: string
  /** Lengths as recorded; the others are tried too. */
  readonly lengths: Lengths
  readonly record: (lengths: Lengths) => Recorded
  /** Points are whole numbers where nothing has a kink. */
  readonly isSmooth: boolean
  readonly parameters: Readonly<Record<string, number>>
  readonly activation: string
  readonly names: Readonly<Record<string, string>>
}

type Declare = (kind: 'input' | 'parameter', name: string, letters: string, shape: number[]) => Node
export interface Scribe {
  readonly declare: Declare
  readonly name: (node: Node, name: string, letters: string) => Node
}

export const recorder =
  (names: Readonly<Record<string, string>>, body: (scribe: Scribe, lengths: Lengths) => Node) =>
  (lengths: Lengths): Recorded => {
    const graph = new Graph()
    const nodes = new Map<string, Node>()
    const ranks = new Map<string, number>()
    // A word is a name as it stands, and its axes are all seen.
    const lettered = (given: string, letters: string, rank: number) => {
      const own = names[given] ?? given
      const isWord = /^\w\w+$/.test(own)
      if (isWord && rank === letters.length) return own
      return letters === '' ? given : `${isWord ? given : own}_{${letters}}`
    }
    const enter = (node: Node, name: string, letters: string): Node => {
      nodes.set(name, node)
      ranks.set(name, letters.length)
      return node
    }
    const cost = body(
      {
        declare: (kind, name, letters, shape) =>
          enter(graph[kind](lettered(name, letters, shape.length), shape), name, letters),
        name: (node, name, letters) =>
          enter(node.as(lettered(name, letters, node.shape.length)), name, letters),
      },
      lengths,
    ).as('C')
    return { graph, cost, nodes, ranks }
  }

const activations: Readonly<Record<string, (x: Node) => Node>> = {
  sigmoid,
  tanh,
  relu,
  none: (x) => x,
}

export type Build = (random: Random) => {
  readonly lengths: Lengths
  readonly parameters: Readonly<Record<string, number>>
  readonly activation?: string
  readonly hasKinks?: boolean
  readonly body: (scribe: Scribe, lengths: Lengths) => Node
}

export const small = (random: Random): number => random.pick([1, 2, 2, 3, 3, 4])

export const withCost = (y: Node, { declare }: Scribe, letters: string): Node =>
  squaredError(y, declare('input', 't', letters, [...y.shape]))

/** z = activation layer named a, unless there is none. */
export const activated = (z: Node, activation: string, letters: string, scribe: Scribe): Node =>
  activation === 'none' ? z : scribe.name(activations[activation]!(z), 'a', letters)
