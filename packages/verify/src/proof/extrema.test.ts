// The largest and the smallest of an axis: a contest is known by the numbers that compete, in a
// claim as in the line of an op.
import { argmax, Graph, max, min, mul, type Node, neg, squaredError, sum } from '@backprove/graph'
import { expect, test } from 'vitest'
import { verify } from '../verify.ts'

function networkOf(of: (x: Node) => Node, shape: readonly [number, number] = [2, 3]): Node {
  const graph = new Graph()
  const y = of(graph.input('x_{ij}', shape)).as('y_i')
  return squaredError(y, graph.input('t_i', y.shape)).as('C')
}
const rows = { axes: 1 } as const
const largest = (shape?: readonly [number, number]) => networkOf((x) => max(x, rows), shape)
const smallest = () => networkOf((x) => min(x, rows))

test.each<[string, Node, string]>([
  ['max', largest(), 'y_i = max_j x_{ij}'],
  ['max', largest(), '∂C/∂x_{ij} = [j = argmax_k x_{ik}] (y_i - t_i)'],
  ['max', largest(), '∂C/∂x_{ij} = [j = argmax_k x_{ik}] (max_l x_{il} - t_i)'],
  ['max', largest(), '∂y_i/∂x_{kj} = [i = k] [j = argmax_m x_{im}]'],
  ['max', largest(), 'y_i = -min_j (-x_{ij})'],
  ['max of 5', networkOf((x) => mul(5, max(x, rows))), 'y_i = 5 max_j x_{ij}'],
  ['columns', networkOf((x) => max(x, { axes: 0 })), 'y_j = max_i x_{ij}'],
  ['min', smallest(), 'y_i = min_j x_{ij}'],
  ['min', smallest(), 'y_i = -max_j (-x_{ij})'],
  ['min', smallest(), '∂C/∂x_{ij} = [j = argmin_k x_{ik}] (y_i - t_i)'],
  ['−x', networkOf((x) => max(neg(x), rows)), 'y_i = -min_j x_{ij}'],
])('%s: %#, proved for all sizes', (_, cost, claim) => {
  expect(verify(cost, claim, { certify: true })).toMatchObject({
    kind: 'proved',
    scope: 'all-sizes',
  })
})

test.each<[string, Node, string]>([
  ['max', largest(), '∂C/∂x_{ij} = [x_{ij} = y_i] (y_i - t_i)'],
  ['max', largest(), '∂C/∂x_{ij} = [x_{ij} = max_k x_{ik}] (y_i - t_i)'],
  ['min', smallest(), '∂C/∂x_{ij} = [x_{ij} = y_i] (y_i - t_i)'],
])('an entry as large as the winner wins, %s: %#', (_, cost, claim) => {
  expect(verify(cost, claim)).toMatchObject({
    kind: 'proved',
    scope: 'all-sizes',
    excluded: ['ties'],
  })
})

test.each([
  // Where no derivative passes the contest, equal winners count.
  ['no derivative', 'y_i = Σ_j [x_{ij} = y_i] x_{ij}'],
  ['one beside it', '∂C/∂t_i = t_i - Σ_j [x_{ij} = y_i] x_{ij}'],
  ['another row', '∂C/∂x_{ij} = [x_{ij} = y_j] (y_i - t_i)'],
  ['another contest', '∂C/∂x_{ij} = [x_{ij} = max_k x_{kj}] (y_i - t_i)'],
])('%s: not proved', (_, claim) => {
  expect(verify(largest([3, 3]), claim).kind).not.toBe('proved')
})

test.each<[string, Node, string]>([
  ['another axis', largest([3, 3]), 'y_i = max_j x_{ji}'],
  ['the smallest', largest(), 'y_i = min_j x_{ij}'],
  ['a sign', largest(), 'y_i = max_j (-x_{ij})'],
  ['fewer of them', largest(), 'y_i = max_{j ≤ 2} x_{ij}'],
  ['the winner of another row', largest([3, 3]), '∂C/∂x_{ij} = [j = argmax_k x_{ki}] (y_i - t_i)'],
  ['the loser', largest(), '∂C/∂x_{ij} = [j = argmin_k x_{ik}] (y_i - t_i)'],
  ['the winner of a minimum', smallest(), '∂C/∂x_{ij} = [j = argmax_k x_{ik}] (y_i - t_i)'],
  ['the diagonal', largest([3, 3]), 'y_i = max_j x_{jj}'],
  ['no winner asked', largest(), '∂C/∂x_{ij} = y_i - t_i'],
])('%s is refuted: %#', (_, cost, claim) => {
  expect(verify(cost, claim).kind).toBe('refuted')
})

test('where the winner stands', () => {
  const graph = new Graph()
  const x = graph.input('x_{ij}', [2, 3])
  const cost = sum(argmax(x, { axis: 1 }).as('y_i')).as('C')
  const standing = verify(cost, 'y_i = Σ_j [j = argmax_k x_{ik}] (j - 1)').kind
  expect(['proved', 'agrees']).toContain(standing)
  expect(verify(cost, 'y_i = Σ_j [j = argmax_k x_{ik}] j').kind).toBe('refuted')
})
