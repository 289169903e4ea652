// A small register machine for fused groups: the group's instructions run one after another over a
// block of entries that stays in the cache, then over the next block. No code is generated.
import { sizeOf } from '@backprove/graph'
import type { Memory } from '../../backend.ts'
import { entryFor } from '../../plan/families.ts'
import type { ElementwiseStep, Instruction, Place, ReductionStep, Source } from '../../plan/plan.ts'
import { isDense } from '../../plan/views.ts'
import { lineLoop } from './line-loop.ts'
import { type Loop, loops } from './loops.ts'
import { gather, type Walk, walkOf } from './strided.ts'

/** Entries of a register. */
export const BLOCK = 512

/** An operand or result: at `base` for every block, or moving on with the blocks. */
export interface Register {
  readonly data: Memory
  readonly base: number
  readonly moves: boolean
}

interface Bound {
  readonly loop: Loop
  readonly out: Register
  readonly a: Register
  readonly b: Register
  readonly c: Register
}

export interface Machine {
  /** Where the results of a block are after `compute`: at `base`, plus the start where it moves. */
  readonly results: readonly Register[]
  compute(start: number, count: number): void
}

/**
 * The group ready to run. `into` is where the last instruction writes, or undefined for a register
 * of its own.
 */
export function machineFor(
  step: Pick<ElementwiseStep | ReductionStep, 'shape' | 'inputs' | 'code'> &
    Pick<ReductionStep, 'results'>,
  memory: Memory,
  into?: Place,
): Machine {
  const block = Math.min(BLOCK, sizeOf(step.shape))
  const newRegister = (): Register => ({ data: fresh(memory, block), base: 0, moves: false })
  const loads: { walk: Walk; into: Memory }[] = []
  const inputs = step.inputs.map((place): Register => {
    if (isDense(place)) return { data: memory, base: place.offset, moves: true }
    const register = newRegister()
    loads.push({ walk: walkOf(place), into: register.data })
    return register
  })
  const numberRegister = (value: number): Register => {
    const register = newRegister()
    register.data.fill(value)
    return register
  }
  const results: Register[] = []
  const registerOf = (source: Source): Register =>
    source.kind === 'number'
      ? numberRegister(source.value)
      : (source.kind === 'input' ? inputs : results)[source.index]!
  const spare: Register[] = []
  const lastUse = lastUses(step.code)
  const asked: readonly Source[] = step.results ?? []
  for (const index of resultIndices(asked)) lastUse.set(index, step.code.length)
  const bound = step.code.map(({ op, params, sources }, position): Bound => {
    const operands = sources.map(registerOf)
    const final = position === step.code.length - 1
    const out =
      final && into
        ? { data: memory, base: into.offset, moves: true }
        : (spare.pop() ?? newRegister())
    results.push(out)
    // A loop may write over what it reads: registers that die here serve the next instruction.
    for (const index of new Set(resultIndices(sources))) {
      if (lastUse.get(index) === position) spare.push(results[index]!)
    }
    const [a = out, b = a, c = a] = operands
    return { loop: entryFor(loops, op)?.(params) ?? lineLoop(op, params), out, a, b, c }
  })
  return {
    results: step.results ? asked.map(registerOf) : [results.at(-1) ?? inputs[0]!],
    compute: (start, count) => {
      for (const load of loads) gather(memory, load.walk, start, count, load.into)
      for (let k = 0; k < bound.length; k++) {
        const { loop, out, a, b, c } = bound[k]!
        loop(
          count,
          out.data,
          out.moves ? out.base + start : 0,
          a.data,
          a.moves ? a.base + start : 0,
          b.data,
          b.moves ? b.base + start : 0,
          c.data,
          c.moves ? c.base + start : 0,
        )
      }
    },
  }
}

const fresh = (like: Memory, length: number): Memory =>
  like instanceof Float32Array ? new Float32Array(length) : new Float64Array(length)

const resultIndices = (sources: Instruction['sources']): number[] =>
  sources.flatMap((source) => (source.kind === 'result' ? [source.index] : []))

function lastUses(code: readonly Instruction[]): Map<number, number> {
  const last = new Map<number, number>()
  code.forEach(({ sources }, position) => {
    for (const index of resultIndices(sources)) last.set(index, position)
  })
  return last
}
