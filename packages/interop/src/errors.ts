// What the exporters and the importer refuse.
import { GraphProblem } from '@backprove/graph'

/** A graph that cannot be exported: says which op, which node, whose line of code. */
export class ExportError extends GraphProblem {
  override name = 'ExportError'
}

/** A file that is no ONNX model, or holds what this reader does not take. */
export class OnnxError extends GraphProblem {
  override name = 'OnnxError'
}
