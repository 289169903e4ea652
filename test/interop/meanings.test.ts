// Where reading a file might give a wrong value in silence: numbers that are worked out while it is
// read, places and remainders at the edge, what a branch gives, attributes of a version to come.
import { evaluate } from '@backprove/graph'
import { type FromOnnxOptions, fromOnnx } from '@backprove/interop'
import { describe, expect, it, test } from 'vitest'
import { type FileAttribute, type FileGraph, type FileTensor, modelFile } from './model-file.ts'

const read = (graph: FileGraph, options?: FromOnnxOptions) => {
  const model = fromOnnx(modelFile(graph), options)
  expect(model.unsupported).toEqual([])
  return model
}
const valuesOf = (graph: FileGraph, feeds: Record<string, number[]> = {}) => {
  const { outputs, outputNames, values } = read(graph)
  return outputNames.map((name) => {
    const node = outputs[name]!
    const value = evaluate(node, { ...values, ...feeds })
    return { shape: [...node.shape], data: typeof value === 'number' ? [value] : [...value] }
  })
}
const constant = (out: string, value: FileTensor) => ({
  op: 'Constant',
  out: [out],
  with: { value },
})
/** An operator on constants of the file: worked out while it is read, not recorded. */
const known = (
  op: string,
  tensors: readonly FileTensor[],
  given: Record<string, FileAttribute> = {},
) => {
  const names = tensors.map((_, k) => `t${k}`)
  const nodes = [
    ...tensors.map((value, k) => constant(names[k]!, value)),
    { op, in: names, out: ['y'], with: given },
  ]
  return valuesOf({ nodes, outputs: ['y'] })[0]!
}
const whole = (...data: number[]): FileTensor => ({ type: 'int64', shape: [data.length], data })

describe('arrays without entries', () => {
  const none: FileTensor = { shape: [2, 0, 2], data: [] }
  const noWhole: FileTensor = { type: 'int64', shape: [2, 0], data: [] }
  const noTruth: FileTensor = { type: 'bool', shape: [2, 0], data: [] }
  test.each<[string, FileTensor, number[], number[]]>([
    ['ReduceSum', none, [2, 1, 2], [0, 0, 0, 0]],
    ['ReduceProd', none, [2, 1, 2], [1, 1, 1, 1]],
    ['ReduceMax', none, [2, 1, 2], Array(4).fill(Number.NEGATIVE_INFINITY)],
    ['ReduceMin', none, [2, 1, 2], Array(4).fill(Number.POSITIVE_INFINITY)],
    ['ReduceMax', noWhole, [2, 1], [-(2 ** 63), -(2 ** 63)]],
    ['ReduceMin', noTruth, [2, 1], [1, 1]],
    ['ReduceL2', none, [2, 1, 2], [0, 0, 0, 0]],
    ['ReduceLogSumExp', none, [2, 1, 2], Array(4).fill(Number.NEGATIVE_INFINITY)],
  ])('%s of none %#', (op, tensor, shape, data) => {
    expect(known(op, [tensor, whole(1)])).toEqual({ shape, data })
  })

  it('an input of length 0 is known, one with entries is fed', () => {
    const nodes = [{ op: 'ReduceSum', in: ['x'], out: ['y'], with: { keepdims: 0 } }]
    const file = modelFile({ inputs: { x: { shape: ['n', 2] } }, nodes, outputs: ['y'] })
    const empty = fromOnnx(file, { inputs: { x: { shape: [0, 2] } } })
    expect(empty.inputs).toEqual([])
    expect([...evaluate(empty.outputs.y!)]).toEqual([0])
    expect(fromOnnx(file, { inputs: { x: { shape: [1, 2] } } }).inputs).toHaveLength(1)
  })

  it('a slice and a part of nothing are left out where arrays are joined', () => {
    const nodes = [
      constant('three', whole(3)),
      constant('lengths', whole(0, 3)),
      constant('axis', whole(1)),
      { op: 'Slice', in: ['x', 'three', 'three', 'axis'], out: ['end'] },
      { op: 'Split', in: ['x', 'lengths'], out: ['no', 'all'], with: { axis: 1 } },
      { op: 'Concat', in: ['end', 'no', 'all', 'end'], out: ['y'], with: { axis: 1 } },
      { op: 'Shape', in: ['end'], out: ['s'] },
      { op: 'Cast', in: ['s'], out: ['z'], with: { to: 1 } },
    ]
    const graph = { inputs: { x: { shape: [2, 3] } }, nodes, outputs: ['y', 'z'] }
    const [y, z] = valuesOf(graph, { x: [1, 2, 3, 4, 5, 6] })
    expect(y).toEqual({ shape: [2, 3], data: [1, 2, 3, 4, 5, 6] })
    expect(z!.data).toEqual([2, 0])
  })

  it('an output of none is named, and what needs entries of it', () => {
    const nodes = [
      constant('a', none),
      { op: 'Identity', in: ['a'], out: ['y'] },
      { op: 'ReduceMean', in: ['a'], out: ['z'] },
    ]
    const { unsupported } = fromOnnx(modelFile({ nodes, outputs: ['y', 'z'] }))
    const reason = 'an array without entries'
    expect(unsupported).toEqual([
      { operator: 'ReduceMean', node: 'z', reason },
      { operator: 'output', node: 'y', reason },
    ])
  })
})

