// What is made of reshapes, slices and joins: values by hand, derivatives, refusals.
import { describe, expect, it, test } from 'vitest'
import { evaluate } from '../../evaluate.ts'
import { grad } from '../../grad.ts'
import * as g from '../../index.ts'
import { checkDerivatives } from '../../testing/check-derivatives.ts'
import { drawFrom, separated } from '../../testing/draw.ts'

type Node = g.Node
const constant = (numbers: g.NestedNumbers): Node => new g.Graph().constant(numbers)
const both = (y: Node) => ({ shape: [...y.shape], data: [...evaluate(y)] })

/** Of operands of these shapes. */
function check(of: (...args: Node[]) => Node, ...shapes: readonly g.Shape[]): void {
  const graph = new g.Graph()
  const args = shapes.map((shape, k) => graph.input(`x${k}`, shape))
  const given = separated(shapes, drawFrom(3))
  const feeds = Object.fromEntries(given.map((data, k) => [`x${k}`, data]))
  checkDerivatives(of(...args), args, feeds)
}

const X = [
  [1, 2, 3],
  [4, 5, 6],
]

describe('axes of length 1', () => {
  test.each([
    [0, [1, 2, 3]],
    [1, [2, 1, 3]],
    [2, [2, 3, 1]],
    [-1, [2, 3, 1]],
    [-3, [1, 2, 3]],
  ])('expandDims at %i', (axis, shape) => {
    const y = g.expandDims(constant(X), { axis })
    expect(both(y)).toEqual({ shape, data: [1, 2, 3, 4, 5, 6] })
    expect(g.squeeze(y, { axes: axis }).shape).toEqual([2, 3])
    expect(g.squeeze(y).shape).toEqual([2, 3])
  })
  test('squeeze takes those of length 1 alone; of one number none is left', () => {
    const graph = new g.Graph()
    expect(g.squeeze(graph.input('a', [1, 3, 1])).shape).toEqual([3])
    expect(g.squeeze(graph.input('b', [1, 3, 1]), { axes: [-1] }).shape).toEqual([1, 3])
    expect(g.squeeze(graph.input('c', [1, 1])).shape).toEqual([])
  })
  test.each<[() => unknown, string]>([
    [() => g.expandDims(constant(X), { axis: 3 }), 'expandDims: axis is 3; it must be one of the'],
    [() => g.expandDims(constant(X), {}), 'expandDims: axis is missing'],
    [() => g.expandDims(constant(X), 0 as never), 'is { axis: 0 } meant?'],
    [() => g.expandDims(constant(X), { dim: 0 } as never), 'is axis meant?'],
    [() => g.squeeze(constant(X), { axes: 0 }), 'squeeze: axis 0 of [2, 3] has length 2, not 1'],
    [() => g.squeeze(constant(X), { axes: 2 }), 'squeeze: axes is 2; it must be distinct axes'],
    [() => g.stack([]), 'stack: 0 arrays'],
    [() => g.stack(constant(X) as never), 'stack: it takes a list of nodes'],
    [() => g.stack([constant(X), 3 as never]), 'stack: 3 is not a node'],
    [() => g.stack([constant(X)], { axis: 4 }), 'stack: axis is 4'],
  ])('refuses %#', (call, message) => {
    expect(call).toThrow(message)
  })
})

describe('stack', () => {
  const rows = (axis?: number) => {
    const graph = new g.Graph()
    const xs = [graph.constant([1, 2, 3]), graph.constant([4, 5, 6])]
    return axis === undefined ? g.stack(xs) : g.stack(xs, { axis })
  }
  it('puts arrays beside each other along a new axis', () => {
    expect(both(rows())).toEqual({ shape: [2, 3], data: [1, 2, 3, 4, 5, 6] })
    expect(both(rows(-1))).toEqual({ shape: [3, 2], data: [1, 4, 2, 5, 3, 6] })
  })
  it('of numbers is a vector, of one array the array with an axis', () => {
    const graph = new g.Graph()
    expect(both(g.stack([graph.constant(3), graph.constant(4)])).data).toEqual([3, 4])
    expect(g.stack([graph.constant([1, 2])]).shape).toEqual([1, 2])
  })
  it('of more than a join takes keeps their order', () => {
    const graph = new g.Graph()
    const count = 230
    const y = g.stack(Array.from({ length: count }, (_, k) => graph.constant([k, -k])))
    expect(y.shape).toEqual([count, 2])
    expect([...evaluate(y)].filter((_, k) => k % 2 === 0)).toEqual([...Array(count).keys()])
  })
  it('refuses arrays of unlike shapes, and has its derivatives', () => {
    const graph = new g.Graph()
    const xs = [graph.input('a', [2]), graph.input('b', [1, 2])]
    expect(() => g.stack(xs)).toThrow('stack: arrays of [2] and [1, 2] differ in shape')
    check((a, b) => g.stack([a, g.square(b), a], { axis: 1 }), [2, 2], [2, 2])
  })
})

