// One more side of an entry: its numbers in place of its letters, z_1 = w_1 x_1 = 0.5 · 2.

import { expressionLatex } from '../notation/index.ts'
import type { Node } from '../record/node.ts'
import { stridesOf } from '../shape.ts'
import { isFunctionKey } from './compose/compose.ts'
import { functionOf } from './compose/readable.ts'
import { areDots, expandLine } from './expand.ts'
import { arrayMark, indexLine } from './index-form.ts'
import type { Labelling } from './label/labels.ts'
import type { References } from './label/references.ts'

export interface Numbers {
  readonly of: (node: Node) => ArrayLike<number> | undefined
  readonly at: readonly number[]
}

/** A node's entry with numbers in place of those entries whose array has some: one side. */
export function writeNumbers(
  node: Node,
  labelling: Labelling,
  references: References,
  { of, at }: Numbers,
): string[] {
  const { line, arrays } = indexLine(node, labelling)
  const numberOf = (key: string, subscripts: readonly string[]): string | undefined => {
    const own = arrays.get(key)!
    const array = isFunctionKey(key) ? functionOf(own)!.argument : own
    const places = subscripts.map(Number)
    const offset = stridesOf(array.shape).reduce((sum, stride, k) => {
      return sum + stride * (places[k]! - 1)
    }, 0)
    const value = of(array)?.[offset]
    return value === undefined ? undefined : NUMBER_OPEN + shortNumber(value) + NUMBER_CLOSE
  }
  const side = expressionLatex(expandLine(line, at, arrays).body, {
    array: (key: string, subscripts: readonly string[]) => {
      const array = arrays.get(key)!
      const number = numberOf(key, subscripts)
      if (number === undefined) return arrayMark(key, array, subscripts, labelling, references)
      return isFunctionKey(key) ? `${functionOf(array)!.latex}\\left(${number}\\right)` : number
    },
    symbol: (name: string) => (areDots(name) ? '\\cdots' : undefined),
  })
  return side.includes(NUMBER_OPEN) ? [spaced(side)] : []
}

const NUMBER_OPEN = '\uE002'
const NUMBER_CLOSE = '\uE003'

/** Three digits are what a reader follows by eye. */
function shortNumber(value: number): string {
  if (!Number.isFinite(value))
    return Number.isNaN(value) ? '\\mathrm{NaN}' : `${value > 0 ? '' : '-'}\\infty`
  const [digits = '', power] = Number(value.toPrecision(3)).toString().split('e')
  return power === undefined ? digits : `${digits} \\cdot 10^{${Number(power)}}`
}

/** Numbers side by side are multiplied by a dot, and negative ones stand in parentheses. */
const spaced = (side: string): string =>
  side
    .replaceAll(/\uE003(?:\\,|\s)*(?=\uE002)/g, '\uE003 \\cdot ')
    .replaceAll(/(\\left\()?\uE002([^\uE003]*)\uE003/g, (_, fence = '', number: string) =>
      fence || !/^-|cdot/.test(number) ? fence + number : `\\left(${number}\\right)`,
    )