describe('numbers that are worked out', () => {
  const x: FileTensor = { shape: [2, 3], data: [1, 2, 3, 4, 5, 6] }
  test.each<[string, FileTensor[], Record<string, FileAttribute>, number[], number[]]>([
    ['ReduceProd', [x], {}, [1, 1], [720]],
    ['ReduceProd', [x, whole(1)], {}, [2, 1], [6, 120]],
    ['ReduceProd', [x, whole(-2)], { keepdims: 0 }, [3], [4, 10, 18]],
    ['ReduceProd', [x], { noop_with_empty_axes: 1 }, [2, 3], [1, 2, 3, 4, 5, 6]],
    ['ReduceSum', [x, whole(0)], { keepdims: 0 }, [3], [5, 7, 9]],
    ['ReduceMax', [x, whole(1)], { keepdims: 0 }, [2], [3, 6]],
    ['ReduceMin', [x, whole(0, 1)], { keepdims: 0 }, [], [1]],
    ['Cast', [{ shape: [3], data: [300, -1, 2.5] }], { to: 2 }, [3], [44, 255, 2]],
    ['Cast', [{ shape: [3], data: [0.5, 0, -2] }], { to: 9 }, [3], [1, 0, 1]],
    ['Mod', [whole(-7, 7), whole(3, -3)], {}, [2], [2, -2]],
    ['Expand', [{ shape: [2, 1], data: [1, 2] }, whole(2, 2)], {}, [2, 2], [1, 1, 2, 2]],
    ['Transpose', [x], { perm: [1, 0] }, [3, 2], [1, 4, 2, 5, 3, 6]],
    ['Gather', [x, whole(-1, 0)], { axis: 1 }, [2, 2], [3, 1, 6, 4]],
  ])('%s %#', (op, tensors, given, shape, data) => {
    expect(known(op, tensors, given)).toEqual({ shape, data })
  })

  it('a choice among numbers is no whole number, and divides as they do', () => {
    const nodes = [
      constant('c', { type: 'bool', shape: [1], data: [1] }),
      constant('a', { shape: [1], data: [1] }),
      constant('b', { shape: [1], data: [4] }),
      { op: 'Where', in: ['c', 'a', 'b'], out: ['p'] },
      { op: 'Where', in: ['c', 'b', 'a'], out: ['q'] },
      { op: 'Div', in: ['p', 'q'], out: ['y'] },
    ]
    expect(valuesOf({ nodes, outputs: ['y'] })[0]!.data).toEqual([0.25])
  })

  it('a type without numbers is named, not taken for another', () => {
    const nodes = [
      constant('a', { shape: [1], data: [1.3] }),
      { op: 'Cast', in: ['a'], out: ['y'], with: { to: 17 } },
    ]
    expect(fromOnnx(modelFile({ nodes, outputs: ['y'] })).unsupported).toEqual([
      { operator: 'Cast', node: 'y', reason: 'a cast to elements of type 17' },
    ])
  })
})

