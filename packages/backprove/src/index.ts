// backprove: the front door. The packages as namespaces; the command line is main.ts.

/** What is computed: nodes, ops, derivatives, and how a graph is read. */
export * as graph from '@backprove/graph'
/** Graphs on other engines, and ONNX models as graphs. */
export * as interop from '@backprove/interop'
/** How fast: a graph compiled to a program. */
export * as kernels from '@backprove/kernels'
/** Networks people build: layers, data, training, checkpoints. */
export * as nn from '@backprove/nn'
/** Whether a formula is right: proofs, counterexamples, repairs, documents. */
export * as verify from '@backprove/verify'
/** Pages on which a network, notes or a derivation are looked at. */
export * as viewer from '@backprove/viewer'
