// Every op from its line alone, without any engine: the operations on plain arrays give what the
// reference interpreter gives, and so do derivatives of order 1 and 2.
import { instanceOf, type Node, operandNames, topologicalOrder } from '@backprove/graph'
import { expect, it } from 'vitest'
import { opNames } from '../../packages/graph/src/testing/instances.ts'
import { lowerLine } from '../../packages/interop/src/lower/line.ts'
import { withoutIdle } from '../../packages/interop/src/module/idle.ts'
import { arrays, type Values } from './arrays.ts'
import { type Case, casesOf, expected } from './cases.ts'

const target = withoutIdle(arrays)

function lowered({ outputs, feeds }: Case): Values[] {
  const values = new Map<Node, Values>()
  for (const node of topologicalOrder(Object.values(outputs))) {
    const { name, data } = node.params as { name?: string; data?: Float64Array }
    if (node.op.traits?.leaf) {
      values.set(node, target.constant(data ?? feeds[name!]!, node.shape, 'number'))
      continue
    }
    const names = operandNames(node.op, node.args.length)
    const operands = Object.fromEntries(names.map((each, k) => [each, values.get(node.args[k]!)]))
    values.set(node, lowerLine(target, instanceOf(node, 'stable'), operands, node.shape))
  }
  return Object.values(outputs).map((node) => values.get(node)!)
}

it.each(opNames)('%s', (name) => {
  for (const ties of ['first', 'split'] as const) {
    for (const each of casesOf(name, 6, ties)) {
      const wanted = expected(each)
      lowered(each).forEach(({ shape, data }, k) => {
        const what = `${each.title} ${ties} ${Object.keys(each.outputs)[k]}`
        expect(shape, what).toEqual(Object.values(each.outputs)[k]!.shape)
        const scale = wanted[k]!.reduce((most, entry) => Math.max(most, Math.abs(entry)), 1)
        data.forEach((entry, i) => {
          const right = wanted[k]![i]!
          if (Object.is(entry, right) || entry === right) return
          expect(Math.abs(entry - right) / scale, `${what}[${i}] ${entry} ≠ ${right}`).toBeLessThan(
            1e-12,
          )
        })
      })
    }
  }
})
