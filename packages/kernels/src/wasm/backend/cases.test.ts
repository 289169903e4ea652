// The WebAssembly kernels against the interpreter, on the common table of cases.
import { testBackend } from '../../testing/backend/cases.ts'

testBackend('wasm')
