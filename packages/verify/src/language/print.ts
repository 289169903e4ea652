// A claim as text or LaTeX. What it prints reads back as the same tree, up to spans and parentheses.
import type {
  Binder,
  Claim,
  Comparison,
  Condition,
  Expression,
  Name,
  RelationSign,
  Style,
  Word,
} from './syntax.ts'

/** How tightly a kind binds; what is looser than its place needs parentheses. */
const levels = {
  addition: 1,
  reduction: 2,
  hadamard: 3,
  star: 4,
  quotient: 5,
  product: 6,
  factor: 7,
}
type Level = keyof typeof levels

const levelOf = (node: Expression, style: Style): Level => {
  switch (node.kind) {
    case 'addition':
    case 'negation':
    case 'ellipsis':
      return 'addition'
    case 'reduction':
    case 'hadamard':
    case 'star':
      return node.kind
    case 'product':
      // A Σ at its end would take what follows into its body.
      return node.factors.at(-1)?.kind === 'reduction' ? 'reduction' : 'product'
    case 'quotient':
      return style === 'latex' ? 'factor' : 'quotient'
    case 'numeral':
      // 1/2 before juxtaposition is one number, after a slash it is not.
      return style === 'text' && node.value.denominator !== 1n ? 'quotient' : 'factor'
    default:
      return 'factor'
  }
}

const latexLetters: Readonly<Record<string, string>> = {
  δ: '\\delta',
  σ: '\\sigma',
  α: '\\alpha',
  β: '\\beta',
  γ: '\\gamma',
  ε: '\\epsilon',
  η: '\\eta',
  θ: '\\theta',
  λ: '\\lambda',
  μ: '\\mu',
  ρ: '\\rho',
  τ: '\\tau',
  φ: '\\phi',
  ψ: '\\psi',
  ω: '\\omega',
}

const latexRelations: Readonly<Record<RelationSign, string>> = {
  '=': '=',
  '≠': '\\neq',
  '<': '<',
  '≤': '\\leq',
  '>': '>',
  '≥': '\\geq',
  '∈': '\\in',
}

const latexOperators: ReadonlySet<Word> = new Set<Word>(['exp', 'log', 'tanh', 'max', 'min'])

const relation = (sign: RelationSign, style: Style) =>
  style === 'latex' ? latexRelations[sign] : sign

const wrap = (text: string, style: Style) =>
  style === 'latex' ? `\\left(${text}\\right)` : `(${text})`

/** `node` where something at least as tight as `place` is read. */
const at = (node: Expression, place: Level, style: Style): string => {
  const text = expressionText(node, style)
  return levels[levelOf(node, style)] >= levels[place] ? text : wrap(text, style)
}

/** The base of a script: a bracket or a call keeps a script, a name would take it for its own. */
const scriptBase = (node: Expression, style: Style): string => {
  const text = expressionText(node, style)
  if (node.kind === 'application' || node.kind === 'iverson' || node.kind === 'list') return text
  if (node.kind === 'numeral' && node.value.denominator === 1n) return text
  if (node.kind === 'entry' && node.array.kind !== 'name') return text
  return wrap(text, style)
}

/** One letter needs no braces in LaTeX; a numeral needs none in text either. */
const braced = (sign: '^' | '_', text: string, style: Style): string => {
  const short = style === 'latex' ? /^[\p{L}\d]$/u : /^(?:\p{L}|\d+)$/u
  return short.test(text) ? sign + text : `${sign}{${text}}`
}

const list = (nodes: readonly Expression[], style: Style): string =>
  nodes.map((node) => expressionText(node, style)).join(', ')

const letter = (base: string, style: Style): string => {
  if (style === 'text') return base
  return latexLetters[base] ?? ([...base].length > 1 ? `\\text{${base}}` : base)
}

const nameString = (node: Name, style: Style): string => {
  const { base, primes, superscript, subscript } = node
  const above = superscript && list(superscript.parts, style)
  const over = superscript?.parenthesised ? `(${above})` : above
  const scripts = [
    subscript ? braced('_', list(subscript.parts, style), style) : '',
    over ? braced('^', over, style) : '',
  ]
  // To TeX primes are a superscript, which another one must follow at once.
  if (primes > 0) scripts.reverse()
  return letter(base, style) + "'".repeat(primes) + scripts.join('')
}

const binderText = ({ name, lower, upper }: Binder, style: Style): string => {
  const less = relation('≤', style)
  const above = upper ? ` ${less} ${expressionText(upper, style)}` : ''
  if (!lower) return name + above
  if (!upper) return `${name} = ${expressionText(lower, style)}`
  return `${expressionText(lower, style)} ${less} ${name}${above}`
}

type Reduction = Extract<Expression, { kind: 'reduction' }>

