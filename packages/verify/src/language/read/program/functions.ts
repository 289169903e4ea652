// What functions and methods of arrays are made into, by their names: a table, and what fills it.
import { isSign } from '../tokens/cursor.ts'
import { type Token, token } from '../tokens/tokens.ts'
import { bracket, called, raisedTo, spelling, transposed } from './make.ts'

/** What takes the place of a call with these operands; undefined where they say something else. */
export type Made = (operands: readonly Token[][], at: Token) => Token[] | undefined

const sign = (text: string, at: Token): Token => token('sign', text, at.span)
const number = (text: string, at: Token): Token => token('number', text, at.span)

const between = (text: string, left: readonly Token[], right: readonly Token[], at: Token) =>
  bracket([bracket(left), sign(text, at), bracket(right)])

const infix =
  (text: string): Made =>
  ([left, right], at) => [between(text, left!, right!, at)]

const word =
  (name: string): Made =>
  (operands, at) =>
    called(name, operands, at)

/** where(c, a, b) is [c] a + (1 − [c]) b. */
const chosen: Made = ([condition, yes, no], at) => {
  const mask = bracket(condition!, '[')
  const other = bracket([number('1', at), sign('-', at), mask])
  const [first, second] = [between('⊙', [mask], yes!, at), between('⊙', [other], no!, at)]
  return [bracket([first, sign('+', at), second])]
}

/** The value of an option, min=0, where a part is one. */
const optionValue = (part: readonly Token[], names: string): readonly Token[] => {
  const equals = part.findIndex((each) => isSign(each, '='))
  const name = spelling(part.slice(0, Math.max(0, equals)))
  return equals > 0 && names.split(' ').includes(name) ? part.slice(equals + 1) : part
}

const isOption = (part: readonly Token[], names: string): boolean =>
  optionValue(part, names) !== part

const isNone = (part: readonly Token[]): boolean => spelling(part) === 'None'

/** clip(x, 0, None), clamp(x, min=0): the bounds that are said. */
const clipped: Made = ([array, ...said], at) => {
  const [lows, highs] = ['min a_min', 'max a_max'] as const
  const plain = said.filter((part) => !isOption(part, lows) && !isOption(part, highs))
  const low = said.find((part) => isOption(part, lows)) ?? plain[0]
  const high =
    said.find((part) => isOption(part, highs)) ??
    plain[said.some((part) => isOption(part, lows)) ? 0 : 1]
  const bounds = [
    ['max', low && optionValue(low, lows)],
    ['min', high && optionValue(high, highs)],
  ] as const
  return bounds.reduce<Token[]>(
    (inner, [name, bound]) =>
      bound && !isNone(bound) ? [bracket(called(name, [[...bound], inner], at))] : inner,
    array!,
  )
}

/** The root of the sum of all squares. */
const norm: Made = ([array], at) => {
  const squares = raisedTo(array!, [number('2', at)])
  return called('sqrt', [[bracket(called('sum', [squares], at))]], at)
}

/** zeros_like(x) is 0 x, ones_like(x) is 0 x + 1: of its shape. */
const like =
  (value: '0' | '1'): Made =>
  ([array], at) => {
    const zero = between('⊙', [number('0', at)], array!, at)
    return value === '0' ? [zero] : [bracket([zero, sign('+', at), number('1', at)])]
  }

/** ones((N, D)): lengths by the letters that the network has for them. */
const filled =
  (value: '0' | '1'): Made =>
  (operands, at) => {
    const [only, ...others] = operands
    const isTuple = only?.length === 1 && only[0]!.type === 'group' && others.length === 0
    const lengths = isTuple ? splitLengths(only![0]!) : operands
    return called('filled', [[number(value, at)], ...lengths], at)
  }

const splitLengths = (group: Token): Token[][] => {
  const parts: Token[][] = [[]]
  for (const each of group.body!)
    if (isSign(each, ',')) parts.push([])
    else parts.at(-1)!.push(each)
  return parts.filter((part) => part.length > 0)
}

/** linear(x, W, b) of PyTorch is x Wᵀ + b. */
const linear: Made = ([x, weight, bias], at) => {
  const product = [bracket(called('matmul', [x!, transposed(weight!)], at))]
  return bias ? [bracket([...product, sign('+', at), bracket(bias)])] : product
}

const product = (left: Token[], right: Token[], at: Token): Token =>
  bracket(called('matmul', [left, right], at))

/** Functions and methods of arrays: how many operands they have, and what they are. */
export const functions: readonly (readonly [words: string, arity: string, made: Made])[] = [
  ['matmul mm bmm', '2', word('matmul')],
  ['dot', '2', word('dot')],
  ['outer', '2', word('outer')],
  ['kron', '2', word('kron')],
  ['multiply mul', '2', infix('⊙')],
  ['divide div truedivide', '2', infix('/')],
  ['add', '2', infix('+')],
  ['subtract sub', '2', infix('-')],
  ['power pow', '2', ([base, exponent]) => raisedTo(base!, exponent!)],
  ['square', '1', ([base], at) => raisedTo(base!, [number('2', at)])],
  ['maximum', '2', word('max')],
  ['minimum', '2', word('min')],
  ['where', '3', chosen],
  ['transpose t', '1', ([base]) => transposed(base!)],
  ['absolute', '1', word('abs')],
  ['clip clamp', '23', clipped],
  ['norm', '1', norm],
  ['zeroslike', '1', like('0')],
  ['oneslike', '1', like('1')],
  ['zeros', '123', filled('0')],
  ['ones', '123', filled('1')],
  ['linear', '23', linear],
  ['addmm', '3', ([bias, a, b], at) => [between('+', bias!, [product(a!, b!, at)], at)]],
  ['negative neg', '1', ([array], at) => [bracket([sign('-', at), bracket(array!)])]],
  ['reciprocal', '1', ([array], at) => [between('/', [number('1', at)], array!, at)]],
  ['log1p', '1', ([x], at) => called('log', [[number('1', at), sign('+', at), bracket(x!)]], at)],
  ['rsqrt', '1', ([x], at) => [between('/', [number('1', at)], called('sqrt', [x!], at), at)]],
]
