// Writes ONNX models: as much protobuf as a static float32 graph needs, and no more.
// Field numbers are those of onnx.proto3.

export interface Value {
  readonly name: string
  readonly shape: readonly number[]
}

type Attribute = number | readonly number[]

export class OnnxWriter {
  #nodes: Uint8Array[] = []
  #initializers: Uint8Array[] = []
  #inputs: Uint8Array[] = []
  #outputs: Uint8Array[] = []
  #count = 0

  input(name: string, shape: readonly number[]): Value {
    this.#inputs.push(valueInfo(name, shape))
    return { name, shape }
  }

  output(name: string, value: Value): void {
    this.#nodes.push(node('Identity', [value.name], [name], {}))
    this.#outputs.push(valueInfo(name, value.shape))
  }

  scalar(value: number): Value {
    return this.#initializer([], Float32Array.of(value), 1)
  }

  integers(values: readonly number[]): Value {
    return this.#initializer([values.length], BigInt64Array.from(values, BigInt), 7)
  }

  /** Applies an operator; each of `shapes` is the shape of one result. */
  apply(
    operator: string,
    operands: readonly Value[],
    shapes: readonly (readonly number[])[],
    attributes: Record<string, Attribute> = {},
  ): Value[] {
    const results = shapes.map((shape) => ({ name: `t${this.#count++}`, shape }))
    const names = (values: readonly Value[]) => values.map(({ name }) => name)
    this.#nodes.push(node(operator, names(operands), names(results), attributes))
    return results
  }

  model(): Uint8Array {
    const graph = bytes([
      ...this.#nodes.map((part) => field(1, part)),
      field(2, 'step'),
      ...this.#initializers.map((part) => field(5, part)),
      ...this.#inputs.map((part) => field(11, part)),
      ...this.#outputs.map((part) => field(12, part)),
    ])
    const opset = bytes([field(1, ''), field(2, 18)])
    return bytes([field(1, 8), field(7, graph), field(8, opset)])
  }

  #initializer(shape: readonly number[], data: Float32Array | BigInt64Array, type: number): Value {
    const name = `k${this.#count++}`
    const raw = new Uint8Array(data.buffer)
    const dims = shape.map((size) => field(1, size))
    this.#initializers.push(bytes([...dims, field(2, type), field(8, name), field(9, raw)]))
    return { name, shape }
  }
}

function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Record<string, Attribute>,
): Uint8Array {
  return bytes([
    ...inputs.map((name) => field(1, name)),
    ...outputs.map((name) => field(2, name)),
    field(4, operator),
    ...Object.entries(attributes).map(([name, value]) => field(5, attribute(name, value))),
  ])
}

/** An integer (type 2) or integers (type 7). */
function attribute(name: string, value: Attribute): Uint8Array {
  const content =
    typeof value === 'number'
      ? [field(3, value), field(20, 2)]
      : [...value.map((item) => field(8, item)), field(20, 7)]
  return bytes([field(1, name), ...content])
}

function valueInfo(name: string, shape: readonly number[]): Uint8Array {
  const dims = bytes(shape.map((size) => field(1, bytes([field(1, size)]))))
  const tensor = bytes([field(1, 1), field(2, dims)])
  return bytes([field(1, name), field(2, bytes([field(1, tensor)]))])
}

/** One protobuf field: a number as a varint, anything else with its length before it. */
export function field(number: number, value: number | string | Uint8Array): Uint8Array {
  if (typeof value === 'number') return bytes([varint(number * 8), varint(value)])
  const content = typeof value === 'string' ? new TextEncoder().encode(value) : value
  return bytes([varint(number * 8 + 2), varint(content.length), content])
}

/** Seven bits a byte, lowest first; −1, the only negative here, has all 64 bits set. */
function varint(value: number): Uint8Array {
  const result: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  do {
    const more = rest > 127n
    result.push(Number(rest & 127n) + (more ? 128 : 0))
    rest >>= 7n
  } while (rest > 0n)
  return Uint8Array.from(result)
}

export function bytes(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}
