// Which fields have short names, and that nothing asks for one by its text.
import { expect, it } from 'vitest'
import { shortFields, withoutTheirTexts } from './fields.ts'

it('are the whole names of fields', () => {
  const names = ['operands', 'terms', 'operand', 'myterms', 'kind', 'length']
  expect(names.filter((name) => shortFields.test(name))).toEqual(['operands', 'terms'])
})

it('refuses a script that asks for one by its text', () => {
  const script = 'const terms=(a)=>a.b,c={operands:1}'
  expect(withoutTheirTexts(script)).toBe(script)
  for (const text of ['a["terms"]', "in('primes')", 'key===`traits`', '{a:"terms*"}'])
    expect(() => withoutTheirTexts(`${script};${text}`)).toThrow('is a text too')
})
