// What is told to who wrote a line of a program that is not so.
import { expect, test } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from '../../notes/build-network.ts'
import { verify } from '../../notes/verify-with-repairs.ts'

test('the axis that was meant', () => {
  const { cost, sizes } = buildNetwork(
    readNetwork('x: input 5 4\nb: parameter 4\nz = x + b\nL = sum(square(z))'),
  )
  const wrong = verify(cost, 'db = dz.sum(axis=1)', { sizes })
  const [first] = wrong.kind === 'refuted' ? wrong.diagnoses : []
  expect(first).toMatchObject({ name: 'wrong axis', formula: 'db = np.sum(dz, axis=0)' })
})
