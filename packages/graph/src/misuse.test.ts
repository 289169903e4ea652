// Every misuse ends in a typed error: a sentence, and the line of the caller, never of the library.
import { describe, expect, it } from 'vitest'
import { activation } from './activation/activation.ts'
import * as elements from './element/index.ts'
import * as errors from './errors.ts'
import { evaluate } from './evaluate.ts'
import { grad, hvp, jvp, vjp } from './grad.ts'
import * as library from './index.ts'
import { Graph } from './record/graph.ts'
import { simplify } from './simplify.ts'

type Call = (...given: unknown[]) => unknown
const call = { ...library, ...elements } as unknown as Record<string, Call>

const graph = new Graph()
const v = graph.input('v', [5])
const m = graph.input('m', [2, 3])
const x = graph.input('x', [1, 6, 6])
const w = graph.parameter('w', [3, 1, 3, 3])
const cost = library.sum(library.square(v))
const foreign = new Graph().input('foreign', [5])

function caught(body: () => unknown): errors.GraphProblem {
  try {
    body()
  } catch (error) {
    expect(error).toBeInstanceOf(errors.GraphProblem)
    return error as errors.GraphProblem
  }
  throw new Error('nothing was thrown')
}

const expectError = (body: () => unknown, sentence: RegExp): void => {
  const error = caught(body)
  expect(error.sentence).toMatch(sentence)
  expect(error.message).toMatch(/\n {4}at .*misuse\.test\.ts:\d+:\d+$/)
}

const OPS = [
  ...['add', 'sub', 'mul', 'div', 'neg', 'exp', 'log', 'sqrt', 'square', 'abs', 'sign', 'pow'],
  ...['maximum', 'minimum', 'clamp', 'where', 'greater', 'less', 'equal', 'sigmoid', 'tanh'],
  ...['relu', 'leakyRelu', 'elu', 'softplus', 'identity', 'softmax', 'logSoftmax', 'conv2d'],
  ...['convolve2d', 'maxPool2d', 'avgPool2d', 'l2Pool2d', 'medianPool2d', 'dense', 'matmul'],
  ...['reshape', 'flatten', 'transpose', 'concat', 'slice', 'pad', 'flip', 'rot180', 'upsample'],
  ...['broadcastTo', 'sum', 'mean', 'max', 'squaredError', 'crossEntropy', 'grad', 'vjp', 'jvp'],
  ...['silu', 'min', 'variance', 'norm', 'convTranspose2d', 'meanSquaredError', 'huber'],
  ...['meanAbsoluteError', 'binaryCrossEntropy'],
  ...['hvp', 'evaluate', 'simplify', 'text', 'latex', 'formula', 'dot', 'toGraphlib', 'element'],
]

describe.each(OPS)('%s', (name) => {
  it.each([[], [null], ['a', 'b', 'c'], [3, 4, 5], [{}, {}], [[v, null]], [Symbol('s')]])(
    'of %j',
    (...given) => {
      const error = caught(() => call[name]!(...given))
      expect(error.message).toMatch(/\n {4}at .*misuse\.test\.ts:\d+:\d+$/)
    },
  )
})

