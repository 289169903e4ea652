// backprove: the front door. The packages as namespaces; the command line is main.ts.
export * as graph from '@backprove/graph'
export * as interop from '@backprove/interop'
export * as kernels from '@backprove/kernels'
export * as nn from '@backprove/nn'
export * as verify from '@backprove/verify'
