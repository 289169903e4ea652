// Every op, at random shapes and options: its rules against the mechanical adjoint of its line and
// against central differences, at orders 1 and 2, under both policies for ties.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkOp } from '../testing/check-op.ts'
import { recordInstance } from '../testing/instance.ts'
import { instances, opNames } from '../testing/instances.ts'
import { ops } from './index.ts'

const RUNS = 20

describe.each(opNames)('%s', (name) => {
  test('vjp and jvp at orders 1 and 2', () => {
    fc.assert(
      fc.property(
        instances[name],
        fc.nat(1000),
        fc.constantFrom('first' as const, 'split' as const),
        (instance, seed, ties) => {
          const { node, feeds, jumps } = recordInstance(instance, seed, { ties })
          expect(node.op).toBe(ops[name])
          // A document can carry every param, and knows its kind.
          expect(Object.keys(node.op.params ?? {}).toSorted()).toEqual(
            Object.keys(node.params).toSorted(),
          )
          checkOp(node, feeds, { seed, jumps })
        },
      ),
      { numRuns: RUNS, seed: 20, endOnFailure: true },
    )
  })
})

test('every op that is not a leaf is here', () => {
  const expected = Object.entries(ops).filter(([, op]) => !op.traits?.leaf)
  expect(opNames.toSorted()).toEqual(expected.map(([name]) => name).toSorted())
})
