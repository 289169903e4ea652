// Claims about sin, cos, erf, π, gelu and ops along an axis: derivatives and
// identities of sums of angles proved, near misses refuted.
import * as g from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { verify } from './verify.ts'

/** C = ½ Σ (y − t)² with y = f(x). */
function costOf(f: (x: g.Node) => g.Node): g.Node {
  const graph = new g.Graph()
  const y = f(graph.input('x_i', [3])).as('y_i')
  return g.squaredError(y, graph.input('t_i', [3]))
}

const kindOf = (f: (x: g.Node) => g.Node, claim: string): string => {
  const verdict = verify(costOf(f), claim)
  return verdict.kind === 'proved' ? `proved ${verdict.scope}` : verdict.kind
}

const half = String.raw`\tfrac12`
const root2 = String.raw`\sqrt{2}`

describe.each<[string, (x: g.Node) => g.Node, readonly string[]]>([
  [
    'sin',
    g.sin,
    [
      '∂C/∂x_i = (y_i - t_i) cos(x_i)',
      String.raw`\frac{\partial C}{\partial x_i} = (\sin x_i - t_i) \cos x_i`,
      "∂C/∂x_i = (y_i - t_i) sin'(x_i)",
    ],
  ],
  ['cos', g.cos, ['∂C/∂x_i = -(y_i - t_i) sin(x_i)', "∂C/∂x_i = (y_i - t_i) cos'(x_i)"]],
  [
    'erf',
    g.erf,
    [
      String.raw`\frac{\partial C}{\partial x_i} = (y_i - t_i) \frac{2}{\sqrt{\pi}} e^{-x_i^2}`,
      '∂C/∂x_i = 2 (y_i - t_i) exp(-x_i^2) / √(π)',
      "∂C/∂x_i = (y_i - t_i) erf'(x_i)",
    ],
  ],
  [
    'gelu',
    g.gelu,
    [
      String.raw`y_i = ${half} x_i (1 + \operatorname{erf}(\frac{x_i}{${root2}}))`,
      `\\frac{\\partial C}{\\partial x_i} = (y_i - t_i) (${half} (1 + \\operatorname{erf}(\\frac{x_i}{${root2}}))` +
        ` + ${half} x_i \\operatorname{erf}'(\\frac{x_i}{${root2}}) \\frac{1}{${root2}})`,
      // The textbook's: Φ(x) + x φ(x).
      String.raw`\frac{\partial C}{\partial x_i} = (y_i - t_i) (${half} (1 + \operatorname{erf}(\frac{x_i}{${root2}})) + \frac{x_i}{\sqrt{2\pi}} e^{-x_i^2/2})`,
    ],
  ],
  // The cost has no name here: σ(x_i), which none of the graph's names is, is not the cost.
  [
    'silu',
    g.silu,
    [
      'y_i = x_i σ(x_i)',
      '∂C/∂x_i = (y_i - t_i) (y_i + σ(x_i) (1 - y_i))',
      "∂C/∂x_i = (y_i - t_i) (σ(x_i) + x_i σ'(x_i))",
      '∂C/∂x_i = (y_i - t_i) σ(x_i) (1 + x_i (1 - σ(x_i)))',
    ],
  ],
  [
    'gelu with tanh',
    (x) => g.gelu(x, { approximate: 'tanh' }),
    [
      String.raw`y_i = ${half} x_i (1 + \tanh(\sqrt{\frac{2}{\pi}} (x_i + 0.044715 x_i^3)))`,
      String.raw`\frac{\partial C}{\partial x_i} = (y_i - t_i) (${half} (1 + \tanh(\sqrt{\frac{2}{\pi}} (x_i + 0.044715 x_i^3))) + ${half} x_i (1 - \tanh^2(\sqrt{\frac{2}{\pi}} (x_i + 0.044715 x_i^3))) \sqrt{\frac{2}{\pi}} (1 + 0.134145 x_i^2))`,
    ],
  ],
])('%s', (_, f, claims) => {
  test.each(claims)('%s', (claim) => {
    expect(kindOf(f, claim)).toBe('proved all-sizes')
  })
})

test.each([
  [g.sin, '∂C/∂x_i = (y_i - t_i) sin(x_i)'],
  [g.sin, '∂C/∂x_i = -(y_i - t_i) cos(x_i)'],
  [g.cos, '∂C/∂x_i = (y_i - t_i) sin(x_i)'],
  [g.erf, '∂C/∂x_i = (y_i - t_i) e^{-x_i^2} / √(π)'],
  // π to sixteen digits is not π.
  [g.erf, '∂C/∂x_i = (y_i - t_i) 2 e^{-x_i^2} / √(3.141592653589793)'],
  [g.gelu, '∂C/∂x_i = (y_i - t_i) (1/2 (1 + erf(x_i/√2)) + x_i e^{-x_i^2/2}/√π)'],
  [g.gelu, '∂C/∂x_i = (y_i - t_i) (1/2 (1 + erf(x_i/√2)) + x_i e^{-x_i^2}/√(2π))'],
  [g.sin, 'π = 22/7'],
  [g.sin, 'sin(x_i)^2 + cos(x_i)^2 = 1.0000000000001'],
  [g.sin, 'sin(2 x_i) = 2 sin(x_i)'],
])('%o: %s is refuted', (f, claim) => {
  expect(kindOf(f, claim)).toBe('refuted')
})

test.each([
  'sin(2 x_i) = 2 sin(x_i) cos(x_i)',
  'cos(x_i - y_i) = cos(x_i) cos(y_i) + sin(x_i) sin(y_i)',
])('%s is proved', (claim) => {
  expect(kindOf(g.sin, claim)).toBe('proved all-sizes')
})

test.each(['sin(-x_i) = -sin(x_i)', 'cos(-x_i) = cos(x_i)', 'sin(π) = 0', 'erf(0) = 0'])(
  '%s is not refuted',
  (claim) => {
    expect(['agrees', 'budget', 'proved all-sizes', 'proved shape']).toContain(kindOf(g.sin, claim))
  },
)

describe('what walks along an axis, and what reads by places', () => {
  const error = (of: (x: g.Node) => g.Node, letters: string) => {
    const graph = new g.Graph()
    const y = of(graph.input('x_{nk}', [3, 4])).as(`y_{${letters}}`)
    return g.squaredError(y, graph.input(`t_{${letters}}`, y.shape))
  }
  const costs = {
    sums: error((x) => g.cumsum(x), 'nk'),
    logs: error((x) => g.logSumExp(x, { axes: 1 }), 'n'),
    table: error((x) => g.gather(x, x.graph.input('p_m', [2])), 'mk'),
    places: error((x) => g.argmax(x), 'n'),
  }
  test.each<[keyof typeof costs, string, string]>([
    ['sums', 'y_{nk} = Σ_{l≤k} x_{nl}', 'proved'],
    ['logs', '∂C/∂x_{nk} = (y_n - t_n) e^{x_{nk}} / Σ_l e^{x_{nl}}', 'proved'],
    ['logs', '∂C/∂x_{nk} = (y_n - t_n) e^{x_{nk}}', 'refuted'],
    ['table', '∂C/∂x_{nk} = Σ_m [n = p_m + 1] (y_{mk} - t_{mk})', 'proved'],
    ['table', '∂C/∂x_{nk} = Σ_m [n = p_m] (y_{mk} - t_{mk})', 'refuted'],
    ['places', '∂C/∂x_{nk} = 0', 'proved'],
  ])('%s: %s is %s', (cost, claim, kind) => {
    expect(verify(costs[cost], claim).kind).toBe(kind)
  })
})
