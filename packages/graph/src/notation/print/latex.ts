// Tree → LaTeX as textbooks set it: fractions, guards under the Σ, subscripts merged into names.

import type { Shape } from '../meaning/instantiate.ts'
import type { Expression, FunctionName, Guard, Line, Relation, Variable } from '../syntax.ts'
import { PACK } from '../syntax.ts'
import { isPack, nodes } from '../traverse.ts'
import { binderParts, type LatexName, latexName, OPERATORS, reductionOf } from './latex-parts.ts'

/** How names and accesses are written. */
export interface LatexOptions {
  /**
   * An array with its subscripts (LaTeX, the pack's letters among them) in names of the caller's
   * own: `z^{F}_{1,i,j}` for x. Undefined falls back to the letter, `x_{1,i,j}`.
   */
  readonly array?: (
    name: string,
    subscripts: readonly string[],
    indices: readonly Expression[],
  ) => string | undefined
  /** Of every median the number of values is odd: both middles are one. */
  readonly isOdd?: boolean
  /** A letter: an index or a parameter of the line. */
  readonly symbol?: (name: string) => string | undefined
  /** LaTeX letters for the axes of `…`, right-aligned; needs `shape`. Without them `…` stays. */
  readonly pack?: readonly string[]
  /** The shape of an array of the line, its result included: it says how long its pack is. */
  readonly shape?: (array: string) => Shape | undefined
}

/** `y_{f,i,j} = b_{f} + \sum_{c,u,v} …` */
export function lineLatex(line: Line, options: LatexOptions = {}): string {
  const result: Expression = { kind: 'access', array: line.result, indices: line.indices }
  return `${expressionLatex(result, options)} = ${expressionLatex(line.body, options)}`
}

/** An expression as LaTeX, names and places written by the caller's rules. */
export function expressionLatex(expression: Expression, options: LatexOptions = {}): string {
  return write(expression, { options, tightness: LOOSE, inline: false, closes: true })
}

const [LOOSE, TERM, FACTOR, ATOM] = [0, 1, 2, 3] as const

interface Place {
  readonly options: LatexOptions
  readonly tightness: number
  /** In subscripts and exponents: (f-1)/F, not a fraction. */
  readonly inline: boolean
  /** Nothing of the term stands to the right: a Σ may end here without parentheses. */
  readonly closes: boolean
}

type Of<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>
type Writer<Kind extends Expression['kind']> = (node: Of<Kind>, place: Place) => string

