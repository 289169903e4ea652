// What the engine is asked for is what it can run.
import { expect, test } from 'vitest'
import { engine } from './engine.ts'
import { hasLongBlocks, hasRelaxedVectors, hasVectors } from './features.ts'
import { workbench } from './fixture.ts'
import { lanesOf } from './lanes.ts'
import { matmul } from './linear/matmul.ts'

const product = () => {
  const bench = workbench('float32')
  const a = { address: bench.place([1, 2, 3, 4]), row: 2, column: 1 }
  const b = { address: bench.place([5, 6, 7, 8]), row: 2, column: 1 }
  const shape = { m: 2, n: 2, k: 2, a, b, c: bench.result(4) }
  const { relaxedMadd: madd, ...rest } = lanesOf('float32', 'relaxed')
  const lanes = { ...rest, relaxedMadd: madd, madd }
  return { bench, shape, kernel: bench.withScratch((scratch) => matmul(lanes, shape, scratch)) }
}

test('vectors are there wherever the tests run', () => {
  expect(hasVectors()).toBe(true)
})

test('long blocks are for Node 24 and later', () => {
  expect(hasLongBlocks()).toBe(Number.parseInt(process.versions.node, 10) >= 24)
})

test('relaxed kernels run exactly where they are said to', () => {
  const { bench, shape, kernel } = product()
  if (!hasRelaxedVectors()) {
    expect(() => bench.build([kernel])).toThrow()
    return
  }
  const program = bench.build([kernel])
  program.run(1)
  expect([...program.read(shape.c, 4)]).toEqual([19, 22, 43, 50])
  expect(engine.validate(program.bytes)).toBe(true)
})
