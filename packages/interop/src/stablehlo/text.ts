// A module of StableHLO as text. Constants are the bytes of their numbers, so that every one of
// them is exact, infinities too.
import type { Shape } from '@backprove/graph'
import type { Argument, DType } from '../module/manifest.ts'
import { needed, type Value } from '../module/value.ts'

/** The text of a module whose function `main` takes the arguments and gives the outputs. */
export function moduleText(
  inputs: readonly Argument[],
  outputs: readonly Value[],
  dtype: DType,
): string {
  const names = new Map(inputs.map(({ value }, k) => [value, `%arg${k}`]))
  const body = needed(outputs).flatMap((value) => {
    if (names.has(value)) return []
    const name = `%${names.size}`
    names.set(value, name)
    const of = value.inputs.map((input) => names.get(input)!)
    return lines(value, name, of, dtype).map((line) => `    ${line}`)
  })
  const types = outputs.map((value) => typeOf(value, dtype)).join(', ')
  const parameters = inputs.map(({ value }, k) => `%arg${k}: ${typeOf(value, dtype)}`).join(', ')
  return [
    ...inputs.map(({ name }, k) => `// %arg${k} is ${name}`),
    'module @backprove {',
    `  func.func public @main(${parameters}) -> (${types}) {`,
    ...body,
    `    func.return ${outputs.map((value) => names.get(value)!).join(', ')} : ${types}`,
    '  }',
    '}',
    '',
  ].join('\n')
}

const elementOf = ({ kind, isIndex }: Value, dtype: DType): string => {
  if (isIndex) return 'i32'
  if (kind === 'truth') return 'i1'
  return dtype === 'float64' ? 'f64' : 'f32'
}

const tensor = (shape: Shape, element: string): string => `tensor<${[...shape, element].join('x')}>`

const typeOf = (value: Value, dtype: DType): string => tensor(value.shape, elementOf(value, dtype))

function lines(value: Value, name: string, inputs: readonly string[], dtype: DType): string[] {
  const { operation, attributes } = value
  const type = typeOf(value, dtype)
  if (operation === 'constant') return constantLines(value, name, dtype)
  const { text, combiner } = attributes as { text?: string; combiner?: string }
  const from = value.inputs.map((input) => typeOf(input, dtype)).join(', ')
  const start = `${name} = "stablehlo.${operation}"(${inputs.join(', ')})${text ? ` <{${text}}>` : ''}`
  const end = ` : (${from}) -> ${type}`
  if (combiner === undefined) return [start + end]
  const scalar = tensor([], elementOf(value, dtype))
  return [
    `${start} ({`,
    `^bb0(%left: ${scalar}, %right: ${scalar}):`,
    `  %both = "stablehlo.${combiner}"(%left, %right) : (${scalar}, ${scalar}) -> ${scalar}`,
    `  "stablehlo.return"(%both) : (${scalar}) -> ()`,
    `})${end}`,
  ]
}

function constantLines(value: Value, name: string, dtype: DType): string[] {
  const { data } = value.attributes as { data: ArrayLike<number> }
  const type = typeOf(value, dtype)
  const written = (text: string, as = type, called = name): string =>
    `${called} = stablehlo.constant dense<${text}> : ${as}`
  const list = Array.from(data)
  const isUniform = list.every((entry) => Object.is(entry, list[0]))
  const entries = isUniform ? list.slice(0, 1) : list
  if (value.kind !== 'truth') return [written(`"0x${bytesOf(entries, value, dtype)}"`)]
  const truths = entries.map((entry) => entry !== 0)
  if (isUniform) return [written(String(truths[0]))]
  // A list has the nesting of its type: written flat, and given its shape.
  const flat = tensor([list.length], 'i1')
  const given = `${name} = stablehlo.reshape %flat${name.slice(1)} : (${flat}) -> ${type}`
  return [written(`[${truths.join(', ')}]`, flat, `%flat${name.slice(1)}`), given]
}

function bytesOf(entries: readonly number[], { isIndex }: Value, dtype: DType): string {
  const size = !isIndex && dtype === 'float64' ? 8 : 4
  const view = new DataView(new ArrayBuffer(entries.length * size))
  entries.forEach((entry, k) => {
    if (isIndex) view.setInt32(k * size, entry, true)
    else if (size === 8) view.setFloat64(k * size, entry, true)
    else view.setFloat32(k * size, entry, true)
  })
  const bytes = new Uint8Array(view.buffer)
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
}
