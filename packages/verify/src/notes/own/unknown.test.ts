// Functions that nobody defines: what is true, or false, whatever they are.
import { describe, expect, it } from 'vitest'
import { checkNotes } from '../check.ts'
import { declared, kindsOf } from './own.fixture.ts'

const { raw } = String
const layer = raw`$z = Wx + b$, $a = f(z)$, $C = \frac12\|a - y\|^2$.`

describe('a function that nobody defines', () => {
  it.each([
    [
      'a layer',
      raw`${layer} $$\frac{\partial C}{\partial W} = ((a - y) \odot f'(z)) x^T, \quad
\frac{\partial C}{\partial z} = (a + y) \odot f'(z)$$`,
      [...declared(3), 'proved', 'refuted'],
    ],
    [
      'layers',
      raw`$z^l = W^l a^{l-1} + b^l$, $a^l = \varphi(z^l)$, $C = \frac12 \|a^L - y\|^2$.
$$\frac{\partial C}{\partial z^L} = (a^L - y) \odot \varphi'(z^L)$$
$$\frac{\partial C}{\partial z^l} = (W^{l+1} \frac{\partial C}{\partial z^{l+1}}) \odot
\varphi'(z^l)$$`,
      [...declared(3), 'proved', 'refuted'],
    ],
    [
      'layers whose weights are numbered otherwise',
      raw`$z^{(l+1)} = W^{(l)} a^{(l)} + b^{(l)}$, $a^{(l+1)} = f(z^{(l+1)})$,
$C = \|a^{(L)} - y\|^2$
$$\frac{\partial C}{\partial b^{(l)}} = \frac{\partial C}{\partial z^{(l+1)}}, \quad
\frac{\partial C}{\partial b^{(l)}} = \frac{\partial C}{\partial z^{(l)}}$$`,
      [...declared(3), 'proved', 'refuted'],
    ],
    [
      'true of the sigmoid alone, of no other, and of the identity',
      raw`${layer} $$\frac{\partial C}{\partial z} = (a - y) \odot a \odot (1 - a)$$
$$\frac{\partial C}{\partial z} = a - y$$`,
      [...declared(3), 'ill-formed', 'ill-formed'],
    ],
    [
      'a softmax, perhaps',
      raw`$z = Wx$, $p = g(z)$, $L = -\sum_k t_k \log p_k$, $\sum_k t_k = 1$.
$$\frac{\partial L}{\partial z} = p - t$$`,
      [...declared(3), 'ill-formed', 'ill-formed'],
    ],
  ])('%s', (_, document, kinds) => {
    expect(kindsOf(document)).toEqual(kinds)
  })

  it('is said to be any, and what depends on it to depend on it', () => {
    const { network, entries } = checkNotes(raw`${layer}
$$\frac{\partial C}{\partial z} = a - y$$`)
    expect(network).toContain('# tanh is any f\n')
    expect(entries.at(-1)?.verdict).toMatchObject({
      reason: 'It depends on what f is, which no formula says',
    })
  })

  it.each([
    [
      'two of them',
      raw`$h = f(Vx)$, $o = Uh$, $y = g(o)$, $E = \frac12\|y - t\|^2$.
$$\frac{\partial E}{\partial o} = (y - t) \odot f'(o)$$`,
    ],
    [
      'one beside another function',
      raw`$h = \tanh(Vx)$, $o = Uh$, $y = g(o)$, $E = \frac12\|y -
t\|^2$. $$\frac{\partial E}{\partial o} = (y - t) \odot g'(o)$$`,
    ],
    ['a hypothesis', raw`$J = \frac12 (h(x) - y)^2$ $$\frac{\partial J}{\partial h} = h(x) - y$$`],
  ])('%s: nothing is said', (_, document) => {
    expect(kindsOf(document).at(-1)).toBe('ill-formed')
  })
})
