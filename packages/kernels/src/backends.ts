// The backends there are, and which one runs a program.
import type { Backend, BackendName } from './backend.ts'
import { CompileError } from './errors.ts'
import { jsBackend } from './js/backend.ts'
import type { DType } from './plan/plan.ts'
import { wasmBackend } from './wasm/backend/backend.ts'

const backends: { readonly [K in BackendName]: Backend } = {
  wasm: wasmBackend,
  js: jsBackend,
}

/** 'auto' takes the first backend of the table that runs here. */
export function chooseBackend(wanted: 'auto' | BackendName, dtype: DType): Backend {
  if (wanted === 'auto') {
    const found = Object.values(backends).find((backend) => backend.available(dtype))
    return found ?? jsBackend
  }
  const backend = backends[wanted]
  if (backend.available(dtype)) return backend
  throw new CompileError(`compile: the backend '${wanted}' cannot run ${dtype} here`)
}
