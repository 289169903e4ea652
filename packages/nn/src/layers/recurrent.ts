// Recurrent layers, unrolled over the places of a sequence: one step recorded after another, all
// with the same parameters. Step t of layer l is h^{l,t}, so that a formula can speak of it.
import {
  add,
  concat,
  dense,
  mul,
  type Node,
  readOptions,
  reshape,
  sigmoid,
  slice,
  tanh,
} from '@backprove/graph'
import { requireCount, requireFlag, requireTag } from '../check.ts'
import { NetworkError } from './errors.ts'
import { type Layer, type Recorder, sampleShape } from './layer.ts'

/** Options of `simpleRnn` and `lstm`: `units` must be given. */
export interface RecurrentOptions {
  readonly units: number
  /** Whether every step is returned, [T,units], and not the last alone, [units]. Default false. */
  readonly sequences?: boolean
  /** The layer's tag in names; a number in order of layers by default. */
  readonly tag?: string
}

/** W x + U h + b of the step under way, with parameters of that letter. */
type Affine = (x: Node, h: Node | undefined) => Node
/** The next h, from x_t and from what the step before left; the first step finds nothing. */
type Step = (x: Node, h: Node | undefined, t: number) => Node
type Prepare = (affine: (letter: string, bias: number) => Affine, named: Named) => Step
/** base^{l letter,t}: the notes' name of a value, and of which step. */
type Named = (node: Node, base: string, letter: string, t: number) => Node

/**
 * `simpleRnn({ units: 8 })` (Elman, 1990), [T,d] → [units]: h_t = tanh(W x_t + U h_{t−1} + b), from
 * h_0 = 0. It takes [1,T,d] too: the rows of an image.
 */
export const simpleRnn = (options: RecurrentOptions): Layer =>
  recurrent('simpleRnn', 1, options, (affine, named) => {
    const z = affine('', 0)
    return (x, h, t) => named(tanh(z(x, h)), 'h', '', t)
  })

/**
 * `lstm({ units: 8 })` (Hochreiter & Schmidhuber, 1997; Gers et al., 2000), [T,d] → [units]. Gates
 * I, F, O are σ(W x_t + U h_{t−1} + b) and G is tanh of the same, each with W, U, b of its own;
 * c_t = F ⊙ c_{t−1} + I ⊙ G, h_t = O ⊙ tanh(c_t), from h_0 = c_0 = 0. They are named a^{lI,t} and
 * so on, w^{lI}, u^{lI}, b^{lI}. The bias of F starts at 1 (Jozefowicz et al., 2015), all others at
 * 0. It takes [1,T,d] too.
 */
export const lstm = (options: RecurrentOptions): Layer =>
  recurrent('lstm', 4, options, (affine, named) => {
    const [zi, zf, zo, zg] = [affine('I', 0), affine('F', 1), affine('O', 0), affine('G', 0)]
    let c: Node | undefined
    return (x, h, t) => {
      const gate = (letter: string, z: Affine): Node => named(sigmoid(z(x, h)), 'a', letter, t)
      const written = mul(gate('I', zi), named(tanh(zg(x, h)), 'a', 'G', t))
      c = named(c === undefined ? written : add(mul(gate('F', zf), c), written), 'c', '', t)
      return named(mul(gate('O', zo), tanh(c)), 'h', '', t)
    }
  })

function recurrent(
  kind: string,
  gates: number,
  options: RecurrentOptions,
  prepare: Prepare,
): Layer {
  const given = readOptions(kind, options, ['units', 'sequences', 'tag'])
  const units = requireCount(kind, 'units', given.units)
  requireFlag(kind, 'sequences', given.sequences)
  requireTag(kind, given.tag)
  return {
    kind,
    options,
    record(x, recorder) {
      const [places, features] = sequenceOf(kind, x, recorder)
      const tag = recorder.tag(given.tag)
      const lead = recorder.batch === null ? [] : [recorder.batch]
      const sequence = reshape(x, [...lead, places, features])
      const at = (t: number): Node =>
        reshape(
          slice(sequence, {
            start: [...lead.map(() => 0), t, 0],
            end: [...lead, t + 1, features],
          }),
          [...lead, features],
        )
      const axes = recorder.batch === null ? 'n' : 'sn'
      const named: Named = (node, base, letter, t) =>
        node.as(`${base}^{${tag}${letter},${t}}_{${axes}}`)
      const step = prepare((letter, fill) => {
        const own = tag + letter
        const weights = (base: string, inputs: number): Node =>
          recorder.parameter(base, own, ['', 'ni'], [units, inputs], {
            deviation: 1 / Math.sqrt(features + units),
          })
        const [w, u] = [weights('w', features), weights('u', units)]
        const b = recorder.parameter('b', own, ['', 'n'], [units], { fill })
        return (xt, h) => (h ? add(dense(xt, w, b), dense(h, u)) : dense(xt, w, b))
      }, named)
      const steps: Node[] = []
      for (let t = 0; t < places; t++) steps.push(step(at(t), steps.at(-1), t + 1))
      if (!given.sequences) return steps.at(-1)!
      const rows = steps.map((h) => reshape(h, [...lead, 1, units]))
      return rows.length === 1 ? rows[0]! : concat(rows, { axis: -2 })
    },
    work: (_, from) => {
      const features = from.at(-1)!
      const counted = `n·d+n·n+n = ${units}·${features}+${units}·${units}+${units}`
      return {
        parameters: gates === 1 ? counted : `${gates} times ${counted}`,
        global: true,
      }
    },
  }
}

function sequenceOf(kind: string, x: Node, recorder: Recorder): [places: number, features: number] {
  const sample = sampleShape(x, recorder)
  if (sample.length === 2 || (sample.length === 3 && sample[0] === 1)) {
    return [sample.at(-2)!, sample.at(-1)!]
  }
  throw new NetworkError(`${kind}: it takes a sequence [T,d] or [1,T,d], not a sample [${sample}]`)
}
