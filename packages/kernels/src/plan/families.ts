// How each op of the graph is planned. What a family's ops compute is their own affair.
import { type Op, type OpName, opName } from '@backprove/graph'
import { lines, needed } from '../needed.ts'
import type { Family, families } from './family-table.ts'

type Names<F extends Family> = {
  [K in keyof typeof families]: (typeof families)[K] extends F ? K : never
}[keyof typeof families]

export type ElementwiseName = Names<'elementwise'>
export type ReductionName = Names<'reduction'>
export type ViewName = Names<'view'>
/** Kernels that few networks use: a page has them where it calls `linkEveryOp`. */
export type SeldomKernelName =
  | ('medianPool2d' | 'medianPool2dInput' | 'medianPool2dGather' | 'maxPool2dGather' | 'l2Pool2d')
  | ('maxInput' | 'maxGather' | 'argmax' | 'cumsum' | 'gather' | 'gatherInput')
export type AssemblyName = Names<'assembly'>
export type KernelName = Names<'kernel'>

/** What moves entries or adds them up says so nowhere else. */
const moved: { readonly [K in OpName]?: Family } = {
  ...{ broadcastTo: 'view', reshape: 'view', flatten: 'view', transpose: 'view', flip: 'view' },
  ...{ rot180: 'view', slice: 'view', concat: 'assembly', sliceScatter: 'assembly' },
  ...{ pad: 'assembly', upsample: 'assembly', sum: 'reduction', max: 'reduction' },
}

/**
 * The family of an op. One from elsewhere is compiled from its line where that is a formula of
 * entries, run by a kernel of its own, or interpreted.
 */
export function familyOf(op: Op): Family {
  const { traits } = op
  const name = opName(op)
  const found = name && (moved[name] ?? (traits?.leaf && 'leaf'))
  if (found) return found
  const isElementwise =
    traits?.elementwise && (name || needed(lines.known, op.name).hasLineFormula(op))
  return isElementwise ? 'elementwise' : 'kernel'
}

/** An op in a table: one of the library by its name, one from elsewhere by itself. */
export type OpKey = OpName | Op
export const keyOf = (op: Op): OpKey => opName(op) ?? op

/** What a table by names of the library has for an op; undefined for one from elsewhere. */
export function entryFor<T>(table: Readonly<Partial<Record<OpName, T>>>, op: Op): T | undefined {
  const name = opName(op)
  return name && table[name]
}
