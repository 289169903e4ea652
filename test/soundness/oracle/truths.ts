// What is true of each kind of network, in index notation.
import type { Index } from './expressions.ts'
import {
  applied,
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
import { errors, slope, type Truths } from './slopes.ts'
import { truthsOfImages } from './truths-of-images.ts'

export const truths: Readonly<Record<string, Truths>> = {
  ...truthsOfImages,
  dense: (plan) => [
    equal(
      entry('z', 'k'),
      plus(sum('i', times(entry('W', 'k', 'i'), entry('x', 'i'))), entry('b', 'k')),
    ),
    equal(entry('∂C/∂W', 'k', 'i'), times(entry('δ', 'k'), entry('x', 'i'))),
    equal(entry('∂C/∂x', 'i'), sum('k', times(entry('W', 'k', 'i'), entry('δ', 'k')))),
    equal(jacobian('z', ['k'], 'W', ['l', 'i']), times(guard('k', '=', 'l'), entry('x', 'i'))),
    equal(
      jacobian('∂C/∂W', ['k', 'i'], 'b', ['l']),
      times(jacobian('δ', ['k'], 'b', ['l']), entry('x', 'i')),
    ),
    ...errors(plan, ['k']),
  ],
  batch: () => [
    equal(entry('z', 'r', 'k'), sum('i', times(entry('W', 'k', 'i'), entry('x', 'r', 'i')))),
    equal(entry('∂C/∂W', 'k', 'i'), sum('r', times(entry('δ', 'r', 'k'), entry('x', 'r', 'i')))),
    equal(entry('∂C/∂x', 'r', 'i'), sum('k', times(entry('W', 'k', 'i'), entry('δ', 'r', 'k')))),
  ],
  matrices: () => [
    equal(entry('y', 'i', 'k'), sum('j', times(entry('A', 'i', 'j'), entry('B', 'j', 'k')))),
    equal(
      entry('∂C/∂A', 'i', 'j'),
      sum('k', times(entry('∂C/∂y', 'i', 'k'), entry('B', 'j', 'k'))),
    ),
    equal(
      entry('∂C/∂B', 'j', 'k'),
      sum('i', times(entry('A', 'i', 'j'), entry('∂C/∂y', 'i', 'k'))),
    ),
    equal(
      jacobian('∂C/∂A', ['i', 'j'], 'A', ['l', 'm']),
      sum('k', times(guard('i', '=', 'l'), entry('B', 'j', 'k'), entry('B', 'm', 'k'))),
    ),
  ],
  layers: () => [
    equal(entry('∂C/∂y', 'k'), plus(entry('y', 'k'), negative(entry('t', 'k')))),
    equal(entry('∂C/∂a', 'j'), sum('k', times(entry('V', 'k', 'j'), entry('∂C/∂y', 'k')))),
    equal(
      entry('δ', 'j'),
      sum('k', times(entry('V', 'k', 'j'), entry('∂C/∂y', 'k'), applied("σ'", 'z', 'j'))),
    ),
    equal(
      entry('∂C/∂W', 'j', 'i'),
      times(
        sum('k', times(entry('V', 'k', 'j'), entry('∂C/∂y', 'k'))),
        slope('sigmoid', 'j'),
        entry('x', 'i'),
      ),
    ),
    equal(
      jacobian('y', ['k'], 'x', ['i']),
      sum('j', times(entry('V', 'k', 'j'), slope('sigmoid', 'j'), entry('W', 'j', 'i'))),
    ),
  ],
  bilinear: () => [
    equal(entry('δ', 'k'), times(number(2), entry('t', 'k'), entry('z', 'k'))),
    equal(
      entry('∂C/∂x', 'i'),
      times(number(2), sum('k', times(entry('t', 'k'), entry('z', 'k'), entry('W', 'k', 'i')))),
    ),
    equal(
      jacobian('∂C/∂x', ['i'], 'x', ['j']),
      sum('k', times(number(2), entry('t', 'k'), entry('W', 'k', 'i'), entry('W', 'k', 'j'))),
    ),
    equal(
      jacobian('∂C/∂W', ['k', 'i'], 'W', ['l', 'j']),
      times(guard('k', '=', 'l'), number(2), entry('t', 'k'), entry('x', 'i'), entry('x', 'j')),
    ),
  ],
  softmax: () => [
    equal(
      jacobian('y', ['k'], 'z', ['l']),
      times(entry('y', 'k'), plus(guard('k', '=', 'l'), negative(entry('y', 'l')))),
    ),
    equal(
      entry('δ', 'k'),
      times(
        entry('y', 'k'),
        plus(entry('∂C/∂y', 'k'), negative(sum('l', times(entry('∂C/∂y', 'l'), entry('y', 'l'))))),
      ),
    ),
  ],
  exponential: () => [
    equal(entry('∂C/∂x', 'i'), times(entry('∂C/∂y', 'i'), entry('y', 'i'), entry('w', 'i'))),
    equal(
      jacobian('y', ['i'], 'x', ['j']),
      times(guard('i', '=', 'j'), entry('w', 'i'), applied('exp', 'z', 'i')),
    ),
  ],
  moved: ({ parameters: { how }, lengths: { h, w } }) => {
    const turned = (n: number, i: string) => index(n + 1, [-1, i])
    const up = (i: string, by: number): Index => index(0, [1, { round: 'ceil', of: letter(i), by }])
    const above = (i: Index | string, j: Index | string) => entry('∂C/∂y', i, j)
    const rows: readonly (readonly [Index | string, Index | string])[] = [
      [turned(h!, 'i'), turned(w!, 'j')],
      ['i', turned(w!, 'j')],
      ['j', 'i'],
      [index(-1, [1, 'i']), index(-2, [1, 'j'])],
      [up('i', 2), up('j', 3)],
      [index(1, [1, 'i']), 'j'],
    ]
    if (how === 6) {
      return [
        equal(
          entry('∂C/∂x', 'i', 'j'),
          plus(above('i', 'j'), times(number(2), above(index(h!, [1, 'i']), 'j'))),
        ),
      ]
    }
    const [i, j] = rows[how!]!
    return [equal(entry('y', 'i', 'j'), entry('x', i, j))]
  },
  flat: ({ lengths: { h, w } }) => [
    equal(
      entry('∂C/∂x', 'c', 'i', 'j'),
      entry('∂C/∂y', index(-h! * w! - w!, [h! * w!, 'c'], [w!, 'i'], [1, 'j'])),
    ),
  ],
}
