// What lies outside of a box, case by case, worked by hand: x = (5, 7), and f(t) = 1 + t is written
// out or applied.

import { Graph } from '@backprove/graph'
import { expect, it } from 'vitest'
import { createBudget } from '../arithmetic/budget.ts'
import { polynomial } from '../arithmetic/polynomial.ts'
import { rational } from '../arithmetic/rational.ts'
import { floatDomain } from '../concrete/domains/float.ts'
import {
  at,
  choice,
  guarded,
  minus,
  nodeSource,
  number,
  one,
  over,
  plus,
  product,
  quotient,
  read,
  related,
  sum,
  times,
  whole,
} from '../core/build.ts'
import {
  type Axis,
  type Contest,
  type Guard,
  letterOf,
  type Scalar,
  type Table,
} from '../core/core.ts'
import { functionIn } from './functions.ts'
import { createMachine } from './machine.ts'
import { interpreter } from './program.ts'
import { compile } from './scalar.ts'

const x = new Graph().input('x', [2])

const evaluated = (s: Scalar): number | null => {
  const domain = floatDomain()
  const budget = createBudget()
  const run = interpreter(domain, budget)
  const machine = createMachine<number>({
    domain,
    budget,
    functionOf: (f, order) => functionIn(f, order, domain, run),
    entriesOf: () => ({ shape: [2], all: () => [5, 7], at: (cell) => [5, 7][cell]! }),
  })
  return compile(s, machine)()
}

const i = letterOf('i')
const x_ = (index: Parameters<typeof read>[1]): Scalar => read(nodeSource(x), index)
const exp = (s: Scalar): Scalar => ({
  kind: 'apply',
  f: { kind: 'word', name: 'exp' },
  order: 0,
  to: [s],
})
const reduce = (by: 'sum' | Contest, body: Scalar, axis: Omit<Axis, 'letter'>): Scalar => ({
  kind: 'reduce',
  by,
  over: [{ letter: i, ...axis }],
  when: [],
  body,
})
const to4 = { from: whole(1), to: whole(4) }
/** [i ≤ 2 ↦ e^{x_i}] */
const powers: Table = {
  kind: 'table',
  axes: [{ letter: letterOf('k'), length: polynomial(2) }],
  body: one,
}
const table: Table = { ...powers, body: exp(x_(at(powers.axes[0]!.letter))) }
const winner = (place: number): Guard => ({
  kind: 'winner',
  by: 'max',
  at: [whole(place)],
  over: [{ letter: i, ...to4 }],
  body: x_(minus(at(i), whole(1))),
})

it.each<[string, Scalar, number | null]>([
  ['an entry', x_(whole(2)), 7],
  ['outside an array is 0', x_(whole(3)), null],
  ['no entry lies between two', x_(over(whole(3), whole(2))), null],
  ['⌈3/2⌉ is 2', x_(choice('ceil', over(whole(3), whole(2)))), 7],
  ['it annuls its product, poles too', product([quotient(one, x_(whole(0))), x_(whole(0))]), null],
  ['and no other term', sum([x_(whole(0)), one]), 1],
  ['f(0) of what lies outside', exp(x_(whole(0))), 1],
  ['a table of f is 0 there', read(table, whole(0)), null],
  ['a table of f inside', read(table, whole(1)), Math.exp(5)],
  ['Σ over a range', reduce('sum', x_(at(i)), to4), 12],
  ['Σ of a product', reduce('sum', product([x_(plus(at(i), whole(1))), x_(at(i))]), to4), 35],
  [
    'Σ of f over a range has f(0)',
    reduce('sum', exp(x_(at(i))), to4),
    Math.exp(5) + Math.exp(7) + 2,
  ],
  ['Σ of a table does not', reduce('sum', read(table, at(i)), to4), Math.exp(5) + Math.exp(7)],
  ['max: outside is nothing', reduce('max', product([number(rational(-1)), x_(at(i))]), to4), -5],
  ['min', reduce('min', x_(at(i)), to4), 5],
  ['med of 5 and 7', reduce('med', x_(at(i)), to4), 6],
  ['the winner', guarded([winner(3)]), 1],
  ['no winner', guarded([winner(1)]), null],
  ['Iverson', guarded([related(times(whole(2), whole(3)), '>', whole(5))]), 1],
])('%s', (_name, scalar, value) => {
  const found = evaluated(scalar)
  if (value === null) expect(found).toBeNull()
  else expect(found).toBeCloseTo(value, 9)
})
