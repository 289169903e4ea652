// Fused elementwise loops: any number of inputs and outputs over one shape, broadcasting and views
// by strides. Also the strided copy, which is the formula `x`.
import { type Body, i32, select, type V128, v128 } from '../encoder/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { type Formula, input, translate } from './formula.ts'
import {
  advance,
  loadAlong,
  makePlaces,
  mergeAxes,
  nest,
  type Operand,
  storeAlong,
} from './loops.ts'

export interface Elementwise {
  readonly shape: readonly number[]
  readonly inputs: readonly Operand[]
  /** An output may stand where an input stands if both have the same strides. */
  readonly outputs: readonly { readonly to: Operand; readonly formula: Formula }[]
  /** The address of an i32 that becomes 1 where a NaN or an infinity is written. */
  readonly doubt?: number | undefined
}

/** A formula of each entry of a result, input 0, and of the same entry of arrays, from input 1 on. */
export interface Epilogue {
  readonly formula: Formula
  /** Addresses. */
  readonly arrays: readonly number[]
}

/** An epilogue in a pass of its own, over a result of so many entries in memory. */
export function finishLater(
  lanes: Lanes,
  result: number,
  length: number,
  { formula, arrays }: Epilogue,
): Kernel {
  const along = (address: number): Operand => ({ address, strides: [1] })
  const inputs = [result, ...arrays].map(along)
  const outputs = [{ to: along(result), formula }]
  return elementwise(lanes, 'epilogue', { shape: [length], inputs, outputs })
}

/** Elements of a task when everything is one contiguous run. */
const chunk = 4096

/** out[…] = formula(inputs[…]) for every index of the shape. */
export function elementwise(lanes: Lanes, name: string, specification: Elementwise): Kernel {
  const { inputs, outputs } = specification
  const all = [...inputs, ...outputs.map(({ to }) => to)]
  if (specification.shape.includes(0)) return []
  const { shape, operands } = mergeAxes(specification.shape, all)
  const formulas = outputs.map(({ formula }) => formula)
  const last = shape.length - 1
  const length = shape[last]!

  const write = (f: Body, task: ReturnType<typeof i32.constant>, look: (value: V128) => void) => {
    const { places, cursors } = makePlaces(f, lanes, operands)
    const results = places.slice(inputs.length)
    const constants = places.map(({ cursor, offset }) =>
      cursor.steps[last] === 0 ? () => f.let(lanes.loadSplat(cursor.position, offset)) : null,
    )
    const run = (count: ReturnType<typeof i32.constant> | number) => {
      // What the innermost loop does not walk through is read once before it.
      const fixed = constants.slice(0, inputs.length).map((read) => read?.())
      const vectorStep = () => {
        const element = (index: number) =>
          fixed[index] ?? f.let(loadAlong(lanes, places[index]!, last))
        const values = translate(f, lanes, formulas, element)
        values.forEach((value, k) => {
          storeAlong(f, lanes, results[k]!, last, f.let(value))
          look(value)
        })
        advance(f, cursors, last, lanes.count)
      }
      // The rest, one by one in lane 0 of the same instructions: the same bits.
      const singleStep = () => {
        const element = (index: number) => {
          const { cursor, offset } = places[index]!
          return fixed[index] ?? f.let(lanes.loadSplat(cursor.position, offset))
        }
        const values = translate(f, lanes, formulas, element)
        values.forEach((value, k) => {
          const { cursor, offset } = results[k]!
          f.do(lanes.storeLane(cursor.position, value, 0, offset))
          look(value)
        })
        advance(f, cursors, last, 1)
      }
      const constantCount = typeof count === 'number'
      f.repeat(
        constantCount ? Math.floor(count / lanes.count) : i32.divU(count, lanes.count),
        vectorStep,
      )
      f.repeat(constantCount ? count % lanes.count : i32.remU(count, lanes.count), singleStep)
    }
    if (last === 0) {
      if (length <= chunk) {
        run(length)
        return
      }
      advance(f, cursors, 0, f.let(i32.mul(task, chunk)))
      const rest = length % chunk
      const final = i32.eq(task, Math.ceil(length / chunk) - 1)
      run(rest === 0 ? chunk : f.let(select(final, i32.constant(rest), i32.constant(chunk))))
      return
    }
    advance(f, cursors, 0, task)
    const between = shape.slice(1, last).map((_, k) => k + 1)
    nest(f, cursors, shape, between, () => {
      run(length)
      advance(f, cursors, last, -length)
    })
  }
  const { doubt } = specification
  const body = (f: Body, task: ReturnType<typeof i32.constant>) => {
    if (doubt === undefined) return write(f, task, () => {})
    // x − x is 0 of finite numbers, NaN of others.
    const sum = f.let(v128.zero)
    write(f, task, (x) => f.set(sum, lanes.add(sum, lanes.sub(x, x))))
    f.if(v128.anyTrue(sum), () => f.do(i32.store(0, i32.constant(1), doubt)))
  }
  const tasks = last === 0 ? Math.ceil(length / chunk) : shape[0]!
  return [{ name, tasks, body }]
}

/** to[…] = from[…]: transpose, slice, flip, pad, concat, upsample, broadcast by strides alone. */
export const copy = (lanes: Lanes, shape: readonly number[], from: Operand, to: Operand): Kernel =>
  elementwise(lanes, 'copy', { shape, inputs: [from], outputs: [{ to, formula: input(0) }] })

/** Sets `length` values from an address on. */
export const fill = (lanes: Lanes, address: number, length: number, value: number): Kernel => {
  const to = { address, strides: [1] }
  const formula: Formula = { op: 'constant', value }
  return elementwise(lanes, 'fill', { shape: [length], inputs: [], outputs: [{ to, formula }] })
}
