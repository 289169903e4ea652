// Golden formulas of the book's network, compared by eye with the book's own (notes 000 and 003);
// names that are hostile; letters as users declare them.
import { describe, expect, it } from 'vitest'
import { activation } from '../activation/activation.ts'
import { grad } from '../grad.ts'
import { add } from '../ops/arithmetic/add.ts'
import { mul } from '../ops/arithmetic/mul.ts'
import { neg } from '../ops/arithmetic/neg.ts'
import { square } from '../ops/arithmetic/square.ts'
import { relu } from '../ops/entrywise/relu.ts'
import { conv2d } from '../ops/product/conv2d.ts'
import { sum } from '../ops/reduction/sum.ts'
import { Graph } from '../record/graph.ts'
import type { Node } from '../record/node.ts'
import { type Form, formula, latex } from './formula.ts'
import { recordBook } from './testing-book.ts'

const { graph, cost, parameters } = recordBook()
const [byFilter, byBias, byWeight, byOutputBias] = grad(cost, parameters) as [
  Node,
  Node,
  Node,
  Node,
]
const adjoint = (name: string): Node => graph.adjoints(cost).get(graph.node(name))!

const forward: readonly [Node, Form, string][] = [
  [graph.node('z^F'), 'layer', 'z^F = x ∗_valid w^F + b^F'],
  [graph.node('z^F'), 'index', 'z^{Fk}_{ij} = b^{Fk} + Σ_{i′,j′} x_{i+i′-1,j+j′-1} w^{Fk}_{i′j′}'],
  [
    graph.node('z^F'),
    'element',
    'z^{F1}_{11} = b^{F1} + x_{11} w^{F1}_{11} + x_{12} w^{F1}_{12} + ⋯ + x_{33} w^{F1}_{33}',
  ],
  [graph.node('a^F'), 'index', 'a^{Fk}_{ij} = σ(z^{Fk}_{ij}) = 1/(1 + e^{-z^{Fk}_{ij}})'],
  [
    graph.node('a^P'),
    'layer',
    'z^{Pk}_{ij} = a^{Pk}_{ij} = max_{u ≤ 2,v ≤ 2} a^{Fk}_{2i+u-2,2j+v-2}',
  ],
  [
    graph.node('a^P'),
    'index',
    'z^{Pk}_{ij} = a^{Pk}_{ij} = max_{u ≤ 2,v ≤ 2} a^{Fk}_{2i+u-2,2j+v-2}',
  ],
  [
    graph.node('a^P'),
    'element',
    'z^{P1}_{11} = a^{P1}_{11} = max(a^{F1}_{11}, a^{F1}_{12}, a^{F1}_{21}, a^{F1}_{22})',
  ],
  [graph.node('z^O'), 'layer', 'z^O = w^O vec(a^P) + b^O'],
  [graph.node('z^O'), 'index', 'z^O_n = b^O_n + Σ_{k,i,j} w^{On}_{k-ij} a^{Pk}_{ij}'],
  [cost, 'layer', 'C = 1/2 Σ (t - a^O)²'],
  [cost, 'index', 'C = 1/2 Σ_n (t_n - a^O_n)²'],
  [cost, 'element', 'C = 1/2 ((t_1 - a^O_1)² + (t_2 - a^O_2)² + (t_3 - a^O_3)²)'],
]

