// The arguments of a function that a library has: by place, or by one of their names.
import { Node } from '@backprove/graph'
import { ClaimError, type Span } from '../../language/syntax.ts'
import { isOfLengths } from './of-lengths.ts'
import type { Value } from './operations.ts'
import { plain } from './signs.ts'

export type Setting = Value | boolean | null

/** What is given by name; what nobody asks for would be another function in silence. */
export interface Options {
  readonly size: number
  get(name: string): Setting | undefined
  has(name: string): boolean
  /** The first that was not asked for, and the names that were. */
  left(): { readonly name: string; readonly asked: readonly string[] } | undefined
}

/** Names that say nothing of the numbers that come out. */
const silent = new Set(['name', 'dtype', 'device', 'requires_grad', 'inplace', 'out', 'key'])

export const optionsOf = (given: readonly (readonly [string, Setting])[]): Options => {
  const all = new Map(given)
  const asked = new Set<string>()
  const noted = (name: string): string => {
    asked.add(name)
    return name
  }
  return {
    size: all.size,
    get: (name) => all.get(noted(name)),
    has: (name) => all.has(noted(name)),
    left: () => {
      const name = [...all.keys()].find((each) => !asked.has(each) && !silent.has(each))
      return name === undefined ? undefined : { name, asked: [...asked] }
    },
  }
}

export interface Given {
  readonly word: string
  readonly args: readonly Value[]
  readonly options: Options
  readonly isMethod: boolean
  readonly span: Span
}

export const refuse = ({ span }: Given, why: string): never => {
  throw new ClaimError(why, span)
}

/** The k-th argument, or the option of one of these names. */
export const valueAt = (given: Given, k: number, ...names: string[]): Setting | undefined => {
  const named = names.find((name) => given.options.has(name))
  return named === undefined ? given.args[k] : given.options.get(named)
}

export const nodeAt = (given: Given, k: number, ...names: string[]): Node => {
  const value = valueAt(given, k, ...names)
  return value instanceof Node ? value : refuse(given, `${given.word} is of arrays`)
}

const isNumber = (value: unknown): value is number => typeof value === 'number'

export const numberAt = (given: Given, k: number, ...names: string[]): number | undefined => {
  const value = valueAt(given, k, ...names)
  if (value === undefined || value === null) return undefined
  const own = isOfLengths(value) ? plain(value, (given.args[0] as Node).graph) : value
  return isNumber(own) ? own : refuse(given, `${given.word} wants a number here`)
}

/** 1, (0, 2): of some axes; undefined where none is said. */
export const axesAt = (given: Given, k: number): readonly number[] | undefined => {
  const value = valueAt(given, k, 'axis', 'dim', 'axes', 'dims')
  if (value === undefined || value === null) return undefined
  const all = Array.isArray(value) ? (value as readonly Value[]) : [value]
  return all.every(isNumber) ? (all as number[]) : refuse(given, 'An axis is a number')
}

/** The lengths that stand from the k-th argument on: 3, 4, or (3, 4). */
export const lengthsFrom = (given: Given, k: number, ...names: string[]): readonly number[] => {
  const named = names.map((name) => given.options.get(name)).find((each) => each !== undefined)
  const first = named ?? given.args[k]
  const all = (Array.isArray(first) ? first : named ? [named] : given.args.slice(k)) as Value[]
  const found = all.map((each) => {
    if (isNumber(each)) return each
    if (!isOfLengths(each)) return refuse(given, 'A length is a number')
    return plain(each, each.axes[0]!.node.graph) as number
  })
  return found.every(Number.isInteger) ? found : refuse(given, 'A length is a whole number')
}

export const isKept = (given: Given): boolean =>
  ['keepdims', 'keepdim', 'keepDims', 'keep_dims'].some((name) => given.options.get(name) === true)
