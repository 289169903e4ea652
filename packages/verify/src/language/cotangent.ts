// Whether an expression runs backwards through the network, as δ and δ ⊙ σ' do: with it a star sums
// over the filters, as with values it sums over the channels.

import type { Resolved } from './resolved.ts'
import { childNodes } from './walk.ts'

const carriers: ReadonlySet<Resolved['kind']> = new Set([
  'entry',
  'hadamard',
  'product',
  'addition',
  'negation',
  'quotient',
  'transposed',
  'call',
])

export const isCotangent = (node: Resolved): boolean =>
  node.kind === 'derivative' ||
  (carriers.has(node.kind) && childNodes<Resolved>(node).some(isCotangent))
