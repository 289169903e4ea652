// What this engine understands: asked by validating a module of one instruction, never guessed from
// a version. What it is good at is a guess, and no more than speed depends on it.
import { defineFunction, encodeModule, f32x4, v128 } from './encoder/index.ts'
import { engine } from './engine.ts'

const understands = (write: Parameters<typeof defineFunction>[2]): boolean =>
  engine.validate(
    encodeModule({
      functions: [defineFunction('probe', [], write)],
      exports: [],
      memory: { pages: 0 },
    }),
  )

/** Vectors of 128 bits: without them there are no WebAssembly kernels. */
export const hasVectors = (): boolean => understands((f) => f.set(f.local('v128'), v128.zero))

/** a b + c in one instruction, rounded as the machine likes: for `precision: 'relaxed'` only. */
export const hasRelaxedVectors = (): boolean =>
  understands((f) => {
    const x = f.local('v128')
    f.set(x, f32x4.relaxedMadd(x, x, x))
  })

/**
 * Whether the engine's compiler keeps long blocks in registers. V8's did not up to Node 22: it put
 * all loads of a block first, spilled them and ran at half the speed. No instruction tells one from
 * the other; half-precision arrays came between them.
 */
export const hasLongBlocks = (): boolean => 'Float16Array' in globalThis