const gradient: readonly [Node, Form, string][] = [
  [byOutputBias, 'layer', '∂C/∂b^O = δ^O = (a^O - t) ⊙ σ′(z^O)'],
  [byOutputBias, 'index', '∂C/∂b^O_n = δ^O_n = (a^O_n - t_n) σ′(z^O_n)'],
  [byOutputBias, 'element', '∂C/∂b^O_1 = δ^O_1 = (a^O_1 - t_1) σ′(z^O_1)'],
  [byWeight, 'layer', '∂C/∂w^O = δ^O vec(a^P)ᵀ'],
  [byWeight, 'index', '∂C/∂w^{On}_{k-ij} = δ^O_n a^{Pk}_{ij}'],
  [byWeight, 'element', '∂C/∂w^{O1}_{1-11} = δ^O_1 a^{P1}_{11}'],
  [byFilter, 'layer', '∂C/∂w^F = x ∗_valid δ^F'],
  [byFilter, 'index', '∂C/∂w^{Fk}_{ij} = Σ_{i′,j′} δ^{Fk}_{i′j′} x_{i+i′-1,j+j′-1}'],
  [
    byFilter,
    'element',
    '∂C/∂w^{F1}_{11} = δ^{F1}_{11} x_{11} + δ^{F1}_{12} x_{12} + ⋯ + δ^{F1}_{44} x_{44}',
  ],
  [byBias, 'layer', '∂C/∂b^{Fk} = Σ_{i,j} δ^{Fk}_{ij}'],
  [byBias, 'index', '∂C/∂b^{Fk} = Σ_{i,j} δ^{Fk}_{ij}'],
  [byBias, 'element', '∂C/∂b^{F1} = δ^{F1}_{11} + δ^{F1}_{12} + ⋯ + δ^{F1}_{44}'],
  [adjoint('z^F'), 'layer', 'δ^F = up((w^O)ᵀ δ^O) ⊙ 1_max ⊙ σ′(z^F)'],
  [
    adjoint('z^F'),
    'index',
    'δ^{Fk}_{ij} = [a^{Fk}_{ij} = max] (Σ_n δ^O_n w^{On}_{k,⌈i/2⌉,⌈j/2⌉}) σ′(z^{Fk}_{ij})',
  ],
  [
    adjoint('z^F'),
    'element',
    'δ^{F1}_{11} = [(1,1) = argmax_{u ≤ 2,b ≤ 2} a^{F1}_{ub}] ' +
      '(δ^O_1 w^{O1}_{1-11} + δ^O_2 w^{O2}_{1-11} + δ^O_3 w^{O3}_{1-11}) σ′(z^{F1}_{11})',
  ],
]

describe('the book’s network', () => {
  it.each(forward.map((row) => [row[2], ...row] as const))('%s', (_, node, form, expected) => {
    expect(formula(node, { form })).toBe(expected)
  })
})

describe('the book’s gradient', () => {
  it.each(gradient.map((row) => [row[2], ...row] as const))('%s', (_, node, form, expected) => {
    expect(formula(node, { form })).toBe(expected)
  })

  it('as LaTeX', () => {
    expect(latex(byFilter)).toBe(
      '\\frac{\\partial C}{\\partial w^{F}} = x \\ast_{\\mathrm{valid}} \\delta^{F}',
    )
    expect(latex(byFilter, { form: 'index' })).toBe(
      '\\frac{\\partial C}{\\partial w^{Fk}_{ij}} = ' +
        "\\sum_{i',j'} \\delta^{Fk}_{i'j'} \\, x_{i+i'-1,j+j'-1}",
    )
    expect(latex(byFilter, { form: 'element', at: [2, 3, 1] })).toBe(
      '\\frac{\\partial C}{\\partial w^{F2}_{31}} = \\delta^{F2}_{11} \\, x_{31} + ' +
        '\\delta^{F2}_{12} \\, x_{32} + \\cdots + \\delta^{F2}_{44} \\, x_{64}',
    )
    expect(latex(adjoint('z^F'))).toBe(
      '\\delta^{F} = \\operatorname{up}\\left(w^{O\\top} \\, \\delta^{O}\\right) \\odot ' +
        "\\mathbf{1}_{\\max} \\odot \\sigma'\\left(z^{F}\\right)",
    )
  })

  it('an entry may be given by all axes, and must exist', () => {
    const byAll = latex(byFilter, { form: 'element', at: [2, 1, 3, 1] })
    expect(byAll).toBe(latex(byFilter, { form: 'element', at: [2, 3, 1] }))
    expect(() => latex(byFilter, { form: 'element', at: [4, 1, 1] })).toThrow(
      '[3, 1, 3, 3] has no entry at [4,1,1]; it takes 3 indices, counted from 1',
    )
    expect(() => latex(byFilter, { form: 'rows' as Form })).toThrow(
      'form is "rows"; it must be \'layer\'',
    )
  })
})

