// What this engine understands: asked by validating a module of one instruction, never guessed from
// a version.
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
