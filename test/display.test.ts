// What a console and a notebook show of our values: a few lines, LaTeX, a table, no internals.
import { inspect } from 'node:util'
import { conv2d, display, Graph, grad, sigmoid, squaredError } from '@backprove/graph'
import { compile } from '@backprove/kernels'
import { bookCnn } from '@backprove/nn'
import { checkNotes, derivation, verify } from '@backprove/verify'
import { describe, expect, test } from 'vitest'

function convolution() {
  const graph = new Graph()
  const x = graph.input('x_{ij}', [1, 4, 4])
  const w = graph.parameter('w_{uv}', [1, 1, 3, 3])
  const z = conv2d(x, w).as('z_{ij}')
  const C = squaredError(sigmoid(z), graph.input('t', [1, 2, 2])).as('C')
  return { graph, x, w, z, C }
}

describe('in a console', () => {
  test('a node is a line: its labels, shape, op and the line that recorded it', () => {
    const { x, z, w, C } = convolution()
    expect(inspect(x)).toMatch(/^x \[1, 4, 4\], input {2}\S*display\.test\.ts:\d+:\d+$/)
    expect(inspect(z)).toMatch(/^z \[1, 2, 2\] = conv2d\(x, w\) {2}\S*display\.test\.ts:/)
    expect(`${grad(C, w)}`).toMatch(/^∂C\/∂w \[1, 1, 3, 3\] = conv2dFilter\(x, δ\)/)
    expect(inspect([z, { C }]).split('\n').length).toBeLessThan(7)
  })

  test('a graph, model, program, verdict, report and step are few lines without internals', () => {
    const { graph, z } = convolution()
    const model = bookCnn()
    const claim = "δ^O_n = (t_n - a^O_n) a'(z^O_n)"
    const values = {
      'a graph of 5 named arrays': graph,
      'a network of 5 layers': model,
      'a program of': compile({ z }),
      refuted: verify(model, claim),
      'C is not computed': checkNotes('Here $z = w x$ and $a = b$.'),
      '∂C/∂a^O_n': derivation(model, model.parameters[0]!)[0]!,
    }
    for (const [start, value] of Object.entries(values)) {
      const lines = inspect(value)
      expect(lines.split('\n').length, start).toBeLessThan(16)
      expect(lines).not.toMatch(/\[Object\]|\[Function|op: \{|args:|certificate/)
      if (!start.startsWith('C ')) expect(lines.startsWith(start), lines).toBe(true)
    }
    expect(inspect(model.summary())).toContain('69 parameters')
    expect(inspect(compile({ z }).explain())).toMatch(/^\d+ steps on/)
  })

  test('what is shown is no part of the data', () => {
    const { C } = convolution()
    const verdict = verify(C, '∂C/∂x = δ *full rot180(w)')
    expect(structuredClone(verdict)).toEqual(verdict)
    expect(Object.keys(verdict)).toContain('certificate')
  })
})

describe('in a notebook', () => {
  test('a derivative is its formula, and a table', () => {
    const { C, w } = convolution()
    const media = display(grad(C, w))
    expect(media['text/latex']).toBe(
      '$$\\frac{\\partial C}{\\partial w} = x \\ast_{\\mathrm{valid}} \\delta$$',
    )
    expect(media['text/html']).toContain('<th>shape</th><td>[1, 1, 3, 3]</td>')
  })

  test('a verdict is what was read and found', () => {
    const media = display(verify(convolution().C, '∂C/∂x = δ *full rot180(w)'))
    expect(media['text/plain']).toMatch(/^proved for all sizes/)
    expect(media['text/latex']).toContain('w_{w.u-u+1,w.v-v+1}')
    expect(media['text/html']).toContain('<td>proved for all sizes</td>')
  })

  test('a hostile name is text in each of them', () => {
    const graph = new Graph()
    const name = '<img src=x onerror="alert(1)"> $$\\href{javascript:x}'
    const media = display(sigmoid(graph.input(name, [2])))
    const graphs = display(graph)
    for (const html of [media['text/html']!, graphs['text/html']!]) {
      expect(html.replaceAll(/<\/?(?:table|tr|th|td)(?: colspan="2")?>/g, '')).not.toMatch(/[<>"]/)
    }
    expect(media['text/latex']).not.toMatch(/\\href|[<>]/)
    expect(media['text/latex']!.replaceAll('\\$', '').match(/\$\$/g)).toHaveLength(2)
  })

  test('what has no display is refused in a sentence', () => {
    expect(() => display({})).toThrow('display: {} is neither a node, graph, model, program nor')
    expect(() => display(null as never)).toThrow('display: null is neither')
  })
})
