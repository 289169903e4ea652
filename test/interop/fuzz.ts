// Changes files at random and reads them: whatever comes of it is a value or a declared error, and
// no file takes long. `node test/interop/fuzz.ts 100000 1` (how many, seed); a third number is the
// one change that is read alone, as the report names the slowest.
import { readFileSync } from 'node:fs'
import {
  type ConstantParams,
  concat,
  Graph,
  matmul,
  maxPool2d,
  ops,
  reshape,
  tanh,
  topologicalOrder,
} from '@backprove/graph'
import { fromOnnx, type ImportedModel, OnnxError, toOnnx } from '@backprove/interop'
import { CheckpointError, decodeSafetensors, encodeSafetensors } from '@backprove/nn'
import { generator } from '../../packages/nn/src/random.ts'
import { CASES, fileOf } from './operator-cases.ts'

const [count = 1000, seed = 1, alone] = process.argv.slice(2).map(Number)

const random = generator(seed)
const below = (n: number): number => Math.floor(random.uniform() * n)

const file = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(name, import.meta.url)))

function exported(): Uint8Array {
  const x = new Graph().input('x', [2, 1, 4, 4])
  const rows = reshape(maxPool2d(x, { size: 2 }), [2, 4])
  const y = matmul(concat([rows, tanh(rows)], { axis: 1 }), x.graph.constant(0.5, [8, 3]))
  return toOnnx({ y }).bytes
}
const ofModel = (name: string): Uint8Array => file(`${name}.onnx`)
/** A file for every operator that the tests compare with ONNX Runtime. */
const ofCases = (): Uint8Array[] => CASES.map((each) => fileOf(each).bytes)
const tensors = encodeSafetensors(
  new Map([
    ['w', { shape: [2, 3], data: new Float32Array(6) }],
    ['b', { shape: [2], data: new Float64Array(2) }],
  ]),
  new Map([['made', 'here']]),
)

interface Kind {
  readonly files: readonly Uint8Array[]
  readonly read: (bytes: Uint8Array) => unknown
  readonly declared: new (...parts: never[]) => Error
}
const kinds: readonly Kind[] = [
  {
    files: [
      exported(),
      ...['lenet', 'resnet', 'keras-cnn', 'keras-lstm'].map(ofModel),
      ...ofCases(),
    ],
    read: (bytes) => fromOnnx(bytes, { open: 1 }),
    declared: OnnxError,
  },
  { files: [tensors], read: decodeSafetensors, declared: CheckpointError },
]

/** Bytes replaced, cut off, repeated or moved. */
function changed(bytes: Uint8Array): Uint8Array {
  let made = bytes.slice()
  for (let k = below(6); k >= 0; k--) {
    const at = below(made.length || 1)
    const end = Math.min(made.length, at + 1 + below(64))
    const way = below(6)
    if (way === 0) made = made.slice(0, at)
    else if (way === 1) made = Uint8Array.from([...made.subarray(0, end), ...made.subarray(at)])
    else if (way === 2) made = Uint8Array.from([...made.subarray(0, at), ...made.subarray(end)])
    else if (way === 3) made[at] = 255
    else made[at] = below(256)
  }
  return made
}

const told = { read: 0, refused: 0 }
/** Of processor time: other work on the machine is none of a file's. */
const slowest = { milliseconds: 0, change: 0 }
const largest = { bytes: 0, change: 0 }
/** The bytes of the numbers that a model keeps: constants of the graph, and initialisers. */
function ofModelKept(made: unknown): number {
  if (typeof made !== 'object' || made === null || !('graph' in made)) return 0
  const { outputs, made: arrays, values } = made as ImportedModel
  const nodes = [...Object.values(outputs), ...arrays.map(({ node }) => node)]
  const constants = topologicalOrder(nodes).filter(({ op }) => op === ops.constant)
  const kept = [
    ...constants.map(({ params }) => (params as ConstantParams).data),
    ...Object.values(values),
  ]
  return kept.reduce((total, { byteLength }) => total + byteLength, 0)
}

/** Of numbers, beyond what was held before, what the model keeps and four times the file. */
const held = { bytes: 0, change: 0 }
for (let k = 0; k < count; k++) {
  const kind = kinds[k % 3 === 2 ? 1 : 0]!
  const bytes = changed(kind.files[below(kind.files.length)]!)
  if (alone !== undefined && alone !== k) continue
  const before = process.memoryUsage().arrayBuffers
  const began = process.cpuUsage()
  let kept = 0
  try {
    const made = kind.read(bytes)
    kept = ofModelKept(made)
    if (made) told.read++
  } catch (error) {
    if (!(error instanceof kind.declared)) {
      console.error(`change ${k} of seed ${seed}:`, error)
      process.exitCode = 1
    }
    told.refused++
  }
  const more = process.memoryUsage().arrayBuffers - before - kept - 4 * bytes.length
  if (more > held.bytes) Object.assign(held, { bytes: more, change: k })
  const { user, system } = process.cpuUsage(began)
  const milliseconds = (user + system) / 1000
  if (milliseconds > slowest.milliseconds) Object.assign(slowest, { milliseconds, change: k })
  const resident = process.memoryUsage.rss()
  if (resident > largest.bytes) Object.assign(largest, { bytes: resident, change: k })
}
console.log(
  `${count} files: ${told.read} read, ${told.refused} refused; the slowest, change ` +
    `${slowest.change}, took ${slowest.milliseconds.toFixed(0)} ms, the process was at most ` +
    `${Math.round(largest.bytes / 2 ** 20)} MiB, at change ${largest.change}; ` +
    `beyond its model and 4 × its length a file took at most ${(held.bytes / 2 ** 10).toFixed(0)} ` +
    `KiB of numbers, at ` +
    `change ${held.change}`,
)
