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
  sub,
  tanh,
} from '@backprove/graph'
import { requireCount, requireFlag, requireTag } from '../../check.ts'
import { ELSEWHERE } from '../elsewhere.ts'
import { NetworkError } from '../errors.ts'
import { type Layer, type Recorder, sampleShape } from '../layer.ts'

/** Options of `simpleRnn`, `lstm` and `gru`: `units` must be given. */
export interface RecurrentOptions {
  readonly units: number
  /** Whether every step is returned, [T,units], and not the last alone, [units]. Default false. */
  readonly sequences?: boolean
  /**
   * Whether the sequence is read from its end too, by parameters of their own (tag B behind the
   * layer's): what both made side by side, 2·units. Default false.
   */
  readonly bidirectional?: boolean
  /** The layer's tag in names; a number in order of layers by default. */
  readonly tag?: string
}

/** What others call them. */
const SYNONYMS = {
  ...ELSEWHERE,
  hidden_size: 'units',
  hiddenSize: 'units',
  return_sequences: 'sequences',
  returnSequences: 'sequences',
}

/** Parameters of one letter, and what they make of a step. */
interface Affine {
  /** W x + U h + b; without h, W x + b. */
  of(x: Node, h: Node | undefined): Node
  /** W x + b, and U h: its two parts. */
  input(x: Node): Node
  recalled(h: Node): Node
}
/** The next h, from x_t and from what the step before left; the first step finds nothing. */
type Step = (x: Node, h: Node | undefined, t: number) => Node
interface Parts {
  affine(letter: string, bias: number): Affine
  /** A bias alone, starting at 0. */
  bias(letter: string): Node
  readonly named: Named
  readonly activated: Activated
}
type Prepare = (parts: Parts) => Step
/** base^{l letter,t}: the notes' name of a value, and of which step. */
type Named = (node: Node, base: string, letter: string, t: number) => Node
/** What enters a function, z, and what comes out. */
type Activated = (f: (z: Node) => Node, z: Node, base: string, letter: string, t: number) => Node

/**
 * `simpleRnn({ units: 8 })` (Elman, 1990), [T,d] → [units]: h_t = tanh(W x_t + U h_{t−1} + b), from
 * h_0 = 0; what enters the tanh is z^{l,t}. It takes [1,T,d] too: the rows of an image.
 */
export const simpleRnn = (options: RecurrentOptions): Layer =>
  recurrent('simpleRnn', 1, options, ({ affine, activated }) => {
    const z = affine('', 0)
    return (x, h, t) => activated(tanh, z.of(x, h), 'h', '', t)
  })

/**
 * `lstm({ units: 8 })` (Hochreiter & Schmidhuber, 1997; Gers et al., 2000), [T,d] → [units]. Gates
 * I, F, O are σ(W x_t + U h_{t−1} + b) and G is tanh of the same, each with W, U, b of its own;
 * c_t = F ⊙ c_{t−1} + I ⊙ G, h_t = O ⊙ tanh(c_t), from h_0 = c_0 = 0. They are named a^{lI,t} and
 * so on, what they are functions of z^{lI,t}, and the parameters w^{lI}, u^{lI}, b^{lI}. The bias
 * of F starts at 1 (Jozefowicz et al., 2015), all others at 0. It takes [1,T,d] too.
 */
export const lstm = (options: RecurrentOptions): Layer =>
  recurrent('lstm', 4, options, ({ affine, named, activated }) => {
    const [zi, zf, zo, zg] = [affine('I', 0), affine('F', 1), affine('O', 0), affine('G', 0)]
    let c: Node | undefined
    return (x, h, t) => {
      const gate = (letter: string, z: Affine): Node =>
        activated(sigmoid, z.of(x, h), 'a', letter, t)
      const written = mul(gate('I', zi), activated(tanh, zg.of(x, h), 'a', 'G', t))
      c = named(c === undefined ? written : add(mul(gate('F', zf), c), written), 'c', '', t)
      return named(mul(gate('O', zo), tanh(c)), 'h', '', t)
    }
  })

