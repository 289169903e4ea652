// Winners of pooling windows: with cells that no window has, equal ones behind a relu, and windows
// of one cell, as recorded and at other sizes.
import {
  Graph,
  maxPool2d,
  mul,
  type Node,
  relu,
  square,
  sum,
} from '../../../../../packages/graph/src/index.ts'
import type { Random } from '../../random.ts'
import { type Drawn, type Leaves, near } from '../drawn.ts'
import { cell, placesOf, slopesOf, valuesOf } from './recorded.ts'

interface Shape {
  readonly height: number
  readonly width: number
}
interface Pooling {
  readonly m: number
  readonly n: number
  readonly before: 'relu' | 'twice'
  readonly cost: 'sum' | 'squares' | 'weights'
}

const recorded = ({ m, n, before, cost }: Pooling, { height, width }: Shape) => {
  const g = new Graph()
  const x = g.input('x_{ij}', [1, height, width])
  const a = (before === 'relu' ? relu(x) : mul(x, 2)).as('a_{ij}')
  const p = maxPool2d(a, { size: [m, n] }).as('p_{ij}')
  const costs: Readonly<Record<Pooling['cost'], () => Node>> = {
    sum: () => sum(p),
    squares: () => sum(square(p)),
    weights: () => sum(mul(p, g.input('t_{ij}', [...p.shape]))),
  }
  return { x, a, p, cost: costs[cost]().as('C') }
}

type Net = ReturnType<typeof recorded>
type Claim = (net: Net, shape: Shape, leaves: Leaves) => boolean

const claims = (
  random: Random,
  { m, n, cost, before }: Pooling,
): readonly (readonly [text: string, Claim])[] => {
  const [M, N] = random.chance(0.75) ? [m, n] : [random.pick([1, 2, 3]), random.pick([1, 2, 3])]
  const up = `_{⌈i/${M}⌉,⌈j/${N}⌉}`
  const ask =
    (of: (value: Values) => (i: number, j: number) => boolean): Claim =>
    (net, shape, leaves) => {
      const { height, width } = shape
      const at = valuesAt(net, shape, leaves, { m, n })
      return placesOf(height, width).every(([i, j]) => of(at)(i, j))
    }
  const [rows, columns] = [(i: number) => Math.ceil(i / M), (j: number) => Math.ceil(j / N)]
  const slope = cost === 'squares' ? ` 2 p${up}` : cost === 'weights' ? ` t${up}` : ''
  const above = ({ p, dp }: Values, i: number, j: number) => {
    if (cost === 'squares') return 2 * p(rows(i), columns(j))
    return cost === 'weights' ? dp(rows(i), columns(j)) : 1
  }
  const found: (readonly [string, Claim])[] = [
    [
      `[a_{ij} = p${up}] = [a_{ij} = max]`,
      ask((at) => (i, j) => near(at.a(i, j), at.p(rows(i), columns(j))) === at.isMost(i, j)),
    ],
    [
      `∂C/∂a_{ij} = [a_{ij} = max] ∂C/∂p${up}`,
      ask((at) => (i, j) => near(at.da(i, j), at.isMost(i, j) ? at.dp(rows(i), columns(j)) : 0)),
    ],
    [
      `∂C/∂a_{ij} = [a_{ij} = p${up}] ∂C/∂p${up}`,
      ask((at) => (i, j) => {
        const isEqual = near(at.a(i, j), at.p(rows(i), columns(j)))
        return near(at.da(i, j), isEqual ? at.dp(rows(i), columns(j)) : 0)
      }),
    ],
    [
      `∂C/∂a_{ij} = [a_{ij} = first max] ∂C/∂p${up}`,
      ask((at) => (i, j) => near(at.da(i, j), at.isFirst(i, j) ? at.dp(rows(i), columns(j)) : 0)),
    ],
    [
      `∂C/∂a_{ij} = [a_{ij} = max]${slope}`,
      ask((at) => (i, j) => near(at.da(i, j), at.isMost(i, j) ? above(at, i, j) : 0)),
    ],
    [
      `∂C/∂x_{ij} = [x_{ij} > 0] [a_{ij} = max]${slope}`,
      ask(
        (at) => (i, j) =>
          near(at.dx(i, j), at.x(i, j) > 0 && at.isMost(i, j) ? above(at, i, j) : 0),
      ),
    ],
    [
      `[a_{ij} = max] p${up} = [a_{ij} = max] a_{ij}`,
      ask((at) => (i, j) => !at.isMost(i, j) || near(at.p(rows(i), columns(j)), at.a(i, j))),
    ],
    [`a_{ij} ≤ p${up}`, ask((at) => (i, j) => at.a(i, j) <= at.p(rows(i), columns(j)) + 1e-9)],
    [
      `∂C/∂a_{ij} = [a_{ij} = max]`,
      ask((at) => (i, j) => near(at.da(i, j), at.isMost(i, j) ? 1 : 0)),
    ],
  ]
  if (before === 'relu') return found
  return [
    ...found,
    [
      `∂C/∂x_{ij} = 2 [x_{ij} = max] ∂C/∂p${up}`,
      ask(
        (at) => (i, j) => near(at.dx(i, j), at.isMost(i, j) ? 2 * at.dp(rows(i), columns(j)) : 0),
      ),
    ],
  ]
}

