// Which node is the adjoint of which: kept beside the graph, so that readers can name and link
// adjoints. Weakly held.
import type { Adjoint, Node } from '../record/node.ts'

export class AdjointLabels {
  /** Cost → forward node → its adjoint. */
  readonly #adjoints = new WeakMap<Node, Map<Node, Node>>()
  /** Adjoint → what it is: the 1 of a long sum is the adjoint of every term. */
  readonly #labels = new WeakMap<Node, Adjoint[]>()
  /** Answers of `of`, each good until the adjoint gets another label or a node a name. */
  readonly #sorted = new WeakMap<Node, { readonly version: number; readonly of: Adjoint[] }>()
  #version = 0

  set(cost: Node, forward: Node, adjoint: Node): void {
    const known = this.#adjoints.get(cost) ?? new Map<Node, Node>()
    if (known.get(forward) === adjoint) return
    this.#adjoints.set(cost, known.set(forward, adjoint))
    const labels = this.#labels.get(adjoint)
    if (labels) labels.push({ cost, forward })
    else this.#labels.set(adjoint, [{ cost, forward }])
    this.#version++
  }

  /** Must be told of new names: they change the order of `of`. */
  renamed(): void {
    this.#version++
  }

  /** Forward node → adjoint; undefined where `grad` was never asked for this cost. */
  by(cost: Node): ReadonlyMap<Node, Node> | undefined {
    return this.#adjoints.get(cost)
  }

  /** What a node is the adjoint of, named forward nodes first. */
  of(node: Node): readonly Adjoint[] {
    const known = this.#sorted.get(node)
    if (known?.version === this.#version) return known.of
    const named = ({ forward }: Adjoint) => Number(forward.name !== undefined)
    const of = (this.#labels.get(node) ?? []).toSorted((a, b) => named(b) - named(a))
    this.#sorted.set(node, { version: this.#version, of })
    return of
  }
}
