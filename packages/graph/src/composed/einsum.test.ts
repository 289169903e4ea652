// Sums of products by letters against sums written out, products and deviations by hand.
import { describe, expect, it, test } from 'vitest'
import { evaluate } from '../evaluate.ts'
import { grad } from '../grad.ts'
import * as g from '../index.ts'
import { checkDerivatives } from '../testing/check-derivatives.ts'
import { drawFrom, separated } from '../testing/draw.ts'

type Node = g.Node
const constant = (numbers: g.NestedNumbers): Node => new g.Graph().constant(numbers)
const both = (y: Node) => ({ shape: [...y.shape], data: [...evaluate(y)] })

function check(of: (...args: Node[]) => Node, ...shapes: readonly g.Shape[]): void {
  const graph = new g.Graph()
  const args = shapes.map((shape, k) => graph.input(`x${k}`, shape))
  const given = separated(shapes, drawFrom(5))
  const feeds = Object.fromEntries(given.map((data, k) => [`x${k}`, data]))
  checkDerivatives(of(...args), args, feeds)
}

/** Σ over every index of the letters, written out. */
function plain(equation: string, shapes: g.Shape[], arrays: Float64Array[]): number[] {
  const [given, asked] = equation.split('->') as [string, string]
  const terms = given.split(',')
  const lengths: Record<string, number> = {}
  terms.forEach((term, k) => {
    for (const [axis, letter] of [...term].entries())
      lengths[letter] = Math.max(lengths[letter] ?? 1, shapes[k]![axis]!)
  })
  const letters = Object.keys(lengths)
  const place = (term: string, shape: g.Shape, at: Record<string, number>) =>
    [...term].reduce((p, letter, axis) => p * shape[axis]! + (at[letter]! % shape[axis]!), 0)
  const shape = [...asked].map((letter) => lengths[letter]!)
  const made = new Array<number>(g.sizeOf(shape)).fill(0)
  const visit = (k: number, at: Record<string, number>): void => {
    if (k < letters.length) {
      for (let i = 0; i < lengths[letters[k]!]!; i++) visit(k + 1, { ...at, [letters[k]!]: i })
      return
    }
    const factors = terms.map((term, n) => arrays[n]![place(term, shapes[n]!, at)]!)
    made[place(asked, shape, at)]! += factors.reduce((a, b) => a * b, 1)
  }
  visit(0, {})
  return made
}

