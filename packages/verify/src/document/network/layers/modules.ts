// Layers that a library makes as objects, nn.Linear(4, 3): their parameters, and what calling them
// computes.
import { ClaimError, type Span } from '../../../language/syntax.ts'
import { statementsIn } from '../blocks.ts'
import type { Making, Module, UserFunction } from '../functions.ts'
import { dimensionOf } from '../leaves.ts'
import type { NetworkCall, NetworkExpression, NetworkOption } from '../tree.ts'
import { layerOfKeras } from './keras.ts'
import { column, isOfChannels } from './keras-images.ts'
import { layerOfTraining } from './training.ts'

type Whole = (expression: NetworkExpression) => number
type Native = NonNullable<UserFunction['native']>

const call = (
  op: string,
  operands: readonly NetworkExpression[],
  options: readonly NetworkOption[],
  span: Span,
): NetworkCall => ({ kind: 'call', op, operands, options, span })

/** Functions that the object is, with the options that it was made with. */
const functions: Readonly<Record<string, string>> = {
  ...{ ReLU: 'relu', Sigmoid: 'sigmoid', Tanh: 'tanh', SiLU: 'silu', GELU: 'gelu', ELU: 'F.elu' },
  ...{ Softplus: 'softplus', LeakyReLU: 'F.leaky_relu', Softmax: 'softmax', Identity: 'identity' },
  ...{ LogSoftmax: 'logSoftmax', Flatten: 'flatten', MaxPool2d: 'F.max_pool2d' },
  ...{ AvgPool2d: 'F.avg_pool2d', Mish: 'mish', SELU: 'selu', Softsign: 'softsign' },
  ...{ MSELoss: 'F.mse_loss', L1Loss: 'F.l1_loss', BCELoss: 'F.binary_cross_entropy' },
  ...{ BCEWithLogitsLoss: 'F.binary_cross_entropy_with_logits', NLLLoss: 'F.nll_loss' },
  ...{ CrossEntropyLoss: 'F.cross_entropy' },
}

/** The options of layers; any other would be another layer in silence. */
const settings: Readonly<Record<string, readonly string[]>> = {
  Linear: ['in_features', 'out_features', 'bias', 'device', 'dtype'],
  Conv2d: ['kernel_size', 'stride', 'padding', 'dilation', 'groups', 'bias', 'device', 'dtype'],
  ...{ LayerNorm: ['eps', 'bias'], Embedding: [], RNNCell: [], LSTMCell: [], GRUCell: [] },
}

interface Cell {
  readonly gates: number
  readonly state: string
  readonly lines: readonly string[]
}

const parts = (names: string, of: string): string =>
  `${names} = torch.chunk(${of}, ${names.split(',').length}, -1)`
const [ofInput, ofState] = ['F.linear(x, W, b)', 'F.linear(h, U, d)']

/** Cells as PyTorch documents them. */
const cells: Readonly<Record<string, Cell>> = {
  RNNCell: { gates: 1, state: 'h', lines: [`return torch.tanh(${ofInput} + ${ofState})`] },
  LSTMCell: {
    gates: 4,
    state: 's',
    lines: [
      'h, c = s',
      parts('i, f, g, o', `${ofInput} + ${ofState}`),
      'c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)',
      'return torch.sigmoid(o) * torch.tanh(c), c',
    ],
  },
  GRUCell: {
    gates: 3,
    state: 'h',
    lines: [
      parts('r, z, n', ofInput),
      parts('p, q, m', ofState),
      'z = torch.sigmoid(z + q)',
      'return (1 - z) * torch.tanh(n + torch.sigmoid(r + p) * m) + z * h',
    ],
  },
}

