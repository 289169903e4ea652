// A claim as text or LaTeX. What it prints reads back as the same tree, up to spans and
// parentheses.
import { functionWords, greek, keywords, signWords } from '../lexicon.ts'
import type { Claim, Definition, Expression, Name, Style, Word } from '../syntax.ts'
import { conditionText, reductionText } from './binding.ts'
import { additionText, apart, derivativeText, productText, starText } from './product.ts'
import { programText } from './program.ts'
import { braced, type Level, letter, levelOf, levels, relation, wordText, wrap } from './style.ts'

/** `node` where something at least as tight as `place` is read. */
export const at = (node: Expression, place: Level, style: Style): string => {
  const text = expressionText(node, style)
  return levels[levelOf(node, style)] >= levels[place] ? text : wrap(text, style)
}

const isBracketed = ({ kind }: Expression) => kind === 'list' || kind === 'matrix'

/** The base of a script: a bracket or a call keeps a script, a name would take it for its own. */
const scriptBase = (node: Expression, style: Style): string => {
  const text = expressionText(node, style)
  if (node.kind === 'application' || node.kind === 'iverson' || isBracketed(node)) return text
  if (node.kind === 'numeral' && node.value.denominator === 1n) return text
  if (node.kind === 'entry' && node.array.kind !== 'name') return text
  return wrap(text, style)
}

export const list = (nodes: readonly Expression[], style: Style): string =>
  nodes.map((node) => expressionText(node, style)).join(', ')

const isWord = (letters: string) =>
  [functionWords, keywords, greek, signWords].some((words) => words.has(letters))

/** c i j, as long as the letters together are no word: c i j but not m a x. */
const isRunOfIndices = (text: string): boolean =>
  /^\p{L}(?: \p{L}){2,}$/u.test(text) && !isWord(text.replaceAll(' ', ''))

/** Scripts are set without spaces: l−1, Fk, i+u−1,j, cij. */
const tight = (parts: readonly Expression[], style: Style): string =>
  parts
    .map((part) => expressionText(part, style))
    .map((text) => text.replace(/ ([+-]) /g, '$1').replace(/^([\p{L}\d]) ([\p{L}])$/u, '$1$2'))
    .map((text) => text.replace(/^(\p{L}) (?:\\cdot |· )?(\d+)$/u, '$1$2'))
    .map((text) => (isRunOfIndices(text) ? text.replaceAll(' ', '') : text))
    .join(',')

const nameString = (node: Name, style: Style): string => {
  const { base, primes, superscript, subscript } = node
  const above = superscript && tight(superscript.parts, style)
  const over = superscript?.parenthesised ? `(${above})` : above
  const scripts = [
    subscript ? braced('_', tight(subscript.parts, style), style) : '',
    over ? braced('^', over, style) : '',
  ]
  // To TeX primes are a superscript, which another one must follow at once.
  if (primes > 0) scripts.reverse()
  return letter(base, style) + "'".repeat(primes) + scripts.join('')
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

const known: Readonly<Record<Style, WeakMap<Expression, string>>> = {
  text: new WeakMap(),
  latex: new WeakMap(),
}

/** One expression. Edits of a formula print it again and again, but for what they change. */
export const expressionText = (node: Expression, style: Style): string => {
  const before = known[style].get(node)
  if (before !== undefined) return before
  const text = textOf(node, style)
  known[style].set(node, text)
  return text
}

const textOf = (node: Expression, style: Style): string => {
  switch (node.kind) {
    case 'name':
      return nameString(node, style)
    case 'numeral':
      return numeralText(node, style)
    case 'product':
      return productText(node, style)
    case 'addition':
      return additionText(node.terms, style)
    case 'negation':
      return `-${at(node.operand, 'reduction', style)}`
    case 'quotient':
      return style === 'latex'
        ? `\\frac{${expressionText(node.numerator, style)}}{${expressionText(node.denominator, style)}}`
        : `${apart(node.numerator, 'quotient', -1)} / ${apart(node.denominator, 'factor', 0)}`
    case 'power':
      return scriptBase(node.base, style) + braced('^', expressionText(node.exponent, style), style)
    case 'transposed':
      // (W)_{ij}^T would be an entry of the transpose.
      return node.operand.kind === 'entry'
        ? `${wrap(expressionText(node.operand, style), style)}^T`
        : `${scriptBase(node.operand, style)}^T`
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
      return `${node.array.kind === 'entry' ? wrap(expressionText(node.array, style), style) : scriptBase(node.array, style)}_{${tight(node.indices, style)}}`
    case 'reduction':
      return reductionText(node, style)
    case 'iverson':
      return `[${node.conditions.map((each) => conditionText(each, style)).join(', ')}]`
    case 'derivative':
      return derivativeText(node, style)
    case 'list':
      return `[${list(node.items, style)}]`
    case 'matrix':
      return matrixText(node.rows, style)
    case 'ellipsis':
      return style === 'latex' ? '\\ldots' : '…'
  }
}

const matrixText = (rows: readonly (readonly Expression[])[], style: Style): string => {
  if (style === 'text') return `[${rows.map((row) => list(row, style)).join('; ')};]`
  const lines = rows.map((row) => row.map((each) => expressionText(each, style)).join(' & '))
  return `\\begin{bmatrix} ${lines.join(' \\\\ ')} \\end{bmatrix}`
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
    const isProgram = claim.program && style === 'text'
    const text = isProgram ? programText(operand) : expressionText(operand, style)
    return sign ? `${relation(sign, style)} ${text}` : text
  })
  return links.join(' ') + whereText(claim.where, style)
}

/** Index letters with primes define themselves; anything else stands after ‘where’. */
const whereText = (where: readonly Definition[], style: Style): string => {
  const isPrimed = ({ left }: Definition) =>
    left.kind === 'name' && left.primes > 0 && !left.superscript && !left.subscript
  const text = ({ left, value }: Definition) =>
    `${expressionText(left, style)} = ${expressionText(value, style)}`
  const [own, others] = [where.filter(isPrimed), where.filter((each) => !isPrimed(each))]
  const word = style === 'latex' ? ' \\text{ where } ' : ' where '
  return [
    ...own.map((each) => `, ${text(each)}`),
    ...others.map((each, at) => (at === 0 ? word : ', ') + text(each)),
  ].join('')
}
