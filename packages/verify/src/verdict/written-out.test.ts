// What stands for others is written out no further than anybody writes: each of these would have
// more parts than there are atoms, in a line that fits on a page.
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { checkNotes } from '../index.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import { verify } from '../verify.ts'

const { cost, sizes } = buildNetwork(
  readNetwork(`x: input 3
w: parameter 3 3
h_1 = tanh(matmul(w, x))
h_2 = tanh(matmul(w, h_1))
h_3 = tanh(matmul(w, h_2))
C = sum(h_3)`),
)

const letters = [...'abcdfgkmnqrsuv']

/** Each is the last one, five times. */
const chain = (times: string, first: string): string =>
  letters
    .map((letter, k) => `${letter} = ${k === 0 ? first : times.replaceAll('?', letters[k - 1]!)}`)
    .join(', ')

const signs = (sign: string): string => letters.map((each) => `\\${sign}_{${each}=1}^{3}`).join(' ')

const steps = letters.map((each) => `h_{${each}}`).join(' + ')

const verdictOf = (claim: string) => verify(cost, claim, { sizes, diagnose: () => [] })

describe('a line that stands for more than anybody writes is refused', () => {
  it.each([
    ['definitions of definitions', `x_1 = v where ${chain('? + ? + ? + ? + ?', 'x_1 + x_1')}`],
    ['by entries', `x_i = v_i where ${chain('? ? ?', 'x').replaceAll(/\b([a-z])\b/g, '$1_i')}`],
    [
      'numbers below',
      `x_1 = q_9 where q_1 = x_1 x_2, ${[2, 3, 4, 5, 6, 7, 8, 9].map((n) => `q_${n} = q_${n - 1} q_${n - 1} q_${n - 1} q_${n - 1}`).join(', ')}`,
    ],
    ['sums over steps', `${signs('sum')} (${steps}) = x`],
    ['products over steps', `${signs('prod')} (${steps}) = x`],
  ])('%s', (_, claim) => {
    expect(verdictOf(claim)).toMatchObject({
      kind: 'ill-formed',
      reason: expect.stringMatching(/^A formula has at most \d+ parts$/),
    })
  })
})

it('what somebody writes is read', () => {
  expect(verdictOf('x_i + x_i + x_i + x_i = d_i where a_i = x_i + x_i, d_i = a_i + a_i').kind).toBe(
    'proved',
  )
  expect(verdictOf('∑_{s=1}^{3} ∑_{t=1}^{3} h_t = 3 (h_1 + h_2 + h_3)').kind).toBe('proved')
})

describe('a document is not hung', () => {
  it.each([
    [
      'functions of functions',
      `$$g(z) = \\max(z, 2 z)$$ $$a = ${'g('.repeat(60)}W x${')'.repeat(60)}$$ $$C = \\frac{1}{2} \\|a - y\\|^2$$ $$\\frac{\\partial C}{\\partial a} = a - y$$`,
    ],
    [
      'sums in sums',
      `$$h_t = \\tanh(W h_{t-1} + U x_t)$$ $$C = ${'\\sum_{t=1}^T ('.repeat(30)} \\frac{1}{2} \\|h_t - y_t\\|^2 ${')'.repeat(30)}$$ $$\\frac{\\partial C}{\\partial W} = 0$$`,
    ],
  ])('%s', (_, text) => {
    const kinds = checkNotes(text, { deadline: 500 }).entries.map(({ verdict }) => verdict?.kind)
    expect(kinds).not.toContain('proved')
  })
})
