// A node's own label, and an entry with the numbers it is made of.
import { expect, it } from 'vitest'
import { grad } from '../../grad.ts'
import { squaredError } from '../../ops/cost/squared-error.ts'
import { sigmoid } from '../../ops/entrywise/sigmoid.ts'
import { dense } from '../../ops/product/dense.ts'
import { Graph } from '../../record/graph.ts'
import type { Node } from '../../record/node.ts'
import { formula } from '../formula.ts'
import { label } from './label.ts'

const graph = new Graph()
const x = graph.input('x_i', [2])
const w = graph.parameter('w_{ni}', [1, 2])
const z = dense(x, w).as('z_n')
const cost = squaredError(sigmoid(z), graph.input('t', [1])).as('C')
const gradient = grad(cost, w)

it('is the name, the error, the derivative, or a number', () => {
  expect(label(z)).toEqual({ latex: 'z', text: 'z' })
  expect(label(gradient).text).toBe('∂C/∂w')
  expect(label(grad(cost, z)).text).toBe('δ')
  expect(label(sigmoid(z)).text).toMatch(/^v\^\(\d+\)$|^v\^\{\(\d+\)\}$/)
  expect(() => label('z' as never)).toThrow('is not a node')
})

it('a gate z, which an activation makes, has a derivative and no error', () => {
  const gates = new Graph()
  const gate = sigmoid(gates.input('s', [2])).as('z')
  expect(label(grad(squaredError(gate, gates.input('t', [2])), gate)).text).toBe('∂C/∂z')
})

it('numbers stand in place of entries, negative ones in parentheses', () => {
  const numbers = new Map<Node, number[]>([
    [x, [2, -3]],
    [w, [0.5, 1e-7]],
  ])
  const values = (node: Node) => numbers.get(node)
  const shown = formula(z, { form: 'element', values })
  expect(shown).toBe('z_1 = w_{11} x_1 + w_{12} x_2 = 0.5 · 2 + (1 · 10^{-7}) · (-3)')
  // What has no numbers keeps its letters.
  expect(formula(gradient, { form: 'element', at: [1, 2], values })).toMatch(/ = δ_1 \(-3\)$/)
  expect(formula(z, { form: 'element', values: () => undefined })).not.toMatch(/·/)
})
