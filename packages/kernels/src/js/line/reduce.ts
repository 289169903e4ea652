// Loops of a line as closures: sums, and who wins.
import { plus, whole } from '../../line/affine.ts'
import { mayAnnul, type Reduce } from '../../line/program.ts'
import { indexOf, type Machine, type Thunk } from './machine.ts'

/** Runs the body for every value of the loops, the first outermost. */
function nest({ loops }: Reduce, machine: Machine, body: () => void): () => void {
  const { slots } = machine
  return loops.reduceRight((inner, { slot, last }) => {
    const end = indexOf(last, machine)
    return () => {
      const most = end()
      for (let index = 1; index <= most; index++) {
        slots[slot] = index
        inner()
      }
    }
  }, body)
}

export function sumOf(reduce: Reduce, machine: Machine, body: Thunk): Thunk {
  let total = 0
  const run = nest(reduce, machine, () => {
    total += body()
  })
  return () => {
    const [before, around] = [machine.outside, total]
    total = 0
    run()
    machine.outside = before
    const sum = total
    total = around
    return sum
  }
}

/** Σ_k of entries that lie inside, multiplied: by strides. */
export function dotOf({ loops, body }: Reduce, machine: Machine): Thunk | undefined {
  const factors = body.kind === 'product' ? body.factors : [body]
  const [loop, ...others] = loops
  const reads = factors.flatMap((each) => (each.kind === 'read' && !mayAnnul(each) ? [each] : []))
  if (!loop || others.length > 0 || reads.length < factors.length || reads.length > 2) {
    return undefined
  }
  const [a, b] = reads.map(({ operand, offset }) => {
    const step = offset.terms.get(loop.slot) ?? 0
    const start = new Map(offset.terms)
    start.delete(loop.slot)
    const first = plus({ constant: offset.constant, terms: start }, whole(step))
    return { data: machine.operands[operand]!, first: indexOf(first, machine), step }
  })
  const last = indexOf(loop.last, machine)
  if (!a) return undefined
  if (!b) {
    return () => {
      let [sum, at] = [0, a.first()]
      for (let left = last(); left > 0; left--, at += a.step) sum += a.data[at]!
      return sum
    }
  }
  return () => {
    let [sum, i, j] = [0, a.first(), b.first()]
    for (let left = last(); left > 0; left--, i += a.step, j += b.step) {
      sum += a.data[i]! * b.data[j]!
    }
    return sum
  }
}

/** A NaN does not compete, nor does what lies outside its box. */
export function winnerOf(reduce: Reduce, machine: Machine, body: Thunk): Thunk {
  const isMax = reduce.by === 'max'
  const nothing = isMax ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  let [best, place, at, met] = [nothing, -1, 0, false]
  const run = nest(reduce, machine, () => {
    machine.outside = false
    const value = body()
    const here = at++
    if (machine.outside) return
    met = true
    if (Number.isNaN(value)) return
    if (place < 0 || (isMax ? value > best : value < best)) {
      best = value
      place = here
    }
  })
  return () => {
    const before = [best, place, at, met] as const
    const outside = machine.outside
    ;[best, place, at, met] = [nothing, -1, 0, false]
    run()
    machine.outside = outside
    const value = place < 0 && met ? Number.NaN : best
    const found = reduce.gives === 'place' ? place : value
    ;[best, place, at, met] = before
    return found
  }
}
