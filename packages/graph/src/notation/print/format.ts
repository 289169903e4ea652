// Tree → text that parses back to the same tree, with no more parentheses than that takes.

import type { Expression, FunctionName, Guard, Line, Reduction, Variable } from '../syntax.ts'
import { impliedIndices, isPack } from '../traverse.ts'

/** How tightly a place binds; what binds looser goes into parentheses there. */
const LOOSE = 0
const TERM = 1
const PRODUCT = 2
const FACTOR = 3
const ATOM = 4

interface Place {
  readonly tightness: number
  /** Nothing of the term stands to the left: `1/2` may open it as a numeral. */
  readonly opens: boolean
  /** Nothing of the term stands to the right: the body of a Σ may reach to its end. */
  readonly closes: boolean
  /** In subscripts: `i+1`, not `i + 1`. */
  readonly dense: boolean
}

/** `y_{…,i,j} = Σ_k a_{…,i,k} b_{…,k,j}` */
export function formatLine({ result, indices, body }: Line): string {
  const isImplied = formatList(indices) === formatList(impliedIndices(body))
  const subscript = isImplied ? '' : formatSubscript(indices)
  return `${result}${subscript} = ${formatExpression(body)}`
}

/** An expression as text that `parseExpression` reads. */
export function formatExpression(expression: Expression): string {
  return write(expression, whole(false))
}

function whole(dense: boolean): Place {
  return { tightness: LOOSE, opens: true, closes: true, dense }
}

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>
type Writer<Kind extends Expression['kind']> = (node: Of<Kind>, place: Place) => string

const WRITERS: { readonly [Kind in Expression['kind']]: Writer<Kind> } = {
  number: ({ value }, place) => {
    return value < 0 ? guarded(`-${numeral(-value)}`, LOOSE, place) : numeral(value)
  },

  symbol: ({ name }) => name,

  access: ({ array, indices }) => {
    const isBare = indices.length === 1 && isPack(indices[0]!)
    return isBare ? array : `${array}${formatSubscript(indices)}`
  },

  sum: ({ terms }, place) =>
    parenthesised(LOOSE, place, (inner) => {
      const term = { ...inner, tightness: TERM, opens: true, closes: true }
      const plus = inner.dense ? '+' : ' + '
      const minus = inner.dense ? '-' : ' - '
      return terms
        .map((part, position) => {
          if (part.kind !== 'negation') return (position > 0 ? plus : '') + write(part, term)
          return (position > 0 ? minus : '-') + write(part.operand, term)
        })
        .join('')
    }),

  negation: ({ operand }, place) =>
    parenthesised(LOOSE, place, (inner) => `-${write(operand, { ...inner, tightness: TERM })}`),

  quotient: ({ numerator, denominator }, place) =>
    parenthesised(TERM, place, (inner) => {
      const above = write(numerator, { ...inner, tightness: TERM, closes: false })
      // Readers differ on a / b c; a / (b c) is plain to all.
      const below = write(denominator, { ...inner, tightness: FACTOR, opens: false })
      const isTight = inner.dense || !`${above}${below}`.includes(' ')
      return isTight ? `${above}/${below}` : `${above} / ${below}`
    }),

  modulo: ({ left, right }, place) =>
    parenthesised(TERM, place, (inner) => {
      const dividend = write(left, { ...inner, tightness: TERM, closes: false })
      return `${dividend} mod ${write(right, { ...inner, tightness: PRODUCT, opens: false })}`
    }),

  product: ({ factors }, place) =>
    parenthesised(PRODUCT, place, (inner) => {
      const last = factors.length - 1
      return factors
        .map((factor, position) => {
          const opens = inner.opens && position === 0
          const closes = inner.closes && position === last
          const text =
            opens && isNumeralQuotient(factor)
              ? write(factor, { ...inner, tightness: TERM, closes })
              : write(factor, { ...inner, tightness: FACTOR, opens, closes })
          return separator(factors[position - 1], text) + text
        })
        .join('')
    }),

  power: ({ base, exponent }, place) =>
    parenthesised(FACTOR, place, (inner) => {
      const isEuler = base.kind === 'symbol' && base.name === 'e'
      const root = isEuler ? '(e)' : write(base, { ...inner, tightness: ATOM })
      return `${root}^${formatExponent(exponent)}`
    }),

  call: ({ name, operands }, place) => {
    const [open, close] = FENCES[name] ?? [`${name}(`, ')']
    if (name === 'π') return name
    if (name === 'exp') {
      return guarded(`e^${formatExponent(operands[0]!)}`, FACTOR, place)
    }
    const list = operands.map((operand) => write(operand, whole(place.dense))).join(', ')
    // Bars do not nest.
    return open === '|' && list.includes('|') ? `abs(${list})` : `${open}${list}${close}`
  },

  reduction: ({ reduction, variables, body }, place) => {
    const written = (inner: Place) => formatBinder(reduction, variables, body, inner.dense)
    const fits = place.closes && place.tightness <= FACTOR
    return fits ? written(place) : `(${written(whole(place.dense))})`
  },

  iverson: ({ guards }) => `[${guards.map(formatGuard).join(', ')}]`,
}

