// A cost that no equation says: its first derivatives are related, and no more is known of it.
import { describe, expect, it } from 'vitest'
import { kindsOf } from './own.fixture.ts'

const { raw } = String
const layers = raw`$h = \tanh(W x)$ and $y = V h$.
$$\frac{\partial L}{\partial h} = V^T \frac{\partial L}{\partial y}$$`

describe('of a cost that could be any', () => {
  it.each([
    raw`\frac{\partial^2 L}{\partial y_i \partial y_j} = 0`,
    raw`\nabla_y^2 L = 0`,
    raw`L = \frac{\partial L}{\partial y} y`,
    raw`J = 0`,
    raw`\frac{\partial}{\partial y} \frac{\partial L}{\partial y} = 0`,
    raw`\nabla_h \|\nabla_h L\|^2 = 0`,
    raw`\frac{\partial g}{\partial y} = 0 \text{ where } g = \nabla_y L`,
  ])('%s is neither true nor false', (claim) => {
    expect(kindsOf(`${layers} $$${claim}$$`).at(-1)).toBe('ill-formed')
  })

  it.each([
    [raw`\frac{\partial L}{\partial y} = 0`, 'refuted'],
    [raw`\frac{\partial y}{\partial h} = V`, 'proved'],
    [raw`dh = V^T dy`, 'proved'],
    [raw`\delta_h = V^T \delta_y`, 'proved'],
    [raw`\frac{\partial y_i}{\partial h_j} = V_{ji}`, 'refuted'],
  ])('%s is', (claim, kind) => {
    expect(kindsOf(`${layers} $$${claim}$$`).at(-1)).toBe(kind)
  })

  it('is none of a cost that is said and not read', () => {
    const document = raw`$z = W x$, $o = \mathrm{foo}(z)$, $L = l(o, y)$, $s = \|W\|^2$,
$J = L + s$. $$\frac{\partial J}{\partial s} = 1$$ $$\frac{\partial s}{\partial W} = 2 W$$`
    expect(kindsOf(document).slice(-2)).toEqual(['ill-formed', 'proved'])
  })
})

describe('an error that is defined', () => {
  it.each([
    ['V^T', 'proved'],
    // What tanh is given has no name: nobody knows which of the two errors is meant.
    ['2 V^T', 'ill-formed'],
  ])('is not that of an array below another: %s', (factor, kind) => {
    const document = raw`$h = \tanh(W x)$, $y = V h$, $L = \frac12 \|y - t\|^2$.
$$\delta = y - t$$ $$\delta_h = ${factor} \delta$$`
    expect(kindsOf(document).at(-1)).toBe(kind)
  })
})
