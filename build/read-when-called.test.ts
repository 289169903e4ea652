// What becomes a function, with its types, and what is left as it is.
import { expect, test } from 'vitest'
import { readWhenCalled } from './read-when-called.ts'

test.each([
  ['const f = (x) => g(x)', 'const f = function (x) { return ( g(x)) }'],
  ['export const f = x => ({ x })', 'export const f = function (x) { return ( ({ x })) }'],
  [
    'const f = async <T>(x: T): Promise<T> => { return x }, a = 1',
    'const f = async function <T>(x: T): Promise<T> { return x }, a = 1',
  ],
  [
    'const f = (x: A): x is B =>\n  // why\n  x.b ??\n  x.c\nconst g = () => 1',
    'const f = function (x: A): x is B { return (\n  // why\n  x.b ??\n  x.c) }\n' +
      'const g = function () { return ( 1) }',
  ],
  [
    'const f = (x = () => 1) => (y) => x() + y',
    'const f = function (x = () => 1) { return ( (y) => x() + y) }',
  ],
  [
    "const a = { f: () => 1, g: [row('a', (x) => x)] } satisfies A",
    "const a = { f: function () { return ( 1) }, g: [row('a', function (x) { return ( x) })] } " +
      'satisfies A',
  ],
  ['all.push((x) => (y) => x)', 'all.push(function (x) { return ( (y) => x) })'],
])('%s is read when it is called', (text, written) => {
  expect(readWhenCalled(text)).toBe(written)
})

test.each([
  'const a = 1',
  'function f() { const g = () => 1 }',
  'class A { readonly f = () => this }',
  'const a = { f() { return () => this } }',
])('%s is left alone', (text) => {
  expect(readWhenCalled(text)).toBe(text)
})
