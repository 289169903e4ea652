// A line of a program as text: dW = x.T @ dout.
import type { Axes, Expression } from '../syntax.ts'
import { expressionText } from './print.ts'

const tight: ReadonlySet<Expression['kind']> = new Set([
  ...(['name', 'numeral', 'call', 'application', 'transposed', 'power', 'iverson'] as const),
])

const isDifferential = (node: Expression): boolean =>
  node.kind === 'product' &&
  node.factors.length === 2 &&
  node.factors[0]!.kind === 'name' &&
  node.factors[0]!.base === 'd'

const isMatmul = (node: Expression): boolean => node.kind === 'call' && node.word === 'matmul'

/** 1/2, which / has in it. */
const isFraction = (node: Expression): boolean =>
  node.kind === 'numeral' && /\D/.test(node.text.replace('.', ''))

/** What a sign, a dot or a power may stand beside. */
const kept = (node: Expression): string => {
  const text = programText(node)
  const isTight = tight.has(node.kind) && !isMatmul(node) && !isFraction(node)
  return isTight || isDifferential(node) ? text : `(${text})`
}

const isSum = ({ kind }: Expression): boolean => kind === 'addition' || kind === 'negation'

/** *, / and @ are read from left to right, and (A @ B) * C is read so by everybody. */
const factor = (node: Expression): string =>
  isSum(node) || isMatmul(node) ? `(${programText(node)})` : programText(node)

const divisor = (node: Expression): string =>
  ['star', 'hadamard', 'quotient', 'product', 'numeral'].includes(node.kind)
    ? kept(node)
    : factor(node)

const signed = (node: Expression, first: boolean): string => {
  if (node.kind === 'negation') return `${first ? '-' : ' - '}${factor(node.operand)}`
  return (first ? '' : ' + ') + programText(node)
}

/** What Python calls them; np stands before these alone. */
const words: Readonly<Record<string, string>> = { variance: 'var', deviation: 'std' }

const partsText = (parts: NonNullable<Axes['parts']>, places: readonly Expression[]): string => {
  const rest = places.map((each) => programText(each))
  const written = {
    ...{
      all: () => ':',
      new: () => 'None',
      at: () => rest.shift(),
      from: () => `${rest.shift()}:`,
    },
    ...{ to: () => `:${rest.shift()}`, range: () => `${rest.shift()}:${rest.shift()}` },
  }
  return parts.map((part) => written[part]()).join(', ')
}

const callText = ({ word, operands, along }: Expression & { kind: 'call' }): string => {
  const [first, second] = operands
  if (word === 'matmul') {
    const left = isMatmul(first!) ? programText(first!) : kept(first!)
    return `${left} @ ${kept(second!)}`
  }
  if (word === 'size') return `${kept(first!)}.shape[${along?.axes?.[0] ?? 0}]`
  if (word === 'part') return `${kept(first!)}[${partsText(along!.parts!, operands.slice(1))}]`
  if (word === 'view') return `np.expand_dims(${programText(first!)}, ${along?.newAxis ?? 0})`
  if (word === 'einsum') {
    const letters = along!.einsum!
    const spelled = `'${letters.slice(0, -1).join(',')}->${letters.at(-1)}'`
    return `np.einsum(${[spelled, ...operands.map(programText)].join(', ')})`
  }
  if (word === 'tensordot') {
    const { pairs } = along!
    const axes =
      typeof pairs === 'number' ? pairs : `(${pairs!.map((each) => `[${each.join(', ')}]`)})`
    return `np.tensordot(${operands.map(programText).join(', ')}, axes=${axes})`
  }
  if (word === 'filled') {
    const [value, ...lengths] = operands.map(programText)
    const shape = lengths.length === 1 ? `${lengths[0]},` : lengths.join(', ')
    return `np.${value === '0' ? 'zeros' : 'ones'}((${shape}))`
  }
  const axes = along?.axes
  const options = [
    ...(along?.times ? [`${along.times}`] : []),
    ...(axes ? [`axis=${axes.length === 1 ? axes[0] : `(${axes.join(', ')})`}`] : []),
    ...(along?.keeps ? ['keepdims=True'] : []),
  ]
  return `np.${words[word] ?? word}(${[...operands.map(programText), ...options].join(', ')})`
}

export const programText = (node: Expression): string => {
  switch (node.kind) {
    case 'call':
      return callText(node)
    case 'transposed':
      return `${kept(node.operand)}.T`
    case 'power':
      return `${kept(node.base)}**${kept(node.exponent)}`
    case 'star':
    case 'hadamard':
      return `${factor(node.left)} * ${divisor(node.right)}`
    case 'quotient':
      return `${factor(node.numerator)} / ${divisor(node.denominator)}`
    case 'product':
      return isDifferential(node)
        ? node.factors.map(programText).join('')
        : node.factors.map(factor).join(' * ')
    case 'addition':
      return node.terms.map((term, at) => signed(term, at === 0)).join('')
    case 'negation':
      return signed(node, true)
    case 'name': {
      const [only, ...others] = node.superscript?.parts ?? []
      const word =
        only && others.length === 0 ? expressionText(only, 'text').replaceAll(' ', '') : ''
      // A word above is one that the graph has below: x_norm.
      if (/^\p{L}{2,}$/u.test(word) && !node.subscript) return `${node.base}_${word}`
      const below = node.subscript?.parts ?? []
      const index = below.map((each) => expressionText(each, 'text').replaceAll(' ', ''))
      if (!only && below.length === 1 && /^\p{L}{3,}$/u.test(index[0]!))
        return `${node.base}_${index[0]}`
      // x_norm is a name, x[0] an entry or a row.
      if (index.length > 0 && !/^\p{L}{3,}$/u.test(index.join())) {
        const { subscript: _, ...whole } = node
        return `${programText(whole)}[${index.join(', ')}]`
      }
      const isTurned = only?.kind === 'name' && only.base === 'T' && others.length === 0
      if (!isTurned) return expressionText(node, 'text')
      const { superscript: _, ...plain } = node
      return `${expressionText(plain, 'text')}.T`
    }
    case 'iverson':
      return `(${expressionText(node, 'text').slice(1, -1)})`
    default:
      return expressionText(node, 'text')
  }
}
