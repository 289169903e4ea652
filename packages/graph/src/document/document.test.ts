// Documents: what goes out comes back, and nothing malformed gets in.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { activation } from '../activation/activation.ts'
import { DocumentError } from '../errors.ts'
import { evaluate } from '../evaluate.ts'
import { grad } from '../grad.ts'
import { add } from '../ops/arithmetic/add.ts'
import { mul } from '../ops/arithmetic/mul.ts'
import { squaredError } from '../ops/cost/squared-error.ts'
import { sigmoid } from '../ops/entrywise/sigmoid.ts'
import { conv2d } from '../ops/product/conv2d.ts'
import { Graph } from '../record/graph.ts'
import type { Node } from '../record/node.ts'
import { graphFromJSON } from './read.ts'

function sample() {
  const graph = new Graph({ ties: 'split', reluAtZero: 0.5 })
  const x = graph.input('x_{ij}', [1, 4, 4])
  const w = graph.parameter('w^{Fk}_{ij}', [2, 1, 3, 3])
  const t = graph.input('t', [2, 2, 2])
  const z = conv2d(x, w, { padding: 'valid' }).as('z^{Fk}_{ij}')
  const a = activation('swish', 'x / (1 + exp(-x))')(z).as('a^F')
  const C = squaredError(add(a, graph.constant([[[0]], [[-0]]])), t).as('C')
  return { graph, C, w, dw: grad(C, w).as('dw') }
}
const feeds = {
  x: Array.from({ length: 16 }, (_, k) => Math.sin(k)),
  'w^F': Array.from({ length: 18 }, (_, k) => Math.cos(k)),
  t: [1, 0, 1, 0, 0, 1, 0, 1],
}
const copyOf = (graph: Graph): Graph => graphFromJSON(JSON.parse(JSON.stringify(graph)))

describe('a document', () => {
  it('reads back to the same names, policies, values and adjoints', () => {
    const { graph, dw } = sample()
    const copy = copyOf(graph)
    expect([copy.ties, copy.reluAtZero]).toEqual(['split', 0.5])
    expect([...copy.named.keys()].sort()).toEqual([...graph.named.keys()].sort())
    expect(evaluate(copy.node('dw'), feeds)).toEqual(evaluate(dw, feeds))
    expect(copy.namesOf(copy.node('z^F'))[0]?.letters).toEqual(['k', 'i', 'j'])
    expect(copy.adjoints(copy.node('C')).get(copy.node('w^F'))).toBe(copy.node('dw'))
    expect(copy.applicationOf(copy.node('a^F'))?.argument).toBe(copy.node('z^F'))
  })

  it('is the same document again after a round trip', () => {
    const { graph, C, dw } = sample()
    const copy = copyOf(graph)
    const outputs = (g: Graph): Node[] => [g.node('C'), g.node('dw')]
    expect(copy.toJSON(outputs(copy))).toEqual(graph.toJSON([C, dw]))
  })

  it('keeps −0, infinities and NaN', () => {
    const graph = new Graph()
    graph.constant([-0, Infinity, -Infinity, NaN]).as('k')
    expect(evaluate(copyOf(graph).node('k'))).toEqual(Float64Array.of(-0, Infinity, -Infinity, NaN))
  })

  it('keeps literal names literal', () => {
    const a = new Graph().input('w_a', [2], { literal: true })
    const c = add(a, a.graph.input('w_b', [2], { literal: true })).as('c_i')
    const copy = copyOf(c.graph)
    expect([...copy.named.keys()]).toEqual(['w_a', 'w_b', 'c'])
    expect([...evaluate(copy.node('c'), { w_a: [1, 2], w_b: [3, 4] })]).toEqual([4, 6])
  })

  it('survives a chain far deeper than any stack', () => {
    const graph = new Graph()
    let node = graph.input('x', [])
    for (let k = 0; k < 20_000; k++) node = mul(sigmoid(node), 0.5)
    node.as('end')
    expect(copyOf(graph).node('end').id).toBe(node.id)
  })

  it.each([
    ['nodes[3].args', (d: Draft) => d.nodes[3]!.args.splice(0, 1, 3)],
    ['nodes[3].args', (d: Draft) => d.nodes[3]!.args.splice(0, 1, -1)],
    ['nodes[3].op', (d: Draft) => Object.assign(d.nodes[3]!, { op: 'constructor' })],
    ['nodes[3].shape', (d: Draft) => Object.assign(d.nodes[3]!, { shape: [9] })],
    ['nodes[0].params.shape', (d: Draft) => Object.assign(d.nodes[0]!.params, { shape: [1.5] })],
    ['nodes[0].params.evil', (d: Draft) => Object.assign(d.nodes[0]!.params, { evil: 1 })],
    ['names[0]', (d: Draft) => d.names.splice(0, 1, [99, 'x'])],
    ['names[0] "other"', (d: Draft) => (d.names[0] as unknown[]).push('other')],
    ['names[1] repeats', (d: Draft) => d.names.splice(1, 0, d.names[0]!)],
    ['adjoints[0]', (d: Draft) => Object.assign(d, { adjoints: [['length', 'length', 'length']] })],
    ['applications[0]', (d: Draft) => Object.assign(d, { applications: [{ node: '0' }] })],
    ['nodes[3].args', (d: Draft) => Object.assign(d.nodes[3]!, { args: ['length', 'length'] })],
    ['options', (d: Draft) => Object.assign(d, { options: { tie: 'first' } })],
    ['version', (d: Draft) => Object.assign(d, { version: 2 })],
    ['format', (d: Draft) => Object.assign(d, { format: 'onnx' })],
  ])('refuses a bad %s', (path, spoil) => {
    const { graph } = sample()
    const draft = JSON.parse(JSON.stringify(graph)) as Draft
    spoil(draft)
    expect(() => graphFromJSON(draft)).toThrow(DocumentError)
    expect(() => graphFromJSON(draft)).toThrow(path)
  })

  it('answers any JSON with a graph or a typed error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(() => graphFromJSON(value)).toThrow(DocumentError)
      }),
      { numRuns: 200 },
    )
  })

  it('answers any one change of a true document with a graph or a typed error', () => {
    const text = JSON.stringify(sample().graph)
    const at = fc.integer({ min: 0, max: text.length - 1 })
    fc.assert(
      fc.property(at, fc.constantFrom('9', '-', '"', 'x', '[', ''), (k, put) => {
        let changed: unknown
        try {
          changed = JSON.parse(text.slice(0, k) + put + text.slice(k + 1))
        } catch {
          return
        }
        try {
          graphFromJSON(changed)
        } catch (error) {
          expect(error).toBeInstanceOf(DocumentError)
        }
      }),
      { numRuns: 400 },
    )
  })
})

interface Draft {
  nodes: { op: string; args: number[]; params: object; shape: number[] }[]
  names: [number, string][]
  version: number
}
