// Functions that are compositions: values worked by hand, derivatives against central differences
// at orders 1 and 2, and their limits.
import { describe, expect, it } from 'vitest'
import { evaluate } from '../evaluate.ts'
import { grad } from '../grad.ts'
import {
  gelu,
  max,
  min,
  type Node,
  neg,
  norm,
  type ReduceOptions,
  silu,
  sum,
  variance,
} from '../index.ts'
import { Graph } from '../record/graph.ts'
import type { NestedNumbers } from '../shape.ts'
import { checkDerivatives } from '../testing/check-derivatives.ts'
import { drawFrom, separated } from '../testing/draw.ts'

const values = (y: Node): number[] => [...evaluate(y)]
const constant = (numbers: NestedNumbers): Node => new Graph().constant(numbers)

/** Of x [2, 3, 2], with any derivative. */
function check(of: (x: Node) => Node): void {
  const x = new Graph().input('x', [2, 3, 2])
  const [given] = separated([x.shape], drawFrom(3))
  checkDerivatives(of(x), [x], { x: given! })
}

const REDUCTIONS: ReduceOptions[] = [
  ...[{}, { axes: 0 }, { axes: [-1], keepDims: true }, { axes: [2, 0] }, { axes: 1 }],
  { axes: [0, 1, 2], keepDims: true },
]

describe('silu', () => {
  it('is x σ(x)', () => {
    const [a, b, c] = values(silu(constant([0, Math.log(3), -Math.log(3)])))
    expect([a, b, c]).toEqual([
      0,
      expect.closeTo(0.75 * Math.log(3), 14),
      expect.closeTo(-Math.log(3) / 4, 14),
    ])
  })
  it('has its derivatives', () => check(silu))
  it('neither overflows nor vanishes in its tails', () => {
    const x = new Graph().input('x', [2])
    const [slope] = grad(sum(silu(x)), [x])
    expect([...evaluate(silu(x), { x: [-800, 800] })].map((y) => y + 0)).toEqual([0, 800])
    expect([...evaluate(slope!, { x: [-800, 800] })].map((g) => g + 0)).toEqual([0, 1])
  })
})

describe('gelu', () => {
  it('is x Φ(x): the table of the normal distribution, and the form with tanh near it', () => {
    const at = [0, 1, -1, 1.96]
    const exact = values(gelu(constant(at)))
    const phi = [0.5, 0.8413447460685429, 0.15865525393145705, 0.9750021048517795]
    exact.forEach((y, k) => {
      expect(y).toBeCloseTo(at[k]! * phi[k]!, 14)
    })
    const near = values(gelu(constant(at), { approximate: 'tanh' }))
    near.forEach((y, k) => {
      expect(Math.abs(y - exact[k]!)).toBeLessThan(5e-4)
    })
    expect(near[1]).not.toBe(exact[1])
  })
  it('has its derivatives', () => check((x) => gelu(x)))
  it('has its derivatives, with tanh', () => check((x) => gelu(x, { approximate: 'tanh' })))
  it('refuses another form', () => {
    const approximate = 'erf' as never
    expect(() => gelu(constant([1]), { approximate })).toThrow("must be 'none' or 'tanh'")
  })
})

describe('min', () => {
  it('is the smallest over axes', () => {
    const x = constant([
      [3, -1, 2],
      [0, 5, -4],
    ])
    expect(values(min(x))).toEqual([-4])
    expect(values(min(x, { axes: 0 })).map((v) => v + 0)).toEqual([0, -1, -4])
    expect(min(x, { axes: 1, keepDims: true }).shape).toEqual([2, 1])
    expect(min(x, { axes: [] })).toBe(x)
  })
  it.each(REDUCTIONS)('has its derivatives, %j', (options) => check((x) => min(x, options)))
  it('gives a tie to the first, or splits it, as max does', () => {
    for (const [ties, expected] of [
      ['first', [0, 1, 0]],
      ['split', [0, 0.5, 0.5]],
    ] as const) {
      const x = new Graph({ ties }).input('x', [3])
      const [g] = grad(min(x), [x])
      expect([...evaluate(g!, { x: [2, 1, 1] })]).toEqual(expected)
      const [h] = grad(max(neg(x)), [x])
      expect([...evaluate(h!, { x: [2, 1, 1] })].map((v) => 0 - v)).toEqual(expected)
    }
  })
})

describe('variance', () => {
  const x = constant([
    [1, 2, 6],
    [4, 4, 4],
  ])
  it('is the mean square about the mean', () => {
    expect(values(variance(x, { axes: 1 }))).toEqual([14 / 3, 0])
    expect(values(variance(x, { axes: 1, correction: 1 }))).toEqual([7, 0])
    expect(values(variance(x, { axes: 0 }))).toEqual([2.25, 1, 1])
    expect(variance(x, { axes: 1, keepDims: true }).shape).toEqual([2, 1])
    expect(values(variance(x, { axes: [] }))).toEqual([0, 0, 0, 0, 0, 0])
  })
  it('loses no digit to a large mean', () => {
    expect(values(variance(constant([1e9 + 1, 1e9 + 3])))).toEqual([1])
  })
  it.each(REDUCTIONS)('has its derivatives, %j', (options) => {
    check((x) => variance(x, options))
    check((x) => variance(x, { ...options, correction: 0.5 }))
  })
  it('needs more entries than the correction', () => {
    expect(() => variance(x, { axes: 0, correction: 2 })).toThrow(
      'variance: correction is 2; it must be from 0, below the 2 entries that each variance is of',
    )
    expect(() => variance(x, { correction: Number.NaN })).toThrow('correction is NaN')
    expect(() => variance(x, { ddof: 1 } as never)).toThrow('there is no option "ddof"')
  })
})

describe('norm', () => {
  const x = constant([
    [3, 0, -4],
    [0, 0, 0],
  ])
  it('is the root of the sum of squares', () => {
    expect(values(norm(x))).toEqual([5])
    expect(values(norm(x, { axes: 1 }))).toEqual([5, 0])
    expect(values(norm(x, { axes: 0 }))).toEqual([3, 0, 4])
    expect(norm(x, { axes: 0, keepDims: true }).shape).toEqual([1, 3])
    expect(values(norm(x, { axes: [] }))).toEqual([3, 0, 4, 0, 0, 0])
  })
  it.each(REDUCTIONS)('has its derivatives, %j', (options) => check((x) => norm(x, options)))
  it('has the gradient x/‖x‖, and 0 at 0', () => {
    const rows = new Graph().input('rows', [2, 3])
    const [g] = grad(sum(norm(rows, { axes: 1 })), [rows])
    const found = [...evaluate(g!, { rows: [3, 0, -4, 0, 0, 0] })]
    const expected = [0.6, 0, -0.8, 0, 0, 0]
    found.forEach((value, k) => {
      expect(value).toBeCloseTo(expected[k]!, 14)
    })
  })
  it('does not overflow', () => {
    expect(values(norm(constant([3e200, 4e200])))[0]).toBeCloseTo(5e200, -190)
  })
})