/**
 * `gru({ units: 8 })` (Cho et al., 2014; reset after the product, as cuDNN has it), [T,d] →
 * [units]. Gates R, Z are σ(W x_t + U h_{t−1} + b), the new value N is
 * tanh(W x_t + b + R ⊙ (U h_{t−1} + b^{lH})), h_t = (1 − Z) ⊙ N + Z ⊙ h_{t−1}, from h_0 = 0; named
 * as those of `lstm` are. It takes [1,T,d] too.
 */
export const gru = (options: RecurrentOptions): Layer =>
  recurrent('gru', 3, options, ({ affine, bias, named, activated }) => {
    const [zr, zz, zn] = [affine('R', 0), affine('Z', 0), affine('N', 0)]
    const kept = bias('H')
    return (x, h, t) => {
      const gate = (letter: string, z: Affine): Node =>
        activated(sigmoid, z.of(x, h), 'a', letter, t)
      const [r, z] = [gate('R', zr), gate('Z', zz)]
      const recalled = mul(r, h ? add(zn.recalled(h), kept) : kept)
      const fresh = mul(sub(1, z), activated(tanh, add(zn.input(x), recalled), 'a', 'N', t))
      return named(h ? add(fresh, mul(z, h)) : fresh, 'h', '', t)
    }
  })

function recurrent(
  kind: string,
  gates: number,
  options: RecurrentOptions,
  prepare: Prepare,
): Layer {
  const given = readOptions(kind, options, ['units', 'sequences', 'bidirectional', 'tag'], SYNONYMS)
  const units = requireCount(kind, 'units', given.units)
  requireFlag(kind, 'sequences', given.sequences)
  requireFlag(kind, 'bidirectional', given.bidirectional)
  requireTag(kind, given.tag)
  return {
    kind,
    options,
    record(x, recorder) {
      const [places, features] = sequenceOf(kind, x, recorder)
      const own = recorder.tag(given.tag)
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
      /** Every h_t of one direction, in the order of the places. */
      const read = (tag: string, isBackward: boolean): Node[] => {
        const named: Named = (node, base, letter, t) =>
          node.as(`${base}^{${tag}${letter},${t}}_{${axes}}`)
        const activated: Activated = (f, z, base, letter, t) =>
          named(f(named(z, 'z', letter, t)), base, letter, t)
        const bias = (letter: string, fill = 0): Node =>
          recorder.parameter('b', tag + letter, ['', 'n'], [units], { fill })
        const affine = (letter: string, fill: number): Affine => {
          const weights = (base: string, inputs: number): Node =>
            recorder.parameter(base, tag + letter, ['', 'ni'], [units, inputs], {
              deviation: 1 / Math.sqrt(features + units),
            })
          const [w, u] = [weights('w', features), weights('u', units)]
          const b = bias(letter, fill)
          const input = (xt: Node): Node => dense(xt, w, b)
          const recalled = (h: Node): Node => dense(h, u)
          return { input, recalled, of: (xt, h) => (h ? add(input(xt), recalled(h)) : input(xt)) }
        }
        const step = prepare({ affine, bias, named, activated })
        const steps: Node[] = []
        for (let k = 0; k < places; k++) {
          const t = isBackward ? places - 1 - k : k
          steps.push(step(at(t), steps.at(-1), t + 1))
        }
        return steps
      }
      const ways = [read(own, false), ...(given.bidirectional ? [read(`${own}B`, true)] : [])]
      if (!given.sequences) return beside(ways.map((steps) => steps.at(-1)!))
      const inOrder = ways.map((steps, k) => (k === 0 ? steps : steps.toReversed()))
      const rows = inOrder[0]!.map((_, t) =>
        reshape(beside(inOrder.map((steps) => steps[t]!)), [...lead, 1, units * ways.length]),
      )
      return rows.length === 1 ? rows[0]! : concat(rows, { axis: -2 })
    },
    work: (_, from) => {
      const features = from.at(-1)!
      const counted = `n·d+n·n+n = ${units}·${features}+${units}·${units}+${units}`
      const kept = kind === 'gru' ? `, and n = ${units}` : ''
      const each = gates === 1 ? counted : `${gates} times ${counted}${kept}`
      return {
        parameters: given.bidirectional ? `twice ${each}` : each,
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

const beside = (parts: readonly Node[]): Node =>
  parts.length === 1 ? parts[0]! : concat(parts, { axis: -1 })
