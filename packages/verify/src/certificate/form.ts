// Whatever is not of the form of a claim or a certificate is refused before any part of it means
// something: an unknown kind, a field that is missing or too many, a number that is none; a length,
// a letter or a node that is not declared, or twice; a node of a later one, or of a derivative.

import { kinds, type Leaf, objects, type PlainNode } from './grammar.ts'
import { demand, equalAll, Rejected, readId, readInteger, readPoly } from './polynomials.ts'

/** What is shared counts as often as it is met, and what contains itself without end. */
const mostParts = 1_000_000

type Fields = Readonly<Record<string, string>>
const variants: Readonly<
  Record<string, { readonly by: string; readonly of: Readonly<Record<string, Fields>> }>
> = kinds

/** Fields of what binds letters. */
const scopes = ['letters', 'axes', 'over']

const isInteger = (value: unknown): boolean => typeof readInteger(value) === 'bigint'

/** @throws Rejected unless the value is of a form of the grammar */
export const demandForm = (whole: string, data: unknown): void => {
  let parts = 0
  let nodes = 0
  let isNetworkRead = false
  const lengths = new Set<unknown>()

  const leaves: Readonly<Record<Leaf, (value: unknown, letters: Set<unknown>) => boolean>> = {
    text: (value) => typeof value === 'string',
    flag: (value) => typeof value === 'boolean',
    integer: isInteger,
    id: (value) => readId(value) >= 0,
    fraction: (value) =>
      Array.isArray(value) &&
      value.length === 2 &&
      isInteger(value[0]) &&
      readInteger(value[1]) > 0n,
    'new length': (value) => lengths.size < lengths.add(readId(value)).size,
    length: (value) => lengths.has(value),
    'new letter': (value, letters) =>
      Number.isSafeInteger(value) && letters.size < letters.add(value).size,
    letter: (value, letters) => letters.has(value),
    'node before': (value) => readId(value) < nodes,
    'any node': (value) => isNetworkRead && readId(value) < nodes,
  }

  const read = (form: string, value: unknown, letters: Set<unknown>): void => {
    const fits = (is: unknown): void => {
      if (!is) throw new Rejected(`not of the form of a ${form}`)
    }
    if (++parts > mostParts) throw new Rejected('too many parts')
    const [last] = form.slice(-1)
    if (form in leaves) fits(leaves[form as Leaf](value, letters))
    else if (last === '?') {
      if (value !== undefined) read(form.slice(0, -1), value, letters)
    } else if (last === '*') {
      fits(Array.isArray(value))
      for (const each of value as unknown[]) read(form.slice(0, -1), each, letters)
    } else if (form.includes('|')) fits(form.split('|').includes(value as string))
    else {
      fits(typeof value === 'object' && value !== null && !Array.isArray(value))
      const object = value as Readonly<Record<string, unknown>>
      const { by, of } = variants[form] ?? {
        by: '',
        of: { '': (objects as Readonly<Record<string, Fields>>)[form]! },
      }
      const kind = by === '' ? by : (object[by] as string)
      fits(Object.hasOwn(of, kind))
      const fields = of[kind]!
      for (const key in object) fits(key === by || Object.hasOwn(fields, key))
      // Letters are bound for the fields after those that bind them.
      const inner = scopes.some((key) => key in fields) ? new Set(letters) : letters
      for (const key in fields) {
        if (key === 'cost') isNetworkRead = true
        read(fields[key]!, object[key], inner)
      }
      if (form === 'axis') fits(isNetworkRead || object.length !== undefined)
      if (form === 'node') {
        const { shape, line } = value as PlainNode
        const axes = line?.axes.map(({ length }) => readPoly(length))
        demand(!axes || equalAll(axes, shape.map(readPoly)), 'a line of another shape')
        nodes++
      }
    }
  }
  read(whole, data, new Set())
}
