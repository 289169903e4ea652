// Layers that do one thing in training and another at model.eval(): nn.Dropout and nn.BatchNorm2d.
import { ClaimError } from '../../../language/syntax.ts'
import { readExpression } from '../expression.ts'
import type { Making, Module } from '../functions.ts'
import { dimensionOf } from '../leaves.ts'
import { type NetworkCall, type NetworkExpression, withParts } from '../tree.ts'

const evaluated: Readonly<Record<string, string>> = { Dropout: 'Dropped', BatchNorm: 'EvalsNorm' }

/** In a program that calls model.eval() these layers are others; each name is as long as before. */
export const asEvaluated = (text: string): string =>
  /\.eval\(\)/.test(text)
    ? text.replaceAll(
        /\bnn\.(Dropout|BatchNorm)(?=\w*\()/g,
        (_, word: string) => `nn.${evaluated[word]}`,
      )
    : text

/** The statistics of a batch are over every axis but that of the maps. */
const of = 'x, axes=[0, 2, 3], keepDims=true'

const filled = (
  node: NetworkExpression,
  names: Readonly<Record<string, NetworkExpression>>,
  span: NetworkExpression['span'],
): NetworkExpression =>
  node.kind === 'name' && Object.hasOwn(names, node.name)
    ? names[node.name]!
    : { ...withParts(node, (each) => filled(each, names, span)), span }

/** Momentum is of the running means alone. */
const known = ['num_features', 'eps', 'momentum']

/** What nn.BatchNorm2d(3) or nn.Dropout(0.5) makes; undefined of what is neither. */
export const layerOfTraining = (
  word: string,
  made: NetworkCall,
  name: string,
  { whole }: Making,
): Module | undefined => {
  if (/^Dropped/.test(word))
    return { leaves: [], made: { parameters: [], body: [], native: ([x]) => x! } }
  if (/^Dropout/.test(word) && /\bnn\./.test(made.op))
    throw new ClaimError(
      'Dropout draws at random in training: say model.eval(), at which it does nothing',
      made.span,
    )
  if (/^EvalsNorm/.test(word))
    throw new ClaimError(
      'BatchNorm at model.eval() has running means: here it is of the batch',
      made.span,
    )
  // Of BatchNorm1d nobody says whether an axis stands behind that of the features.
  if (word !== 'BatchNorm2d') return undefined
  const option = (of: string) => made.options.find((each) => each.name === of)?.value
  const other = made.options.find((each) => !known.includes(each.name))
  if (other)
    throw new ClaimError(
      `${word} has no option ‘${other.name}’; it has ${known.join(', ')}`,
      other.span,
    )
  const [features = option('num_features'), eps = option('eps')] = made.operands
  if (!features || made.operands.length > 3) return undefined
  const length = whole(features)
  const leaves = ['weight', 'bias'].map((each) => ({
    name: `${name}.${each}`,
    shape: [dimensionOf(length)],
  }))
  const across = (each: string) => `reshape(${each}, [${length}, 1, 1])`
  const text = `${across('W')} * (x - mean(${of})) / sqrt(variance(${of}) + eps) + ${across('b')}`
  const native = ([x]: readonly NetworkExpression[], span: NetworkExpression['span']) => {
    const [W, b] = leaves.map((each) => ({ kind: 'name' as const, name: each.name, span }))
    const small = eps ?? { kind: 'number' as const, value: 1e-5, text: '0.00001', span }
    return filled(readExpression(text, 0), { x: x!, W: W!, b: b!, eps: small }, span)
  }
  return { leaves, made: { parameters: [], body: [], native } }
}
