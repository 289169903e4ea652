// What a plan is: plain data that says which steps run in which order on which stretch of one
// arena. Backends read it; nothing here builds or runs one. All offsets and lengths count entries
// of the plan's dtype from the start of the arena; shapes and strides are row-major as in graph.
import type { Op, Shape } from '@backprove/graph'

/** The numbers a program computes with. */
export type DType = 'float32' | 'float64'
/** What kernels may do to the last bits of their results. */
export type Precision = 'strict' | 'relaxed'
/** Bytes of one entry, by dtype. */
export const bytesPerEntry: Readonly<Record<DType, number>> = { float32: 4, float64: 8 }

/** Where an array is: entry (i, j, …) is at offset + i·strides[0] + j·strides[1] + …. */
export interface Place {
  /** The block that it lies in. */
  readonly block: number
  readonly offset: number
  readonly shape: Shape
  /** 0 where an axis is repeated, negative where it is read backwards. */
  readonly strides: readonly number[]
}

/**
 * Feeds, states and constants keep their stretch for the program's life, outputs theirs until the
 * next run. Temporaries share: two blocks may overlap when they are never needed at once.
 */
export type Role = 'feed' | 'state' | 'constant' | 'output' | 'temporary'

/** A stretch of the arena. */
export interface Block {
  readonly role: Role
  readonly offset: number
  readonly length: number
}

/** What an instruction reads: an input of its step, a number, or an earlier instruction. */
export type Source =
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'result'; readonly index: number }

/** One elementwise op of a fused group. The last instruction of a group is its result. */
export interface Instruction {
  readonly op: Op
  readonly params: object
  readonly sources: readonly Source[]
}

interface StepBase {
  /** What people call the node that this step computes. */
  readonly label: string
  readonly output: Place
  /** Blocks that nobody reads after this step. */
  readonly dies: readonly number[]
}

/**
 * A group of elementwise ops in one pass over `shape`, or, with no instruction at all, a copy of
 * the one input. Inputs are broadcast: each has strides for all of `shape`. Where the output's
 * block is at the place of an input's, that input is read with the strides of the output, so entry
 * by entry (and so block by block) in ascending order is safe.
 */
export interface ElementwiseStep extends StepBase {
  readonly kind: 'elementwise'
  readonly shape: Shape
  readonly inputs: readonly Place[]
  readonly code: readonly Instruction[]
  /** A number to write throughout, where there is neither input nor instruction. */
  readonly fill?: number
}

/** One op by its own kernel. Inputs, in the order of the op's operands, and output are dense. */
export interface KernelStep extends StepBase {
  readonly kind: 'kernel'
  readonly op: Op
  readonly params: object
  readonly inputs: readonly Place[]
  /** Memory of the kernel's own during this step, as much as its backend asked for. */
  readonly scratch?: Place
  readonly epilogue?: Epilogue
}

/**
 * What becomes of each entry of a kernel's result before it is written. Input 0 is the entry; the
 * arrays that follow have the result's entries in the same order, and are written over only by
 * kernels whose `Finishing` is 'over'.
 */
export interface Epilogue {
  readonly code: readonly Instruction[]
  readonly inputs: readonly Place[]
}

/**
 * A reduction of a fused group: the group's result over `shape` is combined along `axes` into the
 * dense output, which has the other axes in order.
 */
export interface ReductionStep extends StepBase {
  readonly kind: 'reduction'
  readonly combine: Combination
  readonly axes: readonly number[]
  readonly shape: Shape
  readonly inputs: readonly Place[]
  /** With no instruction at all the one input itself is reduced. */
  readonly code: readonly Instruction[]
  /** What is reduced, where that is several things: the results stand one after another. */
  readonly results?: readonly Source[]
}
/** Whether a kernel does an epilogue, and whether each entry is read before it is written there. */
export type Finishing = boolean | 'over'
/** How a reduction puts entries together. */
export type Combination = 'sum' | 'max'

/** What a program does at once: a fused group, a reduction of one, or a kernel. */
export type Step = ElementwiseStep | ReductionStep | KernelStep

/** All arrays that a step reads. */
export const readsOf = (step: Step): readonly Place[] =>
  step.kind === 'kernel' && step.epilogue ? [...step.inputs, ...step.epilogue.inputs] : step.inputs

/** A leaf that is fed or kept, and its place. */
export interface Named {
  readonly name: string
  readonly kind: string
  readonly place: Place
}

/** A constant's place and numbers. */
export interface Constant {
  readonly place: Place
  /** As many numbers as the place has entries. */
  readonly data: Float64Array
}

/** A law that was used, and on what. */
export interface AppliedLaw {
  readonly law: string
  readonly node: string
}

/** Which steps run in which order on which stretches of memory: plain data that backends read. */
export interface Plan {
  readonly dtype: DType
  readonly steps: readonly Step[]
  readonly blocks: readonly Block[]
  /** Entries of the whole arena. */
  readonly length: number
  /** Entries of the largest set of blocks that are needed at once, in the order of the steps. */
  readonly largestLive: number
  readonly feeds: readonly Named[]
  /** Leaves that live here: the steps leave each one's next value at its place. */
  readonly states: readonly Named[]
  readonly constants: readonly Constant[]
  /** One for each node asked for, all dense. */
  readonly outputs: readonly Place[]
  readonly laws: readonly AppliedLaw[]
}
