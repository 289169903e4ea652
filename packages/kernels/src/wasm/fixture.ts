// For tests and benchmarks: arrays in a module's memory and kernels run over them.

import { pageBytes } from './encoder/index.ts'
import { engine, type WasmMemory } from './engine.ts'
import { alignUp, type Kernel, readBeyond, scratchBytes } from './kernel.ts'
import type { Dtype } from './lanes.ts'
import { encodeProgram } from './program.ts'

type Floats = Float32Array | Float64Array

/** Hands out addresses, keeps initial values, and runs kernels. */
export function workbench(dtype: Dtype) {
  const make = dtype === 'float32' ? Float32Array : Float64Array
  const bytesPerValue = make.BYTES_PER_ELEMENT
  const initial: { address: number; values: Floats }[] = []
  let top = 64

  const reserve = (bytes: number): number => {
    const address = top
    top += alignUp(bytes)
    return address
  }
  const place = (values: Iterable<number>): number => {
    const floats = make.from(values)
    const address = reserve(floats.byteLength)
    initial.push({ address, values: floats })
    return address
  }
  /** An array for a result, filled with NaN so that what is not written shows. */
  const result = (length: number): number => place(Array(length).fill(Number.NaN))

  /** A kernel with scratch memory of its own, in which anything may stand before it runs. */
  const withScratch = (write: (scratch: number) => Kernel): Kernel =>
    write(result(scratchBytes(write) / bytesPerValue))

  const build = (kernels: readonly Kernel[]) => {
    const pages = Math.ceil((top + readBeyond) / pageBytes)
    const bytes = encodeProgram({ kernels, memory: { pages } })
    const { exports } = new engine.Instance(new engine.Module(bytes))
    const { memory, run } = exports as { memory: WasmMemory; run(k: number): void }
    for (const { address, values } of initial)
      new make(memory.buffer).set(values, address / bytesPerValue)
    const read = (address: number, length: number): Floats =>
      new make(memory.buffer, address, length).slice()
    return { run, read, bytes, memory }
  }
  return { place, result, reserve, withScratch, build }
}
