// Steps that differ in their addresses alone run one code: functions that take the addresses. Such
// code is written for arrays at two sets of made-up addresses, and is common only where both times
// it is the same but for where the arrays stand.
import type { Op } from '@backprove/graph'
import { flopsOf } from '../../explain/flops.ts'
import { bytesPerEntry, type KernelStep, type Place, readsOf, type Step } from '../../plan/plan.ts'
import type { Place as Based, FunctionDefinition } from '../encoder/index.ts'
import type { Kernel, Phase } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { ownParameters, phaseFunction } from '../program.ts'
import { writeStep } from './steps.ts'

/** Fewer are not worth the code that is written twice. */
const fewAlike = 3
/**
 * Addresses that are added up at each access cost a long step up to a twentieth: it shares with as
 * many. Most long phases take them up once, and what is rarely run may be slower.
 */
const manyAlike = 16
const longStep = 1 << 20
/** More parameters than this go through memory. */
const mostPlaces = 12
const kernelPlaces = 8

/** Where the arena starts, and the words by which steps say what they saw. */
interface Header {
  readonly base: number
  /** That a step refuses a value. */
  readonly refused: number
  /** That a step wrote a NaN or an infinity, for steps that are to say so. */
  readonly doubtOf: (step: number) => number | undefined
}

/** The kernels of a program's steps, null where there is none; `skip` says which nobody asks for. */
export function writeSteps(
  lanes: Lanes,
  steps: readonly Step[],
  { base, refused, doubtOf }: Header,
  skip: (step: number) => boolean,
): (Kernel | null)[] {
  const address = ({ offset }: Place): number => base + offset * bytesPerEntry[lanes.dtype]
  const keys = steps.map((step, k) => (skip(k) ? undefined : likeness(step, address, doubtOf(k))))
  const counts = new Map<string, number>()
  for (const key of keys) if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1)
  const known = new Map<string, readonly FunctionDefinition[] | null>()
  const unique = uniqueCodes()
  return steps.map((step, k) => {
    if (skip(k)) return []
    const doubt = doubtOf(k)
    const kernel = writeStep(lanes, step, base, { address: refused, code: k + 1 }, doubt)
    const key = keys[k]
    const alike = key === undefined ? 1 : counts.get(key)!
    if (key === undefined || !kernel || (alike < fewAlike && !hasEpilogue(step))) return kernel
    if (!known.has(key)) known.set(key, commonCode(lanes, step, base, doubt)?.map(unique) ?? null)
    const codes = known.get(key)
    if (!codes) return kernel
    const real = addressesOf(step, address)
    const room = roomOf(step, real.length)
    const bases = Array.from({ length: room }, (_, place) => real[place] ?? 0)
    const isCheap = alike >= manyAlike || flopsOf(step) <= longStep
    return kernel.map((phase, at) => {
      const code = codes[at]!
      const shares = isCheap || code.moved === 0 || phase.when !== undefined
      return shares ? { ...phase, common: { code, bases } } : phase
    })
  })
}

/** All phases but one are like those of steps with another epilogue. */
const hasEpilogue = (step: Step): boolean => step.kind === 'kernel' && step.epilogue !== undefined

const placesOf = (step: Step): Place[] => {
  const scratch = step.kind === 'kernel' ? step.scratch : undefined
  return [step.output, ...(scratch ? [scratch] : []), ...readsOf(step)]
}
/** Kernels have as many parameters whether or not there is a bias or an epilogue. */
const roomOf = (step: Step, places: number): number =>
  step.kind === 'kernel' ? Math.max(kernelPlaces, places) : places
const addressesOf = (step: Step, address: (place: Place) => number): number[] => [
  ...new Set(placesOf(step).map(address)),
]

/** Arrays stand no nearer to the start than this, where counts and sizes are. */
const firstAddress = 2 ** 28
/** So far in front of an array code may reach. */
const inFront = 2 ** 20

/** Two sets of addresses, in opposite orders, that differ by other amounts for each array. */
function layouts(addresses: readonly number[]): readonly (readonly number[])[] {
  const count = addresses.length
  const apart = Math.floor((2 ** 32 - firstAddress) / (count + 1) / 4096) * 4096
  // What stands on a cache line stands there still.
  const line = (k: number) => addresses[k]! % 64
  const at = (place: number, k: number) => firstAddress + place * apart + line(k)
  return [
    addresses.map((_, k) => at(k, k)),
    addresses.map((_, k) => at(count - 1 - k, k) + 64 * (k + 1) * (k + 2)),
  ]
}

const neverRefused = { address: 0, code: 0 }

