// Misuses that no package looked at: each is an error that says what was given, and by whom.
import { Graph, sigmoid, squaredError } from '@backprove/graph'
import * as interop from '@backprove/interop'
import { compile, diagnose } from '@backprove/kernels'
import { bookCnn, dataset, digits123, picture, watch } from '@backprove/nn'
import * as verify from '@backprove/verify'
import { expect, test } from 'vitest'

type Call = (...given: unknown[]) => unknown
const call = {
  compile,
  diagnose,
  dataset,
  picture,
  watch,
  ...verify,
  ...interop,
} as unknown as Record<string, Call>
const graph = new Graph()
const C = squaredError(sigmoid(graph.input('x', [2])), graph.input('t', [2])).as('C')
/** As the other of two copies of a package records it. */
const foreign = { [Symbol.for('@backprove/graph: copy')]: Symbol('another') }

test.each<[string, string, unknown[]]>([
  ['compile', 'there is nothing to compile', [[]]],
  ['compile', 'there is nothing to compile', [compile([C])]],
  ['diagnose', 'is not a program; compile makes one', [C]],
  ['dataset', 'images: undefined is no list of numbers', [{}]],
  ['dataset', 'labels: 3 is no list of numbers', [{ images: [], labels: 3 }]],
  ['picture', '"x" has no shape and data', ['x']],
  ['picture', 'option "rang"', [{ shape: [1, 1], data: [0] }, { rang: [0, 1] }]],
  ['watch', 'undefined is no', []],
  ['watch', 'a dataset stands where the model does', [digits123()]],
  ['compile', '"C" is one node; give a list or a record: compile([node])', [C]],
  ['compile', 'that is a model; its nodes are compiled: { y: model.y }', [bookCnn()]],
  ['diagnose', '1 is one argument too many', [compile([C]), {}, 1]],
  ['compile', 'loaded twice (npm ls shows where)', [[foreign]]],
  ['moduleOfStep', 'a Node is no step; recordStep', [C]],
  ['toOnnx', 'that is a model; its nodes are given by name', [bookCnn()]],
  ['checkNotes', '"notes.md" is a path; give the text', ['notes.md']],
  ['toOnnx', 'opst', [{ C }, { opst: 1 }]],
  ['fromOnnx', '"model.onnx" is not a file\'s bytes', ['model.onnx']],
  ['toOnnx', 'the options are 3', [{ C }, 3]],
  ['compile', 'state is an object', [[C], { state: { C } }]],
  ['compile', 'it must be pairs [leaf, next value]', [[C], { state: [C, C] }]],
  ['compile', 'threads is "4"; it must be a whole', [[C], { threads: '4' }]],
  ['formatReport', 'paint is 3; it must be functions', [verify.checkNotes(''), 3]],
  ['formatReport', 'columns is "x"', [verify.checkNotes(''), undefined, 'x']],
  ['derivation', '"y" belongs to another graph', [C, new Graph().input('y', [2])]],
  ['format', '{} is no verdict', [{}]],
  ['formatReport', '{} is no report', [{}]],
  ['format', 'undefined is no verdict', []],
  ['formatReading', '"x" is no reading', ['x']],
  ['formatDerivation', '3 is no derivation', [3]],
  ['formatDerivation', '[{}] is no derivation', [[{}]]],
  ['printClaim', '3 is no claim; parseClaim reads one', [3]],
  ['printClaim', '"pdf" is no style', [verify.parseClaim('x = 1'), 'pdf']],
  ['mutations', 'undefined is no claim', []],
  ['verifyParsed', '3 is no cost of a network', [3]],
  ['readNetwork', 'the network is 3; it must be text', [3]],
  ['buildNetwork', '"x" is no network; readNetwork', ['x']],
  ['f', 'it stands before a template', ['x']],
  ['derivation', '"C" is the cost itself', [C, C]],
  ['verify', 'sizes is 3; it must be a list of', [C, 'C = 1', { sizes: 3 }]],
  ['verify', 'diagnose is true; it must be a function', [C, 'C = 1', { diagnose: true }]],
  ['verify', 'certify is "yes"; it must be true or false', [C, 'C = 1', { certify: 'yes' }]],
  ['verify', 'reading is "wide"; it must be a list', [C, 'C = 1', { reading: 'wide' }]],
  ['verifySizes', 'work is "x"; it must be', ['M = 1', { work: 'x' }]],
  ['checkNotes', 'allow is "budget"; it must be a list', ['', { allow: 'budget' }]],
  ['checkNotes', 'operations is -1; it must be', ['', { operations: -1 }]],
  ['session', 'operations is "x"; it must be', [{ operations: 'x' }]],
  ['formatDerivation', 'format', [[], 'html']],
  ['parseClaim', '3 is no formula', [3]],
])('%s: %s', (name, message, given) => {
  let error: unknown
  try {
    call[name]!(...given)
  } catch (thrown) {
    error = thrown
  }
  expect((error as Error).message).toContain(message)
  expect((error as Error).name).toMatch(/^(?:Option|Compile|Data|Network|Claim|Export|Onnx)Error$/)
})

