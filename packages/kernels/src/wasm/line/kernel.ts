// The generic kernel: what an op without one of its own is, by its line; a phase for each table.
import type { Op } from '@backprove/graph'
import { lowerLine } from '../../line/lower.ts'
import { keptEntries, sizeOfTable, type Table } from '../../line/program.ts'
import type { Rule } from '../backend/rule.ts'
import { type Body, f32, f64, type I32, i32 } from '../encoder/index.ts'
import { type Phase, scratchLayout } from '../kernel.ts'
import type { Context } from './context.ts'
import { valueCode } from './values.ts'

/** null for lines that have no loops: those run in JavaScript. */
export const lineRule =
  (op: Op): Rule =>
  (lanes, call) => {
    // Values that an op refuses are told by name: what modules have no words for.
    const program = op.values ? undefined : lowerLine({ op, ...call })
    if (!program) return null
    const { tables, slots } = program
    return {
      write: ({ inputs, output, scratch }) => {
        let { kept: end } = scratchLayout({ kept: 8 * keptEntries(program) }, scratch)
        const kept = tables.slice(0, -1).map((table) => {
          const address = end
          end += 8 * sizeOfTable(table)
          return address
        })
        return tables.map((table, k): Phase => {
          const isResult = k === tables.length - 1
          const isWide = isResult && lanes.dtype === 'float32'
          const address = isResult ? output : kept[k]!
          return {
            name: isResult ? op.name : `${op.name}, kept`,
            tasks: tasksOf(table),
            body: (f, task) => {
              const locals = Array.from({ length: slots }, () => f.local('i32'))
              const context: Context = { f, lanes, operands: inputs, kept, slots: locals }
              eachEntry(f, task, table, context, (cell) => {
                const { value } = valueCode(table.value, context)
                f.do(
                  isWide
                    ? f32.store(i32.mul(cell, 4), f64.demote(value), address)
                    : f64.store(i32.mul(cell, 8), value, address),
                )
              })
            },
          }
        })
      },
    }
  }

/** The last axis of several is walked within a task. */
const tasksOf = (table: Table): number =>
  table.axes.length > 1 ? sizeOfTable(table) / table.axes.at(-1)!.length : sizeOfTable(table)

function eachEntry(
  f: Body,
  task: I32,
  { axes }: Table,
  { slots }: Context,
  body: (cell: I32) => void,
): void {
  const inner = axes.length > 1 ? axes.at(-1) : undefined
  const outer = inner ? axes.slice(0, -1) : axes
  const rest = f.let(task)
  for (const { slot, length } of outer.toReversed()) {
    f.set(slots[slot]!, i32.add(i32.remU(rest, length), 1))
    f.set(rest, i32.divU(rest, length))
  }
  if (!inner) {
    body(task)
    return
  }
  const cell = f.let(i32.mul(task, inner.length))
  f.set(slots[inner.slot]!, i32.constant(1))
  f.repeat(inner.length, () => {
    body(cell)
    f.bump(cell, 1)
    f.bump(slots[inner.slot]!, 1)
  })
}
