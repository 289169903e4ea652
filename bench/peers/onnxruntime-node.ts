// ONNX Runtime's native build for Node, one thread.

import * as runtime from 'onnxruntime-node'
import type { Candidates } from '../candidate.ts'
import { onnxCandidate } from './onnx-candidate.ts'

export const candidates: Candidates = [
  onnxCandidate('onnxruntime-node', runtime.env.versions.node ?? '', runtime, {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  }),
]
