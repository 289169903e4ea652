// What a claim may speak of: scopes, activations and windows of hand-made networks.
import {
  activation,
  conv2d,
  Graph,
  maxPool2d,
  relu,
  sigmoid,
  squaredError,
  sum,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { book } from '../concrete/sample/networks.fixture.ts'
import { activationOf } from './activation.ts'
import { leavesOf, networkOf, scopeOf } from './network.ts'
import { poolingOf, windowsOf } from './pooling.ts'

describe('the scope of a cost', () => {
  it('has the axes of letters only, and every name of a node', () => {
    const scope = scopeOf(book())
    const shapes = Object.fromEntries(scope.names.map(({ name, shape }) => [name, shape.join()]))
    expect(shapes).toEqual({
      x: '6,6',
      'w^F': '3,3,3',
      'b^F': '3',
      'z^F': '3,4,4',
      'a^F': '3,4,4',
      'z^P': '3,2,2',
      'a^P': '3,2,2',
      'w^O': '3,3,2,2',
      'b^O': '3',
      'z^O': '3',
      'a^O': '3',
      t: '3',
      C: '',
    })
    expect(scope.costName).toBe('C')
    expect(scope.names.find(({ name }) => name === 'w^F')).toMatchObject({
      base: 'w',
      tag: 'F',
      letters: ['k', 'i', 'j'],
      rank: 3,
      role: 'leaf',
    })
  })

  it('is of a copy: the user’s graph stays as it was', () => {
    const cost = book()
    const before = [...cost.graph.named.keys()]
    const network = networkOf(cost)
    expect(network.graph).not.toBe(cost.graph)
    expect([...network.graph.named.keys()].sort()).toEqual([...before].sort())
    expect(leavesOf(network).map(({ name }) => name)).toEqual([
      'x',
      'w^F',
      'b^F',
      'w^O',
      'b^O',
      't',
    ])
  })
})

describe('the activation of a layer', () => {
  const g = new Graph()
  const z = g.input('z', [3])
  const u = g.input('u', [3])
  const swish = activation('swish', 'x / (1 + exp(-x))')
  const cost = sum(sigmoid(swish(relu(z).as('a')).as('s'))).as('C')
  squaredError(u, u)
  const network = networkOf(cost)
  const of = (name: string) => activationOf(network, network.nodes.get(name))?.name

  it('is what follows the array, a user’s own included', () => {
    expect([of('z'), of('a'), of('s'), of('u')]).toEqual(['relu', 'swish', 'sigmoid', undefined])
  })
})

describe('the window of an entry', () => {
  it('is found through increasing functions', () => {
    const { nodes, ...network } = networkOf(book())
    const pooling = poolingOf({ nodes, ...network }, nodes.get('z^F')!)!
    expect(pooling.op.name).toBe('maxPool2d')
    expect(windowsOf(pooling)[1]).toEqual([
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
    ])
  })

  it('leaves padding out', () => {
    const g = new Graph()
    const x = conv2d(g.input('x', [1, 3, 3]), g.parameter('w', [1, 1, 1, 1]))
    const pooled = maxPool2d(x, { size: 2, padding: 1 })
    expect(windowsOf(pooled)[0]).toEqual([[0, 0]])
  })
})
