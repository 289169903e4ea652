// Whether a program's states hold a NaN or an infinity: steps that write them look as they write,
// and the others' are scanned.
import { areFinite, type Runner, settle } from '../../backend.ts'
import { bytesPerEntry, type Plan } from '../../plan/plan.ts'
import { product } from '../kernel.ts'
import { type Scans, scansOf } from '../scan.ts'
import type { Arena } from './arena.ts'

/** Fewer numbers are as soon looked at afterwards. */
const leastWatched = 256

/** The steps that alone write all of a state, which look at what they write, and its offset. */
export function watchedSteps(
  { blocks, states, steps }: Plan,
  isInside: (step: number) => boolean,
): ReadonlyMap<number, number> {
  const offsets = new Set(states.map(({ place }) => place.offset))
  const writers = new Map<number, number[]>()
  steps.forEach(({ output }, k) => {
    const { offset } = blocks[output.block]!
    if (offsets.has(offset)) writers.set(offset, [...(writers.get(offset) ?? []), k])
  })
  const looks = (k: number) =>
    steps[k]!.kind === 'elementwise' &&
    product(steps[k]!.output.shape) >= leastWatched &&
    !isInside(k)
  const alone = [...writers].filter(([, found]) => found.length === 1 && looks(found[0]!))
  return new Map(alone.map(([offset, [k]]) => [k!, offset]))
}

/** Whether nothing was noted at that word, which is 0 from here on. */
export function clears(arena: Arena, address: number): boolean {
  const words = arena.words()
  const isClear = words[address / 4] === 0
  words[address / 4] = 0
  return isClear
}

/** Whole vectors in WebAssembly, what is left of them here. */
export function scansIn(
  { dtype }: Plan,
  arena: Arena,
): Required<Pick<Runner, 'isFinite' | 'settle'>> {
  const size = bytesPerEntry[dtype]
  let made: Scans | undefined
  const scans = () => {
    made ??= scansOf(dtype, arena.wasm, arena.limits)
    return made
  }
  const wholeOf = (length: number) => length - (length % (16 / size))
  return {
    isFinite: (from, length) => {
      const whole = wholeOf(length)
      const found = scans().finite(arena.base + from * size, whole * size) === 1
      return found && areFinite(arena.entries(), from + whole, length - whole)
    },
    settle: (from, length) => {
      const whole = wholeOf(length)
      scans().settle(arena.base + from * size, whole * size)
      settle(arena.entries(), from + whole, length - whole, dtype)
    },
  }
}
