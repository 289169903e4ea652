// One training step as a program: forward, backward and update of a batch of one size.
import { type Node, sizeOf, type TypedArray } from '@backprove/graph'
import { compile, type Diagnosis, diagnose, type Program } from '@backprove/kernels'
import type { Batch } from '../data/dataset.ts'
import { NetworkError } from '../layers/errors.ts'
import type { Model } from '../model.ts'
import { generator } from '../random.ts'
import type { Optimizer } from './optimizers.ts'
import { recordStep } from './step.ts'

export interface Trainer {
  readonly batchSize: number
  /** Names of the arrays that live in the program: parameters, slots, running statistics. */
  readonly state: readonly string[]
  readonly program: Program<{ cost: Node; y: Node }>
  /**
   * Gives the program what was trained so far; at step 0 the model's numbers, and 0 for what the
   * optimiser remembers. @throws NetworkError where a later step lacks something
   */
  start(trained: Record<string, TypedArray>, values: Record<string, TypedArray>, step: number): void
  /** The cost before the update and the outputs, of one step. */
  step(batch: Batch, step: number): { cost: number; outputs: TypedArray }
  /** Where the first NaN or infinity of that step comes from, from the state that it starts with. */
  diagnose(batch: Batch, step: number): Diagnosis | undefined
}

/** Compiles the step for a batch size. `seed` draws the dropout masks, anew for each step. */
export function trainerOf(
  model: Model,
  optimizer: Optimizer,
  batchSize: number,
  seed: number,
): Trainer {
  const { state, cost, y, feeds: scheduled, masks } = recordStep(model, optimizer, batchSize)
  const program = compile({ cost, y }, { state })
  const random = generator(seed).fork('dropout')
  const feedsOf = (batch: Batch, step: number): Record<string, TypedArray> => {
    const feeds: Record<string, TypedArray> = { x: batch.images, t: batch.targets }
    for (const [name, value] of Object.entries(scheduled(step))) {
      feeds[name] = Float32Array.of(value)
    }
    masks.forEach(({ node, keep }, k) => {
      const draws = random.fork(`${step} ${k}`)
      feeds[node.name!] = Float32Array.from({ length: sizeOf(node.shape) }, () =>
        draws.uniform() < keep ? 1 / keep : 0,
      )
    })
    return feeds
  }
  return {
    batchSize,
    state: state.map(([leaf]) => leaf.name!),
    program,
    start(trained, values, step) {
      const numbers = state.map(([{ name = '', shape }]) => {
        if (step > 0 && !trained[name]) {
          throw new NetworkError(`train: step ${step} needs ${name}, which the checkpoint lacks`)
        }
        return [name, trained[name] ?? values[name] ?? new Float32Array(sizeOf(shape))] as const
      })
      program.setState(Object.fromEntries(numbers))
    },
    step(batch, step) {
      const { cost, y } = program.run(feedsOf(batch, step))
      return { cost: cost[0]!, outputs: y }
    },
    diagnose: (batch, step) => diagnose(program, feedsOf(batch, step)),
  }
}
