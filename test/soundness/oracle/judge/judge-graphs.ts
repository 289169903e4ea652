// One random pair of graphs: the verdict of `verifyEqual` against the interpreter at random points.
import { evaluate, Graph, type Node } from '../../../../packages/graph/src/index.ts'
import { verifyEqual } from '../../../../packages/verify/src/verify-equal.ts'
import { recorded, type Tree, tree } from '../draw/graph-trees.ts'
import { damages, laws, somewhere } from '../graph-laws.ts'
import { differ, preciseOf, preciseTree } from '../precise-trees.ts'
import { seededRandom } from '../random.ts'
import type { Comparison } from './compare.ts'
import type { Judge } from './judged.ts'

type Feeds = Readonly<Record<string, Float64Array>>

const compare = (a: Node, b: Node, feeds: Feeds): Comparison => {
  const [left, right] = evaluate([a, b], feeds) as [Float64Array, Float64Array]
  if (left.length !== right.length) return 'different'
  // What cancels to 0 leaves rounding of about 1e-16.
  const size = Math.max(1, ...[...left, ...right].map(Math.abs))
  let result: Comparison = 'equal'
  for (const [k, value] of left.entries()) {
    const other = right[k]!
    if (!Number.isFinite(value) || !Number.isFinite(other)) return 'unclear'
    const gap = Math.abs(value - other)
    const isLarge = gap > 1e-6 * Math.max(Math.abs(value), 1e-6 * size)
    if (isLarge && gap > 1e-9 * size) return 'different'
    if (gap > 1e-13 * size) result = 'unclear'
  }
  return result
}

const fraction = (text: string): number => {
  const [above, below = '1'] = text.split('/')
  return Number(above) / Number(below)
}

/** Whether the recipes differ there, to 600 decimals; undefined where that is not known. */
const differPrecisely = (
  [left, right]: readonly [Tree, Tree],
  n: number,
  textOf: (name: string) => readonly string[],
): boolean | undefined => {
  const at = Object.fromEntries(
    names.map((name) => {
      const entries = textOf(name).map(preciseOf)
      return [name, Array.from({ length: n }, (_, i) => entries.slice(i * n, (i + 1) * n))]
    }),
  )
  try {
    const [a, b] = [preciseTree(left, at), preciseTree(right, at)]
    return a && b && differ(a, b)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const names = ['x', 'y', 'w'] as const

const pairOf = (seed: number) => {
  const random = seededRandom(seed)
  const graph = new Graph()
  const n = random.pick([1, 2, 2, 3])
  const leaves = Object.fromEntries(names.map((name) => [name, graph.input(name, [n, n])]))
  const left: Tree = tree(random, 3)
  let right = left
  for (let steps = random.below(4); steps > 0; steps--)
    right = somewhere(random, right, random.pick(laws)) ?? right
  const isDamaged = random.chance(0.5)
  if (isDamaged) right = somewhere(random, right, random.pick(damages)) ?? right
  const shown = `${JSON.stringify(left)} = ${JSON.stringify(right)}`.replaceAll('"', '')
  try {
    const at = { graph, leaves }
    return {
      random,
      n,
      isDamaged,
      shown,
      trees: [left, right] as const,
      nodes: [recorded(left, at), recorded(right, at)] as const,
    }
  } catch {
    // A recipe that the graph refuses: a sum where a matrix should be.
    return undefined
  }
}

export const judgeGraphs: Judge = (seed) => {
  const pair = pairOf(seed)
  if (!pair) return undefined
  const { random, n, isDamaged, shown, trees } = pair
  const [a, b] = pair.nodes
  const verdict = verifyEqual(a, b, { deadline: 1500 })
  const draw = () => ((random.below(4001) - 2000) / 1300) * random.pick([1, 1, 0.2])
  const feedsOf = (numbers: (name: string) => ArrayLike<number>): Feeds =>
    Object.fromEntries(names.map((name) => [name, Float64Array.from(numbers(name))]))
  const drawn = () => feedsOf(() => Array.from({ length: n * n }, draw))
  const found = Array.from({ length: 6 }, () => compare(a, b, drawn()))
  const truth: Comparison = found.includes('different')
    ? 'different'
    : found.every((each) => each === 'equal')
      ? 'equal'
      : 'unclear'
  const wrong = ((): string | undefined => {
    const isAffirmed = verdict.kind === 'proved' || verdict.kind === 'agrees'
    if (isAffirmed && truth === 'different') return `${verdict.kind}, and false`
    if (verdict.kind !== 'refuted' || !('inputs' in verdict)) return undefined
    const zeros = Array<string>(n * n).fill('0')
    const textOf = (name: string) => verdict.inputs[name] ?? zeros
    if (differPrecisely(trees, n, textOf)) return undefined
    const at = feedsOf((name) => textOf(name).map(fraction))
    const [left, right] = evaluate([a, b], at) as [Float64Array, Float64Array]
    if (left.every((value, k) => value === right[k])) return 'the counterexample is none'
    // A factor of 1 + 2⁻⁴⁰ is a damage that floating point hardly sees.
    return !isDamaged && compare(a, b, at) === 'equal' ? 'refuted, and equal' : undefined
  })()
  return {
    shown,
    outcome: `${isDamaged ? 'damaged' : 'kept'} ${truth} → ${verdict.kind}`,
    wrong,
  }
}
