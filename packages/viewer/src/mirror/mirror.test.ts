// The mirror as numbers: nothing overlaps, every adjoint stands in the row of its array, and nets
// that people know have as few crossings as they had.
import {
  add,
  concat,
  conv2d,
  dense,
  Graph,
  maxPool2d,
  type Node,
  relu,
  sigmoid,
  squaredError,
  sub,
} from '@backprove/graph'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Mirror, mirrorOf, neighbour } from './cells.ts'
import { crossings, overlapping } from './measures.ts'
import { rowsBetween } from './paths.ts'
import { rowsOf } from './rows.ts'
import { allBlocks, blocksOf, itemsOf } from './scopes.ts'

const both = { sides: ['forward', 'derivative'] } as const

function mirror(cost: Node, open: Iterable<string> = []): Mirror {
  const rows = rowsOf(cost)
  return mirrorOf(itemsOf(rows, blocksOf(rows, []), new Set(open)), both)
}

function chain(length: number): Node {
  const graph = new Graph()
  let a = graph.input('x', [2])
  for (let k = 1; k <= length; k++) {
    const w = graph.parameter(`w^{${k}}`, [2, 2])
    a = sigmoid(dense(a, w, graph.parameter(`b^{${k}}`, [2])).as(`z^{${k}}`)).as(`a^{${k}}`)
  }
  return squaredError(a, graph.input('t', [2])).as('C')
}

/** Branches side by side, joined again: what an Inception block is. */
function inception(branches: number): Node {
  const graph = new Graph()
  const x = graph.input('x', [1, 4, 4])
  const parts = Array.from({ length: branches }, (_, k) => {
    const w = graph.parameter(`w^{${k}}`, [1, 1, 3, 3])
    return relu(conv2d(x, w, { padding: 'same' }).as(`z^{${k}}`)).as(`a^{${k}}`)
  })
  const joined = concat(parts).as('h')
  const pooled = maxPool2d(joined, { size: 4 }).as('p')
  return squaredError(pooled, graph.input('t', [branches, 1, 1])).as('C')
}

/** x + f(x), again and again. */
function residual(blocks: number): Node {
  const graph = new Graph()
  let h = graph.input('x', [2])
  for (let k = 1; k <= blocks; k++) {
    const z = dense(h, graph.parameter(`w^{${k}}`, [2, 2])).as(`z^{${k}}`)
    h = add(h, relu(z).as(`a^{${k}}`)).as(`h^{${k}}`)
  }
  return squaredError(h, graph.input('t', [2])).as('C')
}

describe('the mirror', () => {
  it('has a row for each named array, parameters as chips, and the target at the cost', () => {
    const rows = rowsOf(chain(2))
    expect(rows.map(({ node }) => node.name)).toEqual(['x', 'z^1', 'a^1', 'z^2', 'a^2', 'C'])
    expect(rows[1]!.chips.map(({ name }) => name)).toEqual(['w^1', 'b^1'])
    expect(rows[5]!.chips.map(({ name }) => name)).toEqual(['t'])
    expect(rows[5]!.gradients).toEqual([])
    expect(rows[1]!.gradients).toHaveLength(2)
  })

  it.each([
    ['a chain', chain(6), 0],
    ['four branches', inception(4), 0],
    ['residual blocks', residual(5), 0],
  ])('%s: no overlap, adjoints in their rows, %#', (_, cost, most) => {
    const drawn = mirror(cost)
    expect(overlapping(drawn.cells)).toEqual([])
    expect(crossings(drawn)).toBe(most)
    const forward = new Map(
      drawn.cells.filter(({ side }) => side === 'forward').map((cell) => [cell.node, cell]),
    )
    const adjoints = drawn.cells.filter(({ of }) => of)
    expect(adjoints.length).toBeGreaterThan(4)
    for (const cell of adjoints) {
      const own = forward.get(cell.of)!
      expect(cell.y).toBeCloseTo(own.y)
      expect(cell.x + cell.width / 2).toBeCloseTo(drawn.width - own.x - own.width / 2)
    }
  })

  it('a chain stands upright', () => {
    const xs = mirror(chain(6)).cells.filter(
      ({ kind, side }) => kind === 'node' && side === 'forward',
    )
    for (const { x } of xs) expect(x).toBeCloseTo(xs[0]!.x)
  })

  it('no graph overlaps itself', () => {
    const plans = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 25 })
    fc.assert(
      fc.property(plans, (plan) => {
        const graph = new Graph()
        const nodes = [graph.input('x', [2])]
        for (const [k, [a, b]] of plan.entries()) {
          const [left, right] = [nodes[a % nodes.length]!, nodes[b % nodes.length]!]
          nodes.push(sub(add(left, right), graph.parameter(`p${k}`, [2])).as(`n${k}`))
        }
        const cost = squaredError(nodes.at(-1)!, graph.input('t', [2])).as('C')
        expect(overlapping(mirror(cost).cells)).toEqual([])
      }),
      { seed: 5, numRuns: 60 },
    )
  })

  it('opens 2,000 arrays with their blocks closed', () => {
    const cost = residual(700)
    const rows = rowsOf(cost)
    expect(rows.length).toBeGreaterThan(2000)
    const drawn = mirror(cost)
    expect(drawn.cells.length).toBeLessThan(120)
    const blocks = blocksOf(rows, [])
    expect(new Set(allBlocks(blocks).flatMap((block) => block.rows)).size).toBe(rows.length)
    expect(mirror(cost, [blocks[0]!.id]).cells.length).toBeGreaterThan(drawn.cells.length)
  })

  it('a document’s blocks close and open', () => {
    const rows = rowsOf(residual(2))
    const names = ['z^1', 'a^1', 'h^1']
    const blocks = blocksOf(rows, [{ title: 'residual 1', names, inside: [] }])
    const closed = itemsOf(rows, blocks, new Set())
    expect(closed.items.map(({ kind }) => kind)).toEqual([
      'row',
      'block',
      'row',
      'row',
      'row',
      'row',
    ])
    expect(itemsOf(rows, blocks, new Set(['0'])).items).toHaveLength(rows.length)
  })

  it('finds every way to the cost', () => {
    const rows = rowsOf(inception(3))
    const named = (name: string) => rows.find(({ node }) => node.name === name)!
    const between = rowsBetween(rows, named('z^1'), named('C'))
    expect([...between].map(({ node }) => node.name).sort()).toEqual(['C', 'a^1', 'h', 'p', 'z^1'])
    expect(rowsBetween(rows, named('C'), named('z^1')).size).toBe(0)
  })

  it('arrow keys go along the chain and across the row', () => {
    const { cells } = mirror(chain(2))
    const named = (name: string) => cells.find(({ node }) => node?.name === name)!
    expect(neighbour(cells, named('z^1'), 'ArrowDown')).toBe(named('a^1'))
    expect(neighbour(cells, named('z^1'), 'ArrowUp')).toBe(named('x'))
    expect(neighbour(cells, named('z^1'), 'ArrowRight').of).toBe(named('z^1').node)
    expect(['w^1', 'b^1']).toContain(neighbour(cells, named('z^1'), 'ArrowLeft').node!.name)
    expect(neighbour(cells, named('C'), 'ArrowDown')).toBe(named('C'))
  })
})
