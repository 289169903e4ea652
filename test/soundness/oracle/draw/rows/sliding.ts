// Convolutions and poolings that step, with padding and dilation along either axis: as sums, as
// stars, their derivatives, and the same with a step or a border that is off by one.
import {
  avgPool2d,
  conv2d,
  convolve2d,
  Graph,
  maxPool2d,
  mul,
  type Node,
  sum,
} from '../../../../../packages/graph/src/index.ts'
import type { Random } from '../../random.ts'
import { type Drawn, type Leaves, near } from '../drawn.ts'
import { cell, isIn, placesOf, slopesOf, upTo, valuesOf } from './recorded.ts'

/** Along one axis. */
interface Steps {
  readonly s: number
  readonly d: number
  readonly p: number
}
type Pair<T> = readonly [rows: T, columns: T]
type What = 'conv' | 'turned' | 'mean' | 'max'

interface Sliding {
  readonly what: What
  readonly steps: Pair<Steps>
  readonly image: Pair<number>
  readonly window: Pair<number>
}

const reach = ({ steps, window }: Sliding, axis: 0 | 1): number =>
  steps[axis].d * (window[axis] - 1) + 1
const outputs = (of: Sliding): Pair<number> => {
  const along = (axis: 0 | 1) =>
    Math.floor((of.image[axis] + 2 * of.steps[axis].p - reach(of, axis)) / of.steps[axis].s) + 1
  return [along(0), along(1)]
}

interface Network {
  readonly cost: Node
  readonly z: Node
  readonly x: Node
  readonly w?: Node
}

const recorded = (of: Sliding): Network => {
  const { what, image, window, steps } = of
  const g = new Graph()
  const x = g.input('x_{ij}', [1, ...image])
  const pair = (key: keyof Steps) => steps.map((each) => each[key]) as [number, number]
  const [stride, padding, dilation] = [pair('s'), pair('p'), pair('d')]
  const costOf = (z: Node) => sum(mul(z, g.input('t_{ij}', [...z.shape]))).as('C')
  if (what === 'mean' || what === 'max') {
    const size = [...window] as [number, number]
    const pool = what === 'mean' ? avgPool2d : maxPool2d
    const z = pool(x, { size, stride, padding }).as('z_{ij}')
    return { cost: costOf(z), z, x }
  }
  const w = g.parameter('w_{uv}', [1, 1, ...window])
  const z = (what === 'conv' ? conv2d : convolve2d)(x, w, { stride, padding, dilation })
  return { cost: costOf(z.as('z_{ij}')), z, x, w }
}

const drawSteps = (random: Random): Steps => ({
  s: random.pick([1, 1, 2, 2, 3]),
  d: random.pick([1, 1, 1, 2]),
  p: random.pick([0, 0, 1, 1, 2]),
})

/** A claim writes these, which may be other ones. */
const near1 = (random: Random, of: Steps): Steps => {
  const key = random.pick(['s', 'd', 'p'] as const)
  const by = random.pick([1, -1])
  return { ...of, [key]: Math.max(key === 'p' ? 0 : 1, of[key] + by) }
}

/** s(i − 1) + d(u − 1) + 1 − p. */
const place = ({ s, d, p }: Steps, i: number, u: number): number =>
  s * (i - 1) + d * (u - 1) + 1 - p
const written = ({ s, d, p }: Steps, i: string, u: string): string => {
  const part = (k: number, letter: string) => (k === 1 ? letter : `${k}${letter}`)
  const rest = 1 - p - s - d
  const shift = rest === 0 ? '' : rest > 0 ? `+${rest}` : `${rest}`
  return `${part(s, i)}+${part(d, u)}${shift}`
}

const star = ([a, b]: Pair<Steps>): string => {
  const parts = (['s', 'd', 'p'] as const).flatMap((key) => {
    const idle = key === 'p' ? 0 : 1
    if (a[key] === idle && b[key] === idle) return []
    return [`${key}=${a[key] === b[key] ? a[key] : `(${a[key]},${b[key]})`}`]
  })
  return parts.length === 0 ? '*valid' : `*_{${parts.join(',')}}`
}

