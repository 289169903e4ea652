// One WebAssembly kernel in a memory of its own, warmed up and timed.
import { workbench } from '../packages/kernels/src/wasm/fixture.ts'
import type { Kernel } from '../packages/kernels/src/wasm/kernel.ts'

export type Bench = ReturnType<typeof workbench>

interface Effort {
  /** Milliseconds before anything is measured. */
  readonly warm: number
  /** Measurements, and the least milliseconds that one takes. */
  readonly count: number
  readonly each: number
}

export const randoms = (n: number) => Float32Array.from({ length: n }, () => Math.random() - 0.5)

/** Milliseconds of one run, in ascending order. */
export function kernelTimes(make: (bench: Bench) => Kernel, effort: Effort): number[] {
  const bench = workbench('float32')
  const kernel = make(bench)
  const { run } = bench.build([kernel])
  const time = (runs: number): number => {
    const start = performance.now()
    run(runs)
    return (performance.now() - start) / runs
  }
  const start = performance.now()
  while (performance.now() - start < effort.warm) run(1)
  const runs = Math.max(1, Math.ceil(effort.each / time(2)))
  return Array.from({ length: effort.count }, () => time(runs)).sort((a, b) => a - b)
}
