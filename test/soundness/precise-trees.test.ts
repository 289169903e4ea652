// The oracle's own oracle: recipes to 600 decimals against the interpreter's float64, and the two
// differences that float64 rounds away.
import { describe, expect, test } from 'vitest'
import { evaluate, Graph } from '../../packages/graph/src/index.ts'
import { constant, recorded, type Tree, t, tree } from './oracle/draw/graph-trees.ts'
import { differ, ofNumber, preciseOf, preciseTree } from './oracle/precise-trees.ts'
import { seededRandom } from './oracle/random.ts'

const names = ['x', 'y', 'w'] as const

const bothOf = (seed: number) => {
  const random = seededRandom(seed)
  const graph = new Graph()
  const leaves = Object.fromEntries(names.map((name) => [name, graph.input(name, [2, 2])]))
  const recipe = tree(random, 3)
  const draw = () => (random.below(4001) - 2000) / 1300
  const values = Object.fromEntries(names.map((name) => [name, Array.from({ length: 4 }, draw)]))
  const feeds = Object.fromEntries(names.map((name) => [name, Float64Array.from(values[name]!)]))
  const at = Object.fromEntries(
    names.map((name) => {
      const [a, b, c, d] = values[name]!.map(ofNumber) as [bigint, bigint, bigint, bigint]
      return [
        name,
        [
          [a, b],
          [c, d],
        ],
      ]
    }),
  )
  try {
    const [plain] = evaluate([recorded(recipe, { graph, leaves })], feeds) as [Float64Array]
    return { plain, precise: preciseTree(recipe, at)?.flat() }
  } catch {
    // A recipe that the graph refuses, or a pole.
    return undefined
  }
}

describe('recipes to 600 decimals', () => {
  test('are near to float64', () => {
    let compared = 0
    for (let seed = 1; seed <= 300; seed++) {
      const { plain, precise } = bothOf(seed) ?? {}
      if (!plain || !precise || !plain.every(Number.isFinite)) continue
      const size = Math.max(1, ...plain.map(Math.abs))
      const near = precise.map((each) => Number(each >> 1940n) / 2 ** 60)
      if (near.length === plain.length)
        for (const [k, value] of plain.entries())
          expect(Math.abs(value - near[k]!), `seed ${seed}`).toBeLessThan(1e-9 * size)
      compared++
    }
    expect(compared).toBeGreaterThan(150)
  })

  test('see what float64 rounds away', () => {
    const at = { x: [[preciseOf('3')]], w: [[preciseOf('1/7')]], y: [[0n]] }
    const pairs: readonly (readonly [Tree, Tree])[] = [
      [t('tanh', t('cube', t('x'))), t('tanh', t('mul', constant(50), t('x')))],
      [t('x'), t('add', t('x'), t('cube', t('mul', constant(2 ** -40), t('w'))))],
    ]
    for (const [a, b] of pairs) {
      expect(differ(preciseTree(a, at)!, preciseTree(b, at)!)).toBe(true)
      expect(differ(preciseTree(a, at)!, preciseTree(t('neg', t('neg', a)), at)!)).toBe(false)
    }
  })
})