describe('where formulas stop', () => {
  it('at every adjoint, in a graph without weighted inputs z', () => {
    const g = new Graph()
    const w = g.parameter('w', [2])
    const h = square(w).as('h')
    const c = sum(square(h)).as('L')
    expect(formula(grad(c, w))).toBe('∂L/∂w = ∂L/∂h ⊙ 2 w')
  })

  it('parts without a label are defined below', () => {
    const g = new Graph()
    const x = g.input('x', [2, 2])
    const node = relu(add(x, square(square(x))))
    const defined = '  where v^{(3)}_{ij} = x_{ij} + (x_{ij}²)²'
    expect(formula(node, { form: 'index' })).toBe(
      `v^{(4)}_{ij} = relu(v^{(3)}_{ij}) = [v^{(3)}_{ij} > 0] v^{(3)}_{ij}\n${defined}`,
    )
    // Of an entry too: other entries of it may be read.
    expect(formula(node, { form: 'element' }).split('\n')[1]).toBe(defined)
    // What is short is read in place.
    const short = relu(add(x, square(x)))
    expect(formula(short, { form: 'index' })).toMatch(/ = relu\(x_\{ij\} \+ x_\{ij\}²\) = \[/)
    expect(latex(node, { form: 'index' })).toMatch(/^\\begin\{aligned\} .* \\end\{aligned\}$/)
  })

  it('a user’s own activation keeps its name', () => {
    const g = new Graph()
    const z = g.input('z_i', [2])
    const swish = activation('swish', 'x / (1 + exp(-x))')
    expect(formula(mul(swish(z), 3), { form: 'index' })).toBe('v^{(7)}_i = 3 swish(z_i)')
    expect(formula(swish(z))).toContain('= swish(z)')
  })

  it('outside its box an unnamed image is an array, so that it reads 0 there', () => {
    const g = new Graph()
    const x = g.input('x', [1, 2, 2])
    const w = g.parameter('w', [1, 1, 3, 3])
    const y = conv2d(add(x, 1), w, { padding: 1 }).as('y_{ij}')
    expect(formula(y, { form: 'index' })).toBe(
      'y_{ij} = Σ_{u,p} v^{(3)}_{i+u-2,j+p-2} w_{11up}\n  where v^{(3)}_{ij} = x_{1ij} + 1',
    )
  })

  it('long chains are set apart, not overflown', () => {
    const g = new Graph()
    let node: Node = g.input('x', [2])
    for (let k = 0; k < 100_000; k++) node = g.record(neg(g.node('x')).op, [node], {})
    for (const form of ['layer', 'index', 'element'] as const) {
      expect(formula(node, { form }).length).toBeLessThan(5000)
    }
  })
})

const HOSTILE = ['<script>alert(1)</script>', '\\input{/etc/passwd}', '}{', '__proto__', '$&#%~^"`']

describe('hostile names', () => {
  it.each(HOSTILE)('%s', (name) => {
    const g = new Graph()
    const x = g.input(name, [2])
    const tagged = square(x).as(`z^{${name.replaceAll(/[{}]/g, '')}}`)
    const c = sum(square(tagged)).as('C')
    const derivative = grad(c, x)
    for (const form of ['layer', 'index', 'element'] as const) {
      const text = latex(derivative, { form }) + latex(tagged, { form })
      expect(text).not.toMatch(/<|>|&|"|`|\}\{\}|[^\\]%|[^\\]#|[^\\]\$|\\input/)
      expect(balanced(text)).toBe(true)
    }
  })

  it('a sign that turns the writing round does not reach the terminal', () => {
    const g = new Graph()
    expect(formula(neg(g.input('\u202ered', [1])))).not.toContain('\u202e')
  })

  it('ones that a sum sends back are not said beside an array of their shape', () => {
    const g = new Graph()
    const x = g.input('x', [3])
    expect(formula(grad(sum(square(x)).as('C'), x))).toBe('∂C/∂x = 2 x')
    expect(formula(grad(sum(mul(x, x)).as('D'), x))).toBe('∂D/∂x = x + x')
  })

  it('the dots of two sums are two: each stands where its terms are left out', () => {
    const g = new Graph()
    const [a, b, c] = [g.input('a_i', [8]), g.input('b_j', [9]), g.input('c_k', [7])] as const
    const y = add(add(sum(a), sum(b)), neg(sum(c))).as('y')
    expect(formula(y, { form: 'element' })).toBe(
      'y = a_1 + a_2 + ⋯ + a_8 + b_1 + b_2 + ⋯ + b_9 - (c_1 + c_2 + ⋯ + c_7)',
    )
  })

  it('a literal name stands in typewriter letters', () => {
    const g = new Graph()
    const w = g.parameter('layer_1.weight', [2])
    expect(latex(neg(w))).toBe('v^{(1)} = -\\mathtt{layer\\_1.weight}')
  })
})

/** Groups close in order, escaped braces apart. */
function balanced(text: string): boolean {
  let depth = 0
  for (const [token] of text.matchAll(/\\.|[{}]/gs)) {
    depth += token === '{' ? 1 : token === '}' ? -1 : 0
    if (depth < 0) return false
  }
  return depth === 0
}
