// What a file means beyond its operators: older versions, kinds of numbers, branches, names.
import { evaluate } from '@backprove/graph'
import { type FromOnnxOptions, fromOnnx } from '@backprove/interop'
import { describe, expect, it } from 'vitest'
import { type FileAttribute, type FileGraph, type FileTensor, modelFile } from './model-file.ts'

const read = (graph: FileGraph, opset: number, options?: FromOnnxOptions) => {
  const model = fromOnnx(modelFile(graph, opset), options)
  expect(model.unsupported).toEqual([])
  return model
}
const run = (graph: FileGraph, opset: number, feeds: Record<string, number[]> = {}): number[] => {
  const { outputs, outputNames, values } = read(graph, opset)
  const value = evaluate(outputs[outputNames[0]!]!, { ...values, ...feeds })
  return typeof value === 'number' ? [value] : Array.from(value)
}
const one = (
  op: string,
  from: readonly string[],
  given: Record<string, FileAttribute> = {},
): Pick<FileGraph, 'nodes' | 'outputs'> => ({
  nodes: [{ op, in: from, out: ['y'], with: given }],
  outputs: ['y'],
})

it('an output that is called 9 is an array without a name', () => {
  const nodes = [{ op: 'Relu', in: ['a'], out: ['9'], with: {} }]
  const { graph, outputs } = read({ inputs: { a: { shape: [2] } }, nodes, outputs: ['9'] }, 13)
  expect([...graph.named.keys()]).toEqual(['a'])
  expect(outputs['9']!.shape).toEqual([2])
})

describe('older versions', () => {
  // A square array: axes that are taken wrongly fit all the same.
  const inputs = { a: { shape: [2, 2] } }
  const values = { b: { shape: [2], data: [10, 20] } }
  const a = [1, 2, 3, 4]

  it.each([
    [6, { axis: 0, broadcast: 1 }, [11, 12, 23, 24]],
    [6, { axis: 1, broadcast: 1 }, [11, 22, 13, 24]],
    [6, { broadcast: 1 }, [11, 22, 13, 24]],
    [7, {}, [11, 22, 13, 24]],
  ])('Add of version %i with %j', (opset, given, wanted) => {
    expect(run({ inputs, values, ...one('Add', ['a', 'b'], given) }, opset, { a })).toEqual(wanted)
  })

  it('a slope for each channel', () => {
    const x = { x: { shape: [1, 2, 2] } }
    const graph = { inputs: x, values, ...one('PRelu', ['x', 'b']) }
    expect(run(graph, 6, { x: [-1, -2, -3, -4] })).toEqual([-10, -20, -60, -80])
    expect(run(graph, 9, { x: [-1, -2, -3, -4] })).toEqual([-10, -40, -30, -80])
  })

  it('Softmax over all axes from the given one', () => {
    const x = { x: { shape: [1, 2, 2] } }
    const given = { x: [0, 0, 0, 0] }
    expect(run({ inputs: x, ...one('Softmax', ['x'], { axis: 1 }) }, 11, given)).toEqual(
      new Array(4).fill(0.25),
    )
    expect(run({ inputs: x, ...one('Softmax', ['x'], { axis: 1 }) }, 13, given)).toEqual(
      new Array(4).fill(0.5),
    )
  })

  it('types by name, and axes that were usual', () => {
    expect(run({ inputs, ...one('Cast', ['a'], { to: 'INT32' }) }, 5, { a: [1.7, -1.7, 0, 2] })) //
      .toEqual([1, -1, 0, 2])
    expect(run({ inputs, ...one('Concat', ['a', 'a']) }, 3, { a })).toEqual([
      1, 2, 1, 2, 3, 4, 3, 4,
    ])
  })

  it('a normalisation that trains is not one that is used', () => {
    const wide = { x: { shape: [2, 2] } }
    const graph = (given: Record<string, FileAttribute>) => ({
      inputs: wide,
      values: { ...values, z: { shape: [2], data: [0, 0] }, o: { shape: [2], data: [1, 1] } },
      ...one('BatchNormalization', ['x', 'o', 'z', 'z', 'b'], given),
    })
    expect(fromOnnx(modelFile(graph({}), 6)).unsupported).toMatchObject([
      { operator: 'BatchNormalization', reason: 'training inside the model' },
    ])
    read(graph({ is_test: 1 }), 6)
    read(graph({}), 9)
  })
})

