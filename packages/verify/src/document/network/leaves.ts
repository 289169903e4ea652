// Lines that declare an input or a parameter: `x: input 6 6`, `x ∈ ℝ^{3×4}`, np.random.randn(N, D).
import { nearNames } from '@backprove/graph'
import { ClaimError, type Span } from '../../language/syntax.ts'
import { networkLimits } from './limits.ts'
import type { Dimension, LeafLine } from './lines.ts'
import { nameLength, nameOf } from './tokens.ts'
import { type NetworkExpression, someIn } from './tree.ts'

type Known = (name: string) => number | undefined

/** The length of a letter that has none: any will do, for what is proved holds for all. */
type Unsaid = (letter: string) => number

/** `x: input 6 6`, and as others write it: `x = input(6, 6)`, `W, U: weight [3 × 3]`. */
const leafLine =
  /^(\S(?:.*?\S)??)\s*(?::|=(?=\s*\w+\s*[([]))\s*(inputs?|data|param(?:eter)?s?|weights?|bias)((?:[\s([].*)?)$/i
/** `x: inptu 6 6`. */
const roleLine = /^(\S(?:.*?\S)??)\s*:\s*(\p{L}+)(?![\p{L}=])/u
/** `x ∈ ℝ^{3×4}`, `W in R^{m x n}`. */
const spaceLine =
  /^(\S(?:.*?\S)??)\s*(?:∈|\\in\b|\bin\b)\s*(?:ℝ|R|\\(?:mathbb|R)\s*\{?\s*R?\s*\}?)(?:\s*\^\s*(?:\{([^{}]+)\}|([\p{L}\d]+)))?$/u

/** W, b_1 and x[3]; not the x_{i,j} of one array. Undefined of what is no name. */
const namesOf = (all: string): readonly string[] | undefined => {
  const names: string[] = []
  for (let rest = all; ; ) {
    const length = nameLength(rest)
    const [behind, index = ''] = /^(\[\d+\])?(?:$|\s*,\s*)/.exec(rest.slice(length)) ?? []
    if (length === 0 || behind === undefined || (index && names.length > 0)) return undefined
    names.push(nameOf(rest.slice(0, length) + index))
    if (behind === index) return names
    rest = rest.slice(length + behind.length)
  }
}

/** What is learnt is called so; the rest of what is drawn at random is data. */
const learnt = /^(?:[WwUVbθβγΘα]|theta|gamma|beta|alpha|weight|bias|kernel|param)/u
export const roleOf = (name: string): LeafLine['role'] =>
  learnt.test(name) ? 'parameter' : 'input'

/** 6 6, (6, 6), [6 × 6], 6x6. */
const lengthsIn = (written: string): string[] =>
  written
    .trim()
    .replace(/^[([](.*)[)\]]$/, '$1')
    .replaceAll(/\s*(?:,|×|\\times)\s*|(?<=\d)\s*x\s*|\s+x\s+/g, ' ')
    .split(/\s+/)
    .filter(Boolean)

const letterPattern = /^\p{L}'*(?:_\{?\w{1,8}\}?)?$/u

/** A length whose letter may stand in formulas. */
export const dimensionOf = (length: number, name?: string): Dimension =>
  name !== undefined && letterPattern.test(name)
    ? { length, letter: name.replaceAll(/[{}]/g, '') }
    : { length }

const dimension = (word: string, span: Span, known: Known, unsaid: Unsaid): Dimension => {
  const match = /^(?:([^=]+)=)?(\d{1,6})$/u.exec(word)
  const own = known(word) ?? (letterPattern.test(word) ? unsaid(word) : undefined)
  const length = match ? Number(match[2]) : (own ?? Number.NaN)
  const isWord = match?.[1] === undefined || /^\p{L}[\p{L}\d_{}']*$/u.test(match[1])
  if (!isWord || !(length >= 1 && length <= networkLimits.length))
    throw new ClaimError(`‘${word}’ is no length of an axis`, span)
  return dimensionOf(length, match ? match[1] : word)
}

/** The leaves of a line that declares some; undefined of another line. */
export const declared = (
  text: string,
  span: Span,
  known: Known,
  unsaid: Unsaid,
): LeafLine[] | undefined => {
  const shapeOf = (written: string) =>
    lengthsIn(written).map((word) => dimension(word, span, known, unsaid))
  const [, left, word, behind] = leafLine.exec(text) ?? []
  // W, U = parameter(3, 4), parameter(2, 3) is a line of two.
  const isLeaf =
    left && (text.includes(':') || (!left.includes(',') && /^\([^()]*\)\s*$/.test(behind!.trim())))
  const leaves = isLeaf && namesOf(left)
  if (leaves) {
    const shape = shapeOf(behind!)
    const role = /^(?:input|data)/i.test(word!) ? 'input' : 'parameter'
    return leaves.map((name) => ({ kind: 'leaf', name, role, shape, span }))
  }
  const [, all, braced, bare] = spaceLine.exec(text) ?? []
  const names = all && namesOf(all)
  if (!names) return undefined
  const shape = shapeOf(braced ?? bare ?? '')
  return names.map((name) => ({ kind: 'leaf', name, role: roleOf(name), shape, span }))
}

/** What a line is that declares nothing and computes nothing. */
export const noLine = (text: string, span: Span): ClaimError => {
  const [, name, role] = roleLine.exec(text) ?? []
  if (role === undefined || nameLength(name!) < name!.length)
    return new ClaimError('A line of a network is `name: input 6 6` or `name = op(…)`', span)
  const [near] = nearNames(role, ['input', 'parameter'])
  const why = `‘${role}’ is neither input nor parameter`
  return new ClaimError(near === undefined ? why : `${why}; is ${near} meant?`, span)
}

const drawn =
  /^(?:input|param(?:eter)?|weights?)$|(?:^|\.)Input$|(?:^|\.)(?:randn|rand|random|standard_normal|normal|uniform|placeholder|truncated_normal|random_normal|random_uniform|randint)$/
const kept =
  /(?:^|\.)(?:Parameter|Variable|tensor|array|constant|requires_grad_|float|astype|to|cuda|double)$|^(?:float)$/
const filled = /(?:^|\.)(?:zeros|ones|empty)$/

/** 2 and 3 of [[1, 2, 3], [4, 5, 6]]. */
const lengthsOf = (list: NetworkExpression): NetworkExpression[] => {
  if (list.kind !== 'list') return []
  const value = list.items.length
  const own = { kind: 'number' as const, value, text: `${value}`, span: list.span }
  return [own, ...(list.items[0] ? lengthsOf(list.items[0]) : [])]
}

/**
 * The lengths of what is drawn at random or begins at 0 to be learnt: 0.01 * np.random.randn(D, H),
 * nn.Parameter(torch.zeros(3)); undefined of anything else. What stands beside it is a number, as
 * in 2 * rand(3) - 1: with an array it is noise, and no leaf.
 */
export const lengthsDrawn = (
  value: NetworkExpression,
  name: string,
  isArray: (name: string) => boolean,
  isLearnt = roleOf(name) === 'parameter',
): readonly NetworkExpression[] | undefined => {
  const inner = (each: NetworkExpression, learnt: boolean) =>
    lengthsDrawn(each, name, isArray, learnt)
  if (value.kind === 'negation') return inner(value.operand, false)
  if (value.kind === 'binary' && ['*', '/', 'beside', '+', '-'].includes(value.operator)) {
    const [left, right] = [inner(value.left, false), inner(value.right, false)]
    const other = left ? value.right : value.left
    const isOfArrays = someIn(other, (each) => each.kind === 'name' && isArray(each.name))
    return isOfArrays ? undefined : (left ?? right)
  }
  if (value.kind !== 'call') return undefined
  const { op, operands, options } = value
  const [first] = operands
  const isToLearn =
    op === 'Value' || (/tensor$/.test(op) && options.some(({ name }) => name === 'requires_grad'))
  if (isToLearn && /^(?:number|negation)$/.test(first?.kind ?? '')) return []
  // Labels that are drawn, one-hot.
  const classes = operands[1] ?? options.find(({ name }) => name === 'num_classes')?.value
  if (/(?:^|\.)one_hot$/.test(op) && first?.kind === 'call' && classes) {
    const many = /(?:^|\.)randint$/.test(first.op) ? first.operands.at(-1) : undefined
    return many?.kind === 'list' ? [...many.items, classes] : undefined
  }
  if (kept.test(op) && first) {
    const isParameter = isLearnt || isToLearn || /Param|Var/.test(op)
    return first.kind === 'list' && isParameter ? lengthsOf(first) : inner(first, isParameter)
  }
  const isOf = drawn.test(op) || (filled.test(op) && isLearnt)
  if (!isOf) return undefined
  const size = options.find((each) => each.name === 'size' || each.name === 'shape')?.value
  const list = size ?? operands.find(({ kind }) => kind === 'list')
  if (list) return list.kind === 'list' ? list.items : [list]
  if (/randint$/.test(op)) return operands.slice(2)
  return /normal|uniform/.test(op) && !/standard/.test(op) ? [] : operands
}
