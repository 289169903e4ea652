// Arrays in parts along an axis, and the parts of one put elsewhere.

import { ShapeError } from '../../errors.ts'
import { concat } from '../../ops/movement/concat.ts'
import { slice } from '../../ops/movement/slice.ts'
import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { requireNode } from '../../record/operand.ts'
import { formatShape, resolveAxis } from '../../shape.ts'

/** Options of `split`: how many parts, or how long each is. */
export interface SplitOptions {
  /** So many parts of one length. */
  readonly parts?: number
  /** The length of each part in turn. */
  readonly sizes?: readonly number[]
  /** Counted from 0, negative from the end. Default 0. */
  readonly axis?: number
}
/** Options of `roll`. */
export interface RollOptions {
  /** How far every entry moves on; negative: back. */
  readonly shift: number
  /** Counted from 0, negative from the end. Default: the last. */
  readonly axis?: number
}

const SYNONYMS = { dim: 'axis', axes: 'axis', sections: 'parts', chunks: 'parts' }

function axisOf(op: string, x: Node, axis: number): number {
  const resolved = resolveAxis(axis, x.shape.length)
  if (resolved !== undefined) return resolved
  throw optionError(op, 'axis', axis, `an axis of ${formatShape(x.shape)}`)
}

/** The entries from `start` up to `end` of one axis. */
export const part = (x: Node, axis: number, start: number, end: number): Node =>
  slice(x, {
    start: x.shape.map((_, k) => (k === axis ? start : 0)),
    end: x.shape.map((length, k) => (k === axis ? end : length)),
  })

/**
 * The parts of x along `axis`, in their order: `concat` puts them together again.
 * @throws OptionError where there are no such parts; ShapeError where they are not the whole
 */
export function split(x: Node, options: SplitOptions): Node[] {
  requireNode('split', x)
  const known = ['parts', 'sizes', 'axis'] as const
  const { parts, sizes, axis = 0 } = readOptions('split', options, known, SYNONYMS)
  const along = axisOf('split', x, axis)
  const length = x.shape[along]!
  if ((parts === undefined) === (sizes === undefined)) {
    throw optionError('split', 'parts', parts, 'given, or sizes, one of the two')
  }
  const isCount = (n: unknown): boolean => Number.isSafeInteger(n) && (n as number) >= 1
  if (parts !== undefined && !(isCount(parts) && length % parts === 0)) {
    throw optionError('split', 'parts', parts, `a divisor of ${length}; sizes may be unequal`)
  }
  if (sizes !== undefined && !(Array.isArray(sizes) && sizes.every(isCount))) {
    throw optionError('split', 'sizes', sizes, 'a list of lengths from 1')
  }
  const lengths = sizes ?? new Array<number>(parts!).fill(length / parts!)
  const total = lengths.reduce((sum, size) => sum + size, 0)
  if (total !== length) {
    const whole = `of ${total}, and axis ${along} of ${formatShape(x.shape)} is ${length}`
    throw new ShapeError(`split: parts ${whole} long`)
  }
  return x.graph.recordingHere(() => {
    let end = 0
    return lengths.map((size) => {
      end += size
      return part(x, along, end - size, end)
    })
  })
}

/** Every entry moved on by `shift` along `axis`; those that leave at the end enter at the front. */
export function roll(x: Node, options: RollOptions): Node {
  requireNode('roll', x)
  const { shift, axis = -1 } = readOptions('roll', options, ['shift', 'axis'], SYNONYMS)
  if (!Number.isSafeInteger(shift)) throw optionError('roll', 'shift', shift, 'a whole number')
  const along = axisOf('roll', x, axis)
  const length = x.shape[along]!
  const first = (length - (shift! % length)) % length
  if (first === 0) return x
  return x.graph.recordingHere(() =>
    concat([part(x, along, first, length), part(x, along, 0, first)], { axis: along }),
  )
}
