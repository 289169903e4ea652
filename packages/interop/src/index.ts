// @backprove/interop: graphs on other engines (StableHLO, ONNX), and ONNX models as graphs.
export { ExportError, OnnxError } from './errors.ts'
export {
  type DType,
  type ExportOptions,
  type Manifest,
  type ManifestEntry,
  moduleOfStep,
  type Outputs,
  type Role,
} from './module/manifest.ts'
export { type OnnxOptions, toOnnx } from './onnx/export.ts'
export {
  type FromOnnxOptions,
  fromOnnx,
  type ImportedModel,
  type InputOptions,
  type MadeArray,
  type UnsupportedOperator,
} from './onnx/import/from-onnx.ts'
export { createOrtStep, type OrtRuntime, type OrtStep, type OrtStepOptions } from './ort/step.ts'
export { toStableHLO } from './stablehlo/export.ts'
