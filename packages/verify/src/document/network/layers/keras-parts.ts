// What layers of Keras have in common: their options, and functions by their words.
import { ClaimError } from '../../../language/syntax.ts'
import type { Making, UserFunction } from '../functions.ts'
import type { NetworkCall, NetworkExpression, NetworkOption } from '../tree.ts'

type Native = NonNullable<UserFunction['native']>
type Span = NetworkExpression['span']

export const option = ({ options }: NetworkCall, name: string): NetworkExpression | undefined =>
  options.find((each) => each.name === name)?.value

export const call = (
  op: string,
  operands: readonly NetworkExpression[],
  span: Span,
  options: readonly NetworkOption[] = [],
): NetworkExpression => ({ kind: 'call', op, operands, options, span })

/** 'relu', tf.nn.relu, activations.relu. */
export const wordOf = (value: NetworkExpression | undefined): string | undefined => {
  if (value === undefined) return 'linear'
  if (value.kind === 'text') return value.text
  return value.kind === 'name' ? value.name.replace(/^.*\./, '') : undefined
}

/** Those that mean the same here, without settings of their own. */
const same = /^(?:relu|sigmoid|tanh|elu|selu|gelu|softplus|silu|swish|softsign|exponential)$/

export const activation = (value: NetworkExpression | undefined): Native | undefined => {
  const word = wordOf(value)
  if (word === 'linear' || word === 'None') return ([x]) => x!
  if (word === 'softmax')
    return ([x], span) => {
      const last: NetworkExpression = { kind: 'number', value: -1, text: '-1', span }
      return call('softmax', [x!], span, [{ name: 'axis', value: last, span }])
    }
  const op = word === 'exponential' ? 'exp' : word
  return word !== undefined && same.test(word) ? ([x], span) => call(op!, [x!], span) : undefined
}

/** The lengths of input_shape=(4,), of input_dim=4, and of Input(shape=(4,)). */
export const lengthsSaid = (made: NetworkCall, making: Making): readonly number[] | undefined => {
  const said = option(made, 'input_shape') ?? option(made, 'input_dim')
  const value = said ?? (/Input/.test(made.op) ? (option(made, 'shape') ?? made.operands[0]) : said)
  if (!value) return undefined
  return (value.kind === 'list' ? value.items : [value]).map(making.whole)
}

/** What initialises weights says nothing of the network. @throws ClaimError at any other option */
export const demandOptions = (made: NetworkCall, known: readonly string[]): void => {
  const other = made.options.find(
    ({ name }) => !known.includes(name) && !name.endsWith('_initializer'),
  )
  if (!other) return
  const word = made.op.replace(/^.*\./, '')
  throw new ClaimError(
    `${word} has no option ‘${other.name}’; it has ${known.join(', ')}`,
    other.span,
  )
}