type Methods = Record<string, () => unknown>
test.each<[string, object, string, string]>([
  ['node', C, 'backward', 'derivatives are nodes: grad(cost, wrt)'],
  ['node', C, 'add', 'ops are functions of nodes, such as add(node, other)'],
  ['graph', graph, 'variable', 'input(name, shape) is fed, parameter'],
  ['Graph', Graph, 'fromJSON', 'graphFromJSON(document) reads one'],
  ['program', compile([C]), 'predict', 'run(feeds) computes its outputs'],
  ['program', compile([C]), 'dispose', 'program[Symbol.dispose]() does it'],
  ['program', compile([C]), 'train', 'state: [[leaf, next value]] of compile'],
  ['node', C, 'dispose', 'nothing is disposed of by hand'],
  ['node', C, 't', 'transpose(node) is one'],
  ['node', C, 'mm', 'ops are functions of nodes'],
  ['graph', graph, 'matmul', 'ops are functions of nodes'],
  ['graph', graph, 'nodes', 'graph.node(name) is one'],
  ['Graph', Graph, 'input', 'new Graph() has it'],
  ['model', bookCnn(), 'named_parameters', 'model.layers lists its layers'],
])('%s %#', (what, owner, method, hint) => {
  expect(() => (owner as Methods)[method]!()).toThrow(`${what}.${method}: ${hint}`)
  expect(Object.keys(owner)).not.toContain(method)
})

test('what others have as a property is a sentence, and what is recorded stays as it is', () => {
  const model = bookCnn()
  const at = (owner: object, name: string) => () => (owner as Record<string, unknown>)[name]
  expect(at(C, 'size')).toThrow('node.size: node.shape says how long each axis is')
  expect(at(model, 'output')).toThrow('model.output: model.y is it')
  expect(() => (model.layers as unknown[]).push(1)).toThrow(TypeError)
  const input = graph.input as (...given: unknown[]) => unknown
  expect(() => input.call(graph, [2, 3])).toThrow("its name stands first: input('x', [2, 3])")
  expect(`${verify.verify(C, '\\partial C/\\partial x = 1')}`).toMatch(/^refuted/)
  expect(`${model}`).toMatch(/^a network of/)
})

test('a session checks text, and a certificate that is none proves nothing', () => {
  expect(() => verify.session().check(3 as never)).toThrow('the document is 3; it must be text')
  expect(verify.check({} as never, {} as never)).toMatchObject({ ok: false })
  expect(JSON.stringify(verify.check({} as never, {} as never))).toContain('no claim: a proof')
})

test('what is not judged counts under strict', () => {
  const notes = 'Words and $x$.'
  expect(verify.checkNotes(notes).ok).not.toBe(verify.checkNotes(notes, { strict: true }).ok)
})
