// Every op at one example worked by hand.
import { describe, expect, test } from 'vitest'
import { evaluate } from '../evaluate.ts'
import { flattenNumbers } from '../nested.ts'
import { Graph } from '../record/graph.ts'
import { opNames } from '../testing/instances.ts'
import { literals } from '../testing/literals.ts'
import { ops } from './index.ts'

describe('worked by hand', () => {
  test.each(opNames)('%s', (name) => {
    const { args, record, gives } = literals[name]
    const graph = new Graph()
    const node = record(...args.map((value) => graph.constant(value)))
    expect(node.op).toBe(ops[name])
    const expected = flattenNumbers(gives)
    expect(node.shape).toEqual(expected.shape)
    const found = evaluate(node)
    expected.data.forEach((value, k) => {
      expect(found[k]).toBeCloseTo(value, 12)
    })
  })
})