const reductionText = (node: Reduction, style: Style): string => {
  const word = style === 'latex' ? `\\operatorname{${node.operator}}` : node.operator
  const sign = node.operator === 'sum' ? (style === 'latex' ? '\\sum' : 'Σ') : word
  const body = at(node.body, 'reduction', style)
  if (node.implicit) return `${sign} ${body}`
  return `${sign}${underText(node.binders, node.conditions, style)} ${body}`
}

/** Σ_{i=1}^n where one index has both bounds, otherwise everything below the sign. */
const underText = (
  binders: readonly Binder[],
  conditions: readonly Comparison[],
  style: Style,
): string => {
  const [only] = binders
  if (binders.length === 1 && only?.lower && only.upper && conditions.length === 0) {
    const below = `${only.name} = ${expressionText(only.lower, style)}`
    return `_{${below}}${braced('^', expressionText(only.upper, style), style)}`
  }
  const under = [
    ...binders.map((binder) => binderText(binder, style)),
    ...conditions.map((condition) => comparisonText(condition, style)),
  ]
  return braced('_', under.join(','), style)
}

const comparisonText = ({ operands, relations }: Comparison, style: Style): string =>
  operands
    .map((operand, position) => {
      const text = expressionText(operand, style)
      return position === 0 ? text : `${relation(relations[position - 1]!, style)} ${text}`
    })
    .join(' ')

const conditionText = (node: Condition, style: Style): string => {
  switch (node.kind) {
    case 'comparison':
      return comparisonText(node, style)
    case 'extremum':
      return `${expressionText(node.operand, style)} = ${wordText(node.which, style)}`
    case 'first': {
      const first =
        style === 'latex' ? `\\text{first }${wordText(node.which, style)}` : `first ${node.which}`
      return node.operand ? `${expressionText(node.operand, style)} = ${first}` : first
    }
    case 'winner': {
      const word = style === 'latex' ? `\\operatorname{arg${node.which}}` : `arg${node.which}`
      const body = at(node.body, 'reduction', style)
      return `${list(node.at, style)} = ${word}${underText(node.binders, [], style)} ${body}`
    }
  }
}

const wordText = (word: Word, style: Style): string => {
  if (style === 'text') return word
  return latexOperators.has(word) ? `\\${word}` : `\\operatorname{${word}}`
}

const brackets: Partial<
  Record<Word, readonly [text: string, close: string, latex: string, right: string]>
> = {
  floor: ['⌊', '⌋', '\\lfloor ', ' \\rfloor'],
  ceil: ['⌈', '⌉', '\\lceil ', ' \\rceil'],
}

const callText = (word: Word, operands: readonly Expression[], style: Style): string => {
  const inner = list(operands, style)
  const bracket = brackets[word]
  if (bracket && operands.length === 1)
    return style === 'latex' ? bracket[2] + inner + bracket[3] : bracket[0] + inner + bracket[1]
  if (word === 'sqrt' && style === 'latex') return `\\sqrt{${inner}}`
  return `${wordText(word, style)}(${inner})`
}