describe('whole numbers', () => {
  const ints = { n: { type: 'int64', shape: [4] } } as const
  const n = [-7, 7, 8, 9]
  const two: FileTensor = { type: 'int64', shape: [1], data: [2] }

  it('are cut off when divided, unless they were cast', () => {
    const graph = { inputs: ints, values: { two }, ...one('Div', ['n', 'two']) }
    expect(run(graph, 18, { n })).toEqual([-3, 3, 4, 4])
    const nodes = [
      { op: 'Cast', in: ['n'], out: ['m'], with: { to: 1 } },
      { op: 'Cast', in: ['two'], out: ['k'], with: { to: 1 } },
      { op: 'Div', in: ['m', 'k'], out: ['y'] },
    ]
    const cast = { inputs: ints, values: { two }, nodes, outputs: ['y'] }
    expect(run(cast, 18, { n })).toEqual([-3.5, 3.5, 4, 4.5])
  })

  it('stay so through what moves them', () => {
    const nodes = [
      { op: 'Unsqueeze', in: ['n', 'zero'], out: ['m'] },
      { op: 'Div', in: ['m', 'two'], out: ['y'] },
    ]
    const zero: FileTensor = { type: 'int64', shape: [1], data: [0] }
    const graph = { inputs: ints, values: { two, zero }, nodes, outputs: ['y'] }
    expect(run(graph, 18, { n })).toEqual([-3, 3, 4, 4])
  })

  it('of numbers are cut off, the places of the largest are not', () => {
    const inputs = { x: { shape: [3] } }
    const graph = { inputs, ...one('Cast', ['x'], { to: 7 }) }
    expect(run(graph, 18, { x: [-1.5, 1.5, 0.2] })).toEqual([-1, 1, 0])
  })

  it('that are numbers of an input keep their fractions', () => {
    const inputs = { x: { shape: [2] }, d: { shape: [1] } }
    const graph = { inputs, ...one('Div', ['x', 'd']) }
    const options = { inputs: { d: { data: [2] }, x: { data: [1, 3] } } }
    const { outputs } = fromOnnx(modelFile(graph, 18), options)
    expect(Array.from(evaluate(outputs.y!, {}))).toEqual([0.5, 1.5])
  })
})

describe('branches', () => {
  const branch = (op: string): FileGraph => ({
    nodes: [{ op, in: ['x'], out: ['b'] }],
    outputs: ['b'],
  })
  const nodes = [
    {
      ...{ op: 'If', in: ['c'], out: ['y'] },
      with: { then_branch: { graph: branch('Neg') }, else_branch: { graph: branch('Abs') } },
    },
  ]
  const x = [-2, 3]

  it.each([
    [1, [2, -3]],
    [0, [2, 3]],
  ])('of a known condition %i: the one that is taken', (c, wanted) => {
    const values = { c: { type: 'bool', shape: [], data: [c] } } as const
    const graph = { inputs: { x: { shape: [2] } }, values, nodes, outputs: ['y'] }
    expect(run(graph, 18, { x })).toEqual(wanted)
  })

  it('of a condition that is fed: both', () => {
    const inputs = { x: { shape: [2] }, c: { type: 'bool', shape: [1] } } as const
    const graph = { inputs, nodes, outputs: ['y'] }
    expect(run(graph, 18, { x, c: [1] })).toEqual([2, -3])
    expect(run(graph, 18, { x, c: [0] })).toEqual([2, 3])
  })

  it('with an unsupported operator: both are named', () => {
    const values = { c: { type: 'bool', shape: [], data: [1] } } as const
    const lost = [
      {
        ...{ op: 'If', in: ['c'], out: ['y'] },
        with: { then_branch: { graph: branch('Loop') }, else_branch: { graph: branch('Abs') } },
      },
    ]
    const graph = { inputs: { x: { shape: [2] } }, values, nodes: lost, outputs: ['y'] }
    const { unsupported, outputs } = fromOnnx(modelFile(graph))
    expect(unsupported.map(({ operator }) => operator)).toEqual(['Loop', 'If'])
    expect(outputs).toEqual({})
  })
})

describe('outputs', () => {
  const inputs = { x: { shape: [2] } }

  it('are told in the order of the file, whatever their names', () => {
    const nodes = [
      { op: 'Abs', in: ['x'], out: ['y'] },
      { op: 'Neg', in: ['x'], out: ['12'] },
    ]
    expect(read({ inputs, nodes, outputs: ['y', '12'] }, 18).outputNames).toEqual(['y', '12'])
  })

  it('without entries are named as unsupported', () => {
    const zero: FileTensor = { type: 'int64', shape: [1], data: [0] }
    const { unsupported } = fromOnnx(
      modelFile({ values: { zero }, ...one('ConstantOfShape', ['zero']) }),
    )
    expect(unsupported).toEqual([
      { operator: 'output', node: 'y', reason: 'an array without entries' },
    ])
  })
})

it('a sequence of more steps than arrays stand side by side is read', () => {
  const rnn = {
    inputs: { x: { shape: [130, 1, 1] } },
    values: {
      w: { shape: [1, 1, 1], data: [0.5] },
      r: { shape: [1, 1, 1], data: [0] },
    },
    ...one('RNN', ['x', 'w', 'r'], { hidden_size: 1 }),
  }
  const x = Array.from({ length: 130 }, (_, k) => Math.sin(k))
  const y = run(rnn, 18, { x })
  expect(y).toHaveLength(130)
  y.forEach((value, k) => {
    expect(value).toBeCloseTo(Math.tanh(0.5 * x[k]!), 6)
  })
})
