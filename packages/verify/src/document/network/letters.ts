// Letters that stand for numbers in a network's text: the t of a loop, N = 6. What is written with
// them is what it is without: h_{t-1} is h_1 where t is 2.
import { ClaimError, type Span } from '../../language/syntax.ts'
import type { NetworkExpression } from './tree.ts'

export type Numbers = ReadonlyMap<string, number>

const affine = /^([([⟨<]?)\s*(\p{L})\s*(?:([+-])\s*(\d+))?\s*([)\]⟩>]?)$/u

/** t − 1 as 1, with the brackets that stood around it; undefined of what is no such letter. */
const counted = (written: string, letters: Numbers): string | undefined => {
  const [, open = '', letter, sign, by, close = ''] = affine.exec(written) ?? []
  const value = letter === undefined ? undefined : letters.get(letter)
  if (value === undefined) return undefined
  const moved = sign === undefined ? value : value + Number(`${sign}${by}`)
  return `${open}${moved}${close}`
}

/** `h_{t-1}` as `h_1`, `W^{[l]}` as `W^{[2]}`. */
export const withoutLetters = (name: string, letters: Numbers): string =>
  letters.size === 0
    ? name
    : name.replaceAll(
        /([\^_])(?:\{([^{}]*)\}|([\p{L}\d]+))/gu,
        (all, sign: string, braced?: string, bare?: string) => {
          const found = counted(braced ?? bare!, letters)
          if (found === undefined) return all
          return /^\d$/.test(found) ? `${sign}${found}` : `${sign}{${found}}`
        },
      )

const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  beside: (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '<': (a, b) => Number(a < b),
  '>': (a, b) => Number(a > b),
  '<=': (a, b) => Number(a <= b),
  '>=': (a, b) => Number(a >= b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
}

/** The number that an expression is, where it is one. */
export const numberOf = (
  expression: NetworkExpression,
  known: (name: string) => number | undefined,
): number | undefined => {
  const inner = (each: NetworkExpression) => numberOf(each, known)
  switch (expression.kind) {
    case 'number':
      return expression.value
    case 'name':
      return known(expression.name)
    case 'negation': {
      const value = inner(expression.operand)
      return value === undefined ? undefined : -value
    }
    case 'power': {
      const [base, exponent] = [inner(expression.base), inner(expression.exponent)]
      return base === undefined || exponent === undefined ? undefined : base ** exponent
    }
    case 'binary': {
      const [left, right] = [inner(expression.left), inner(expression.right)]
      const make = operators[expression.operator]
      return left === undefined || right === undefined || !make ? undefined : make(left, right)
    }
    case 'entry':
    case 'call': {
      const length = lengthAsked(expression)
      return length === undefined ? undefined : known(length)
    }
    default:
      return undefined
  }
}

/** `x.shape.0` of x.shape[0], len(x) and x.size(0): whose length is asked for, and of which axis. */
const lengthAsked = (
  expression: Extract<NetworkExpression, { kind: 'entry' | 'call' }>,
): string | undefined => {
  if (expression.kind === 'entry') {
    const { base, parts } = expression
    const [part] = parts
    const at = part?.kind === 'at' ? numberOf(part.place, () => undefined) : undefined
    const isShape = base.kind === 'name' && base.name.endsWith('.shape')
    return isShape && parts.length === 1 && at !== undefined ? `${base.name}.${at}` : undefined
  }
  const { op, operands } = expression
  const [first] = operands
  if (operands.length !== 1 || !first) return undefined
  if (op === 'len' && first.kind === 'name') return `${first.name}.shape.0`
  const [, owner] = /^(.+)\.size$/.exec(op) ?? []
  return owner && first.kind === 'number' ? `${owner}.shape.${first.value}` : undefined
}

export const wholeNumber = (value: number | undefined, span: Span): number => {
  if (value !== undefined && Number.isSafeInteger(value)) return value
  throw new ClaimError('A whole number is wanted here, known as the network is read', span)
}
