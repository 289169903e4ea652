// Functions that a document defines.
import { describe, expect, it } from 'vitest'
import { kindsOf } from './own.fixture.ts'

const { raw } = String
const layers = (
  activation: string,
) => raw`$z = W x + b$, $a = g(z)$, $o = V a$, $y = ${activation}$,
$L = \frac12 \|y - t\|^2$ where $g(z) = \frac{1}{1 + e^{-z}}$.`

describe('functions that a document defines', () => {
  it.each([
    ['g(o)', raw`\frac{\partial L}{\partial o} = (y - t) \odot g'(o)`, 'proved'],
    ['g(o)', raw`\frac{\partial L}{\partial o} = (y - t) \odot y \odot (1 - y)`, 'proved'],
    ['g(o)', raw`\frac{\partial L}{\partial o} = (y - t) \odot (1 - y)`, 'refuted'],
    // g′ could be read as that of tanh.
    [raw`\tanh(o)`, raw`\frac{\partial L}{\partial o} = (y - t) \odot g'(o)`, 'ill-formed'],
    [raw`\tanh(o)`, raw`\frac{\partial L}{\partial o} = (y - t) \odot (1 - y^2)`, 'proved'],
  ])('%s: %s is %s', (activation, claim, kind) => {
    expect(kindsOf(`${layers(activation)} $$${claim}$$`).at(-1)).toBe(kind)
  })

  it.each([raw`\frac{\beta}{1 + e^{-z}}`, raw`\max(0, W z)`, raw`z^2 + x`])(
    'are nothing that is known where they are %s',
    (value) => {
      const document = raw`$z = W x$, $a = g(z)$, $u = g(a)$, $g(z) = ${value}$,
$L = \frac12 \|u - t\|^2$ $$\frac{\partial L}{\partial u} = u - t$$
$$\frac{\partial L}{\partial a} = (u - t) \odot g'(a)$$`
      for (const kind of kindsOf(document).slice(-2)) expect(kind).toBe('ill-formed')
    },
  )

  it('are said, and not claimed of what is beside them', () => {
    expect(kindsOf(`${layers(raw`\tanh(o)`)} $\\nabla_y L = y - t$`)).not.toContain('refuted')
  })

  it('are unknown where they are said twice', () => {
    const document = raw`$g(u) = 1/(1 + e^{-u})$, $z = W x$, $a = g(z)$, $u = g(a)$,
$g(u) = \tanh(u)$, $L = \frac12\|u - t\|^2$.
$$\frac{\partial L}{\partial a} = (u - t) \odot (1 - u^2)$$`
    expect(kindsOf(document).at(-1)).toBe('ill-formed')
  })

  it('are not what a loss is called before it is said', () => {
    const document = raw`$p = \mathrm{softmax}(W x)$, $J = CE(y, p) = -\sum_i y_i \log p_i$,
$\sum_i y_i = 1$ $$\frac{\partial J}{\partial p_i} = -y_i / p_i$$
$$\frac{\partial J}{\partial p_i} = y_i / p_i$$`
    expect(kindsOf(document).slice(-2)).toEqual(['proved', 'refuted'])
  })
})
