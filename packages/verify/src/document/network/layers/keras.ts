// Layers of Keras, Dense(5, activation='relu'): how many go in is asked of what they are called on;
// and losses by the words that compile takes.
import type { Making, Module, UserFunction } from '../functions.ts'
import type { BinaryOperator, NetworkCall, NetworkExpression } from '../tree.ts'
import { imageLayer } from './keras-images.ts'
import { activation, call, demandOptions, lengthsSaid, option, wordOf } from './keras-parts.ts'

type Native = NonNullable<UserFunction['native']>

const binary = (
  operator: BinaryOperator,
  left: NetworkExpression,
  right: NetworkExpression,
): NetworkExpression => ({ kind: 'binary', operator, left, right, span: left.span })

/** Whether it has no other settings than these: a penalty or weights would be another network. */
const hasOnly = ({ options }: NetworkCall, names: RegExp): boolean =>
  options.every(({ name }) => names.test(name))

const ofDense = 'units activation use_bias input_shape input_dim name'.split(' ')

const dense = (made: NetworkCall, name: string, making: Making): Module | undefined => {
  demandOptions(made, ofDense)
  const units = made.operands[0] ?? option(made, 'units')
  const activate = activation(made.operands[1] ?? option(made, 'activation'))
  if (!units || making.number(units) === undefined || !activate) return undefined
  const length = making.whole(units)
  const bias = option(made, 'use_bias')
  const hasBias = !(bias?.kind === 'name' && bias.name === 'False')
  let isMade = false
  const native: Native = ([x], span) => {
    const lengths = lengthsSaid(made, making)
    if (lengths) making.input(x!, lengths)
    const given = making.named(x!)
    if (!isMade) {
      making.parameter(`${name}.kernel`, [length], given.name, span)
      if (hasBias) making.parameter(`${name}.bias`, [length], undefined, span)
    }
    isMade = true
    const of = (word: string): NetworkExpression => ({
      kind: 'name',
      name: `${name}.${word}`,
      span,
    })
    const product = binary('@', given, of('kernel'))
    return activate([hasBias ? binary('+', product, of('bias')) : product], span)
  }
  return { leaves: [], made: { parameters: [], body: [], native } }
}

/** What a layer of Keras makes; undefined of any other. */
export const layerOfKeras = (
  word: string,
  made: NetworkCall,
  name: string,
  making: Making,
): Module | undefined => {
  if (word === 'Dense') return dense(made, name, making)
  const of = (native: Native): Module => ({
    leaves: [],
    made: { parameters: [], body: [], native },
  })
  const ofImages = imageLayer(word, made, name, making)
  if (ofImages) return ofImages
  if (word === 'Activation') {
    const native = activation(made.operands[0])
    return native && of(native)
  }
  const loss = /\blosses\./.test(made.op) ? lossOfKeras(made) : undefined
  if (loss) return of(([target, output]) => loss(output!, target!))
  if (word !== 'Input' && word !== 'InputLayer') return undefined
  return of(([x]) => {
    const lengths = lengthsSaid(made, making)
    if (lengths) making.input(x!, lengths)
    return x!
  })
}

const losses: Readonly<Record<string, string>> = {
  ...{ mse: 'F.mse_loss', meansquarederror: 'F.mse_loss' },
  ...{ mae: 'F.l1_loss', meanabsoluteerror: 'F.l1_loss' },
  binarycrossentropy: 'F.binary_cross_entropy',
}

/** The loss that 'mse' or keras.losses.MeanSquaredError() is; undefined of another word. */
export const lossOfKeras = (
  value: NetworkExpression,
): ((output: NetworkExpression, target: NetworkExpression) => NetworkExpression) | undefined => {
  const isCall = value.kind === 'call'
  const said = isCall ? value.op : wordOf(value)
  const word = said?.replace(/^.*\./, '').replaceAll('_', '').toLowerCase()
  const logits = isCall ? option(value, 'from_logits') : undefined
  const isOfLogits = logits?.kind === 'name' && logits.name === 'True'
  const { span } = value
  const isPlain =
    !isCall || (value.operands.length === 0 && hasOnly(value, /^(?:from_logits|name)$/))
  if (word === undefined || !isPlain) return undefined
  if (word === 'categoricalcrossentropy')
    return (output, target) =>
      isOfLogits
        ? call('F.cross_entropy', [output, target], span)
        : call('F.nll_loss', [call('log', [output], span), target], span)
  const op = Object.hasOwn(losses, word) ? losses[word]! : undefined
  if (!op) return undefined
  const isBinary = word === 'binarycrossentropy' && isOfLogits
  return (output, target) => call(isBinary ? `${op}_with_logits` : op, [output, target], span)
}

/** model.compile(loss='mse') and what follows: a network whose cost is the loss of its output. */
export class Models {
  readonly #sequences = new Map<string, NetworkCall>()
  readonly #outputs = new Map<string, NetworkExpression>()
  #compiled: { readonly model: string; readonly loss: NetworkExpression } | undefined
  #data: readonly NetworkExpression[] = []

  /** Whether a name is given a model of inputs and outputs, which is no array. */
  made(name: string, value: NetworkExpression): boolean {
    if (value.kind !== 'call') return false
    const word = value.op.replace(/^.*\./, '')
    if (word === 'Sequential') this.#sequences.set(name, value)
    const output = word === 'Model' ? (option(value, 'outputs') ?? value.operands[1]) : undefined
    if (output) this.#outputs.set(name, output)
    return output !== undefined
  }

  /** The model with one more layer, of model.add(…); or what is remembered of model.fit(…). */
  told(call: NetworkCall): NetworkCall | undefined {
    const { op, operands, options } = call
    const [model, word] = op.split('.') as [string, string]
    const sequence = this.#sequences.get(model)
    if (word === 'add' && sequence) {
      const [first] = sequence.operands
      const before = first?.kind === 'list' ? first.items : sequence.operands
      return { ...sequence, operands: [...before, ...operands] }
    }
    const loss = options.find(({ name }) => name === 'loss')?.value
    if (word === 'compile' && loss && hasOnly(call, /^(?:loss|optimizer|metrics|run_eagerly)$/))
      this.#compiled = { model, loss }
    if (word === 'fit') this.#data = operands.slice(0, 2)
    if (word === 'fit' && !hasOnly(call, /^(?!\w+_weight$)/)) this.#compiled = undefined
    return undefined
  }

  /** Output and target of what was compiled, and its loss. */
  ending(
    applied: (model: string, x: NetworkExpression) => NetworkExpression | undefined,
  ): Ending | undefined {
    if (!this.#compiled) return undefined
    const { model, loss } = this.#compiled
    const { span } = loss
    const name = (word: string): NetworkExpression => ({ kind: 'name', name: word, span })
    const [x = name('x'), target = name('y')] = this.#data
    const output = this.#outputs.get(model) ?? applied(model, x)
    const of = lossOfKeras(loss)
    return output && of && { output, target, of }
  }
}

interface Ending {
  readonly output: NetworkExpression
  readonly target: NetworkExpression
  readonly of: (output: NetworkExpression, target: NetworkExpression) => NetworkExpression
}