/** Two factors side by side read as a number, or as a call, where the first sign is not needed. */
const needsDot = (left: Expression, right: Expression, text: string): boolean =>
  /^\d/.test(text) ||
  text.startsWith('[') ||
  (left.kind === 'name' && text.startsWith('(')) ||
  (left.kind === 'name' && /^\\left\(/.test(text)) ||
  (left.kind === 'call' && /^(?:\\left)?\(/.test(text) && right.kind !== 'name') ||
  (left.kind === 'derivative' && text.startsWith('(')) ||
  (left.kind === 'name' && left.base === 'd')

const productText = (factors: readonly Expression[], style: Style): string =>
  factors
    .map((factor, position) => {
      const isLast = position === factors.length - 1
      const place = isLast && factor.kind === 'reduction' ? 'reduction' : 'factor'
      const text = factorText(factor, place, position, style)
      if (position === 0) return text
      const dot = needsDot(factors[position - 1]!, factor, text)
      return dot ? `${style === 'latex' ? '\\cdot' : '·'} ${text}` : text
    })
    .join(' ')

/** A fraction of numerals may lead a product in text; elsewhere it needs parentheses. */
const factorText = (factor: Expression, place: Level, position: number, style: Style): string => {
  const leads = position === 0 && factor.kind === 'numeral'
  return leads ? expressionText(factor, style) : at(factor, place, style)
}

const differential = (total: boolean, style: Style) =>
  total ? 'd' : style === 'latex' ? '\\partial' : '∂'

type Derivative = Extract<Expression, { kind: 'derivative' }>

const derivativeText = ({ of, by, total }: Derivative, style: Style): string => {
  const sign = differential(total, style)
  const operand = (node: Expression): string => {
    const isSimple = node.kind === 'name' || node.kind === 'application'
    return isSimple ? expressionText(node, style) : wrap(expressionText(node, style), style)
  }
  const order = by.length > 1 ? `^${by.length}` : ''
  const above = `${sign}${order} ${operand(of)}`
  const below = by.map((each) => `${sign} ${operand(each)}`).join(' ')
  if (style === 'latex') return `\\frac{${above}}{${below}}`
  return by.length > 1 ? `${above}/(${below})` : `${above}/${below}`
}

type Star = Extract<Expression, { kind: 'star' }>

const starText = ({ operation, mode, left, right }: Star, style: Style): string => {
  const suffix = mode ? (style === 'latex' ? `_{\\mathrm{${mode}}}` : mode) : ''
  const latexSign =
    operation === 'convolution' ? `\\mathbin{\\mathrm{conv}${suffix}}` : `\\ast${suffix}`
  const textSign = operation === 'convolution' ? `conv${suffix}` : `*${suffix}`
  const sign = style === 'latex' ? latexSign : textSign
  return `${at(left, 'star', style)} ${sign} ${at(right, 'quotient', style)}`
}

const additionText = (terms: readonly Expression[], style: Style): string =>
  terms
    .map((term, position) => {
      if (position > 0 && term.kind === 'negation')
        return `- ${at(term.operand, 'reduction', style)}`
      const isPlain = term.kind === 'ellipsis' || term.kind === 'negation'
      const text = isPlain ? expressionText(term, style) : at(term, 'reduction', style)
      return position === 0 ? text : `+ ${text}`
    })
    .join(' ')

/** One expression. */
export const expressionText = (node: Expression, style: Style): string => {
  switch (node.kind) {
    case 'name':
      return nameString(node, style)
    case 'numeral':
      return numeralText(node, style)
    case 'product':
      return productText(node.factors, style)
    case 'addition':
      return additionText(node.terms, style)
    case 'negation':
      return `-${at(node.operand, 'reduction', style)}`
    case 'quotient':
      return style === 'latex'
        ? `\\frac{${expressionText(node.numerator, style)}}{${expressionText(node.denominator, style)}}`
        : `${apart(node.numerator, 'quotient', -1)} / ${apart(node.denominator, 'product', 0)}`
    case 'power':
      return scriptBase(node.base, style) + braced('^', expressionText(node.exponent, style), style)
    case 'transposed':
      return `${scriptBase(node.operand, style)}^T`
    case 'hadamard':
      return `${at(node.left, 'hadamard', style)} ${style === 'latex' ? '\\odot' : '⊙'} ${at(node.right, 'star', style)}`
    case 'star':
      return starText(node, style)
    case 'call':
      return callText(node.word, node.operands, style)
    case 'application':
      return `${nameString(node.head, style)}(${node.operands
        .map((operand) => expressionText(operand, style))
        .join(node.bar ? ' | ' : ', ')})`
    case 'entry':
      return `${node.array.kind === 'entry' ? wrap(expressionText(node.array, style), style) : scriptBase(node.array, style)}_{${list(node.indices, style)}}`
    case 'reduction':
      return reductionText(node, style)
    case 'iverson':
      return `[${node.conditions.map((each) => conditionText(each, style)).join(', ')}]`
    case 'derivative':
      return derivativeText(node, style)
    case 'list':
      return `[${list(node.items, style)}]`
    case 'ellipsis':
      return style === 'latex' ? '\\ldots' : '…'
  }
}

/** A numeral beside the slash would be read as half of a number. */
const apart = (node: Expression, place: Level, edge: 0 | -1): string => {
  const touches = node.kind === 'product' && node.factors.at(edge)?.kind === 'numeral'
  return touches ? `(${expressionText(node, 'text')})` : at(node, place, 'text')
}

const numeralText = (
  { value, text }: Extract<Expression, { kind: 'numeral' }>,
  style: Style,
): string => {
  if (value.denominator === 1n || /^[\d.]+$/.test(text))
    return /^[\d.]+$/.test(text) ? text : `${value.numerator}`
  return style === 'latex'
    ? `\\frac{${value.numerator}}{${value.denominator}}`
    : `${value.numerator}/${value.denominator}`
}

/** The whole claim, in the style in which it was written unless another is asked for. */
export const printClaim = (claim: Claim, style: Style = claim.style): string => {
  const links = claim.operands.map((operand, position) => {
    const sign = claim.relations[claim.continues ? position : position - 1]
    const text = expressionText(operand, style)
    return sign ? `${relation(sign, style)} ${text}` : text
  })
  const where = claim.where.map(({ name, value }) => `, ${name} = ${expressionText(value, style)}`)
  return links.join(' ') + where.join('')
}
