// Claims about arrays that are read at places: a point beside the array, where the network has no
// value, refutes nothing; a formula that is wrong at a place is refuted there.
import { add, Graph, gather, sum } from '@backprove/graph'
import { expect, it } from 'vitest'
import { verify } from '../../index.ts'

const costOf = (shift: number, entries = 3) => {
  const graph = new Graph()
  const [x, n] = [graph.input('x_j', [entries]), graph.input('n_i', [2])]
  return sum(gather(x, shift === 0 ? n : add(n, shift)).as('y_i')).as('C')
}
const countsTo = (length: number) => {
  const graph = new Graph()
  const numbers = graph.constant(Array.from({ length }, (_, k) => k))
  return sum(gather(numbers, graph.input('n_i', [2])).as('y_i')).as('C')
}
const kindOf = (cost: ReturnType<typeof costOf>, claim: string) => verify(cost, claim).kind

it.each<[string, ReturnType<typeof costOf>, string, string]>([
  ['what is read', costOf(0), 'y_i = Σ_j [j = n_i + 1] x_j', 'proved'],
  ['what flows back', costOf(0), '∂C/∂x_j = Σ_i [n_i = j - 1]', 'proved'],
  ['a place has no derivative', costOf(0), '∂C/∂n_i = 0', 'proved'],
  ['all that flows back', costOf(0), 'Σ_j ∂C/∂x_j = 2', 'budget'],
  ['all that flows back, by a computed place', costOf(1, 4), 'Σ_j ∂C/∂x_j = 2', 'budget'],
  ['a place that is its own number', countsTo(5), 'y_i = n_i', 'budget'],
])('%s is not refuted', (_, cost, claim, kind) => {
  expect(kindOf(cost, claim)).toBe(kind)
})

it.each<[string, ReturnType<typeof costOf>, string]>([
  ['one place off', costOf(0), 'y_i = Σ_j [j = n_i] x_j'],
  ['one place off, backwards', costOf(0), '∂C/∂x_j = Σ_i [n_i = j]'],
  ['always the first', costOf(0), 'y_i = x_1'],
  ['every entry once', costOf(0), '∂C/∂x_j = 1'],
  ['nothing flows back', costOf(0), '∂C/∂x_j = 0'],
  ['nothing flows back, computed', costOf(1, 4), '∂C/∂x_j = 0'],
  ['nothing is read', costOf(0), 'y_i = 0'],
  ['too much', costOf(0), 'Σ_j ∂C/∂x_j = 3'],
  ['a slope by a place', costOf(0), '∂C/∂n_i = 1'],
  ['more at the last place alone', costOf(0), 'y_i = Σ_j [j = n_i + 1] x_j + [n_i > 1]'],
  ['wrong from 2 on', countsTo(5), 'y_i = n_i + n_1 (n_1 - 1)'],
  ['wrong at 4 alone', countsTo(5), 'y_i = n_i + n_1 (n_1 - 1) (n_1 - 2) (n_1 - 3)'],
  ['wrong at one pair', countsTo(5), 'y_i = n_i + [n_1 = 2] [n_2 = 3]'],
  ['one place off, computed', costOf(1, 4), 'y_i = Σ_j [j = n_i + 1] x_j'],
])('%s is refuted, at places', (name, cost, claim) => {
  const verdict = verify(cost, claim)
  if (verdict.kind !== 'refuted' || !('inputs' in verdict)) throw new Error(verdict.kind)
  // A computed place is one more than n.
  const least = name.includes('computed') ? -1 : 0
  for (const place of verdict.inputs.n!.map(Number)) {
    expect(Number.isInteger(place) && place >= least && place <= least + 4).toBe(true)
  }
})

it('the right formula is found by what is at places', () => {
  const verdict = verify(costOf(0), '∂C/∂x_j = 1')
  const said = verdict.kind === 'refuted' ? verdict.diagnoses : []
  expect(said.map(({ message }) => message).join()).toContain('∂C/∂x_j is Σ_i [j = n_i + 1] ')
})
