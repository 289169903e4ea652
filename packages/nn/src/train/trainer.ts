// One training step as a program: forward, backward and update of a batch of one size.
import { sizeOf, type TypedArray } from '@backprove/graph'
import { type Diagnosis, diagnose } from '@backprove/kernels'
import type { Batch } from '../data/images.ts'
import { NetworkError } from '../layers/errors.ts'
import type { Model } from '../model.ts'
import { generator } from '../random.ts'
import { compileAny } from './any-program.ts'
import type { RunOptions } from './evaluate.ts'
import type { Optimizer } from './optimizers/optimizers.ts'
import { recordStep, type State } from './step.ts'

export interface Trainer {
  readonly batchSize: number
  /**
   * Gives the program what was trained so far; at step 0 the model's numbers, and 0 for what the
   * optimiser remembers. @throws NetworkError where a later step lacks something
   */
  start(trained: State, values: State, step: number): void
  /** Where the step reads its images: written there, they are not copied. */
  images(): TypedArray | undefined
  /** The cost before the update and the outputs, of one step; valid until the next. */
  step(batch: Batch, step: number): { cost: number; outputs: TypedArray }
  /** Parameters, slots and running statistics by name, as they stand in the program's memory. */
  state(): State
  /** Whether all of them are finite. */
  isFinite(): boolean
  /** Sets to 0 what is below the normal numbers of float32. */
  settle(): void
  /** Where the first NaN or infinity of that step comes from, from the state that it starts with. */
  diagnose(batch: Batch, step: number): Diagnosis | undefined
}

/** Compiles the step for a batch size. `seed` draws the dropout masks, anew for each step. */
export function trainerOf(
  model: Model,
  optimizer: Optimizer,
  batchSize: number,
  seed: number,
  running: RunOptions = {},
): Trainer {
  const { state, cost, y, feeds: scheduled, masks } = recordStep(model, optimizer, batchSize)
  const program = compileAny({ cost, y }, { state, views: true, ...running })
  const random = generator(seed).fork('dropout')
  // The arrays that are fed, filled anew for each step.
  const feeds: Record<string, TypedArray> = {}
  for (const name of Object.keys(scheduled(0))) feeds[name] = new Float32Array(1)
  for (const { node } of masks) feeds[node.name!] = new Float32Array(sizeOf(node.shape))
  const feedsOf = (batch: Batch, step: number): Record<string, TypedArray> => {
    feeds.x = batch.images
    feeds.t = batch.targets
    const numbers = scheduled(step)
    for (const name in numbers) feeds[name]![0] = numbers[name]!
    masks.forEach(({ node, keep }, k) => {
      const draws = random.fork(`${step} ${k}`)
      const mask = feeds[node.name!]!
      for (let at = 0; at < mask.length; at++) mask[at] = draws.uniform() < keep ? 1 / keep : 0
    })
    return feeds
  }
  return {
    batchSize,
    start(trained, values, step) {
      const numbers = state.map(([{ name = '', shape }]) => {
        if (step > 0 && !trained[name]) {
          throw new NetworkError(`train: step ${step} needs ${name}, which the checkpoint lacks`)
        }
        return [name, trained[name] ?? values[name] ?? new Float32Array(sizeOf(shape))] as const
      })
      program.setState(Object.fromEntries(numbers))
    },
    images: () => program.viewFeeds().x,
    step(batch, step) {
      const { cost, y } = program.run(feedsOf(batch, step))
      return { cost: cost[0]!, outputs: y }
    },
    state: () => program.viewState(),
    isFinite: () => program.hasFiniteState(),
    settle: () => program.settleState(),
    diagnose: (batch, step) => diagnose(program, feedsOf(batch, step)),
  }
}
