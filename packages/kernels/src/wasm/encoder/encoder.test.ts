// The encoder: numbers as bytes, and functions that run.
import { describe, expect, test } from 'vitest'
import { engine, type WasmMemory } from '../engine.ts'
import { signed, unsigned } from './bytes.ts'
import {
  call,
  defineFunction,
  encodeModule,
  f32x4,
  f64,
  i32,
  select,
  TooManyLocals,
  tee,
  v128,
} from './index.ts'

describe('LEB128', () => {
  test('unsigned edges, worked by hand', () => {
    expect(unsigned(0)).toEqual([0x00])
    expect(unsigned(127)).toEqual([0x7f])
    expect(unsigned(128)).toEqual([0x80, 0x01])
    expect(unsigned(624485)).toEqual([0xe5, 0x8e, 0x26])
    expect(unsigned(2 ** 32 - 1)).toEqual([0xff, 0xff, 0xff, 0xff, 0x0f])
    expect(() => unsigned(-1)).toThrow(RangeError)
    expect(() => unsigned(2 ** 32)).toThrow(RangeError)
  })
  test('signed edges, worked by hand', () => {
    expect(signed(0)).toEqual([0x00])
    expect(signed(63)).toEqual([0x3f])
    expect(signed(64)).toEqual([0xc0, 0x00])
    expect(signed(-1)).toEqual([0x7f])
    expect(signed(-64)).toEqual([0x40])
    expect(signed(-65)).toEqual([0xbf, 0x7f])
    expect(signed(-123456)).toEqual([0xc0, 0xbb, 0x78])
    expect(signed(2 ** 31 - 1)).toEqual([0xff, 0xff, 0xff, 0xff, 0x07])
    expect(signed(-(2 ** 31))).toEqual([0x80, 0x80, 0x80, 0x80, 0x78])
    expect(signed(2 ** 32 - 1)).toEqual(signed(-1))
    expect(() => signed(0.5)).toThrow(RangeError)
  })
})

const instantiate = (bytes: Uint8Array<ArrayBuffer>) =>
  new engine.Instance(new engine.Module(bytes)).exports

describe('modules', () => {
  test('a function of scalars, a select, a call and a loop', () => {
    const absolute = defineFunction(
      'absolute',
      ['f64'],
      (f) => {
        const x = f.parameter(0, 'f64')
        f.result(select(f64.lt(x, f64.constant(0)), f64.neg(x), x))
      },
      ['f64'],
    )
    const sumTo = defineFunction(
      'sumTo',
      ['i32'],
      (f) => {
        const n = f.parameter(0, 'i32')
        const sum = f.local('i32')
        f.do(call(2))
        f.repeat(n, () => f.set(sum, i32.add(sum, i32.sub(n, i32.load(0)))))
        f.result(tee(sum, i32.mul(sum, 2)))
      },
      ['i32'],
    )
    const mark = defineFunction('mark', [], (f) => f.do(i32.store(0, i32.constant(-7))))
    const bytes = encodeModule({
      functions: [absolute, sumTo, mark],
      exports: ['absolute', 'sumTo'],
      memory: { pages: 1 },
    })
    expect(engine.validate(bytes)).toBe(true)
    const exports = instantiate(bytes) as unknown as {
      absolute(x: number): number
      sumTo(n: number): number
    }
    expect(exports.absolute(-2.5)).toBe(2.5)
    expect(exports.sumTo(10)).toBe(2 * 10 * 17)
    expect(exports.sumTo(0)).toBe(0)
  })

  test('a function of more local variables than engines take is refused by name', () => {
    const long = defineFunction('long', [], (f) => {
      for (let k = 0; k <= 50_000; k++) f.local('i32')
    })
    expect(() => encodeModule({ functions: [long], exports: [], memory: { pages: 1 } })).toThrow(
      TooManyLocals,
    )
  })

  test('vectors with offsets in the memory argument', () => {
    const scale = defineFunction('scale', [], (f) => {
      const x = f.let(f32x4.load(0, 1000))
      f.block((leave) => {
        f.branchIf(leave, v128.anyTrue(f32x4.ne(x, x)))
        f.if(
          i32.eqz(i32.constant(0)),
          () => f.do(f32x4.store(0, f32x4.mul(x, f32x4.constant(1, 2, 3, 4)), 2000)),
          () => f.do(f32x4.store(0, v128.zero, 2000)),
        )
      })
    })
    const bytes = encodeModule({ functions: [scale], exports: ['scale'], memory: { pages: 1 } })
    const exports = instantiate(bytes) as unknown as {
      scale(): void
      memory: WasmMemory
    }
    const floats = new Float32Array(exports.memory.buffer)
    floats.set([5, 6, 7, 8], 250)
    exports.scale()
    expect([...floats.subarray(500, 504)]).toEqual([5, 12, 21, 32])
  })

  test('an imported memory is shared with the caller', () => {
    const write = defineFunction('write', [], (f) => f.do(i32.store(4, i32.constant(42))))
    const memory = { pages: 1, maximumPages: 2 }
    const bytes = encodeModule({
      functions: [write],
      exports: ['write'],
      memory,
      importMemory: true,
    })
    const ours = new engine.Memory({ initial: 1, maximum: 2 })
    const imports = { env: { memory: ours } }
    const instance = new engine.Instance(new engine.Module(bytes), imports)
    ;(instance.exports as { write(): void }).write()
    expect(new Int32Array(ours.buffer)[1]).toBe(42)
  })

  test('an unknown export is refused', () => {
    const memory = { pages: 1 }
    expect(() => encodeModule({ functions: [], exports: ['x'], memory })).toThrow("'x'")
  })

  test('numbers that stand for addresses become parameters', () => {
    const made = 2 ** 28
    const near = (value: number) =>
      value > made - 100 ? { parameter: 0, rest: value - made } : undefined
    const copy = defineFunction(
      'copy',
      ['i32', 'i32'],
      (f) => {
        const at = f.parameter(1, 'i32')
        // Before the array, behind its start, one lane, and the address itself.
        f.do(i32.store(at, i32.load(at, made - 4), made + 8))
        f.do(f32x4.storeLane(at, f32x4.loadLane(at, v128.zero, 2, made), 2, made + 12))
        f.do(i32.store(i32.constant(made + 20), i32.constant(made + 1)))
      },
      [],
      near,
    )
    const bytes = encodeModule({ functions: [copy], exports: ['copy'], memory: { pages: 1 } })
    const { memory, copy: run } = instantiate(bytes) as {
      memory: WasmMemory
      copy(base: number, at: number): void
    }
    const words = new Int32Array(memory.buffer)
    words.set([7, 8, 9], 24)
    run(96, 4)
    expect([...words.subarray(24, 30)]).toEqual([7, 8, 9, 7, 8, 97])
  })
})
