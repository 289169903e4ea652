// Functions at one place, a_2 = max(z_2, 0), are entries of the functions of whole arrays.
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import { verify } from '../verify.ts'

const networkOf = (made: string) =>
  buildNetwork(
    readNetwork(`W_{ni}: parameter 3x2
x_i: input 2
z = W x
a = ${made}
C = sum(a)`),
  )

const rows: readonly (readonly [made: string, right: string, wrong: string])[] = [
  ['relu(z)', 'max(z_2, 0)', 'max(z_1, 0)'],
  ['minimum(maximum(z, 0), 6)', 'max(min(z_2, 6), 0)', 'max(min(z_2, 6), 1)'],
  ['z * minimum(relu(z + 3), 6) / 6', 'z_2 min(max(z_2 + 3, 0), 6)/6', 'z_2 max(z_2 + 3, 0)/6'],
  ['erf(z / sqrt(2))', 'erf(z_2/√2)', 'erf(z_2/2)'],
  ['abs(z - 1)', '|1 - z_2|', '|1 + z_2|'],
]

describe.each(rows)('a = %s at one place', (made, right, wrong) => {
  const { cost } = networkOf(made)
  it('is proved, and nothing else', () => {
    expect(verify(cost, `a_2 = ${right}`)).toMatchObject({ kind: 'proved', method: 'index' })
    expect(verify(cost, `a_2 = ${wrong}`)).toMatchObject({ kind: 'refuted' })
  })
})

it('a slope at one place', () => {
  const { cost } = networkOf('minimum(relu(z), 6)')
  const slope = (text: string) => verify(cost, `∂C/∂z_2 = ${text}`).kind
  expect(slope('[z_2 > 0] [max(z_2, 0) ≤ 6]')).toBe('proved')
  expect(slope('[z_2 > 0] [max(z_1, 0) ≤ 6]')).toBe('refuted')
})
