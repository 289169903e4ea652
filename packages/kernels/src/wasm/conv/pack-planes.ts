// Copies images plane by plane into frames of zeros, columns that are a stride apart beside one
// another: [plane, row, residue, column]. What steps over columns then reads neighbours.
import {
  type Body,
  type I32,
  i32,
  type Local,
  memory,
  type Statement,
  type V128,
  v128,
} from '../encoder/index.ts'
import type { Phase } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'

type Pair = readonly [number, number]

export interface PackedPlanes {
  readonly planes: number
  /** Of the source. */
  readonly image: Pair
  /** The source's row and column that come to stand first; negative: zeros before it. */
  readonly first: Pair
  readonly rows: number
  /** Column first + stride · k + r of the source stands at column k of residue r. */
  readonly stride: number
  /** Residues that are kept, from 0. */
  readonly residues: number
  /** Columns of a residue that are read: those behind the image are 0. */
  readonly needed: number
}

/** Vectors of a row whose code is written one after another. */
const mostTogether = 8

/** Where a residue's columns come from: zeros before them, how many, and the first of them. */
interface Run {
  readonly before: number
  readonly count: number
  readonly from: number
  /** Vectors from the first column that comes from the image. */
  readonly vectors: number
}

function runs(lanes: Lanes, { image, first, stride, residues, needed }: PackedPlanes): Run[] {
  return Array.from({ length: residues }, (_, residue) => {
    const start = first[1] + residue
    const before = Math.min(needed, Math.max(0, Math.ceil(-start / stride)))
    const from = start + stride * before
    const count = Math.max(0, Math.min(needed - before, Math.ceil((image[1] - from) / stride)))
    return { before, count, from, vectors: Math.ceil((needed - before) / lanes.count) }
  })
}

/** Elements of one residue of a row: room for whole vectors behind what stands before them. */
function residueColumns(lanes: Lanes, planes: PackedPlanes): number {
  const { count } = lanes
  const room = ({ before, vectors }: Run): number =>
    Math.max(Math.ceil(before / count) * count, before + vectors * count)
  return Math.max(...runs(lanes, planes).map(room))
}

/** Bytes from one residue, row, plane to the next, and of all planes. */
export function planeSizes(lanes: Lanes, planes: PackedPlanes) {
  const residue = residueColumns(lanes, planes) * lanes.bytes
  const row = planes.residues * residue
  const plane = planes.rows * row
  return { residue, row, plane, bytes: planes.planes * plane }
}

/** All of these planes' places set to 0: the frames that packing leaves as they are. */
export const clearPlanes = (
  lanes: Lanes,
  planes: PackedPlanes,
  to: I32,
  count: number,
): Statement => memory.fill(to, 0, count * planeSizes(lanes, planes).plane)

/** Copies the plane at `read` into its cleared place at `write`; both move on to the next one. */
export function packPlane(
  f: Body,
  lanes: Lanes,
  planes: PackedPlanes,
  at: { readonly from: number; readonly to: number },
  read: Local<'i32'>,
  write: Local<'i32'>,
): void {
  const { image, first, rows, stride } = planes
  const { bytes, count: width } = lanes
  const sizes = planeSizes(lanes, planes)
  const above = Math.min(rows, Math.max(0, -first[0]))
  const skipped = Math.min(image[0], Math.max(0, first[0]))
  const inside = Math.max(0, Math.min(rows - above, image[0] - skipped))
  const all = runs(lanes, planes)
  const every = Array.from({ length: width }, (_, lane) => stride * lane)

  /** The residue's vector of that number; behind the first `kept` columns it is 0. */
  const vector = ({ from }: Run, number: number, kept: number): V128 => {
    const step = stride * bytes
    const offset = at.from + from * bytes + number * width * step
    if (stride > 2) {
      let value: V128 = v128.zero
      for (let lane = 0; lane < Math.min(kept, width); lane++) {
        value = lanes.loadLane(read, value, lane, offset + lane * step)
      }
      return value
    }
    const whole =
      stride === 1
        ? lanes.load(read, offset)
        : lanes.shuffle(lanes.load(read, offset), lanes.load(read, offset + 16), every)
    return kept >= width ? whole : v128.and(whole, firstLanes(lanes, kept))
  }
  const row = () => {
    all.forEach((run, residue) => {
      const { before, count } = run
      const to = at.to + residue * sizes.residue + before * bytes
      const rounds = Math.floor(count / width / mostTogether)
      const done = rounds * mostTogether
      const one = (number: number, kept: number) =>
        f.do(lanes.store(write, vector(run, number, kept), to + 16 * number))
      f.repeat(rounds, () => {
        for (let number = 0; number < mostTogether; number++) one(number, width)
        f.bump(read, mostTogether * 16 * stride)
        f.bump(write, mostTogether * 16)
      })
      const left = Math.ceil((count - done * width) / width)
      for (let number = 0; number < left; number++) one(number, count - (done + number) * width)
      f.bump(read, -done * 16 * stride)
      f.bump(write, -done * 16)
    })
  }
  f.bump(read, skipped * image[1] * bytes)
  f.bump(write, above * sizes.row)
  f.repeat(inside, () => {
    row()
    f.bump(read, image[1] * bytes)
    f.bump(write, sizes.row)
  })
  f.bump(read, (image[0] - skipped - inside) * image[1] * bytes)
  f.bump(write, (rows - above - inside) * sizes.row)
}

/** Ones in the first lanes, zeros in the others. */
export const firstLanes = (lanes: Lanes, kept: number): V128 =>
  lanes.integer.constant(...Array.from({ length: lanes.count }, (_, k) => (k < kept ? -1 : 0)))

/** A task is a plane. */
export function packPlanes(
  lanes: Lanes,
  planes: PackedPlanes,
  at: { readonly from: number; readonly to: number },
): Phase {
  const body = (f: Body, task: I32) => {
    const write = f.let(i32.mul(task, planeSizes(lanes, planes).plane))
    const read = f.let(i32.mul(task, planes.image[0] * planes.image[1] * lanes.bytes))
    f.do(clearPlanes(lanes, planes, i32.add(write, at.to), 1))
    packPlane(f, lanes, planes, at, read, write)
  }
  return { name: 'pack planes', tasks: planes.planes, body }
}
