// Property tests are seeded, all of them, without saying so each.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { read, sources } from './house/sources.ts'

test('fast-check draws from one seed', () => {
  expect(fc.readConfigureGlobal().seed).toBe(Number(process.env.SEED ?? 1))
  const draw = () => {
    const drawn: number[] = []
    fc.assert(fc.property(fc.integer(), (n) => void drawn.push(n)))
    return drawn
  }
  expect(draw()).toEqual(draw())
})

test('no test draws from anywhere else', () => {
  const tests = sources.filter((path) => /\.test\.ts$|\/testing\/|^test\//.test(path))
  const unseeded = tests.filter((path) => /Math\.random\(/.test(read(path)))
  expect(unseeded.filter((path) => path !== 'test/seed.test.ts')).toEqual([])
})