describe('options', () => {
  it.each<[string, unknown[], RegExp]>([
    ['conv2d', [x, w, { strides: 2 }], /conv2d: there is no option "strides"; is stride meant\?/],
    [
      'conv2d',
      [x, w, 2],
      /conv2d: the options are 2; they are \{ bias, stride.*is \{ stride: 2 \} meant/,
    ],
    ['conv2d', [x, w, { padding: 'sam' }], /conv2d: padding is "sam"; it must be/],
    ['conv2d', [x, w, { padding: null }], /padding is null/],
    ['conv2d', [x, w, { bias: 0 }], /conv2d .*the axis F|b \[\] should have axes \[F\]/],
    [
      'conv2d',
      [x, graph.parameter('wide', [3, 1, 9, 3])],
      /conv2d of .*: a window of 9×3 does not fit into 6×6/,
    ],
    ['conv2d', [x, w, { bias: null }], /conv2d: null is neither a node nor a number/],
    ['convolve2d', [x, w, { dilation: [1, 1, 1] }], /dilation is \[1,1,1\]/],
    ['maxPool2d', [x], /maxPool2d: size is missing; it must be a whole number from 1/],
    ['maxPool2d', [x, { size: 2, countPadding: true }], /no option "countPadding"/],
    ['avgPool2d', [x, { size: 2, countpadding: true }], /no option "countpadding"/],
    ['sum', [v, { axis: 0 }], /sum: there is no option "axis"; is axes meant\?/],
    ['sum', [v, { keepDims: 'yes' }], /keepDims is "yes"/],
    ['mean', [m, { axes: [0, 0] }], /axes is \[0,0\]; it must be distinct axes of \[2, 3\]/],
    ['max', [v, { axes: 0.5 }], /axes is 0.5/],
    ['softmax', [v, { axis: 4 }], /axis is 4/],
    [
      'leakyRelu',
      [v, 0.1],
      /the options are 0.1; they are \{ slope \}; is \{ slope: 0.1 \} meant\?/,
    ],
    ['conv2d', [x, w, graph.parameter('b', [3])], /is \{ bias: … \} meant\?/],
    ['transpose', [m, [1, 0]], /is \{ axes: \[1,0\] \} meant\?/],
    ['elu', [v, { alpha: Number.NaN }], /alpha is NaN/],
    ['pow', [v, Number.NaN], /n is NaN/],
    ['pad', [v, { before: 1, value: Infinity }], /value is Infinity/],
    ['pad', [v, { before: null }], /before is null/],
    ['flip', [v, {}], /axes is missing/],
    ['transpose', [m, { axes: ['a', 'b'] }], /axes is \["a","b"\]/],
    ['concat', [v], /concat: it takes a list of nodes, not a Node/],
    ['reshape', [v, 5], /reshape: 5 is not a shape/],
    [
      'conv2d',
      [graph.input('nhwc', [6, 6, 1]), w],
      /x has 6 channels, but w expects 1; x is \[C,H,W\]: are its channels the last axis\?/,
    ],
    ['clamp', [v], /clamp: lo is missing; it must be a number or a node/],
    ['dense', [v, m, null], /dense: null is neither a node nor a number/],
    ['text', [v, { depth: 'a' }], /text: depth is "a"/],
    ['latex', [v, { form: 'x' }], /latex: form is "x"; it must be 'layer', 'index' or 'element'/],
    ['latex', [v, { form: 'element', at: '1' }], /at is "1"/],
    ['element', [v, [6]], /"v" \[5\] has no entry at \[6\]/],
  ])('%s %#', (name, given, sentence) => {
    expectError(() => call[name]!(...given), sentence)
  })
})

describe('one argument too many', () => {
  it.each<[string, unknown[], RegExp]>([
    ['add', [v, v, v], /add: a Node is one argument too many/],
    ['mul', [v, 2, 3], /mul: 3 is one argument too many/],
    ['maximum', [v, v, v], /maximum: a Node is one argument too many/],
    ['relu', [v, { slope: 1 }], /relu: \{"slope":1\} is one argument too many/],
    ['flatten', [x, 1], /flatten: 1 is one argument too many/],
    ['silu', [v, 1], /silu: 1 is one argument too many/],
    ['grad', [cost, v, { foo: 1 }], /grad: there is no option "foo"; it has unused/],
    ['topologicalOrder', [v], /topologicalOrder: a Node is no list of nodes, such as \[cost\]/],
    ['dependents', [[v], 3], /dependents: 3 is no list of nodes/],
    ['consumersOf', [cost], /consumersOf: undefined is not a node/],
    ['simplify', [v, 'x'], /simplify: laws is "x"; it must be a list of laws/],
    ['grad', [cost, v, {}, 1], /grad: 1 is one argument too many/],
    ['dot', [[cost], { colour: 1 }], /dot: \{"colour":1\} is one argument too many/],
    ['div', [v], /div: the operand b is missing; it takes a, b/],
    ['mul', [v, undefined], /mul: the operand b is missing; it takes a, b/],
  ])('%s %#', (name, given, sentence) => {
    expectError(() => call[name]!(...given), sentence)
  })

  it('what map and reduce hand on is none', () => {
    expect([v, v].map(library.sigmoid)[0]).toBe(library.sigmoid(v))
    expect([v].map(library.simplify as (node: typeof v) => typeof v)).toEqual([v])
    expect([v, v, v].reduce(library.add)).toBe(library.add(library.add(v, v), v))
    expect([v, v].reduce(library.maximum)).toBe(library.maximum(v, v))
  })
})

describe('an op of one’s own', () => {
  it.each<[unknown, RegExp]>([
    [{}, /defineOp: name is missing; it must be a name, such as 'square'/],
    [undefined, /defineOp: name is missing/],
    [{ name: 'q', definition: 'y = x' }, /no option "definition"; is line meant\?/],
    [{ name: 'q', operands: { x: '…' } }, /line is missing; it must be a line of index/],
    [{ name: 'q', operands: 'x' }, /operands is "x"; it must be operands by letter/],
  ])('%#', (definition, sentence) => {
    expectError(() => call.defineOp!(definition), sentence)
    expectError(() => call.apply!('x'), /apply: "x" and undefined are no op and list of operands/)
  })
})

it('a node is no number, and text in a template', () => {
  expectError(() => call.sum!((v as never) + v), /; \+ of nodes makes text: write add\(a, b\)/)
  expectError(() => call.sigmoid!((v as never) + 1), /; \+ of nodes makes text/)
  expectError(() => call.mul!(m, 'v'), /"v" is neither a node nor a number; is graph.node\("v"\)/)
  for (const number of [() => Number(v), () => (v as never) * 2, () => (v as never) > 0]) {
    expectError(number, /"v" is a node, no number: write mul\(x, 2\) for x \* 2/)
  }
  expect(`${v}`).toMatch(/^v \[5\]/)
})

it('what is long is shown by its keys', () => {
  const long = { images: new Float32Array(9), labels: [], shape: [1, 2], a: 1, b: 2, c: 3, d: 4 }
  expect(library.show(long)).toBe('an object { images, labels, shape, a, b, c, … }')
  expect(library.show(Array(5).fill({ a: { b: { c: { d: 1 } } } }))).toBe('a list of 5')
  expect(library.show(Promise.resolve())).toBe('a Promise (await it)')
})

describe('derivatives', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['a cost of five numbers', () => grad(v, v), /the cost "v" has shape \[5\]/],
    ['another graph', () => grad(cost, foreign), /"foreign" and .* belong to different graphs/],
    ['a name', () => grad(cost, 'v' as never), /grad takes the node: graph\.node\("v"\)/],
    ['nothing', () => grad(cost, undefined as never), /undefined, neither a node nor a list/],
    ['no node', () => grad(cost, [1 as never]), /grad: wrt holds 1, which is no node/],
    [
      'no list',
      () => vjp([v], v as never, [v]),
      /list of cotangents is a Node, not a list of nodes/,
    ],
    ['another shape', () => jvp([cost], [v], [m]), /the tangent of "v" \[5\] has shape \[2, 3\]/],
    ['another number', () => hvp(cost, [v], []), /hvp: 0 vectors for 1 nodes/],
  ])('%s', (_, body, sentence) => {
    expectError(body, sentence)
  })
})

