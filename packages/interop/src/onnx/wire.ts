// The numbers of ONNX's protocol buffers: fields of its messages and kinds of its elements, as
// onnx.proto has them.

/** Element types of tensors. */
export const ELEMENTS = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
} as const

/** Kinds of attributes. */
export const ATTRIBUTES = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7 } as const

export const FIELDS = {
  model: { irVersion: 1, producer: 2, graph: 7, opset: 8, property: 14 },
  property: { key: 1, value: 2 },
  opset: { domain: 1, version: 2 },
  graph: { node: 1, name: 2, initializer: 5, input: 11, output: 12 },
  node: { input: 1, output: 2, name: 3, operator: 4, attribute: 5, domain: 7 },
  attribute: {
    ...{ name: 1, float: 2, int: 3, string: 4, tensor: 5, graph: 6 },
    ...{ floats: 7, ints: 8, strings: 9, kind: 20 },
  },
  tensor: {
    dims: 1,
    element: 2,
    floats: 4,
    int32s: 5,
    strings: 6,
    int64s: 7,
    name: 8,
    raw: 9,
    doubles: 10,
    external: 13,
    location: 14,
  },
  valueInfo: { name: 1, type: 2 },
  type: { tensor: 1 },
  tensorType: { element: 1, shape: 2 },
  shape: { dim: 1 },
  dim: { value: 1, parameter: 2 },
} as const

export const OPSET = 18
export const IR_VERSION = 8