const WRITERS: { readonly [Kind in Expression['kind']]: Writer<Kind> } = {
  number: ({ value }, place) => fenced(latexNumber(value), value < 0 ? LOOSE : ATOM, place),

  symbol: ({ name }, { options }) => options.symbol?.(name) ?? latexName(name),

  access: ({ array, indices }, place) => {
    const { options } = place
    const subscripts = indices.flatMap((index) =>
      isPack(index)
        ? packSubscripts(array, indices.length - 1, options)
        : [write(index, { options, tightness: LOOSE, inline: true, closes: true })],
    )
    const own = options.array?.(array, subscripts, indices)
    if (own !== undefined) return own
    const isBare = subscripts.length === 0 || (isPack(indices[0]!) && subscripts[0] === DOTS)
    if (isBare && subscripts.length <= 1) return latexName(array)
    return `${latexName(array)}_{${subscripts.join(',')}}`
  },

  sum: ({ terms }, place) => {
    const written = terms
      .map((term, position) => {
        if (term.kind !== 'negation') return (position > 0 ? ' + ' : '') + write(term, term1(place))
        return (position > 0 ? ' - ' : '-') + write(term.operand, term1(place))
      })
      .join('')
    return fenced(place.inline ? written.replaceAll(/ ([+-]) /g, '$1') : written, LOOSE, place)
  },

  negation: ({ operand }, place) => fenced(`-${write(operand, term1(place))}`, LOOSE, place),

  quotient: ({ numerator, denominator }, place) => {
    if (!place.inline) {
      const inner = { ...place, tightness: LOOSE, closes: true }
      const text = `\\frac{${write(numerator, inner)}}{${write(denominator, inner)}}`
      return fenced(text, FACTOR, place)
    }
    const above = write(numerator, { ...place, tightness: TERM, closes: false })
    const below = write(denominator, { ...place, tightness: ATOM, closes: false })
    return fenced(`${above}/${below}`, TERM, place)
  },

  modulo: ({ left, right }, place) => {
    const above = write(left, { ...place, tightness: FACTOR, closes: false })
    const below = write(right, { ...place, tightness: FACTOR, closes: false })
    return fenced(`${above} \\bmod ${below}`, TERM, place)
  },

  product: ({ factors }, place) => {
    const last = factors.length - 1
    const isOpen = place.tightness > TERM
    const written = factors.map((factor, position) => {
      const closes = position === last && (isOpen || place.closes)
      return (
        separator(factors[position - 1], factor) +
        write(factor, { ...place, tightness: FACTOR, closes })
      )
    })
    return fenced(written.join(''), TERM, place)
  },

  power: ({ base, exponent }, place) => {
    const written = write(base, { ...place, tightness: ATOM })
    // z^{F} squared is (z^F)²: a second superscript needs parentheses.
    const raised = written.replaceAll(/_\{[^{}]*\}/g, '')
    const isRaised = /[\^']/.test(raised) && !written.startsWith('\\left')
    const root = isRaised ? parentheses(written, place) : written
    const power = write(exponent, { ...place, tightness: LOOSE, inline: true, closes: true })
    return fenced(`${root}^{${power}}`, FACTOR, place)
  },

  call: ({ name, operands }, place) => {
    if (name === 'π') return '\\pi '
    const inner = {
      ...place,
      tightness: LOOSE,
      closes: true,
      inline: place.inline || name === 'exp',
    }
    const list = operands.map((operand) => write(operand, inner)).join(', ')
    const [open, close, own = ATOM] = CALLS[name]
    return fenced(`${open}${list}${close}`, own, place)
  },

  reduction: ({ reduction, variables, body }, place) => {
    const named = latexVariables(variables, place.options)
    const { guards, rest } = reduction === 'Σ' ? binderParts(body) : { guards: [], rest: body }
    const under = [named, ...guards.map((guard) => latexGuard(guard, place.options))].filter(
      Boolean,
    )
    const inner = { ...place, tightness: TERM, closes: true }
    if (under.length === 0) return write(body, place)
    const lines = under.length > 1 ? `\\substack{${under.join('\\\\')}}` : under[0]
    const sign = OPERATORS[reductionOf(reduction, place.options.isOdd)]
    const text = `${sign}_{${lines}} ${write(rest, inner)}`
    return place.closes && place.tightness <= FACTOR ? text : parentheses(text, place)
  },

  iverson: ({ guards }, { options }) =>
    `[${guards.map((guard) => latexGuard(guard, options)).join(',\\; ')}]`,
}

function write(expression: Expression, place: Place): string {
  const writer = WRITERS[expression.kind] as Writer<Expression['kind']>
  return writer(expression as never, place)
}

function term1(place: Place): Place {
  return { ...place, tightness: TERM, closes: true }
}

function fenced(text: string, own: number, place: Place): string {
  return own >= place.tightness ? text : parentheses(text, place)
}

function parentheses(text: string, { inline }: Place): string {
  return inline ? `(${text})` : `\\left(${text}\\right)`
}

type Fence = readonly [open: string, close: string, tightness?: number]

const applied = (name: string): Fence => [`${name}\\left(`, '\\right)', FACTOR]

const CALLS: Readonly<Record<FunctionName, Fence>> = {
  exp: ['e^{', '}', FACTOR],
  ...{ log: applied('\\log'), log1p: applied('\\operatorname{log1p}') },
  ...{ tanh: applied('\\tanh'), sin: applied('\\sin'), cos: applied('\\cos') },
  ...{ erf: applied('\\operatorname{erf}'), sign: applied('\\operatorname{sign}') },
  ...{ max: applied('\\max'), min: applied('\\min') },
  π: ['\\pi', ''],
  '√': ['\\sqrt{', '}'],
  abs: ['\\left|', '\\right|'],
  floor: ['\\lfloor ', '\\rfloor '],
  ceil: ['\\lceil ', '\\rceil '],
}

const RELATIONS: Readonly<Record<Relation, string>> = {
  '=': '=',
  '≠': '\\ne',
  '<': '<',
  '≤': '\\le',
  '>': '>',
  '≥': '\\ge',
}

const DOTS: LatexName = '\\dots'

/** `2x`, `2 \cdot 3`, `s(i-1)`; a thin space between what carries subscripts. */
function separator(previous: Expression | undefined, factor: Expression): string {
  if (!previous) return ''
  if (factor.kind === 'number') return ' \\cdot '
  const isPlain = (part: Expression) => part.kind === 'number' || part.kind === 'symbol'
  return isPlain(previous) || (isPlain(factor) && previous.kind !== 'access') ? ' ' : ' \\, '
}

function latexNumber(value: number): string {
  const [digits, exponent] = String(value).split('e')
  return exponent === undefined ? digits! : `${digits} \\cdot 10^{${Number(exponent)}}`
}

/** The letters of an array's pack: the last ones of the pack that is longest. */
function packSubscripts(array: string, named: number, options: LatexOptions): readonly string[] {
  const shape = options.shape?.(array)
  if (!options.pack || !shape) return [DOTS]
  const length = Math.max(0, shape.length - named)
  const letters = options.pack.slice(Math.max(0, options.pack.length - length))
  const offset = shape.length - named - length
  return letters.map((letter, axis) => (shape[offset + axis] === 1 ? '1' : letter))
}

function latexVariables(variables: readonly Variable[], options: LatexOptions): string {
  return variables
    .flatMap(({ name, upTo }) => {
      if (name === PACK) return options.pack ?? [DOTS]
      const letter = options.symbol?.(name) ?? latexName(name)
      if (!upTo) return [letter]
      const bound = write(upTo, { options, tightness: LOOSE, inline: true, closes: true })
      return [`${letter} \\le ${bound}`]
    })
    .join(',')
}

function latexGuard(guard: Guard, options: LatexOptions): string {
  const place: Place = { options, tightness: LOOSE, inline: true, closes: true }
  if (guard.kind === 'relation') {
    return guard.operands
      .map((operand, position) => {
        const sign = position > 0 ? ` ${RELATIONS[guard.relations[position - 1]!]} ` : ''
        // Sums of entries are no places: [z + 3 ≥ 0], beside [i = j+1].
        const isValue = [...nodes(operand)].some(({ kind }) => kind === 'access')
        return sign + write(operand, { ...place, inline: !isValue })
      })
      .join('')
  }
  const at = guard.at.flatMap((index) =>
    isPack(index) ? (options.pack ?? [DOTS]) : [write(index, place)],
  )
  const left = at.length > 1 ? `(${at.join(',')})` : at.join('')
  const bound = latexVariables(guard.variables, options)
  const body = write(guard.body, { ...place, inline: false, tightness: TERM })
  const by = reductionOf(guard.reduction, options.isOdd)
  return `${left} = \\operatorname*{arg\\,${by}}_{${bound}} ${body}`
}
