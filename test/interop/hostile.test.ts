// Files that say what no model may say: each is refused with a sentence, or what it cannot give is
// named; nothing is read as something else.
import { evaluate } from '@backprove/graph'
import { fromOnnx, OnnxError } from '@backprove/interop'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FileGraph, type FileTensor, modelFile } from './model-file.ts'

const x = { x: { shape: [2, 3] } }
const read = (graph: FileGraph, opset?: number) => fromOnnx(modelFile(graph, opset))
const refusal = (graph: FileGraph, opset?: number): string => {
  try {
    read(graph, opset)
  } catch (error) {
    expect(error).toBeInstanceOf(OnnxError)
    return (error as Error).message
  }
  return 'read'
}

describe('the wires of a model', () => {
  it('a node takes what nothing makes before it', () => {
    const nodes = [{ op: 'Relu', in: ['lost'], out: ['y'], name: 'act' }]
    expect(refusal({ inputs: x, nodes, outputs: ['y'] })).toContain(
      'Relu "act" takes "lost", which is no input, no initialiser and made by no node before it',
    )
    const backwards = [
      { op: 'Relu', in: ['later'], out: ['y'] },
      { op: 'Abs', in: ['x'], out: ['later'] },
    ]
    expect(refusal({ inputs: x, nodes: backwards, outputs: ['y'] })).toContain('takes "later"')
  })

  it('a node takes what it makes', () => {
    const nodes = [{ op: 'Add', in: ['x', 'y'], out: ['y'] }]
    expect(refusal({ inputs: x, nodes, outputs: ['y'] })).toContain('takes "y"')
  })

  it.each(['x', 'w', 'a'])('the name %s is made twice', (name) => {
    const nodes = [
      { op: 'Abs', in: ['x'], out: ['a'] },
      { op: 'Relu', in: ['x'], out: [name] },
    ]
    const values = { w: { shape: [3], data: [1, 2, 3] } }
    expect(refusal({ inputs: x, values, nodes, outputs: [name] })).toContain(
      `"${name}" is made twice, the second time by Relu`,
    )
  })

  it('an output is made by no node', () => {
    const nodes = [{ op: 'Relu', in: ['x'], out: ['y'] }]
    expect(refusal({ inputs: x, nodes, outputs: ['z'] })).toContain(
      'the output "z" is made by no node',
    )
  })

  it('what an unsupported operator makes is left out, and named once', () => {
    const nodes = [
      { op: 'Loop', in: ['x'], out: ['a', 'b'] },
      { op: 'Relu', in: ['b'], out: ['c'] },
      { op: 'Abs', in: ['x'], out: ['y'] },
    ]
    const model = read({ inputs: x, nodes, outputs: ['c', 'y'] })
    expect(Object.keys(model.outputs)).toEqual(['y'])
    expect(model.unsupported.map(({ operator }) => operator)).toEqual(['Loop'])
  })
})

describe('known numbers', () => {
  const whole = (...data: number[]): FileTensor => ({ type: 'int64', shape: [data.length], data })

  it('a shape of negative or broken numbers', () => {
    const nodes = [{ op: 'ConstantOfShape', in: ['s'], out: ['y'] }]
    expect(refusal({ values: { s: whole(-2, -3) }, nodes, outputs: ['y'] })).toContain(
      '[-2,-3] is no shape',
    )
  })

  it('are sliced as Python slices a list, whatever start, end and step', () => {
    const place = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constantFrom(-(2 ** 62), 2 ** 62))
    const step = fc.integer({ min: -4, max: 4 }).filter((n) => n !== 0)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), place, place, step, (size, start, end, step) => {
        const list = Array.from({ length: size }, (_, k) => k + 1)
        const [a, b] = sliceBounds(size, start, end, step)
        const wanted: number[] = []
        for (let k = a; step > 0 ? k < b : k > b; k += step) wanted.push(list[k]!)
        const values = { a: whole(...list), s: whole(start), e: whole(end), d: whole(step) }
        const one = { type: 'int64', shape: [1], data: [0] } as const
        const slice = { op: 'Slice', in: ['a', 's', 'e', 'zero', 'd'], out: ['part'] }
        const nodes = [
          slice,
          // An array of that length says what was left, the array itself what it was.
          { op: 'Size', in: ['part'], out: ['n'] },
          { op: 'Concat', in: ['part', 'a'], out: ['both'], with: { axis: 0 } },
          { op: 'Cast', in: ['both'], out: ['y'], with: { to: 1 } },
        ]
        const model = read({ values: { ...values, zero: one }, nodes, outputs: ['y'] })
        expect(model.unsupported).toEqual([])
        expect(Array.from(evaluate(model.outputs.y!, {}))).toEqual([...wanted, ...list])
      }),
      { numRuns: 300, seed: 16 },
    )
  })

  it('a step of 0', () => {
    const values = { a: whole(1, 2), s: whole(0), e: whole(2), z: whole(0) }
    const nodes = [{ op: 'Slice', in: ['a', 's', 'e', 'z', 'z'], out: ['y'] }]
    expect(refusal({ values, nodes, outputs: ['y'] })).toContain('a slice has a step of 0')
  })
})

/** Python's `slice(start, end, step).indices(size)`, as its documentation states it. */
function sliceBounds(size: number, start: number, end: number, step: number): [number, number] {
  const bound = (place: number): number => {
    const from = place < 0 ? place + size : place
    if (from < 0) return step < 0 ? -1 : 0
    if (from >= size) return step < 0 ? size - 1 : size
    return from
  }
  return [bound(start), bound(end)]
}
