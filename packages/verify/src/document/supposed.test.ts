// What a document supposes of an array is no claim, and the formula that it leads to is asked under
// it: no other is.
import { expect, it } from 'vitest'
import { checkNotes } from '../notes/check.ts'

const network = `\`\`\`network
x: input 4
W: parameter 3 4
b: parameter 3
z = dense(x, W, b)
a = sigmoid(z)
y: input 3
C = squaredError(a, y)
\`\`\``

it.each([
  ['Assume $b = 0$. Then $$z = W x$$', ['proved']],
  ['Suppose that $y = 0$:\n\n$$∂C/∂a = a$$', ['proved']],
  ['Assuming $x_1 = 0$, $$∂C/∂W_{i1} = 0$$', ['proved']],
  ['If $b = 0$, then $z = W x$.', ['proved']],
  ['So $z = W x$ if $b = 0$.', ['proved']],
  ['Suppose $b = 0$ and $x = 0$. Then $$z = 0$$', ['proved']],
  // False under it too.
  ['Assume $b = 0$. Then $$z = 2 W x$$', ['refuted']],
  ['Suppose $b = 0$ and $y = 0$. Then $$z = 0$$', ['refuted']],
  // Of the formula that it leads to; of one that is near both are told.
  ['Assume $b = 0$. Then $z = W x$. In general $z = W x$.', ['proved', 'ambiguous']],
  ['So $z = W x$ if $b = 0$. $$z = W x$$', ['proved', 'refuted']],
  ['$z = W x$. If $b = 0$, all is well.', ['refuted']],
  // b ≠ 0 is no condition that entries have.
  ['Unless $b = 0$, $z = W x$.', ['ill-formed']],
  // Claims.
  ['Note that $b = 0$.', ['refuted']],
  ['Assume $b = 0$. <!-- expect: refuted -->', ['refuted']],
])('%s', (body, expected) => {
  const { entries } = checkNotes(`${network}\n\n${body}`)
  expect(entries.flatMap(({ verdict }) => verdict?.kind ?? [])).toEqual(expected)
})