type Claim = (of: Sliding, net: Network, leaves: Leaves) => boolean | undefined

const allNear = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, k) => near(value, b[k]!))

/** Σ over the places of the window of x there and of the weight. */
const slid = (of: Sliding, steps: Pair<Steps>, { x, w }: Leaves, i: number, j: number): number => {
  const { what, image, window } = of
  const [m, n] = window
  return placesOf(m, n).reduce((total, [u, v]) => {
    const read = cell(x!, ...image, place(steps[0], i, u), place(steps[1], j, v))
    const at: Pair<number> = what === 'turned' ? [m + 1 - u, n + 1 - v] : [u, v]
    return total + read * (what === 'mean' ? 1 / (m * n) : cell(w!, m, n, ...at))
  }, 0)
}

const claims = (random: Random, of: Sliding): readonly (readonly [text: string, Claim])[] => {
  const steps: Pair<Steps> = random.chance(0.5)
    ? of.steps
    : random.chance(0.5)
      ? [near1(random, of.steps[0]), of.steps[1]]
      : [of.steps[0], near1(random, of.steps[1])]
  const [m, n] = of.window
  const read = `x_{${written(steps[0], 'i', 'u')},${written(steps[1], 'j', 'v')}}`
  const isAt = `[g = ${written(steps[0], 'i', 'u')}] [h = ${written(steps[1], 'j', 'v')}]`
  const everyOutput =
    (at: (i: number, j: number) => number): Claim =>
    (net, { z }, leaves) =>
      allNear(
        valuesOf(z, leaves),
        placesOf(...outputs(net)).map(([i, j]) => at(i, j)),
      )
  if (of.what === 'max') {
    return [
      [
        `z_{ij} = max_{1≤u≤${m},1≤v≤${n}} ${read}`,
        (net, recordedAs, leaves) =>
          everyOutput((i, j) => {
            const found = placesOf(m, n).flatMap(([u, v]) => {
              const at = [place(steps[0], i, u), place(steps[1], j, v)] as const
              return isIn(...net.image, ...at) ? [cell(leaves.x!, ...net.image, ...at)] : []
            })
            return found.length === 0 ? 0 : Math.max(...found)
          })(net, recordedAs, leaves),
      ],
    ]
  }
  const slides: Claim = (net, recordedAs, leaves) =>
    everyOutput((i, j) => slid(net, steps, leaves, i, j))(net, recordedAs, leaves)
  const byImage: Claim = (net, { cost, x }, leaves) => {
    const [rows, columns] = outputs(net)
    const [a, b] = net.window
    const found = placesOf(...net.image).map(([g, h]) =>
      placesOf(rows, columns).reduce((total, [i, j]) => {
        const inner = placesOf(a, b).reduce((more, [u, v]) => {
          if (place(steps[0], i, u) !== g || place(steps[1], j, v) !== h) return more
          const at: Pair<number> = net.what === 'turned' ? [a + 1 - u, b + 1 - v] : [u, v]
          return more + (net.what === 'mean' ? 1 / (a * b) : cell(leaves.w!, a, b, ...at))
        }, 0)
        return total + cell(leaves.t!, rows, columns, i, j) * inner
      }, 0),
    )
    return allNear(slopesOf(cost, x, leaves), found)
  }
  if (of.what === 'mean') {
    const window = `Σ_{u=1}^{${m}} Σ_{v=1}^{${n}}`
    return [
      [`z_{ij} = 1/${m * n} ${window} ${read}`, slides],
      [`∂C/∂x_{gh} = 1/${m * n} Σ_{i,j} ${window} ${isAt} t_{ij}`, byImage],
    ]
  }
  const isTurned = of.what === 'turned'
  const weight = isTurned ? `w_{m+1-u,n+1-v}` : 'w_{uv}'
  const byKernel: Claim = (net, { cost, w }, leaves) => {
    const [rows, columns] = outputs(net)
    const [a, b] = net.window
    const found = placesOf(a, b).map(([u, v]) =>
      placesOf(rows, columns).reduce((total, [i, j]) => {
        const read = cell(leaves.x!, ...net.image, place(steps[0], i, u), place(steps[1], j, v))
        return total + cell(leaves.t!, rows, columns, i, j) * read
      }, 0),
    )
    return allNear(slopesOf(cost, w!, leaves), found)
  }
  const asStar: Claim = (net, recordedAs, leaves) => {
    const own = { ...net, steps }
    return outputs(own).join() === outputs(net).join() && slides(net, recordedAs, leaves)
  }
  // Entries beyond what slides are 0.
  const asEntries: Claim = (net, recordedAs, leaves) => {
    const [rows, columns] = outputs({ ...net, steps })
    const at = (i: number, j: number) =>
      i <= rows && j <= columns ? slid(net, steps, leaves, i, j) : 0
    return everyOutput(at)(net, recordedAs, leaves)
  }
  const plain: (readonly [string, Claim])[] = [
    [`z = x ${star(steps)} ${isTurned ? 'rot180(w)' : 'w'}`, asStar],
    [`z_{ij} = (x ${star(steps)} ${isTurned ? 'rot180(w)' : 'w'})_{ij}`, asEntries],
  ]
  if (isTurned) return plain
  return [
    ...plain,
    [`z_{ij} = Σ_{u,v} ${read} ${weight}`, slides],
    [`∂C/∂w_{uv} = Σ_{i,j} ∂C/∂z_{ij} ${read}`, byKernel],
    [`∂C/∂x_{gh} = Σ_{i,j,u,v} ${isAt} ∂C/∂z_{ij} w_{uv}`, byImage],
  ]
}

