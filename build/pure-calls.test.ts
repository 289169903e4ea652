// What the mark is put before, and that a bundler then leaves out what a page does not use.
import { expect, test } from 'vitest'
import { markPure } from './pure-calls.ts'

const mark = (value: string) => `/* @__PURE__ */ (() => (${value}))()`

test.each([
  ['const a = f(1)', `const a = ${mark('f(1)')}`],
  [
    'export const a = new Map([[1, g]]), b = 2',
    `export const a = ${mark('new Map([[1, g]])')}, b = 2`,
  ],
  ['const a = { ...b, c }', `const a = ${mark('{ ...b, c }')}`],
  ['const a = b.c', `const a = ${mark('b.c')}`],
])('%s takes work', (text, marked) => {
  expect(markPure(text)).toBe(marked)
})

test.each([
  'const a = 1',
  'const a = { b: [1, c] }',
  'const a = (x) => f(x)',
  'const a = class { b = f() }',
  'function a() { const b = f() }',
  'f()',
])('%s is left alone', (text) => {
  expect(markPure(text)).toBe(text)
})