const cellOf = (
  { gates, state, lines }: Cell,
  inputs: number,
  length: number,
  name: string,
  span: Span,
): Module => {
  const shapes = { W: [gates * length, inputs], U: [gates * length, length] }
  const words = { W: 'weight_ih', U: 'weight_hh', b: 'bias_ih', d: 'bias_hh' }
  const weights = Object.entries(words).map(([letter, word]) => ({
    letter,
    name: `${name}.${word}`,
    shape: (shapes[letter as 'W'] ?? [gates * length]).map((each) => dimensionOf(each)),
  }))
  const usual = weights.map((each) => ({
    name: each.letter,
    usual: { kind: 'name' as const, name: each.name, span },
  }))
  return {
    leaves: weights,
    made: {
      parameters: [{ name: 'x' }, { name: state }, ...usual],
      body: statementsIn(lines.join('\n')),
    },
  }
}

const wordOf = (op: string): string | undefined =>
  /^(?:(?:torch\.)?nn\.|(?:tf\.)?(?:keras\.)?(?:layers\.|losses\.|models\.)?)([A-Z]\w*)$/.exec(
    op,
  )?.[1]

const isFalse = (option: NetworkOption | undefined): boolean =>
  option?.value.kind === 'name' && /^[Ff]alse$/.test(option.value.name)

const option = ({ options }: NetworkCall, ...names: string[]) =>
  options.find(({ name }) => names.includes(name))

/** The pair that a kernel is: 3 as 3 3. */
const pair = (value: NetworkExpression, whole: Whole): number[] =>
  value.kind === 'list' ? value.items.map(whole) : [whole(value), whole(value)]

const weighted = (
  making: Making,
  inputs: number | undefined,
  made: NetworkCall,
  name: string,
  weight: readonly number[],
  apply: (
    x: NetworkExpression,
    weights: readonly NetworkExpression[],
    span: Span,
  ) => NetworkExpression,
): Module => {
  const hasBias = !isFalse(option(made, 'bias'))
  const dims = (shape: readonly number[]) => shape.map((length) => dimensionOf(length))
  const leaves = [
    { name: `${name}.weight`, shape: dims(weight) },
    ...(hasBias ? [{ name: `${name}.bias`, shape: dims(weight.slice(0, 1)) }] : []),
  ]
  const native: Native = ([x, ...others], span) => {
    if (!x || others.length > 0) throw new ClaimError('A layer is of one array', span)
    if (inputs !== undefined) making.input(x, [inputs])
    const names = leaves.map((each): NetworkExpression => ({ kind: 'name', name: each.name, span }))
    return apply(x, names, span)
  }
  return { leaves, made: { parameters: [], body: [], native } }
}

/** The layers of Sequential(a, b), Sequential([a, b]) and Sequential(OrderedDict([('a', a)])). */
const layersIn = (made: NetworkCall): readonly (readonly [NetworkExpression, string])[] => {
  const [first] = made.operands
  if (first?.kind === 'call' && /(?:^|\.)OrderedDict$/.test(first.op)) return layersIn(first)
  return (first?.kind === 'list' ? first.items : made.operands).map((each, k) => {
    const [name, layer] = each.kind === 'list' ? each.items : []
    return name?.kind === 'text' && layer ? [layer, name.text] : [each, `${k}`]
  })
}

const sequence = (made: NetworkCall, name: string, making: Making): Module => {
  const layers = layersIn(made)
  const inner = layers.map(([each, own], k) => {
    const isFlat = each.kind === 'call' && /^(?:\w+\.)*Flatten$/.test(each.op)
    const isOfImages = layers.slice(0, k).some(([before]) => isOfChannels(before))
    const layer = isFlat && isOfImages ? column : moduleOf(each, `${name}.${own}`, making)
    if (layer) return layer
    throw new ClaimError('Sequential is of layers such as nn.Linear(4, 3) and nn.ReLU()', each.span)
  })
  const native: Native = ([x], span) =>
    inner.reduce((read, each) => each.made.native!([read!], span), x!)
  return {
    leaves: inner.flatMap((each) => each.leaves),
    made: { parameters: [], body: [], native },
  }
}

