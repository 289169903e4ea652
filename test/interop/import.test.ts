// ONNX models as graphs: those that PyTorch made give its outputs and gradients, those that were
// exported here come back as they were, and no bytes do harm.
import { readFileSync } from 'node:fs'
import { evaluate, Graph, grad, matmul, type Node, squaredError, tanh } from '@backprove/graph'
import { fromOnnx, type ImportedModel, OnnxError, toOnnx } from '@backprove/interop'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { opNames } from '../../packages/graph/src/testing/instances.ts'
import { casesOf, expected } from './cases.ts'

const file = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(name, import.meta.url)))

interface Made {
  readonly x: number[]
  readonly shape?: number[]
  readonly t: number[]
  readonly y: number[]
  readonly cost: number
  readonly gradients: Readonly<Record<string, readonly number[]>>
}
const numbersOf = (name: string): Record<string, Made> =>
  JSON.parse(new TextDecoder().decode(file(name)))
const made = { ...numbersOf('models.json'), ...numbersOf('keras.json') }

function close(
  got: ArrayLike<number>,
  wanted: ArrayLike<number>,
  most: number,
  what: string,
): void {
  expect(got.length, what).toBe(wanted.length)
  const scale = Math.max(1, ...Array.from(wanted, Math.abs))
  const worst = Math.max(...Array.from(wanted, (right, k) => Math.abs(got[k]! - right)))
  expect(worst / scale, what).toBeLessThan(most)
}

// Two made by PyTorch, two by Keras, which leaves the batch open and names what it likes.
describe.each(['lenet', 'resnet', 'keras-cnn', 'keras-lstm'])('%s', (name) => {
  const wanted = made[name]!
  const model = fromOnnx(file(`${name}.onnx`), { open: wanted.shape?.[0] ?? 1 })
  const y = Object.values(model.outputs)[0]!
  const x = model.inputs[0]!.name!
  const t = y.graph.input('t', y.shape)
  const feeds = { ...model.values, [x]: wanted.x, t: wanted.t }

  it('gives its outputs', () => {
    expect(model.unsupported).toEqual([])
    expect(model.inputs).toHaveLength(1)
    close(evaluate(y, feeds), wanted.y, 1e-5, 'y')
  })

  it('gives its cost and the gradients of every parameter', () => {
    const cost = squaredError(y, t)
    const names = Object.keys(wanted.gradients).map((each) => (each === 'x' ? x : each))
    expect(names.filter((each) => !model.graph.named.has(each))).toEqual([])
    const gradients = evaluate(
      grad(
        cost,
        names.map((each) => model.graph.node(each)),
      ),
      feeds,
    )
    close(evaluate(cost, feeds), [wanted.cost], 1e-5, 'the cost')
    names.forEach((each, k) => {
      close(gradients[k]!, wanted.gradients[each === x ? 'x' : each]!, 1e-4, each)
    })
  })
})

it.each(opNames)('%s is what it was when it comes back', (name) => {
  for (const ties of ['first', 'split'] as const) {
    for (const each of casesOf(name, 2, ties)) {
      const { bytes, manifest } = toOnnx(each.outputs, { dtype: 'float64' })
      const back = fromOnnx(bytes)
      expect(back.unsupported).toEqual([])
      const wanted = expected(each)
      const feeds = Object.fromEntries(manifest.inputs.map(({ name }) => [name, each.feeds[name]!]))
      manifest.outputs.forEach(({ name, tensor = name }, k) => {
        const got = evaluate(back.outputs[tensor]!, { ...back.values, ...feeds })
        expect(back.outputs[tensor]!.shape).toEqual(each.outputs[name]!.shape)
        // A NaN or an infinity is the same one.
        if (wanted[k]!.every(Number.isFinite)) close(got, wanted[k]!, 1e-12, each.title)
        else expect(got).toEqual(wanted[k])
      })
    }
  }
})

/** y = tanh(x w), as a file of a few hundred bytes. */
function small(): Uint8Array {
  const graph = new Graph()
  const x = graph.input('x', [2, 3])
  return toOnnx({
    y: tanh(
      matmul(
        x,
        graph.constant([
          [1, 2],
          [3, 4],
          [5, 6],
        ]),
      ),
    ),
  }).bytes
}

it('constants come back as constants, which nobody trains', () => {
  const { graph, values, made } = fromOnnx(small())
  expect([values, [...graph.named.keys()]]).toEqual([{}, ['x', 'y']])
  expect(made.map(({ operator }) => operator)).toEqual(['MatMul', 'Tanh', 'Identity'])
})

describe('what is refused', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('{"nodes": []}')],
    ['a truncated file', small().subarray(0, 200)],
    ['a length beyond the file', Uint8Array.of(0x3a, 0xff, 0xff, 0xff, 0xff, 0x0f)],
  ])('%s', (_, bytes) => {
    expect(() => fromOnnx(bytes)).toThrow(OnnxError)
  })

  it('no bytes at all', () => {
    expect(() => fromOnnx('model.onnx' as unknown as Uint8Array)).toThrow(
      '"model.onnx" is not a file',
    )
  })

  it('a shape other than the file’s, and inputs that it does not have', () => {
    expect(() => fromOnnx(small(), { inputs: { x: { shape: [2, 4] } } })).toThrow(
      'the input "x" is [2, 3] in the file, not [2,4]',
    )
    expect(() => fromOnnx(small(), { inputs: { z: { shape: [1] } } })).toThrow('its inputs are x')
  })
})

it('reads any change of a file as a model, or refuses it with an OnnxError', () => {
  const files = [small(), file('lenet.onnx'), file('resnet.onnx')]
  fc.assert(
    fc.property(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      fc.option(fc.nat()),
      (bytes, changes, cut) => {
        const changed = bytes.slice(0, cut === null ? undefined : cut % bytes.length)
        for (const [at, byte] of changes)
          if (changed.length > 0) changed[at % changed.length] = byte
        let read: ImportedModel | undefined
        try {
          read = fromOnnx(changed)
        } catch (error) {
          expect(error).toBeInstanceOf(OnnxError)
        }
        const outputs: Node[] = Object.values(read?.outputs ?? {})
        expect(outputs.every((node) => node.graph === read!.graph)).toBe(true)
      },
    ),
    { numRuns: Number(process.env.FUZZ ?? 300), seed: 16 },
  )
})
