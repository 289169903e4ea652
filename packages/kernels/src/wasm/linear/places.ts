// Rows read by their places, and what flows added up at them. A place that is none stops the run
// before anything is read: who runs the program then says which.
import { type Body, type Expression, f32, f64, type I32, i32, memory } from '../encoder/index.ts'
import type { Kernel, Phase } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import type { Walk } from './along.ts'

/** A word in memory that is made `code` where the run has to stop. */
export interface Refusal {
  readonly address: number
  readonly code: number
}

export interface PlacesShape {
  /** The array that places count in. */
  readonly walk: Walk
  /** How many places there are. */
  readonly count: number
}

interface Addresses {
  readonly from: number
  readonly places: number
  readonly to: number
}

/** Rows shorter than this many bytes are copied entry by entry. */
const SHORT = 64
/** Entries behind the axis that one task adds up. */
const WIDTH = 32

const placeAt = ({ dtype, bytes }: Lanes, places: number, k: I32): Expression<'f64'> => {
  const at = i32.mul(k, bytes)
  return dtype === 'float64' ? f64.load(at, places) : f32.promote(f32.load(at, places))
}

function checked(
  lanes: Lanes,
  { walk, count }: PlacesShape,
  places: number,
  refusal: Refusal,
): Phase {
  return {
    name: 'places',
    tasks: 1,
    alone: true,
    stops: refusal.address,
    body: (f) => {
      const k = f.let(i32.constant(0))
      f.repeat(count, () => {
        const place = f.let(placeAt(lanes, places, k))
        const isWhole = f64.eq(f64.floor(place), place)
        const isThere = i32.and(
          f64.ge(place, f64.constant(0)),
          f64.lt(place, f64.constant(walk.length)),
        )
        f.if(i32.eqz(i32.and(isWhole, isThere)), () => {
          f.do(i32.store(0, i32.constant(refusal.code), refusal.address))
        })
        f.bump(k, 1)
      })
    },
  }
}

const copyEntry = ({ dtype }: Lanes, from: I32, to: I32, at: Pick<Addresses, 'from' | 'to'>) =>
  dtype === 'float64'
    ? f64.store(to, f64.load(from, at.from), at.to)
    : f32.store(to, f32.load(from, at.from), at.to)

/** y_{o,k,i} = x_{o,p_k,i} */
export function rowsAt(lanes: Lanes, shape: PlacesShape, at: Addresses, refusal: Refusal): Kernel {
  const { walk, count } = shape
  const row = walk.inner * lanes.bytes
  const copy: Phase = {
    name: 'gather',
    tasks: walk.outer * count,
    body: (f, task) => {
      const place = i32.truncate(placeAt(lanes, at.places, i32.remU(task, count)))
      const before = i32.mul(i32.divU(task, count), walk.length)
      const from = f.let(i32.mul(i32.add(before, place), row))
      const to = f.let(i32.mul(task, row))
      if (row >= SHORT) {
        f.do(memory.copy(i32.add(to, at.to), i32.add(from, at.from), row))
        return
      }
      f.repeat(walk.inner, () => {
        f.do(copyEntry(lanes, from, to, at))
        f.bump(from, lanes.bytes)
        f.bump(to, lanes.bytes)
      })
    },
  }
  return [checked(lanes, shape, at.places, refusal), copy]
}

/** x_{o,n,i} = Σ_k [n = p_k] g_{o,k,i}, in the order of k. */
export function addedAt(lanes: Lanes, shape: PlacesShape, at: Addresses, refusal: Refusal): Kernel {
  const { walk, count } = shape
  const { bytes, dtype } = lanes
  const row = walk.inner * bytes
  const strips = Math.ceil(walk.inner / WIDTH)
  const add = (f: Body, from: I32, to: I32): void => {
    f.do(
      dtype === 'float64'
        ? f64.store(to, f64.add(f64.load(to, at.to), f64.load(from, at.from)), at.to)
        : f32.store(to, f32.add(f32.load(to, at.to), f32.load(from, at.from)), at.to),
    )
  }
  const sum: Phase = {
    name: 'gatherInput',
    tasks: walk.outer * strips,
    body: (f, task) => {
      const outer = f.let(strips === 1 ? task : i32.divU(task, strips))
      const first = f.let(i32.mul(i32.remU(task, strips), WIDTH * bytes))
      const rest = walk.inner - (strips - 1) * WIDTH
      const isLast = i32.eq(i32.remU(task, strips), strips - 1)
      const width = f.let(i32.constant(WIDTH))
      f.if(isLast, () => f.set(width, i32.constant(rest)))
      const start = f.let(i32.add(i32.mul(outer, walk.length * row), first))
      const to = f.let(start)
      f.repeat(walk.length, () => {
        f.do(memory.fill(i32.add(to, at.to), 0, i32.mul(width, bytes)))
        f.bump(to, row)
      })
      const k = f.let(i32.constant(0))
      const line = f.let(i32.add(i32.mul(outer, count * row), first))
      f.repeat(count, () => {
        const place = i32.truncate(placeAt(lanes, at.places, k))
        f.set(to, i32.add(start, i32.mul(place, row)))
        const from = f.let(line)
        f.repeat(width, () => {
          add(f, from, to)
          f.bump(from, bytes)
          f.bump(to, bytes)
        })
        f.bump(line, row)
        f.bump(k, 1)
      })
    },
  }
  return [checked(lanes, shape, at.places, refusal), sum]
}
