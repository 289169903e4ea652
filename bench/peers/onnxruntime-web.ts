// ONNX Runtime's WebAssembly build, one thread, run in Node.

import * as runtime from 'onnxruntime-web'
import type { Candidates } from '../candidate.ts'
import { onnxCandidate } from './onnx-candidate.ts'

runtime.env.wasm.numThreads = 1

export const candidates: Candidates = [
  onnxCandidate('onnxruntime-web', runtime.env.versions.web ?? '', runtime, {
    executionProviders: ['wasm'],
  }),
]
