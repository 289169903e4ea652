// One view of a network: every view states the same network; they differ in what is easy.

import type { Node } from '@backprove/graph'

export interface View {
  /** Nodes that are arrays of their own; derivatives still pass through them. */
  readonly atoms: ReadonlySet<Node>
  /** Nodes whose adjoint is an array of its own: what is proved holds for every cotangent there. */
  readonly deltas: ReadonlySet<Node>
  /**
   * `opaque`: σ′ is a function of its own. `expanded`: σ′ = σ(1 − σ), as the op's Jacobian says.
   * `written`: σ(x) is 1/(1 + e^{−x}), as its line says.
   */
  readonly functions: 'opaque' | 'expanded' | 'written'
}