describe('split', () => {
  const parts = (options: g.SplitOptions) => g.split(constant(X), options).map(both)
  it('into parts of one length, or of given ones; concat puts them together again', () => {
    expect(parts({ parts: 2 })).toEqual([
      { shape: [1, 3], data: [1, 2, 3] },
      { shape: [1, 3], data: [4, 5, 6] },
    ])
    expect(parts({ sizes: [1, 2], axis: -1 })).toEqual([
      { shape: [2, 1], data: [1, 4] },
      { shape: [2, 2], data: [2, 3, 5, 6] },
    ])
    expect(parts({ parts: 1 })).toEqual([{ shape: [2, 3], data: [1, 2, 3, 4, 5, 6] }])
    check((x) => g.concat(g.split(x, { sizes: [2, 1, 1] }).reverse(), { axis: 0 }), [4, 2])
  })
  test.each<[unknown, string]>([
    [{ parts: 3, axis: 0 }, 'split: parts is 3; it must be a divisor of 2; sizes may be unequal'],
    [{ parts: 0 }, 'split: parts is 0'],
    [{ sizes: [1, 2] }, 'split: parts of 3, and axis 0 of [2, 3] is 2 long'],
    [{ sizes: [2, 0] }, 'split: sizes is [2,0]; it must be a list of lengths from 1'],
    [{}, 'given, or sizes, one of the two'],
    [{ parts: 2, sizes: [1, 1] }, 'one of the two'],
    [{ parts: 2, axis: 2 }, 'split: axis is 2; it must be an axis of [2, 3]'],
    [2, 'is { parts: 2 } meant?'],
    [{ chunks: 2 }, 'is parts meant?'],
  ])('refuses %j', (options, message) => {
    expect(() => g.split(constant(X), options as never)).toThrow(message)
  })
})

describe('roll', () => {
  test.each([
    [1, -1, [3, 1, 2, 6, 4, 5]],
    [-1, -1, [2, 3, 1, 5, 6, 4]],
    [4, 1, [3, 1, 2, 6, 4, 5]],
    [1, 0, [4, 5, 6, 1, 2, 3]],
    [-7, 0, [4, 5, 6, 1, 2, 3]],
    [6, 1, [1, 2, 3, 4, 5, 6]],
    [0, 0, [1, 2, 3, 4, 5, 6]],
  ])('by %i along %i', (shift, axis, data) => {
    expect(both(g.roll(constant(X), { shift, axis }))).toEqual({ shape: [2, 3], data })
  })
  it('refuses what is no shift, and has its derivatives', () => {
    expect(() => g.roll(constant(X), {} as never)).toThrow('roll: shift is missing')
    expect(() => g.roll(constant(X), { shift: 0.5 })).toThrow('roll: shift is 0.5')
    expect(() => g.roll(constant(3), { shift: 1 })).toThrow('roll: axis is -1')
    check((x) => g.roll(g.square(x), { shift: 2, axis: 0 }), [3, 2])
  })
})

describe('tile', () => {
  test.each<[number | number[], number[], number[]]>([
    [
      [1, 2],
      [2, 6],
      [1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6],
    ],
    [
      [2, 1],
      [4, 3],
      [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6],
    ],
    [
      [2, 1, 1],
      [2, 2, 3],
      [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6],
    ],
    [
      [1, 1],
      [2, 3],
      [1, 2, 3, 4, 5, 6],
    ],
  ])('%j', (times, shape, data) => {
    expect(both(g.tile(constant(X), { times }))).toEqual({ shape, data })
  })
  it('of a vector by a number; refuses what is no list of times', () => {
    expect(both(g.tile(constant([1, 2]), { times: 2 })).data).toEqual([1, 2, 1, 2])
    for (const times of [2, [2], [0, 1], [1.5, 1], 'two']) {
      const message = 'a list with a whole number from 1 for each axis of [2, 3]'
      expect(() => g.tile(constant(X), { times } as never)).toThrow(message)
    }
    check((x) => g.tile(g.square(x), { times: [2, 3] }), [2, 2])
  })
})

describe('pick', () => {
  const of = (places: g.NestedNumbers, axis?: number) => {
    const graph = new g.Graph()
    const [x, n] = [graph.constant(X), graph.constant(places)]
    return g.pick(x, n, axis === undefined ? {} : { axis })
  }
  it('takes of each row the entry at its place', () => {
    expect(both(of([2, 0]))).toEqual({ shape: [2], data: [3, 4] })
    expect(both(of([1, 0, 1], 0))).toEqual({ shape: [3], data: [4, 2, 6] })
    const x = constant([7, 8])
    expect(both(g.pick(x, x.graph.constant(1)))).toEqual({ shape: [], data: [8] })
  })
  it('names a place out of range as it was given, and a shape that does not fit', () => {
    expect(() => evaluate(of([2, 3]))).toThrow('entry 1 of the places [2] is 3; they count')
    expect(() => evaluate(of([-1, 0]))).toThrow('entry 0 of the places [2] is -1')
    expect(() => of([0, 0, 0])).toThrow('pick: x [2, 3] without axis 1 has [2], and the places [3]')
    expect(() => of([0, 0], 2)).toThrow('pick: axis is 2')
  })
  it('has its derivatives by x', () => {
    check((x) => g.pick(g.square(x), x.graph.constant([1, 0, 1])), [3, 2])
    const of = (x: Node) => g.pick(x, x.graph.constant([[1], [0]]), { axis: 1 })
    check((x) => g.mul(of(x), of(x)), [2, 2, 1])
  })
})

describe('stopGradient', () => {
  it('has the value and no gradient, of any order; nothing else is stopped', () => {
    const graph = new g.Graph()
    const x = graph.input('x', [2])
    const cost = g.sum(g.mul(g.square(x), g.stopGradient(g.square(x))))
    expect([...evaluate(cost, { x: [1, 2] })]).toEqual([17])
    // 2x · sg(x²), and of that 2 sg(x²).
    const slope = grad(cost, x)
    expect([...evaluate(slope, { x: [1, 2] })]).toEqual([2, 16])
    expect([...evaluate(grad(g.sum(slope), x), { x: [1, 2] })]).toEqual([2, 8])
    expect([...evaluate(grad(g.sum(g.stopGradient(x)), x), { x: [1, 2] })]).toEqual([0, 0])
  })
})
