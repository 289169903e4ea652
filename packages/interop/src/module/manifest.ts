// What a module takes and gives, for the program that runs it: names, shapes, roles, schedules.
import { type Node, type Shape, show } from '@backprove/graph'
import type { ClosedForm, RecordedStep } from '@backprove/nn'
import { ExportError } from '../errors.ts'
import type { Value } from './value.ts'

/** The numbers that a module computes with. */
export type DType = 'float32' | 'float64'

/**
 * What an input is for. State lives between steps, and the output of the same name is its next
 * value; a batch is divided among machines along its first axis; a schedule is a number a step.
 */
export type Role = 'state' | 'batch' | 'schedule' | 'input'

/** An argument or a result, and what it is called. */
export interface Argument {
  readonly value: Value
  readonly name: string
}

/** One array that goes in or comes out, and what it is for. */
export interface ManifestEntry {
  readonly name: string
  /** What the module calls it, where that is another name. */
  readonly tensor?: string
  readonly shape: Shape
  readonly dtype: DType
  readonly role: Role | 'output'
  /** Of a schedule: its numbers, step by step, or the law that they follow. */
  readonly schedule?: ClosedForm | readonly number[]
  /** Of a mask that is drawn at every step: 1/keep with probability keep, else 0. */
  readonly keep?: number
}

/** What a module takes and gives, in order: a runtime needs nothing else to run steps. */
export interface Manifest {
  readonly format: 'backprove-module'
  readonly version: 1
  readonly inputs: readonly ManifestEntry[]
  readonly outputs: readonly ManifestEntry[]
}

/** Options of the exports. */
export interface ExportOptions {
  /** Default float32. */
  readonly dtype?: DType
  /**
   * By the names of the inputs; what is not listed has the role 'input'. An output with the role
   * 'batch' has a row for each sample.
   */
  readonly roles?: Readonly<Record<string, Role>>
  /** The numbers of the inputs whose role is 'schedule', by name. */
  readonly schedules?: Readonly<Record<string, ClosedForm | readonly number[]>>
  /** The probability to keep, of inputs that are masks, by name. */
  readonly masks?: Readonly<Record<string, number>>
}

/** What a module computes, by name. */
export type Outputs = Readonly<Record<string, Node>>

/**
 * What a training step is as a module: its outputs by name, and the roles of its inputs. `steps` is
 * how many numbers of a schedule that follows no law are written down.
 */
export function moduleOfStep(
  step: RecordedStep,
  steps = 1000,
): {
  outputs: Outputs
  roles: Record<string, Role>
  schedules: NonNullable<ExportOptions['schedules']>
  masks: Record<string, number>
} {
  if (!Array.isArray(step?.state) || typeof step.feeds !== 'function') {
    throw new ExportError(
      `moduleOfStep: ${show(step)} is no step; recordStep(model, optimizer, batch) records one`,
    )
  }
  if (!Number.isSafeInteger(steps) || steps < 1) {
    throw new ExportError(`moduleOfStep: steps is ${show(steps)}; it must be a whole number from 1`)
  }
  const state = step.state.map(([leaf, next]): [string, Node] => [leaf.name!, next])
  const batch = [step.x, step.t, ...step.masks.map(({ node }) => node)]
  const scheduled = Object.keys(step.feeds(0))
  const numbers = (name: string) => Array.from({ length: steps }, (_, k) => step.feeds(k)[name]!)
  return {
    outputs: Object.fromEntries([['cost', step.cost], ['y', step.y], ...state]),
    roles: Object.fromEntries<Role>([
      ...state.map(([name]): [string, Role] => [name, 'state']),
      ...batch.map(({ name }): [string, Role] => [name!, 'batch']),
      ...scheduled.map((name): [string, Role] => [name, 'schedule']),
      ['y', 'batch'],
    ]),
    schedules: Object.fromEntries(
      scheduled.map((name) => [name, step.laws[name] ?? numbers(name)]),
    ),
    masks: Object.fromEntries(step.masks.map(({ node, keep }) => [node.name!, keep])),
  }
}
