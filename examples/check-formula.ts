// A formula written by hand, checked: proved for all sizes, or refuted with what is wrong.
//
//   npx tsx examples/check-formula.ts
import { dense, Graph, sigmoid, squaredError } from '@backprove/graph'
import { format, verify } from '@backprove/verify'

const g = new Graph()
const x = g.input('a^{l-1}_i', [4])
const w = g.parameter('W^l', [3, 4])
const z = dense(x, w).as('z^l')
const v = g.parameter('W^{l+1}', [2, 3])
const output = dense(sigmoid(z).as('a^l'), v).as('z^{l+1}')
const cost = squaredError(sigmoid(output).as('a^{l+1}'), g.input('t', [2])).as('C')

for (const claim of [
  "δ^l = (W^{l+1})^T δ^{l+1} ⊙ σ'(z^l)",
  "δ^l = W^{l+1} δ^{l+1} ⊙ σ'(z^l)",
  'δ^l = (W^{l+1})^T δ^{l+1} ⊙ σ(z^l)',
]) {
  console.log(claim)
  console.log(format(verify(cost, claim)))
}