describe('values', () => {
  it.each<[string, unknown, RegExp]>([
    ['none', {}, /input "v" \[5\] was not fed/],
    ['no record', null, /the feeds are null/],
    ['a map', new Map(), /the feeds are a Map/],
    ['another name', { w2: [1] }, /no input or parameter is named "w2"/],
    ['too few', { v: [1, 2] }, /input "v" \[5\] takes 5 numbers, and was fed 2/],
    ['text', { v: 'abc' }, /input "v" \[5\]: "abc" is no array of numbers/],
    ['nothing', { v: undefined }, /input "v" \[5\]: undefined is no array/],
    ['a ragged list', { v: [1, [2]] }, /input "v" \[5\]: a list of numbers holds \[2\]/],
    ['big integers', { v: new BigInt64Array(5) }, /a BigInt64Array is no array of numbers/],
    ['holes', { v: new Array(5) }, /holds undefined/],
  ])('fed %s', (_, feeds, sentence) => {
    expectError(() => evaluate(cost, feeds as never), sentence)
  })

  it('fed transposed', () => {
    const lists = [
      [1, 2],
      [3, 4],
      [5, 6],
    ]
    expectError(
      () => evaluate(m, { m: lists }),
      /takes 6 numbers, and was fed lists nested as \[3, 2\]/,
    )
    expect([...evaluate(x, { x: lists.flat().concat(Array(30).fill(0)) })]).toHaveLength(36)
  })

  it.each<[string, () => unknown, RegExp]>([
    ['text', () => graph.constant('a' as never), /^constant: "a" is no array/],
    ['NaN', () => graph.constant(Number.NaN), /constant: NaN is no number; what is not known/],
    ['ragged', () => graph.constant([[1], [1, 2]]), /^constant: a ragged list/],
    ['text inside', () => graph.constant(['1'] as never), /^constant: a list of numbers holds "1"/],
    ['nothing', () => graph.constant([]), /^constant: \[\] is not a shape/],
    ['too large', () => graph.constant(0, [1e6, 1e7]), /there is no memory for it/],
    ['another shape', () => graph.constant([1, 2, 3], [2]), /3 values do not fill the shape \[2\]/],
  ])('a constant: %s', (_, body, sentence) => {
    expectError(body, sentence)
  })
})