const FENCES: Readonly<Partial<Record<FunctionName, readonly [string, string]>>> = {
  floor: ['⌊', '⌋'],
  ceil: ['⌈', '⌉'],
  abs: ['|', '|'],
}

function write(expression: Expression, place: Place): string {
  const writer = WRITERS[expression.kind] as Writer<Expression['kind']>
  return writer(expression as never, place)
}

/** In parentheses, a new term begins and ends. */
function parenthesised(own: number, place: Place, content: (inner: Place) => string): string {
  return own >= place.tightness ? content(place) : `(${content(whole(place.dense))})`
}

function guarded(text: string, own: number, place: Place): string {
  return own >= place.tightness ? text : `(${text})`
}

/** `s(i-1)` and `C⌊…⌋`, but `a b`. */
function separator(previous: Expression | undefined, text: string): string {
  if (!previous) return ''
  const sticks = previous.kind === 'symbol' || previous.kind === 'number'
  return sticks && /^[(⌊⌈]/.test(text) ? '' : ' '
}

function isNumeralQuotient(expression: Expression): boolean {
  if (expression.kind !== 'quotient') return false
  return [expression.numerator, expression.denominator].every(
    (part) => part.kind === 'number' && part.value >= 0,
  )
}

function formatExponent(exponent: Expression): string {
  const isAtom =
    exponent.kind === 'symbol' ||
    (exponent.kind === 'access' && exponent.indices.length === 1 && isPack(exponent.indices[0]!)) ||
    (exponent.kind === 'number' && exponent.value >= 0)
  return isAtom ? write(exponent, whole(true)) : `{${write(exponent, whole(true))}}`
}

function formatSubscript(indices: readonly Expression[]): string {
  const [only] = indices
  // x_e^2 would be x at e^2.
  const isLetter = only?.kind === 'symbol' && only.name !== 'e'
  const isAtom = isLetter || (only?.kind === 'number' && only.value >= 0)
  return indices.length === 1 && isAtom ? `_${formatList(indices)}` : `_{${formatList(indices)}}`
}

function formatList(expressions: readonly Expression[]): string {
  return expressions.map((expression) => write(expression, whole(true))).join(',')
}

function formatBinder(
  reduction: Reduction | `arg${Reduction}`,
  variables: readonly Variable[],
  body: Expression,
  dense: boolean,
): string {
  const bounds = variables.map(({ name, upTo }) =>
    upTo ? `${name}≤${write(upTo, whole(true))}` : name,
  )
  const isAtom = variables.length === 1 && !variables[0]!.upTo
  const term = write(body, { tightness: TERM, opens: true, closes: true, dense })
  return `${reduction}_${isAtom ? bounds[0] : `{${bounds.join(',')}}`} ${term}`
}

function formatGuard(guard: Guard): string {
  if (guard.kind === 'winner') {
    const { at, reduction, variables, body } = guard
    return `${formatList(at)} = ${formatBinder(`arg${reduction}`, variables, body, false)}`
  }
  return guard.operands
    .map((operand, position) => {
      const relation = position > 0 ? ` ${guard.relations[position - 1]} ` : ''
      return relation + write(operand, whole(true))
    })
    .join('')
}

/** All digits, never an exponent: `1e-7` would be 1·e − 7. */
function numeral(value: number): string {
  const text = String(value)
  const [digits, exponent] = text.split('e')
  if (exponent === undefined) return text
  const [whole, fraction = ''] = digits!.split('.') as [string, string?]
  const shift = Number(exponent)
  return shift < 0
    ? `0.${'0'.repeat(-shift - 1)}${whole}${fraction}`
    : `${whole}${fraction}${'0'.repeat(shift - fraction.length)}`
}
