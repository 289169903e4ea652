// Passes over a stretch of a program's memory: whether it holds nothing but finite numbers, and its
// smallest ones set to 0. A module of its own over the same memory, made when first asked for.

import { smallestNormal } from '../backend.ts'
import type { Body, I32, MemorySpecification } from './encoder/index.ts'
import { defineFunction, encodeModule, f32x4, f64x2, i32, v128 } from './encoder/index.ts'
import { engine, type WasmMemory } from './engine.ts'
import type { Dtype } from './lanes.ts'

/** Vectors in one turn of the loop. */
const TURN = 4

/** Both take an address and a number of bytes: whole vectors, 16 bytes each. */
export interface Scans {
  /** 1 where every number there is finite, else 0. */
  finite(address: number, bytes: number): number
  settle(address: number, bytes: number): void
}

export function scansOf(dtype: Dtype, memory: WasmMemory, limits: MemorySpecification): Scans {
  const { sub, add, abs, lt, constant } = dtype === 'float32' ? f32x4 : f64x2
  const finite = defineFunction(
    'finite',
    ['i32', 'i32'],
    (f) => {
      // x − x is 0 of finite numbers, NaN of others; four sums do not wait for each other.
      const sums = Array.from({ length: TURN }, () => f.let(v128.zero))
      throughout(f, (at, k) => {
        const x = f.let(v128.load(at, 16 * k))
        f.set(sums[k]!, add(sums[k]!, sub(x, x)))
      })
      const total = sums.reduce((a, b) => f.let(add(a, b)))
      f.result(i32.eqz(v128.anyTrue(total)))
    },
    ['i32'],
  )
  const settle = defineFunction('settle', ['i32', 'i32'], (f) => {
    const least = f.let(constant(smallestNormal[dtype]))
    throughout(f, (at, k) => {
      const x = f.let(v128.load(at, 16 * k))
      f.do(v128.store(at, v128.andNot(x, lt(abs(x), least)), 16 * k))
    })
  })
  const functions = [finite, settle]
  const exports = ['finite', 'settle']
  const bytes = encodeModule({ functions, exports, memory: limits, importMemory: true })
  const instance = new engine.Instance(new engine.Module(bytes), { env: { memory } })
  return instance.exports as unknown as Scans
}

/** The body for each vector of the stretch, told which of its turn it is. */
function throughout(f: Body, body: (at: I32, k: number) => void): void {
  const at = f.parameter(0, 'i32')
  const bytes = f.parameter(1, 'i32')
  f.repeat(i32.shrU(bytes, 6), () => {
    for (let k = 0; k < TURN; k++) body(at, k)
    f.bump(at, 16 * TURN)
  })
  f.repeat(i32.shrU(i32.and(bytes, 16 * TURN - 1), 4), () => {
    body(at, 0)
    f.bump(at, 16)
  })
}
