// Every instruction of the tables under the eyes of an independent reader: wabt's disassembler
// must give the bytes the names that the specification gives them.
import { expect, test } from 'vitest'
import wabt from 'wabt'
import type { Expression, Statement, ValueType } from './index.ts'
import {
  defineFunction,
  encodeModule,
  f32,
  f32x4,
  f64,
  f64x2,
  i32,
  i32x4,
  i64x2,
  memory,
  select,
  v128,
} from './index.ts'

const disassemble = async (write: Parameters<typeof defineFunction>[2]): Promise<string> => {
  const functions = [defineFunction('f', [], write)]
  const bytes = encodeModule({
    functions,
    exports: ['f'],
    memory: { pages: 1, maximumPages: 1, shared: true },
  })
  const features = { simd: true, threads: true, bulk_memory: true, relaxed_simd: true }
  const module = (await wabt()).readWasm(bytes, { ...features, readDebugNames: true })
  return module.toText({ foldExprs: false })
}

const zeros = {
  i32: i32.constant(0),
  f32: f32.load(0),
  f64: f64.constant(0),
  v128: v128.zero,
}

/** JavaScript's camelCase as the specification's snake_case. */
const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`)

async function expectNames(
  prefix: string,
  table: Readonly<Record<string, unknown>>,
  operands: readonly Expression[],
  names: readonly string[],
): Promise<void> {
  type Any = (...operands: readonly Expression[]) => Expression
  const text = await disassemble((f) => {
    for (const name of names) f.let((table[name] as Any)(...operands) as Expression<ValueType>)
  })
  const found = text
    .split('\n')
    .map((line) => line.trim().split(' ')[0]!)
    .filter((word) => word.includes('.') && !/\.(const|set|get)$/.test(word))
  expect(found).toEqual(names.map((name) => `${prefix}.${snake(name)}`))
}

const v = zeros.v128

test('scalar arithmetic', async () => {
  const comparisons = ['eq', 'ne', 'ltS', 'ltU', 'gtS', 'gtU', 'leS', 'geS', 'geU']
  const integer = ['add', 'sub', 'mul', 'divU', 'remU', 'and', 'or', 'shl', 'shrU']
  await expectNames('i32', i32, [zeros.i32, zeros.i32], [...integer, ...comparisons])
  await expectNames('i32', i32, [zeros.i32], ['eqz', 'load'])
  const real = ['eq', 'ne', 'lt', 'gt', 'le', 'ge', 'add', 'sub', 'mul', 'div', 'min', 'max']
  await expectNames('f64', f64, [zeros.f64, zeros.f64], real)
  await expectNames('f64', f64, [zeros.f64], ['abs', 'neg', 'sqrt'])
})

test('vector arithmetic', async () => {
  const comparisons = ['eq', 'ne', 'lt', 'gt', 'le', 'ge']
  const real = [...comparisons, 'add', 'sub', 'mul', 'div', 'min', 'max', 'pmin', 'pmax']
  for (const [prefix, table] of Object.entries({ f32x4, f64x2 })) {
    await expectNames(prefix, table, [v, v], real)
    await expectNames(prefix, table, [v], ['abs', 'neg', 'sqrt', 'nearest'])
    await expectNames(prefix, table, [v, v, v], ['relaxedMadd'])
  }
  await expectNames('i32x4', i32x4, [v, v], ['eq', 'add', 'sub'])
  await expectNames('i64x2', i64x2, [v, v], ['eq', 'add', 'sub'])
  await expectNames('i32x4', i32x4, [v, zeros.i32], ['shl', 'shrS'])
  await expectNames('i64x2', i64x2, [v, zeros.i32], ['shl', 'shrS', 'shrU'])
  await expectNames('v128', v128, [v, v], ['and', 'or', 'xor'])
  await expectNames('v128', v128, [v, v, v], ['bitselect'])
  await expectNames('v128', v128, [v], ['not'])
})

test('conversions, lanes and memory', async () => {
  const store = (statement: Statement) => statement
  const text = await disassemble((f) => {
    f.let(f32x4.demoteZero(f64x2.promoteLow(v)))
    f.let(f32.promote(zeros.f32))
    f.let(f64.demote(zeros.f64))
    f.let(v128.andNot(v, v))
    f.let(v128.anyTrue(v))
    f.let(i32x4.extract(v, 3))
    f.let(f64x2.extract(v, 1))
    f.let(f32x4.shuffle(v, v, [0, 4, 1, 5]))
    f.let(select(zeros.i32, zeros.f32, zeros.f32))
    f.let(f32x4.loadSplat(0, 8))
    f.let(f32x4.loadZero(0, 300))
    f.let(f64x2.loadLane(0, v, 1, 16))
    f.do(store(f32x4.storeLane(0, v, 3, 4)), f64x2.store(0, v, 32))
    f.do(memory.fill(0, 0, 4), memory.copy(0, 8, 4))
    f.let(i32.atomicAdd(4, 1, 8))
  })
  for (const line of [
    'f64x2.promote_low_f32x4',
    'f32x4.demote_f64x2_zero',
    'f64.promote_f32',
    'f32.demote_f64',
    'v128.andnot',
    'v128.any_true',
    'i32x4.extract_lane 3',
    'f64x2.extract_lane 1',
    'i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23',
    'select',
    'v128.load32_splat offset=8',
    'v128.load32_zero offset=300',
    'v128.load64_lane offset=16 1',
    'v128.store32_lane offset=4 3',
    'v128.store offset=32 align=4',
    'memory.fill',
    'memory.copy',
    'i32.atomic.rmw.add offset=8',
  ]) {
    expect(text).toContain(line)
  }
})