const drawnAs = (of: Sliding, text: string, claim: Claim, others?: Drawn['others']): Drawn => {
  const net = recorded(of)
  const [rows, columns] = outputs(of)
  return {
    text,
    cost: () => net.cost,
    leaves: {
      x: of.image[0] * of.image[1],
      ...(net.w && { w: of.window[0] * of.window[1] }),
      t: rows * columns,
    },
    constants: [],
    holds: (leaves) => claim(of, net, leaves),
    ...(others && { others }),
  }
}

const isPossible = (of: Sliding): boolean => {
  const { what, steps, window } = of
  const isSmall = ([0, 1] as const).every((axis) => what.length > 4 || steps[axis].p < window[axis])
  const pads = ([0, 1] as const).every((axis) => 2 * steps[axis].p <= window[axis])
  return isSmall && outputs(of).every((n) => n >= 1) && (what.startsWith('m') ? pads : true)
}

export const sliding = (random: Random): Drawn => {
  const lengths = (): Pick<Sliding, 'image' | 'window'> => ({
    image: [random.pick(upTo(6)), random.pick(upTo(6))],
    window: [random.pick([1, 2, 2, 3]), random.pick([1, 2, 3])],
  })
  const what = random.pick(['conv', 'conv', 'conv', 'turned', 'mean', 'max'] as const)
  for (;;) {
    const isPool = what === 'mean' || what === 'max'
    const steps = [drawSteps(random), drawSteps(random)].map((each) =>
      isPool ? { ...each, d: 1 } : each,
    ) as unknown as Pair<Steps>
    const of: Sliding = { what, steps, ...lengths() }
    if (!isPossible(of)) continue
    const [text, claim] = random.pick(claims(random, of))
    const others = (again: Random): Drawn | undefined => {
      const image: Pair<number> = [again.pick(upTo(7)), again.pick(upTo(7))]
      const window: Pair<number> = isPool ? of.window : [again.pick(upTo(3)), again.pick(upTo(3))]
      const other = { ...of, image, window }
      return isPossible(other) ? drawnAs(other, text, claim) : undefined
    }
    const [a, b] = of.steps
    const isStar = what === 'conv' && text === `z = x ${star(of.steps)} w`
    const summed = `z_{ij} = Σ_{u,v} x_{${written(a, 'i', 'u')},${written(b, 'j', 'v')}} w_{uv}`
    return { ...drawnAs(of, text, claim, others), ...(isStar && { alike: summed }) }
  }
}