it('what a branch gives is a number where it was one within the branch', () => {
  const branch = (op: string) => ({
    graph: { nodes: [{ op, in: ['x'], out: ['z'] }], outputs: ['z'] },
  })
  const graph: FileGraph = {
    inputs: { x: { shape: [2] }, c: { type: 'bool', shape: [1] } },
    nodes: [
      {
        ...{ op: 'If', in: ['c'], out: ['p'] },
        with: { then_branch: branch('Neg'), else_branch: branch('Abs') },
      },
      {
        ...{ op: 'If', in: ['c'], out: ['q'] },
        with: { then_branch: branch('Exp'), else_branch: branch('Exp') },
      },
      { op: 'Div', in: ['p', 'q'], out: ['y'] },
      { op: 'Cast', in: ['p'], out: ['n'], with: { to: 7 } },
    ],
    outputs: ['y', 'n'],
  }
  const [y, n] = valuesOf(graph, { x: [0.5, 1.5], c: [1] })
  expect(y!.data[0]).toBeCloseTo(-0.5 / Math.exp(0.5), 12)
  expect(n!.data.map((value) => value + 0)).toEqual([0, -1])
})

describe('at the edge', () => {
  it('places that are fed count from the end where they are negative', () => {
    const graph: FileGraph = {
      inputs: { x: { shape: [2, 3] }, n: { type: 'int64', shape: [2, 2] } },
      nodes: [{ op: 'GatherElements', in: ['x', 'n'], out: ['y'], with: { axis: 1 } }],
      outputs: ['y'],
    }
    const feeds = { x: [1, 2, 3, 4, 5, 6], n: [-1, 0, -3, 1] }
    expect(valuesOf(graph, feeds)[0]!.data).toEqual([3, 1, 4, 5])
  })

  it('the largest of entries of −∞ are each taken once', () => {
    const graph: FileGraph = {
      inputs: { x: { shape: [4] } },
      values: { k: whole(3) },
      nodes: [{ op: 'TopK', in: ['x', 'k'], out: ['y', 'at'] }],
      outputs: ['y', 'at'],
    }
    const low = Number.NEGATIVE_INFINITY
    const [y, at] = valuesOf(graph, { x: [low, low, 5, low] })
    expect(y!.data).toEqual([5, low, low])
    expect(at!.data).toEqual([2, 0, 1])
  })

  it.each([
    [0, [Number.POSITIVE_INFINITY, 3, Number.NEGATIVE_INFINITY, 1]],
    [1, [-3, 3, 1, 1]],
  ])('a remainder of infinity, fmod %i', (fmod, wanted) => {
    const graph: FileGraph = {
      inputs: { a: { shape: [4] }, b: { shape: [4] } },
      nodes: [{ op: 'Mod', in: ['a', 'b'], out: ['y'], with: { fmod } }],
      outputs: ['y'],
    }
    const b = [1, 1, -1, 0].map((sign) => (sign === 0 ? 2 : sign * Number.POSITIVE_INFINITY))
    expect(valuesOf(graph, { a: [-3, 3, 1, 5], b })[0]!.data).toEqual(wanted)
  })

  it('a length times a scale is a whole number where it is one in single precision', () => {
    const graph: FileGraph = {
      inputs: { x: { shape: [1, 1, 10] } },
      values: { s: { shape: [3], data: [1, 1, 0.7] } },
      nodes: [{ op: 'Resize', in: ['x', '', 's'], out: ['y'], with: { mode: 'nearest' } }],
      outputs: ['y'],
    }
    expect(read(graph).outputs.y!.shape).toEqual([1, 1, 7])
  })
})

it('an attribute that no version so far has is named, not dropped', () => {
  const graph = (given: Record<string, FileAttribute>): FileGraph => ({
    inputs: { x: { shape: [1, 2, 2] } },
    nodes: [{ op: 'Softmax', in: ['x'], out: ['y'], with: given }],
    outputs: ['y'],
  })
  expect(fromOnnx(modelFile(graph({ axis: 1, temperature: 2 }))).unsupported).toEqual([
    { operator: 'Softmax', node: 'y', reason: 'its attribute temperature' },
  ])
  read(graph({ axis: 1 }))
})