interface Values {
  readonly x: (i: number, j: number) => number
  readonly a: (i: number, j: number) => number
  readonly p: (i: number, j: number) => number
  readonly da: (i: number, j: number) => number
  readonly dx: (i: number, j: number) => number
  readonly dp: (i: number, j: number) => number
  readonly isMost: (i: number, j: number) => boolean
  readonly isFirst: (i: number, j: number) => boolean
}

const valuesAt = (
  { x, a, p, cost }: Net,
  { height, width }: Shape,
  leaves: Leaves,
  { m, n }: { readonly m: number; readonly n: number },
): Values => {
  const [rows, columns] = [Math.floor(height / m), Math.floor(width / n)]
  const large = (all: readonly number[]) => (i: number, j: number) => cell(all, height, width, i, j)
  const few = (all: readonly number[]) => (i: number, j: number) => cell(all, rows, columns, i, j)
  const ofA = large(valuesOf(a, leaves))
  const window = (i: number, j: number) =>
    i > m * rows || j > n * columns
      ? []
      : placesOf(m, n).map(
          ([u, v]) => [m * (Math.ceil(i / m) - 1) + u, n * (Math.ceil(j / n) - 1) + v] as const,
        )
  const most = (i: number, j: number) => {
    const cells = window(i, j)
    const best = Math.max(...cells.map(([u, v]) => ofA(u, v)))
    return cells.filter(([u, v]) => ofA(u, v) === best)
  }
  const isAt = (i: number, j: number) => (at: readonly [number, number]) =>
    at[0] === i && at[1] === j
  return {
    x: large(leaves.x!),
    a: ofA,
    p: few(valuesOf(p, leaves)),
    da: large(slopesOf(cost, a, leaves)),
    dx: large(slopesOf(cost, x, leaves)),
    dp: few(slopesOf(cost, p, leaves)),
    isMost: (i, j) => most(i, j).some(isAt(i, j)),
    isFirst: (i, j) => most(i, j).slice(0, 1).some(isAt(i, j)),
  }
}

const drawnAs = (
  pooling: Pooling,
  shape: Shape,
  text: string,
  claim: Claim,
  others?: Drawn['others'],
): Drawn => {
  const net = recorded(pooling, shape)
  return {
    text,
    cost: () => net.cost,
    leaves: {
      x: shape.height * shape.width,
      ...(pooling.cost === 'weights' && { t: net.p.shape.reduce((a, b) => a * b) }),
    },
    constants: [],
    // An equality of values is decided by nobody.
    isGeneric: /∂|first/.test(text),
    strictly: (leaves) => claim(net, shape, leaves),
    holds: (leaves) => {
      const { isMost, isFirst } = valuesAt(net, shape, leaves, pooling)
      const isTied = ([i, j]: readonly [number, number]) => isMost(i, j) && !isFirst(i, j)
      // Of equal winners no verdict speaks where a derivative passes them.
      const isLeftOut = /∂C.∂a/.test(text) && placesOf(shape.height, shape.width).some(isTied)
      return isLeftOut ? undefined : claim(net, shape, leaves)
    },
    ...(others && { others }),
  }
}

export const winners = (random: Random): Drawn => {
  const [m, n] = [random.pick([1, 2, 2, 3]), random.pick([1, 2, 2])]
  const shapeFrom = (from: Random): Shape => ({
    height: m + from.pick([0, 1, 2, 3, 4]),
    width: n + from.pick([0, 1, 2, 3]),
  })
  const pooling: Pooling = {
    m,
    n,
    before: random.pick(['relu', 'twice']),
    cost: random.pick(['sum', 'squares', 'weights']),
  }
  const [text, claim] = random.pick(claims(random, pooling))
  return drawnAs(pooling, shapeFrom(random), text, claim, (again) =>
    drawnAs(pooling, shapeFrom(again), text, claim),
  )
}