const movedParts = ({ scratch, epilogue }: KernelStep, moved: (place: Place) => Place) => ({
  ...(scratch ? { scratch: moved(scratch) } : {}),
  ...(epilogue ? { epilogue: { ...epilogue, inputs: epilogue.inputs.map(moved) } } : {}),
})

/** The code of each phase for arrays at any addresses, the step's own in order. */
function commonCode(
  lanes: Lanes,
  step: Step,
  base: number,
  doubt: number | undefined,
): FunctionDefinition[] | null {
  const bytes = bytesPerEntry[lanes.dtype]
  const real = addressesOf(step, ({ offset }) => base + offset * bytes)
  if (real.length > mostPlaces) return null
  const room = roomOf(step, real.length)
  const [first, second] = layouts(real).map((made) => {
    const to = new Map(real.map((address, k) => [address, (made[k]! - base) / bytes]))
    const moved = (place: Place): Place => ({
      ...place,
      offset: to.get(base + place.offset * bytes)!,
    })
    const inputs = step.inputs.map(moved)
    const output = moved(step.output)
    const elsewhere: Step =
      step.kind === 'kernel'
        ? { ...step, inputs, output, ...movedParts(step, moved) }
        : { ...step, inputs, output }
    const kernel = writeStep(lanes, elsewhere, base, neverRefused, doubt)
    return kernel?.map((phase) => based(phase, made, room))
  })
  return first && second && isSame(first, second) ? first : null
}

/** A phase for arrays at these addresses, as code for arrays anywhere. */
function based(phase: Phase, made: readonly number[], room: number): FunctionDefinition {
  const sorted = [...made].sort((a, b) => a - b)
  const parameter = (value: number): Based | undefined => {
    if (value < firstAddress - inFront) return undefined
    const address = sorted.findLast((each) => each - inFront <= value)!
    return { parameter: ownParameters(phase.rooms) + made.indexOf(address), rest: value - address }
  }
  return phaseFunction(phase, `${phase.name}, anywhere`, room, parameter)
}

const isSame = (all: readonly FunctionDefinition[], others: typeof all): boolean =>
  all.length === others.length &&
  all.every(({ locals, code }, k) => {
    const other = others[k]!
    return locals.join() === other.locals.join() && sameBytes(code, other.code)
  })

/** Phases of different steps may have one code too: the first one's stands for all. */
function uniqueCodes(): (code: FunctionDefinition) => FunctionDefinition {
  const known = new Map<string, FunctionDefinition>()
  return (code) => {
    const key = `${code.parameters.length} ${code.locals} ${code.code}`
    const first = known.get(key) ?? code
    known.set(key, first)
    return first
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, k) => byte === b[k])

const numbers = new WeakMap<Op, number>()
let count = 0
function numberOf(op: Op): number {
  const known = numbers.get(op) ?? count++
  numbers.set(op, known)
  return known
}

/** Equal for steps whose code differs in addresses alone; undefined where that cannot be told. */
function likeness(
  step: Step,
  address: (place: Place) => number,
  doubt: number | undefined,
): string | undefined {
  // What may refuse a value says which step it is.
  if (step.kind === 'kernel' && step.op.values) return undefined
  const parts: string[] = []
  let isKnown = true
  const write = (value: unknown): void => {
    if (typeof value === 'number') parts.push(Object.is(value, -0) ? '-0' : String(value))
    else if (typeof value === 'string') parts.push(JSON.stringify(value))
    else if (Array.isArray(value)) {
      parts.push('[')
      for (const each of value) write(each)
      parts.push(']')
    } else if (typeof value === 'object' && value !== null) {
      isKnown &&= Object.getPrototypeOf(value) === Object.prototype
      parts.push('{')
      for (const [name, each] of Object.entries(value)) {
        parts.push(name)
        write(each)
      }
      parts.push('}')
    } else {
      isKnown &&= typeof value !== 'function' && typeof value !== 'symbol'
      parts.push(String(value))
    }
  }
  const distinct = addressesOf(step, address)
  for (const place of placesOf(step)) {
    const at = address(place)
    write([distinct.indexOf(at), at % 64, place.shape, place.strides])
  }
  parts.push(step.kind, String(doubt))
  const code = step.kind === 'kernel' ? (step.epilogue?.code ?? []) : step.code
  for (const { op, params, sources } of code) write([numberOf(op), params, sources])
  if (step.kind === 'kernel') write([numberOf(step.op), step.params])
  else {
    write(step.shape)
    write(step.kind === 'reduction' ? [step.combine, step.axes, step.results] : [step.fill])
  }
  return isKnown ? parts.join(' ') : undefined
}
