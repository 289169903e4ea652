// An exported step on ONNX Runtime, in Node, in a browser or on its GPU: a training loop with the
// interface of a compiled program. The state stays where the engine put it.
import {
  FeedError,
  flattenNumbers,
  type NestedNumbers,
  readOptions,
  show,
  sizeOf,
  type TypedArray,
} from '@backprove/graph'
import { ExportError } from '../errors.ts'
import type { Manifest, ManifestEntry } from '../module/manifest.ts'
import { readManifest } from '../onnx/metadata.ts'

/** What is used of ONNX Runtime's module: `import * as ort from 'onnxruntime-web/webgpu'`. */
export interface OrtRuntime {
  readonly InferenceSession: {
    create(bytes: Uint8Array, options: OrtSessionOptions): Promise<OrtSession>
  }
  readonly Tensor: new (
    type: 'float32' | 'float64',
    data: Float32Array | Float64Array,
    shape: readonly number[],
  ) => OrtTensor
}
export interface OrtSessionOptions {
  readonly executionProviders?: readonly string[]
  readonly preferredOutputLocation?: Readonly<Record<string, 'cpu' | 'gpu-buffer'>>
  readonly [option: string]: unknown
}
interface OrtSession {
  run(feeds: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>>
  release?(): Promise<void>
}
interface OrtTensor {
  /** Waits where the numbers are elsewhere. */
  getData(): Promise<unknown>
  dispose?(): void
}

/** Options of `createOrtStep`. */
export interface OrtStepOptions {
  readonly runtime: OrtRuntime
  /** Tried in this order; default: the runtime's own choice. `webgpu`, `wasm`, `cpu`, … */
  readonly providers?: readonly string[]
  /** Further options of the session: threads, logging. */
  readonly session?: OrtSessionOptions
}

type Numbers = TypedArray | NestedNumbers

/** A training step on ONNX Runtime: its state stays where it runs. */
export interface OrtStep {
  readonly manifest: Manifest
  /** The provider that runs the step. */
  readonly provider: string
  /** Numbers for the state, by name; what is never set starts at 0. Copied. */
  setState(values: Readonly<Record<string, Numbers>>): void
  /** One step: the outputs that are no state, by name; the state is replaced. */
  run(feeds: Readonly<Record<string, Numbers>>): Promise<Record<string, TypedArray>>
  /** Copies of the state, by name. */
  getState(): Promise<Record<string, TypedArray>>
  /** Frees what the engine holds. */
  release(): Promise<void>
}

/**
 * A step from the bytes that `toOnnx` made.
 * @throws ExportError for other bytes, or where none of the providers takes the model
 */
export async function createOrtStep(bytes: Uint8Array, options: OrtStepOptions): Promise<OrtStep> {
  if (!(bytes instanceof Uint8Array)) {
    throw new ExportError(`createOrtStep: ${show(bytes)} is no model; toOnnx gives its bytes`)
  }
  const { runtime } = readOptions('createOrtStep', options, ['runtime', 'providers', 'session'])
  if (!runtime?.InferenceSession || !runtime.Tensor) {
    throw new ExportError(
      `createOrtStep: runtime is ${show(runtime)}; it must be ONNX Runtime's module`,
    )
  }
  const manifest = readManifest(bytes)
  const { session, provider } = await sessionOf(bytes, manifest, options)
  const stateInputs = manifest.inputs.filter(({ role }) => role === 'state')
  const stateOutputs = new Map(
    manifest.outputs.flatMap(({ name, role, tensor = name }) =>
      role === 'state' ? [[name, tensor] as const] : [],
    ),
  )
  const tensorOf = (entry: ManifestEntry, numbers: Numbers): OrtTensor => {
    const { data } = flattenNumbers(numbers)
    if (data.length !== sizeOf(entry.shape)) {
      throw new FeedError(
        `"${entry.name}" [${entry.shape}] takes ${sizeOf(entry.shape)} numbers, not ${data.length}`,
      )
    }
    const list = entry.dtype === 'float64' ? Float64Array.from(data) : Float32Array.from(data)
    return new runtime.Tensor(entry.dtype, list, entry.shape)
  }
  const state = new Map(
    stateInputs.map((entry) => [
      entry.name,
      tensorOf(entry, new Float32Array(sizeOf(entry.shape))),
    ]),
  )
  let running = false
  return {
    manifest,
    provider,
    setState(values) {
      for (const [name, numbers] of Object.entries(values)) {
        const entry = stateInputs.find((each) => each.name === name)
        if (!entry) throw new FeedError(`no state is named "${name}"`)
        replace(state, name, tensorOf(entry, numbers))
      }
    },
    async run(given) {
      if (running) throw new FeedError('a step is under way: await it before the next')
      running = true
      try {
        const made = await session.run(feedsOf(manifest, state, given, tensorOf))
        const outputs: Record<string, TypedArray> = {}
        for (const { name, role, tensor = name } of manifest.outputs) {
          if (role === 'state') continue
          outputs[name] = (await made[tensor]!.getData()) as TypedArray
          made[tensor]!.dispose?.()
        }
        for (const [name, tensor] of stateOutputs) replace(state, name, made[tensor]!)
        return outputs
      } finally {
        running = false
      }
    },
    async getState() {
      const copies = stateInputs.map(async ({ name }) => {
        const data = (await state.get(name)!.getData()) as TypedArray
        return [name, data.slice()] as const
      })
      return Object.fromEntries(await Promise.all(copies))
    },
    async release() {
      for (const tensor of state.values()) tensor.dispose?.()
      await session.release?.()
    },
  }
}

function replace(state: Map<string, OrtTensor>, name: string, tensor: OrtTensor): void {
  state.get(name)?.dispose?.()
  state.set(name, tensor)
}

function feedsOf(
  { inputs }: Manifest,
  state: ReadonlyMap<string, OrtTensor>,
  given: Readonly<Record<string, Numbers>>,
  tensorOf: (entry: ManifestEntry, numbers: Numbers) => OrtTensor,
): Record<string, OrtTensor> {
  for (const name of Object.keys(given)) {
    if (!inputs.some((entry) => entry.name === name)) {
      throw new FeedError(
        `no input is named "${name}"; there are ${inputs.map((i) => i.name).join(', ')}`,
      )
    }
    if (state.has(name)) throw new FeedError(`the state "${name}" is given by setState`)
  }
  return Object.fromEntries(
    inputs.map((entry) => {
      const { name } = entry
      const kept = state.get(name)
      if (kept) return [name, kept]
      if (!Object.hasOwn(given, name)) throw new FeedError(`"${name}" [${entry.shape}] was not fed`)
      return [name, tensorOf(entry, given[name]!)]
    }),
  )
}

/** The state stays on the GPU between steps: what is read back is only what was asked for. */
async function sessionOf(
  bytes: Uint8Array,
  { outputs }: Manifest,
  { runtime, providers, session = {} }: OrtStepOptions,
): Promise<{ session: OrtSession; provider: string }> {
  const places = Object.fromEntries(
    outputs.map(({ name, role, tensor = name }) => [
      tensor,
      role === 'state' ? ('gpu-buffer' as const) : ('cpu' as const),
    ]),
  )
  const why: string[] = []
  for (const provider of providers ?? ['']) {
    const own = provider === '' ? {} : { executionProviders: [provider] }
    const location = provider === 'webgpu' ? { preferredOutputLocation: places } : {}
    try {
      const made = await runtime.InferenceSession.create(bytes, { ...session, ...own, ...location })
      return { session: made, provider: provider || 'default' }
    } catch (error) {
      why.push(`${provider || 'the runtime'}: ${(error as Error).message ?? String(error)}`)
    }
  }
  throw new ExportError(`createOrtStep: no provider takes the model (${why.join('; ')})`)
}
