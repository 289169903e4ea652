// A whole module in the WebAssembly binary format: types, memory, functions, exports, code, names.
import type { FunctionDefinition } from './body.ts'
import { nameBytes, unsigned } from './bytes.ts'
import { typeCode, type ValueType } from './expression.ts'

/** Sizes in pages of 64 KiB. A shared memory must state its maximum. */
export interface MemorySpecification {
  readonly pages: number
  readonly maximumPages?: number
  readonly shared?: boolean
}

export interface ModuleSpecification {
  readonly functions: readonly FunctionDefinition[]
  /** Names of the functions that can be called from outside. */
  readonly exports: readonly string[]
  readonly memory: MemorySpecification
  /** Import the memory as `env.memory`; otherwise the module owns it and exports `memory`. */
  readonly importMemory?: boolean
}

export const pageBytes = 65536

/** What engines allow a function. */
const mostLocals = 50_000

/** A function has more local variables than any engine takes. */
export class TooManyLocals extends RangeError {
  override readonly name = 'TooManyLocals'
}

const header = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
function list(items: readonly (readonly number[])[]): number[] {
  const bytes = unsigned(items.length)
  for (const item of items) for (const byte of item) bytes.push(byte)
  return bytes
}

export function encodeModule(specification: ModuleSpecification): Uint8Array<ArrayBuffer> {
  const { functions, memory, importMemory = false } = specification
  const long = functions.find(({ locals }) => locals.length > mostLocals)
  if (long) throw new TooManyLocals(`${long.name} has ${long.locals.length} local variables`)
  const types = new Map<string, { index: number; bytes: number[] }>()
  const typeOf = functions.map((definition) => {
    const key = `${definition.parameters}:${definition.results}`
    const known = types.get(key)
    if (known) return known.index
    types.set(key, { index: types.size, bytes: signature(definition) })
    return types.size - 1
  })
  const position = new Map(functions.map(({ name }, index) => [name, index]))
  const exported = specification.exports.map((name) => {
    const index = position.get(name)
    if (index === undefined) throw new RangeError(`no function '${name}' to export`)
    return [...nameBytes(name), 0x00, ...unsigned(index)]
  })
  const limits = memoryLimits(memory)
  const imports = [[...nameBytes('env'), ...nameBytes('memory'), 0x02, ...limits]]
  if (!importMemory) exported.push([...nameBytes('memory'), 0x02, 0x00])
  return concatenate([
    header,
    section(1, list([...types.values()].map(({ bytes }) => bytes))),
    importMemory ? section(2, list(imports)) : [],
    section(3, list(typeOf.map((index) => unsigned(index)))),
    importMemory ? [] : section(5, list([limits])),
    section(7, list(exported)),
    codeSection(functions),
    nameSection(functions),
  ])
}

const valueTypes = (types: readonly ValueType[]): number[] => list(types.map((t) => [typeCode[t]]))

const signature = ({ parameters, results }: FunctionDefinition): number[] => [
  0x60,
  ...valueTypes(parameters),
  ...valueTypes(results),
]

function memoryLimits({ pages, maximumPages, shared = false }: MemorySpecification): number[] {
  if (maximumPages === undefined) {
    if (shared) throw new RangeError('a shared memory must state its maximum size')
    return [0x00, ...unsigned(pages)]
  }
  return [shared ? 0x03 : 0x01, ...unsigned(pages), ...unsigned(maximumPages)]
}

const section = (id: number, content: readonly number[]): number[] =>
  [[id], unsigned(content.length), content].flat()

/** Locals are declared as runs of one type. */
function localRuns(types: readonly ValueType[]): number[] {
  const runs: { type: ValueType; length: number }[] = []
  for (const type of types) {
    const last = runs.at(-1)
    if (last?.type === type) last.length += 1
    else runs.push({ type, length: 1 })
  }
  return list(runs.map(({ type, length }) => [...unsigned(length), typeCode[type]]))
}

function codeSection(functions: readonly FunctionDefinition[]): Uint8Array {
  const bodies = functions.map(({ locals, code }) => {
    const declared = localRuns(locals)
    return concatenate([unsigned(declared.length + code.length + 1), declared, code, [0x0b]])
  })
  const content = concatenate([unsigned(functions.length), ...bodies])
  return concatenate([[10], unsigned(content.length), content])
}

/** The custom section by which debuggers and disassemblers know the functions' names. */
function nameSection(functions: readonly FunctionDefinition[]): number[] {
  const names = list(functions.map(({ name }, index) => [...unsigned(index), ...nameBytes(name)]))
  return section(0, [...nameBytes('name'), ...section(1, names)])
}

function concatenate(parts: readonly (readonly number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
