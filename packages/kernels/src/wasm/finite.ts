// Whether a stretch of a program's memory holds nothing but finite numbers: a function of its own
// over the same memory, compiled when it is first asked for.

import type { MemorySpecification } from './encoder/index.ts'
import { defineFunction, encodeModule, f32x4, f64x2, i32, v128 } from './encoder/index.ts'
import { engine, type WasmMemory } from './engine.ts'
import type { Dtype } from './lanes.ts'

/** Bytes in one turn of the loop. */
const TURN = 64

/** (address, bytes) → whether every number there is finite; whole vectors, 16 bytes each. */
export function finiteScan(
  dtype: Dtype,
  memory: WasmMemory,
  limits: MemorySpecification,
): (address: number, bytes: number) => boolean {
  const { sub, add } = dtype === 'float32' ? f32x4 : f64x2
  const scan = defineFunction(
    'finite',
    ['i32', 'i32'],
    (f) => {
      const at = f.parameter(0, 'i32')
      const bytes = f.parameter(1, 'i32')
      // x − x is 0 of finite numbers, NaN of others; four sums do not wait for each other.
      const sums = [0, 16, 32, 48].map(() => f.let(v128.zero))
      f.repeat(i32.shrU(bytes, 6), () => {
        sums.forEach((sum, k) => {
          const x = f.let(v128.load(at, 16 * k))
          f.set(sum, add(sum, sub(x, x)))
        })
        f.bump(at, TURN)
      })
      f.repeat(i32.shrU(i32.and(bytes, TURN - 1), 4), () => {
        const x = f.let(v128.load(at))
        f.set(sums[0]!, add(sums[0]!, sub(x, x)))
        f.bump(at, 16)
      })
      const total = sums.reduce((a, b) => f.let(add(a, b)))
      f.result(i32.eqz(v128.anyTrue(total)))
    },
    ['i32'],
  )
  const bytes = encodeModule({
    functions: [scan],
    exports: ['finite'],
    memory: limits,
    importMemory: true,
  })
  const { exports } = new engine.Instance(new engine.Module(bytes), { env: { memory } })
  const { finite } = exports as { finite(address: number, bytes: number): number }
  return (address, length) => finite(address, length) === 1
}
