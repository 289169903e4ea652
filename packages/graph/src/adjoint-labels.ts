// Which node is the adjoint of which: kept beside the graph, so that readers can name and link
// adjoints. Weakly held.
import type { Node } from './node.ts'

/** What a node is: ∂cost/∂forward. */
export interface Adjoint {
  readonly cost: Node
  readonly forward: Node
}

export class AdjointLabels {
  /** Cost → forward node → its adjoint. */
  readonly #adjoints = new WeakMap<Node, Map<Node, Node>>()
  /** Adjoint → cost → forward nodes: the 1 of a long sum is the adjoint of every term. */
  readonly #forwards = new WeakMap<Node, Map<Node, Set<Node>>>()
  /** Answers of `of`, each good until the adjoint gets another label or a node a name. */
  readonly #sorted = new WeakMap<Node, { readonly version: number; readonly of: Adjoint[] }>()
  #version = 0

  set(cost: Node, forward: Node, adjoint: Node): void {
    const known = this.#adjoints.get(cost) ?? new Map<Node, Node>()
    this.#adjoints.set(cost, known.set(forward, adjoint))
    const costs = this.#forwards.get(adjoint) ?? new Map<Node, Set<Node>>()
    this.#forwards.set(adjoint, costs.set(cost, (costs.get(cost) ?? new Set()).add(forward)))
    this.#version++
  }

  /** Must be told of new names: they change the order of `of`. */
  renamed(): void {
    this.#version++
  }

  /** Forward node → adjoint. */
  by(cost: Node): Map<Node, Node> {
    return new Map(this.#adjoints.get(cost))
  }

  /** What a node is the adjoint of, named forward nodes first. */
  of(node: Node): readonly Adjoint[] {
    const known = this.#sorted.get(node)
    if (known?.version === this.#version) return known.of
    const named = ({ forward }: Adjoint) => Number(forward.name !== undefined)
    const of = [...(this.#forwards.get(node) ?? [])]
      .flatMap(([cost, forwards]) => [...forwards].map((forward) => ({ cost, forward })))
      .sort((a, b) => named(b) - named(a))
    this.#sorted.set(node, { version: this.#version, of })
    return of
  }
}