/** What nn.Linear(4, 3) makes; undefined of what is no layer. */
export const moduleOf = (
  value: NetworkExpression,
  name: string,
  making: Making,
): Module | undefined => {
  const { whole } = making
  const word = value.kind === 'call' ? wordOf(value.op) : undefined
  if (word === undefined || value.kind !== 'call') return undefined
  const own = Object.hasOwn(settings, word) ? settings[word]! : undefined
  const other = own && value.options.find(({ name }) => !own.includes(name))
  if (other)
    throw new ClaimError(
      `${word} has no option ‘${other.name}’; it has ${own.join(', ')}`,
      other.span,
    )
  const [first, second, kernel, ...rest] = value.operands
  if (word === 'Linear') {
    const [inputs, outputs] = [
      first ?? option(value, 'in_features')?.value,
      second ?? option(value, 'out_features')?.value,
    ]
    if (!inputs || !outputs)
      throw new ClaimError(
        'Linear(4, 3) is a layer, of so many in and so many out; of arrays here it is ' +
          'dense(x, W, b), or matmul(W, x) + b',
        value.span,
      )
    const shape = [whole(outputs), whole(inputs)]
    return weighted(making, shape[1], value, name, shape, (x, weights, span) =>
      call('F.linear', [x, ...weights], [], span),
    )
  }
  if (word === 'Conv2d') {
    const size = kernel ?? option(value, 'kernel_size')?.value
    if (!first || !second || !size)
      throw new ClaimError('Conv2d(1, 2, 3): maps in, maps out, the kernel', value.span)
    const chosen = ['stride', 'padding', 'dilation', 'groups'].flatMap((each, k) => {
      const found = option(value, each)?.value ?? rest[k]
      return found ? [{ name: each, value: found, span: value.span }] : []
    })
    const groups = chosen.find((each) => each.name === 'groups')
    const maps = whole(first) / (groups ? whole(groups.value) : 1)
    const shape = [whole(second), maps, ...pair(size, whole)]
    return weighted(making, undefined, value, name, shape, (x, [weight, bias], span) =>
      call(
        'conv2d',
        [x, weight!],
        [...chosen, ...(bias ? [{ name: 'bias', value: bias, span }] : [])],
        span,
      ),
    )
  }
  if (word === 'LayerNorm' && first) {
    const eps = option(value, 'eps')
    return weighted(making, undefined, value, name, [whole(first)], (x, weights, span) =>
      call('F.layer_norm', [x, first, ...weights], eps ? [eps] : [], span),
    )
  }
  if (word === 'Embedding' && first && second) {
    const shape = [whole(first), whole(second)]
    const leaves = [{ name: `${name}.weight`, shape: shape.map((length) => dimensionOf(length)) }]
    const native: Native = ([x], span) =>
      call('gather', [{ kind: 'name', name: leaves[0]!.name, span }, x!], [], span)
    return { leaves, made: { parameters: [], body: [], native } }
  }
  const cell = Object.hasOwn(cells, word) ? cells[word] : undefined
  if (cell && first && second) return cellOf(cell, whole(first), whole(second), name, value.span)
  if (word === 'Sequential') return sequence(value, name, making)
  const ofTraining = layerOfTraining(word, value, name, making)
  const ofKeras = ofTraining ?? layerOfKeras(word, value, name, making)
  if (ofKeras) return ofKeras
  // ReLU(x) is a function as well; LeakyReLU() and Flatten() are others in Keras.
  const isObject =
    /\bnn\./.test(value.op) || (value.operands.length === 0 && /^(?:ReLU|\w*Loss)$/.test(word))
  const op = isObject && Object.hasOwn(functions, word) ? functions[word]! : undefined
  if (!op) return undefined
  const native: Native = (operands, span) =>
    call(op, [...operands, ...value.operands], value.options, span)
  return { leaves: [], made: { parameters: [], body: [], native } }
}
