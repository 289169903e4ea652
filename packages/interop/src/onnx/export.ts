// A graph as an ONNX model, for ONNX Runtime on processors, in browsers and on their GPUs.
import { readOptions } from '@backprove/graph'
import type { ExportOptions, Manifest, Outputs } from '../module/manifest.ts'
import { OPTIONS, recordModule, type Shortcuts } from '../module/record.ts'
import { modelBytes } from './bytes.ts'
import { onnxShortcuts } from './shortcuts.ts'
import { type OnnxTarget, onnxTarget } from './target.ts'

/** Options of `toOnnx`. */
export interface OnnxOptions extends ExportOptions {
  /** Faster forms of ops, in float32; `new Map()`: every op by its line alone. */
  readonly shortcuts?: Shortcuts<OnnxTarget>
}

/**
 * The outputs as a model (opset 18) of the leaves that they need.
 * @throws ExportError naming the op, the node and the user's line
 */
export function toOnnx(
  outputs: Outputs,
  options: OnnxOptions = {},
): { bytes: Uint8Array; manifest: Manifest } {
  const asked = readOptions<OnnxOptions>('toOnnx', options, [...OPTIONS, 'shortcuts'])
  const { shortcuts = asked.dtype === 'float64' ? new Map() : onnxShortcuts, ...rest } = asked
  const {
    inputs,
    outputs: given,
    dtype,
    manifest,
  } = recordModule('toOnnx', outputs, rest, onnxTarget(), shortcuts)
  return { bytes: modelBytes(inputs, given, manifest, dtype), manifest }
}
