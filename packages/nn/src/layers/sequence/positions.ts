// Which place of a sequence a vector stands at: added to it, since attention sees no order.
import { add, type Node, readOptions, reshape } from '@backprove/graph'
import { requireFlag, requireTag } from '../../check.ts'
import { NetworkError } from '../errors.ts'
import { type Layer, sampleShape } from '../layer.ts'

/** Options of `positions`. */
export interface PositionsOptions {
  /** Whether the vectors of the places are trained, from 0, and not sines. Default false. */
  readonly trained?: boolean
  /** The layer's tag in names, where it is trained; a number in order of layers by default. */
  readonly tag?: string
}

/**
 * `positions()`: x + P, [T,d] → [T,d]. P has sines and cosines (Vaswani et al., 2017, 3.5): at
 * place t from 0 and feature 2k, sin(t/10000^{2k/d}), and cos of the same at 2k + 1; or is trained.
 */
export function positions(options: PositionsOptions = {}): Layer {
  const given = readOptions('positions', options, ['trained', 'tag'], { learned: 'trained' })
  const { trained = false } = given
  requireFlag('positions', 'trained', given.trained)
  requireTag('positions', given.tag)
  return {
    kind: 'positions',
    options,
    record(x, recorder) {
      const sample = sampleShape(x, recorder)
      if (sample.length !== 2 && !(sample.length === 3 && sample[0] === 1)) {
        const what = `a sequence [T,d] or [1,T,d], not a sample [${sample}]`
        throw new NetworkError(`positions: it takes ${what}`)
      }
      const [places, features] = sample.slice(-2) as [number, number]
      const shape = [places, features]
      if (!trained) return add(x, x.graph.constant(waves(places, features), shape))
      const tag = recorder.tag(given.tag)
      const table: Node = recorder.parameter('w', tag, ['', 'ij'], shape, { fill: 0 })
      return recorder.name(add(x, reshape(table, sample)), 'z', tag)
    },
    work: (_, from) => (trained ? { parameters: `T·d = ${from.at(-2)}·${from.at(-1)}` } : {}),
  }
}

const waves = (places: number, features: number): Float64Array =>
  Float64Array.from({ length: places * features }, (_, entry) => {
    const [t, feature] = [Math.floor(entry / features), entry % features]
    const even = feature - (feature % 2)
    const angle = t / 10_000 ** (even / features)
    return feature === even ? Math.sin(angle) : Math.cos(angle)
  })
