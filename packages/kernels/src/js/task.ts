// What a kernel of this backend is: something bound once to an arena, and then called.
import { type Node, sizeOf } from '@backprove/graph'
import type { Memory } from '../backend.ts'
import type { KernelStep, Place } from '../plan/plan.ts'

export type Task = () => void

export interface Kernel {
  readonly bind: (step: KernelStep, memory: Memory) => Task
  /** Entries of memory of its own. */
  readonly scratch?: (node: Node) => number
}

/** The dense stretch of the arena that a place is. */
export const stretch = (memory: Memory, place: Place): Memory =>
  memory.subarray(place.offset, place.offset + sizeOf(place.shape))

/** Inputs, output and scratch of a step as stretches; an absent operand is undefined. */
export const stretches = (step: KernelStep, memory: Memory) => ({
  inputs: step.inputs.map((place) => stretch(memory, place)),
  output: stretch(memory, step.output),
  scratch: step.scratch ? stretch(memory, step.scratch) : memory.subarray(0, 0),
})
