// Saving and loading: the same numbers and the same continuation, bit for bit; whole files after
// any accident; typed errors for files that are not what they say.
import fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { evaluate, graphFromJSON, squaredError } from '@backprove/graph'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  activate,
  adam,
  augment,
  batchNorm,
  bookCnn,
  type Checkpoint,
  CheckpointError,
  conv,
  dense,
  digits123,
  dropout,
  leNet5,
  load,
  type Model,
  maxPool,
  miniInception,
  miniResNet,
  type NetworkSpec,
  network,
  predict,
  relu,
  save,
  select,
  sgd,
  type TrainOptions,
  train,
} from '../index.ts'
import { type AtomicFileSystem, writeAtomically } from './atomic.ts'
import { decodeCheckpoint, encodeCheckpoint } from './files.ts'
import { decodeSafetensors } from './safetensors.ts'

let folder = ''
let path = ''
beforeAll(() => {
  folder = fs.mkdtempSync(join(tmpdir(), 'backprove-checkpoint-'))
  path = join(folder, 'model.safetensors')
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

// 22 samples in batches of 5: five steps an epoch, the last of two samples.
const DATA = select(
  digits123(),
  Array.from({ length: 22 }, (_, k) => 24 * k),
)
const RUNS: Readonly<Record<string, { make: () => Model; options: TrainOptions }>> = {
  'the book’s network under momentum': {
    make: () => bookCnn({ seed: 4 }),
    options: { optimizer: sgd({ rate: 0.1, momentum: 0.9 }), epochs: 10, batchSize: 5, seed: 2 },
  },
  'dropout, batchNorm, Adam and augmentation': {
    make: () =>
      network({
        input: [1, 6, 6],
        layers: [
          conv({ filters: 2, kernel: 3 }),
          batchNorm(),
          relu(),
          maxPool({ size: 2 }),
          dropout({ rate: 0.3 }),
          dense({ units: 3 }),
        ],
        cost: squaredError,
      }),
    options: {
      optimizer: adam({ rate: 0.01 }),
      ...{ epochs: 10, batchSize: 5, seed: 9 },
      augment: augment.noise({ deviation: 0.1 }),
    },
  },
}

async function run(model: Model, options: TrainOptions): Promise<Checkpoint[]> {
  const checkpoints: Checkpoint[] = []
  for await (const event of train(model, DATA, options)) checkpoints.push(event.checkpoint())
  return checkpoints
}

describe.each(Object.entries(RUNS))('%s', (_, { make, options }) => {
  it('resumed from a file at each of 50 steps ends as the whole run, bit for bit', async () => {
    const whole = await run(make(), options)
    expect(whole).toHaveLength(50)
    const last = encodeCheckpoint(whole.at(-1)!)
    for (const checkpoint of whole.slice(0, -1)) {
      const from = decodeCheckpoint(encodeCheckpoint(checkpoint))
      // Every path goes on for one step; some to the end.
      const through = checkpoint.step % 7 === 3
      const resumed: Uint8Array[] = []
      for await (const event of train(from.model, DATA, { ...options, from })) {
        resumed.push(encodeCheckpoint(event.checkpoint()))
        if (!through) break
      }
      expect(resumed[0]).toEqual(encodeCheckpoint(whole[checkpoint.step]!))
      if (through) expect(resumed.at(-1)).toEqual(last)
    }
    const from = decodeCheckpoint(last)
    await expect(run(from.model, { ...options, from })).rejects.toThrow('nothing is left to train')
  }, 60_000)
})

describe('save and load', () => {
  it.each([
    ['bookCnn', () => bookCnn({ pooling: 'l2' })],
    ['leNet5', () => leNet5({ input: [1, 8, 8] })],
    ['miniResNet', () => miniResNet()],
    ['miniInception', () => miniInception()],
    [
      'an activation of one’s own',
      () =>
        network({
          input: [1, 6, 6],
          layers: [activate('swish', 'x / (1 + exp(-x))'), dense({ units: 3 })],
          cost: squaredError,
        }),
    ],
  ] as const)('%s predicts after loading as before', (_, make) => {
    const model = make()
    save(model, path)
    const loaded = load(path)
    expect(loaded.step).toBe(0)
    expect(loaded.model.values).toEqual(model.values)
    const size = model.spec.input.reduce((a, b) => a * b)
    const image = Float32Array.from({ length: size }, (_, k) => (k % 5) / 4)
    expect(predict(loaded.model, image)).toEqual(predict(model, image))
  })

  it('holds the graph for readers that know no networks', () => {
    const model = bookCnn()
    const { metadata, tensors } = decodeSafetensors(encodeCheckpoint(model))
    const graph = graphFromJSON(JSON.parse(metadata.get('graph')!))
    const feeds = {
      x: DATA.images.slice(0, 36),
      ...Object.fromEntries([...tensors].map(([name, { data }]) => [name, data as Float32Array])),
    }
    const values = { x: feeds.x, ...model.values }
    expect(evaluate(graph.node('a^O'), feeds)).toEqual(evaluate(model.y, values))
    expect(tensors.get('w^F')!.shape).toEqual([3, 1, 3, 3])
  })

  it('a network with a function of its own loads where it is given again', () => {
    const spec: NetworkSpec = {
      input: [1, 6, 6],
      layers: [activate((x) => x), dense({ units: 3 })],
      cost: squaredError,
    }
    const model = network(spec)
    save(model, path)
    expect(() => load(path)).toThrow('its layer "activate" is a function of its own; give load')
    expect(load(path, { network: spec }).model.values).toEqual(model.values)
    expect(() => load(path, { network: bookCnn().spec })).toThrow('w^F: it is missing')
  })

  it('a resumed run must be the run that was saved', async () => {
    const { make, options } = RUNS['the book’s network under momentum']!
    const from = (await run(make(), { ...options, epochs: 1 })).at(-1)!
    const other = (changed: Partial<TrainOptions>) =>
      expect(run(make(), { ...options, from, ...changed })).rejects
    await other({ batchSize: 4 }).toThrow('made with batchSize 5, not 4')
    await other({ seed: 1 }).toThrow('made with seed 2, not 1')
    await other({ optimizer: sgd({ rate: 0.1 }) }).toThrow('made with optimizer')
    const { 'w^F.velocity': _, ...state } = from.state
    await other({ from: { ...from, state } }).toThrow('needs w^F.velocity')
    await expect(
      run(leNet5({ input: [1, 6, 6], classes: 3 }), { ...options, from }),
    ).rejects.toThrow('its cost is squaredError, and now crossEntropy')
  })

  it('a killed save leaves the old file or the new one', () => {
    const [old, next] = [bookCnn({ seed: 1 }), bookCnn({ seed: 2 })]
    const acts = ['openSync', 'writeSync', 'fsyncSync', 'closeSync', 'renameSync'] as const
    for (const [index, act] of acts.entries()) {
      save(old, path)
      let alive = true
      const dying = Object.fromEntries(
        [...acts, 'unlinkSync' as const].map((name) => [
          name,
          (...args: never[]) => {
            if (name === act) alive = false
            if (!alive) throw new Error('killed')
            return (fs[name] as (...given: never[]) => unknown)(...args)
          },
        ]),
      ) as unknown as AtomicFileSystem
      const bytes = encodeCheckpoint(next)
      expect(() => writeAtomically(path, bytes, dying), `${index}`).toThrow(CheckpointError)
      expect(load(path).model.values).toEqual(old.values)
    }
    save(next, path)
    expect(load(path).model.values).toEqual(next.values)
  })
})

it('is bytes where there is no disk, and bytes are loaded', () => {
  const model = bookCnn({ seed: 6 })
  const bytes = save(model)
  save(model, path)
  expect(bytes).toEqual(new Uint8Array(fs.readFileSync(path)))
  expect(load(bytes).model.values).toEqual(model.values)
  expect(load(bytes.slice().buffer as never).model.values).toEqual(model.values)
  expect(() => load(3 as never)).toThrow(/load: what is loaded is 3; it must be the path/)
  expect(() => save(model, 3 as never)).toThrow(/save: path is 3/)
})