describe('einsum', () => {
  test.each<[string, g.Shape[]]>([
    [
      'ij,jk->ik',
      [
        [2, 3],
        [3, 4],
      ],
    ],
    [
      'ij,kj->ki',
      [
        [2, 3],
        [4, 3],
      ],
    ],
    [
      'bij,bjk->bik',
      [
        [2, 2, 3],
        [2, 3, 2],
      ],
    ],
    [
      'bhid,bhjd->bhij',
      [
        [2, 2, 3, 2],
        [2, 2, 2, 2],
      ],
    ],
    [
      'bt,bth->bh',
      [
        [2, 3],
        [2, 3, 4],
      ],
    ],
    ['i,j->ij', [[2], [3]]],
    ['i,i->', [[4], [4]]],
    ['ij->ji', [[2, 3]]],
    ['ij->', [[2, 3]]],
    ['ii->i', [[3, 3]]],
    ['ii->', [[3, 3]]],
    ['iij,j->i', [[2, 2, 3], [3]]],
    [
      'ij,jk,kl->il',
      [
        [2, 3],
        [3, 2],
        [2, 4],
      ],
    ],
    ['i,i,i->i', [[3], [3], [3]]],
    [
      'ij,jk->k',
      [
        [2, 1],
        [3, 2],
      ],
    ],
  ])('%s', (equation, shapes) => {
    const graph = new g.Graph()
    const arrays = separated(shapes, drawFrom(7))
    const args = shapes.map((shape, k) => graph.constant(arrays[k]!, shape))
    const expected = plain(equation, shapes, arrays)
    expect([...evaluate(g.einsum(equation, ...args))]).toEqual(
      expected.map((value) => expect.closeTo(value, 12)),
    )
    check((...xs) => g.einsum(equation, ...xs), ...shapes)
  })
  it('reads spaces, dots and no arrow as others do', () => {
    const [a, b] = [
      constant([
        [1, 2],
        [3, 4],
      ]),
      [
        [5, 6],
        [7, 8],
      ],
    ]
    const other = a.graph.constant(b)
    expect(both(g.einsum(' i j , j k ', a, other)).data).toEqual([19, 22, 43, 50])
    expect(both(g.einsum('...ij,...jk->...ik', a, other)).data).toEqual([19, 22, 43, 50])
    expect(both(g.einsum('ba', a)).data).toEqual([1, 3, 2, 4])
    expect(both(g.einsum('ii', a)).data).toEqual([5])
  })
  test.each<[() => unknown, string]>([
    [() => g.einsum('ij,jk->ik', constant([[1, 2]])), 'is for 2 arrays, not 1'],
    [() => g.einsum('ij->k', constant([[1, 2]])), 'no array has the axis k'],
    [() => g.einsum('ij->ii', constant([[1, 2]])), 'i stands twice in the result'],
    [() => g.einsum('ijk->i', constant([[1, 2]])), '"ijk" of ijk->i does not fit 2 axes'],
    [() => g.einsum('i1->i', constant([[1, 2]])), '"i1" of i1->i does not fit 2 axes'],
    [
      () =>
        g.einsum(
          'ii->i',
          constant([
            [1, 2, 3],
            [4, 5, 6],
          ]),
        ),
      'i is 2 long in one array and 3',
    ],
    [() => g.einsum(constant([1]) as never, constant([1])), "is no text, such as 'ij,jk->ik'"],
    [() => g.einsum('i->i', [1] as never), 'einsum: [1] is not a node'],
    [() => g.einsum('i->i'), 'is for 1 arrays, not 0'],
  ])('refuses %#', (call, message) => {
    expect(call).toThrow(message)
  })
})

describe('prod and std', () => {
  const X = [
    [1, 2, 3],
    [4, 5, 6],
  ]
  test('products over axes, of an odd and an even number of entries', () => {
    expect(both(g.prod(constant(X)))).toEqual({ shape: [], data: [720] })
    expect(both(g.prod(constant(X), { axes: 0 }))).toEqual({ shape: [3], data: [4, 10, 18] })
    const rows = g.prod(constant(X), { axes: -1, keepDims: true })
    expect(both(rows)).toEqual({ shape: [2, 1], data: [6, 120] })
    check((x) => g.prod(x, { axes: 1 }), [2, 5])
  })
  test('the slope at a 0 is the product of the others', () => {
    const x = new g.Graph().input('x', [3])
    expect([...evaluate(grad(g.prod(x), x), { x: [0, 2, 5] })]).toEqual([10, 0, 0])
    expect([...evaluate(grad(g.prod(x), x), { x: [0, 0, 5] })]).toEqual([0, 0, 0])
  })
  test('deviations of all entries and of a sample', () => {
    expect(both(g.std(constant([2, 4, 4, 4, 5, 5, 7, 9]))).data).toEqual([2])
    expect(both(g.std(constant([1, 2, 3, 4]), { correction: 1 })).data[0]).toBeCloseTo(
      Math.sqrt(5 / 3),
      14,
    )
    check((x) => g.std(x, { axes: 1, correction: 1 }), [2, 4])
    expect(() => g.std(constant([1]), { correction: 1 })).toThrow('std: correction is 1')
    expect(() => g.std(constant([1, 2]), { ddof: 1 } as never)).toThrow('is correction meant?')
  })
  test('where all entries are equal the slope is 0, and no NaN', () => {
    const x = new g.Graph().input('x', [3])
    expect([...evaluate(grad(g.std(x), x), { x: [2, 2, 2] })]).toEqual([0, 0, 0])
  })
})
