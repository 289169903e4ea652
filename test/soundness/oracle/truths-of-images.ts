// What is true of the networks in images.ts, in index notation.
import type { IndexAtom } from './expressions.ts'
import {
  entry,
  equal,
  guard,
  index,
  jacobian,
  letter,
  negative,
  number,
  plus,
  sum,
  times,
} from './scalars.ts'
import { errors, type Truths } from './slopes.ts'

const convolutionTruths: Truths = (plan) => {
  const p = plan.parameters
  const { m, n } = plan.lengths
  const row = (i: string, u: string) => index(1 - p.rp! - p.rs! - p.rd!, [p.rs!, i], [p.rd!, u])
  const column = (j: string, v: string) => index(1 - p.cp! - p.cs! - p.cd!, [p.cs!, j], [p.cd!, v])
  // A true convolution turns its kernel: only for the recorded lengths is that a formula.
  const W = (k: string, c: string, u: string, v: string) =>
    p.flipped
      ? entry('W', k, c, index(m! + 1, [-1, u]), index(n! + 1, [-1, v]))
      : entry('W', k, c, u, v)
  const x = (c: string) => entry('x', c, row('i', 'u'), column('j', 'v'))
  const places = [guard('g', '=', row('i', 'u')), guard('h', '=', column('j', 'v'))]
  const delta = entry('δ', 'k', 'i', 'j')
  const flippedX = p.flipped ? entry('x', 'c', row('i', 'u'), column('j', 'v')) : x('c')
  const found = [
    equal(
      entry('z', 'k', 'i', 'j'),
      plus(sum('cuv', times(W('k', 'c', 'u', 'v'), x('c'))), entry('b', 'k')),
    ),
    equal(entry('∂C/∂b', 'k'), sum('ij', delta)),
    equal(
      entry('∂C/∂x', 'c', 'g', 'h'),
      sum('kijuv', times(...places, delta, W('k', 'c', 'u', 'v'))),
    ),
    equal(
      jacobian('z', ['k', 'i', 'j'], 'x', ['c', 'g', 'h']),
      sum('uv', times(...places, W('k', 'c', 'u', 'v'))),
    ),
    equal(jacobian('z', ['k', 'i', 'j'], 'b', ['l']), guard('k', '=', 'l')),
    ...errors(plan, ['k', 'i', 'j']),
  ]
  if (!p.flipped) {
    found.push(
      equal(entry('∂C/∂W', 'k', 'c', 'u', 'v'), sum('ij', times(delta, flippedX))),
      equal(
        jacobian('z', ['k', 'i', 'j'], 'W', ['l', 'c', 'u', 'v']),
        times(guard('k', '=', 'l'), x('c')),
      ),
    )
    if (plan.activation === 'none') {
      found.push(
        equal(
          jacobian('δ', ['k', 'i', 'j'], 'W', ['l', 'c', 'u', 'v']),
          times(guard('k', '=', 'l'), x('c')),
        ),
        equal(
          jacobian('∂C/∂W', ['k', 'c', 'u', 'v'], 'b', ['l']),
          sum('ij', times(guard('k', '=', 'l'), x('c'))),
        ),
      )
    }
  }
  return found
}

export const truthsOfImages: Readonly<Record<string, Truths>> = {
  conv: convolutionTruths,
  groups: ({ parameters: { C, F } }) => {
    const channel = index(0, [C!, { round: 'floor', of: index(-1, [1, 'k']), by: F! }], [1, 'c'])
    const x = entry('x', channel, index(-1, [1, 'i'], [1, 'u']), index(-1, [1, 'j'], [1, 'v']))
    return [
      equal(entry('z', 'k', 'i', 'j'), sum('cuv', times(entry('W', 'k', 'c', 'u', 'v'), x))),
      equal(entry('∂C/∂W', 'k', 'c', 'u', 'v'), sum('ij', times(entry('δ', 'k', 'i', 'j'), x))),
    ]
  },
  plane: (plan) => {
    const { padding, flipped } = plan.parameters
    if (padding !== 0 || flipped) return errors(plan, ['i', 'j'])
    const x = entry('x', index(-1, [1, 'i'], [1, 'u']), index(-1, [1, 'j'], [1, 'v']))
    return [
      equal(entry('z', 'i', 'j'), sum('uv', times(entry('W', 'u', 'v'), x))),
      equal(entry('∂C/∂W', 'u', 'v'), sum('ij', times(entry('δ', 'i', 'j'), x))),
      equal(
        entry('∂C/∂x', 'g', 'h'),
        sum(
          'ij',
          times(
            entry('δ', 'i', 'j'),
            entry('W', index(1, [1, 'g'], [-1, 'i']), index(1, [1, 'h'], [-1, 'j'])),
          ),
        ),
      ),
      ...errors(plan, ['i', 'j']),
    ]
  },
  pool: ({ parameters: { p, q, max } }) => {
    const block = (i: string, by: number): IndexAtom => ({ round: 'ceil', of: letter(i), by })
    const above = entry('∂C/∂y', 'k', index(0, [1, block('i', p!)]), index(0, [1, block('j', q!)]))
    const inBlock = (i: string, g: string, by: number) => [
      guard(index(1 - by, [by, g]), '≤', i),
      guard(i, '≤', index(0, [by, g])),
    ]
    const error = equal(
      entry('∂C/∂y', 'k', 'i', 'j'),
      plus(entry('y', 'k', 'i', 'j'), negative(entry('t', 'k', 'i', 'j'))),
    )
    if (max) return [error]
    const spread = sum(
      'gh',
      times(...inBlock('i', 'g', p!), ...inBlock('j', 'h', q!), entry('∂C/∂y', 'k', 'g', 'h')),
    )
    const inside = sum(
      'ij',
      times(...inBlock('i', 'g', p!), ...inBlock('j', 'h', q!), entry('x', 'k', 'i', 'j')),
    )
    return [
      error,
      equal(entry('∂C/∂x', 'k', 'i', 'j'), times(number(1, p! * q!), above)),
      equal(entry('∂C/∂x', 'k', 'i', 'j'), times(number(1, p! * q!), spread)),
      equal(entry('y', 'k', 'g', 'h'), times(number(1, p! * q!), inside)),
    ]
  },
}
