// Operators of ONNX as ONNX Runtime has them, written by others: each as a small file, its values
// compared with the runtime's where that is installed, its derivatives with central differences.
import { createRequire } from 'node:module'
import { evaluate, grad, mul, type Node, sizeOf, sum } from '@backprove/graph'
import { fromOnnx, type ImportedModel } from '@backprove/interop'
import { describe, expect, it, test } from 'vitest'
import { peersInstalled } from '../../bench/peers/install.ts'
import { CASES, fileOf, type OperatorCase } from './operator-cases.ts'

if (!peersInstalled())
  console.log('No operator is compared with ONNX Runtime: the peers are not installed.')

const asList = (value: number | Float64Array): readonly number[] =>
  typeof value === 'number' ? [value] : Array.from(value)
const numbersOf = (node: Node, feeds: Readonly<Record<string, ArrayLike<number>>>) =>
  asList(evaluate(node, feeds as Record<string, Float64Array>) as number | Float64Array)

const titled = CASES.map((each, k) => [`${each.title ?? each.op} (${k})`, each] as const)
const read = (each: OperatorCase): ImportedModel => {
  const model = fromOnnx(fileOf(each).bytes)
  expect(model.unsupported).toEqual([])
  return model
}

describe.each(titled)('%s', (_, each) => {
  test.skipIf(!peersInstalled())('gives what ONNX Runtime gives', async () => {
    const { bytes, inputs, feeds, outputs } = fileOf(each)
    const require = createRequire(new URL('../../bench/peers/package.json', import.meta.url))
    const ort = require('onnxruntime-node')
    const session = await ort.InferenceSession.create(bytes, { intraOpNumThreads: 1 })
    const fed = Object.entries(inputs).map(([name, { shape }]) => [
      name,
      new ort.Tensor('float32', feeds[name], shape),
    ])
    const wanted = await session.run(Object.fromEntries(fed))
    const model = read(each)
    for (const name of outputs) {
      const { dims, data } = wanted[name]
      expect(model.outputs[name]!.shape, name).toEqual(Array.from(dims))
      const got = numbersOf(model.outputs[name]!, { ...model.values, ...feeds })
      const right = Array.from(data as ArrayLike<number | bigint>, Number)
      const worst = Math.max(...got.map((value, k) => Math.abs(value - right[k]!)))
      expect(worst, `${name}: ${got.slice(0, 4)} for ${right.slice(0, 4)}`).toBeLessThan(2e-5)
    }
    await session.release()
  })

  const isFed = each.of.some((part) => part && !('shape' in part))
  if (!isFed) return
  it('has the derivatives of its differences', () => {
    const model = read(each)
    const { feeds } = fileOf(each)
    const y = model.outputs[model.outputNames[0]!]!
    const weights = y.graph.constant(
      Array.from({ length: sizeOf(y.shape) }, (_, k) => Math.cos(k + 1)),
      y.shape,
    )
    const cost = sum(mul(weights, y))
    const at = Object.fromEntries(
      Object.entries({ ...model.values, ...feeds }).map(([k, v]) => [k, Float64Array.from(v)]),
    )
    const wrt = Object.keys(feeds).map((name) => model.graph.named.get(name)!)
    const slopes = evaluate(grad(cost, wrt, { unused: 'zero' }), at) as Float64Array[]
    wrt.forEach((x, n) => {
      const own = at[x.name!]!
      for (let k = 0; k < own.length; k += Math.ceil(own.length / 5)) {
        const side = (step: number) =>
          numbersOf(cost, { ...at, [x.name!]: own.with(k, own[k]! + step) })[0]!
        const wanted = each.isStepwise ? 0 : (side(1e-5) - side(-1e-5)) / 2e-5
        expect(asList(slopes[n]!)[k], `${x.name}[${k}]`).toBeCloseTo(wanted, 5)
      }
    })
  })
})
