// Steps of learning beside the formulas of a network, drawn or said by equations.
import { describe, expect, it } from 'vitest'
import { declared, kindsOf } from './own/own.fixture.ts'

const { raw } = String

const drawn =
  '```network\nx: input 4\ny: input 3\nW: parameter 3 4\nb: parameter 3\nz = W x + b\nL = 1/2 sum((z - y)^2)\n```\n'
const said = raw`$z = Wx + b$, $L = \frac12 \|z - y\|^2$ `
const slope = raw`$$\frac{\partial L}{\partial b} = z - y$$ `

describe('a step of learning', () => {
  const steps = [
    raw`W \leftarrow W - \eta (z - y) x^T`,
    raw`W_{t+1} = W_t - \frac{\eta}{m} (z - y) x^T`,
    raw`W^{new} = (1 - \eta\lambda) W^{old} - \eta (z - y) x^T`,
    raw`\Delta W = -\eta (z - y) x^T`,
    raw`b := b - \eta (z - y)`,
    raw`W_{ij} \gets W_{ij} - \alpha (z_i - y_i) x_j`,
    raw`W^{(k+1)} = W^{(k)} - \gamma (z - y) x^T`,
    raw`b = b - \eta \frac{\partial L}{\partial b}`,
  ]

  it.each(steps)('claims nothing, and hides no path: %s', (step) => {
    expect(kindsOf(`${said}${slope} $$${step}$$`)).toEqual([
      ...declared(2),
      'proved',
      'declaration',
    ])
    expect(kindsOf(`${drawn}${slope} $$${step}$$`)).toEqual(['proved', 'declaration'])
  })

  it('is judged where somebody expects something of it', () => {
    const kinds = kindsOf(`${drawn}$b = b - z + y$ $b := 2 b - eta b$ <!-- expect: refuted -->\n`)
    expect(kinds).toEqual(['refuted', 'ill-formed'])
  })

  it.each([raw`$x \leftarrow x + z$`, raw`$$y = z - y$$`, raw`$$b = b + z$$`])(
    'is of what is learnt, and said as one: %s',
    (other) => {
      expect(kindsOf(said + slope + other)).not.toContain('proved')
    },
  )
})
