// Layers of Keras over images, whose channels stand last: they are turned to the front, and back.
import type { Making, Module, UserFunction } from '../functions.ts'
import type { NetworkCall, NetworkExpression, NetworkOption } from '../tree.ts'
import { numeral } from '../tree.ts'
import { activation, call, demandOptions, lengthsSaid, option } from './keras-parts.ts'

type Native = NonNullable<UserFunction['native']>
type Span = NetworkExpression['span']

const swapped = (x: NetworkExpression, a: number, b: number, span: Span): NetworkExpression =>
  call('swapaxes', [x, numeral(a, span), numeral(b, span)], span)

const toFront = (x: NetworkExpression, span: Span) =>
  swapped(swapped(x, -1, -2, span), -2, -3, span)
const toBack = (x: NetworkExpression, span: Span) => swapped(swapped(x, -3, -2, span), -2, -1, span)

const listOf = (numbers: readonly number[], span: Span): NetworkExpression => ({
  kind: 'list',
  items: numbers.map((each) => numeral(each, span)),
  span,
})

/** 3 as 3 3. */
const pair = (value: NetworkExpression, { whole }: Making): readonly number[] =>
  value.kind === 'list' ? value.items.map(whole) : [whole(value), whole(value)]

const convolution = (made: NetworkCall, name: string, making: Making): Module | undefined => {
  demandOptions(made, ofConvolution)
  const [first, second, third, fourth] = made.operands
  const [filters, size] = [first ?? option(made, 'filters'), second ?? option(made, 'kernel_size')]
  const activate = activation(option(made, 'activation'))
  if (!filters || !size || !activate) return undefined
  const [count, kernel] = [making.whole(filters), pair(size, making)]
  const padding = fourth ?? option(made, 'padding')
  const settings: readonly (readonly [string, NetworkExpression | undefined])[] = [
    ['stride', third ?? option(made, 'strides')],
    ['padding', padding?.kind === 'text' && padding.text === 'valid' ? undefined : padding],
    ['dilation', option(made, 'dilation_rate')],
  ]
  const hasBias = !isFalse(option(made, 'use_bias'))
  let isMade = false
  const native: Native = ([x], span) => {
    const lengths = lengthsSaid(made, making)
    if (lengths) making.input(x!, lengths)
    const given = making.named(x!)
    const of = (word: string): NetworkExpression => ({
      kind: 'name',
      name: `${name}.${word}`,
      span,
    })
    if (!isMade) {
      making.parameter(`${name}.kernel`, [...kernel, count], given.name, span, 2)
      if (hasBias) making.parameter(`${name}.bias`, [count], undefined, span)
    }
    isMade = true
    const axes = { name: 'axes', value: listOf([3, 2, 0, 1], span), span }
    const weights = call('np.transpose', [of('kernel')], span, [axes])
    const options = settings.flatMap(([word, value]): NetworkOption[] =>
      value ? [{ name: word, value, span }] : [],
    )
    const bias = hasBias ? [{ name: 'bias', value: of('bias'), span }] : []
    const maps = call('conv2d', [toFront(given, span), weights], span, [...options, ...bias])
    return activate([toBack(maps, span)], span)
  }
  return { leaves: [], made: { parameters: [], body: [], native } }
}

const isFalse = (value: NetworkExpression | undefined): boolean =>
  value?.kind === 'name' && value.name === 'False'

const ofConvolution =
  'filters kernel_size strides padding dilation_rate activation use_bias input_shape name'.split(
    ' ',
  )
const ofPooling = 'pool_size strides input_shape name'.split(' ')

const pooling =
  (op: string) =>
  (made: NetworkCall, making: Making): Native | undefined => {
    const [first, second] = made.operands
    // MaxPool2D(x) is of an array, and no layer.
    if (first && first.kind !== 'list' && making.number(first) === undefined) return undefined
    demandOptions(made, ofPooling)
    return ([x], span) => {
      const size = pair(first ?? option(made, 'pool_size') ?? numeral(2, span), making)
      const steps = second ?? option(made, 'strides')
      const stride = steps && !(steps.kind === 'name') ? pair(steps, making) : size
      const settings = [listOf(size, span), listOf(stride, span)]
      return toBack(call(op, [toFront(x!, span), ...settings], span), span)
    }
  }

const overall =
  (op: string) =>
  (made: NetworkCall): Native | undefined => {
    if (made.operands.length > 0) return undefined
    demandOptions(made, ['name'])
    return ([x], span) =>
      call(op, [x!], span, [{ name: 'axis', value: listOf([-3, -2], span), span }])
  }

const natives: Readonly<Record<string, (made: NetworkCall, making: Making) => Native | undefined>> =
  {
    MaxPooling2D: pooling('F.max_pool2d'),
    AveragePooling2D: pooling('F.avg_pool2d'),
    GlobalAveragePooling2D: overall('np.mean'),
    GlobalMaxPooling2D: overall('np.max'),
  }
const spellings: Readonly<Record<string, string>> = {
  ...{ MaxPool2D: 'MaxPooling2D', AvgPool2D: 'AveragePooling2D' },
  ...{ Convolution2D: 'Conv2D', GlobalAvgPool2D: 'GlobalAveragePooling2D' },
}

/** Whether the channels of what it makes stand last: Flatten() behind it is of three axes. */
export const isOfChannels = (made: NetworkExpression): boolean =>
  made.kind === 'call' && /(?:Conv2D|MaxPool2D|(?:Max|Average)Pooling2D)$/.test(made.op)

/** The last three axes as one. */
export const column: Module = {
  leaves: [],
  made: {
    ...{ parameters: [], body: [] },
    native: ([x], span) => call('torch.flatten', [x!, numeral(-3, span)], span),
  },
}

/** A layer over images; undefined of any other. */
export const imageLayer = (
  said: string,
  made: NetworkCall,
  name: string,
  making: Making,
): Module | undefined => {
  const word = Object.hasOwn(spellings, said) ? spellings[said]! : said
  if (word === 'Conv2D') return convolution(made, name, making)
  if (!Object.hasOwn(natives, word)) return undefined
  const native = natives[word]!(made, making)
  return native && { leaves: [], made: { parameters: [], body: [], native } }
}
