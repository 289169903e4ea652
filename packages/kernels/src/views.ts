// A program's memory seen place by place: arrays that show it, copies, and what is written to it.
import type { Memory } from './backend.ts'
import type { Slot } from './feeds.ts'
import type { Named, Place, Plan } from './plan/plan.ts'

export const lengthOf = ({ shape }: Place): number =>
  shape.reduce((size, length) => size * length, 1)

export const viewOf = (memory: Memory, place: Place): Memory =>
  memory.subarray(place.offset, place.offset + lengthOf(place))

/** Copies have memory of their own even where the arena is shared between threads. */
export function copyOf(memory: Memory, place: Place): Memory {
  const view = viewOf(memory, place)
  return view instanceof Float32Array ? new Float32Array(view) : new Float64Array(view)
}

export interface Views {
  readonly memory: Memory
  readonly byName: Readonly<Record<string, Memory>>
}

/** Arrays over places, by name: those that are known, where they show this memory. */
export const viewsOf = (memory: Memory, named: readonly Named[], known?: Views): Views =>
  known?.memory === memory
    ? known
    : {
        memory,
        byName: Object.fromEntries(named.map(({ name, place }) => [name, viewOf(memory, place)])),
      }

export function write(memory: Memory, { given, view, place }: Slot): void {
  if (given !== view) memory.set(given!, place.offset)
}

export const asMemory = ({ dtype }: Plan, given: ArrayLike<number>): Memory => {
  if (dtype === 'float32') return given instanceof Float32Array ? given : Float32Array.from(given)
  return given instanceof Float64Array ? given : Float64Array.from(given)
}
