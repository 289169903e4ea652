// Networks of images: convolutions with every option, poolings.
import { avgPool2d, conv2d, convolve2d, maxPool2d } from '../../../../packages/graph/src/index.ts'
import { activated, type Build, withCost } from '../plan.ts'

export const images: Readonly<Record<string, Build>> = {
  conv: (random) => {
    const pick = () => ({
      s: random.pick([1, 1, 2, 3]),
      d: random.pick([1, 1, 2]),
      p: random.pick([0, 0, 1, 2, 3]),
    })
    const [rows, columns] = [pick(), pick()]
    const activation = random.pick(['none', 'none', 'sigmoid', 'relu', 'tanh'])
    const flipped = random.chance(0.3)
    return {
      lengths: {
        c: random.pick([1, 2, 2]),
        k: random.pick([1, 2, 3]),
        h: random.pick([3, 4, 5, 6]),
        w: random.pick([3, 4, 5]),
        m: random.pick([1, 2, 3]),
        n: random.pick([1, 2, 3]),
      },
      parameters: {
        ...{ rs: rows.s, rd: rows.d, rp: rows.p, cs: columns.s, cd: columns.d, cp: columns.p },
        flipped: flipped ? 1 : 0,
      },
      activation,
      hasKinks: activation === 'relu',
      body: (scribe, { c, k, h, w, m, n }) => {
        const x = scribe.declare('input', 'x', 'cij', [c!, h!, w!])
        const W = scribe.declare('parameter', 'W', 'kcuv', [k!, c!, m!, n!])
        const b = scribe.declare('parameter', 'b', 'k', [k!])
        const options = {
          bias: b,
          stride: [rows.s, columns.s] as const,
          dilation: [rows.d, columns.d] as const,
          padding: [rows.p, columns.p] as const,
        }
        const z = (flipped ? convolve2d : conv2d)(x, W, options)
        scribe.name(z, 'z', 'kij')
        return withCost(activated(z, activation, 'kij', scribe), scribe, 'kij')
      },
    }
  },
  groups: (random) => {
    const [C, F] = [random.pick([1, 2]), random.pick([1, 2])]
    return {
      lengths: { h: random.pick([2, 3, 4]), w: random.pick([2, 3]), m: random.pick([1, 2]) },
      parameters: { C, F },
      body: (scribe, { h, w, m }) => {
        const x = scribe.declare('input', 'x', 'cij', [2 * C, h!, w!])
        const W = scribe.declare('parameter', 'W', 'kcuv', [2 * F, C, m!, m!])
        const z = scribe.name(conv2d(x, W, { groups: 2 }), 'z', 'kij')
        return withCost(z, scribe, 'kij')
      },
    }
  },
  plane: (random) => {
    const activation = random.pick(['none', 'none', 'sigmoid', 'relu'])
    const padding = random.pick(['valid', 'full', 'same'] as const)
    const kernel = () => (padding === 'same' ? random.pick([1, 3]) : random.pick([1, 2, 3]))
    const flipped = random.chance(0.4)
    return {
      lengths: { h: random.pick([3, 4, 5]), w: random.pick([3, 4, 5]), m: kernel(), n: kernel() },
      parameters: { padding: { valid: 0, full: 1, same: 2 }[padding], flipped: flipped ? 1 : 0 },
      activation,
      hasKinks: activation === 'relu',
      body: (scribe, { h, w, m, n }) => {
        const x = scribe.declare('input', 'x', 'ij', [1, h!, w!])
        const W = scribe.declare('parameter', 'W', 'uv', [1, 1, m!, n!])
        const z = scribe.name((flipped ? convolve2d : conv2d)(x, W, { padding }), 'z', 'ij')
        return withCost(activated(z, activation, 'ij', scribe), scribe, 'ij')
      },
    }
  },
  pool: (random) => {
    const max = random.chance(0.5)
    const [p, q] = [random.pick([1, 2, 3]), random.pick([2, 3])]
    return {
      lengths: { k: random.pick([1, 2]), h: random.pick([3, 4, 5, 6]), w: random.pick([3, 4, 7]) },
      parameters: { p, q, max: max ? 1 : 0 },
      hasKinks: max,
      body: (scribe, { k, h, w }) => {
        const x = scribe.declare('input', 'x', 'kij', [k!, h!, w!])
        const y = (max ? maxPool2d : avgPool2d)(x, { size: [p, q] })
        return withCost(scribe.name(y, 'y', 'kij'), scribe, 'kij')
      },
    }
  },
}
