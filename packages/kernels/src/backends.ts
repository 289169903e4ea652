// The backends there are, and which one runs a program.
import type { Backend, BackendName } from './backend.ts'
import { CompileError } from './errors.ts'
import { linked } from './linked.ts'
import { notHere } from './needed.ts'
import type { DType, Precision } from './plan/plan.ts'
import { wasmBackend } from './wasm/backend/backend.ts'

/** 'auto' takes WebAssembly where it runs. */
export function chooseBackend(
  wanted: 'auto' | BackendName,
  dtype: DType,
  precision: Precision,
): Backend {
  if (wanted !== 'js' && wasmBackend.available(dtype)) {
    if (precision === 'strict' || linked.family) return wasmBackend
    throw new CompileError(`compile: relaxed precision${notHere('linkRelaxed')}`)
  }
  if (wanted === 'wasm') throw new CompileError(`compile: WebAssembly cannot run ${dtype} here`)
  if (linked.backend) return linked.backend
  const why = wanted === 'js' ? '' : 'WebAssembly cannot run here, and '
  throw new CompileError(`compile: ${why}the JavaScript back end${notHere('linkJavaScript')}`)
}
