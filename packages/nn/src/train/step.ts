// One training step as a graph: (state, batch, schedule) → (next state, cost). What a program
// compiles, and what runs on another engine.
import { grad, type Node, type TypedArray } from '@backprove/graph'
import { requireCount, requireModel } from '../check.ts'
import type { MaskInput, Model } from '../model.ts'
import { type Optimizer, requireOptimizer } from './optimizers/optimizers.ts'
import type { ClosedForm } from './optimizers/rate.ts'

/** The numbers of a step's state, by name. */
export type State = Readonly<Record<string, TypedArray>>

/** A step of training as a graph: forward, backward and update in one. */
export interface RecordedStep {
  /** [leaf, its next value]: parameters, what the optimiser remembers, running statistics. */
  readonly state: readonly (readonly [leaf: Node, next: Node])[]
  /** The samples and the targets of the batch. */
  readonly x: Node
  readonly t: Node
  /** The cost and the outputs before the update. */
  readonly cost: Node
  readonly y: Node
  /** The schedule: numbers to feed at a step (from 0), by the names of inputs that exist. */
  feeds(step: number): Record<string, number>
  /** The laws that numbers of the schedule follow, by name, as far as they follow one. */
  readonly laws: Readonly<Record<string, ClosedForm>>
  /** Inputs to be drawn anew at every step: 1/keep with probability `keep`, else 0. */
  readonly masks: readonly MaskInput[]
}

/** Records forward, backward and update of a batch of that size. */
export function recordStep(model: Model, optimizer: Optimizer, batch: number): RecordedStep {
  requireModel('recordStep', model)
  requireOptimizer('recordStep', optimizer)
  requireCount('recordStep', 'batch', batch)
  const recorded = model.at(batch, { training: true })
  const { graph, x, t, y, cost, masks } = recorded
  const state = [...updatesOf(recorded, optimizer), ...statisticsOf(recorded)]
  const isFed = ([name]: [string, number]): boolean => graph.named.has(name)
  const feeds = (step: number) =>
    Object.fromEntries(Object.entries(optimizer.feeds(step)).filter(isFed))
  return { state, x, t, cost, y, feeds, laws: optimizer.laws ?? {}, masks }
}

function updatesOf({ graph, cost, parameters }: Model, optimizer: Optimizer): [Node, Node][] {
  const raw = grad(cost, parameters)
  const gradients = optimizer.clip?.(raw) ?? raw
  const input = (name: string): Node => graph.input(name, [])
  return parameters.flatMap((parameter, k) => {
    const slot = (name: string): Node => graph.input(`${parameter.name}.${name}`, parameter.shape)
    const { next, slots } = optimizer.update(parameter, gradients[k]!, input, slot)
    return [
      [parameter, next] as [Node, Node],
      ...slots.map(({ leaf, next }): [Node, Node] => [leaf, next]),
    ]
  })
}

const statisticsOf = ({ statistics }: Model): [Node, Node][] =>
  statistics.flatMap(([leaf, next]) => (next ? [[leaf, next] as [Node, Node]] : []))