it('two operands that do not broadcast are both named', () => {
  expectError(
    () => library.add(v, m),
    /add of "v" \[5\], "m" \[2, 3\]: the shapes do not broadcast/,
  )
})

describe.each([
  ['crossEntropy', 'softmax', 'sigmoid'],
  ['klDivergence', 'softmax', 'tanh'],
  ['binaryCrossEntropy', 'sigmoid', 'softmax'],
])('%s', (name, inside, other) => {
  it('refuses activations of its logits', () => {
    const t = graph.input('target', [5])
    const own = new RegExp(`${name}: ${inside} #\\d+ already is a ${inside}; give its input`)
    expectError(() => call[name]!(call[inside]!(v), t), own)
    const its = new RegExp(`${name}: ${other} #\\d+ is a ${other}; .*leave the ${other} out, or`)
    expectError(() => call[name]!(call[other]!(v), t), its)
  })
})

describe.each(['crossEntropy', 'binaryCrossEntropy'])('%s', (name) => {
  it('refuses targets in the place of logits', () => {
    const net = new Graph()
    const [t, y] = [net.input('t', [5]), library.mul(net.parameter('a', [5]), net.input('x', [5]))]
    expectError(() => call[name]!(t, y.as('y')), /"t" is an input, and "y" is computed from param/)
    expect(call[name]!(y, t)).toBeDefined()
    expect(call[name]!(t, library.softmax(net.input('u', [5])))).toBeDefined()
  })
})

it('a node is no list of numbers', () => {
  const list = v as unknown as { length: number; 0: number }
  expectError(() => list[0], /node\[0\]: slice\(node, \{ start, end \}\) is a part/)
  expectError(() => list.length, /node\.length: node\.shape says how long each axis is/)
})

it('an unknown option of a graph', () => {
  expectError(() => new Graph({ tie: 'first' } as never), /there is no option "tie"; is ties meant/)
})

it('a formula that is no formula', () => {
  expectError(() => activation('f', 'x +'), /activation: cannot read "x \+"/)
  expectError(() => call.activation!({}, 'x'), /activation: the name is \{\}; it must be text of/)
  expectError(() => activation('f', 3 as never), /the formula is 3; it must be text, such as/)
  expectError(() => simplify([v, undefined as never]), /simplify: undefined is not a node/)
})
