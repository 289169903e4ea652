// Every op from its line alone, on engines written by others: values, and derivatives of order 1
// and 2, in float32 and float64. An engine that is not here is named, and not compared with.
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { toOnnx, toStableHLO } from '@backprove/interop'
import { describe, expect, test } from 'vitest'
import { peersInstalled } from '../../bench/peers/install.ts'
import { opNames } from '../../packages/graph/src/testing/instances.ts'
import { type Case, casesOf, expected } from './cases.ts'

const COUNT = Number(process.env.CASES ?? 1)
const DTYPES = { float32: 1e-5, float64: 1e-12 } as const
type DType = keyof typeof DTYPES

const hasJax = (python: string): boolean =>
  spawnSync(python, ['-c', 'import jax'], { stdio: 'ignore' }).status === 0
const python = [process.env.PYTHON ?? 'python3', '/usr/bin/python3'].find(hasJax)
if (!python) console.log('XLA is not compared with: no python3 here has the module jax.')
if (!peersInstalled()) {
  console.log(
    'ONNX Runtime is not compared with: the peers are not installed (pnpm bench does it).',
  )
}

const cases: readonly Case[] = opNames.flatMap((name) =>
  (['first', 'split'] as const).flatMap((ties) => casesOf(name, COUNT, ties)),
)

/** Relative to the largest number of the case, as far as numbers are finite. */
function compare(
  each: Case,
  k: number,
  got: ArrayLike<number>,
  wanted: Float64Array,
  most: number,
) {
  const scale = wanted.reduce((m, v) => (Number.isFinite(v) ? Math.max(m, Math.abs(v)) : m), 1)
  const what = `${each.title}, output ${Object.keys(each.outputs)[k]}`
  expect(got.length, what).toBe(wanted.length)
  wanted.forEach((right, i) => {
    const entry = got[i]!
    if (entry === right || (Number.isNaN(entry) && Number.isNaN(right))) return
    expect(Math.abs(entry - right) / scale, `${what}: ${entry} ≠ ${right}`).toBeLessThan(most)
  })
}

describe.each(['float32', 'float64'] as const)('%s', (dtype: DType) => {
  test.skipIf(!python)(
    'on XLA',
    () => {
      const modules = cases.map(({ outputs }) => toStableHLO(outputs, { dtype }))
      const input = modules.map(({ mlir, manifest }, k) => {
        const inputs = manifest.inputs.map(({ name, shape }) => [
          shape,
          Array.from(cases[k]!.feeds[name]!, String),
        ])
        return JSON.stringify({ mlir, inputs, dtype })
      })
      const script = fileURLToPath(new URL('run_xla.py', import.meta.url))
      const { stdout, stderr } = spawnSync(python!, [script], {
        input: input.join('\n'),
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
      })
      const answers = stdout.split('\n').filter(Boolean)
      expect(answers.length, stderr.slice(-2000)).toBe(cases.length)
      cases.forEach((each, k) => {
        const { outputs, error } = JSON.parse(answers[k]!)
        expect(error, each.title).toBeUndefined()
        const wanted = expected(each)
        outputs.forEach((got: string[], n: number) => {
          compare(each, n, got.map(Number), wanted[n]!, DTYPES[dtype])
        })
      })
    },
    900_000,
  )

  const forms = dtype === 'float32' ? ['with', 'without'] : ['without']
  test.skipIf(!peersInstalled()).each(forms)(
    'on ONNX Runtime %s shortcuts',
    async (how) => {
      const require = createRequire(new URL('../../bench/peers/package.json', import.meta.url))
      const ort = require('onnxruntime-node')
      for (const each of cases) {
        const { bytes, manifest } = toOnnx(each.outputs, {
          dtype,
          ...(how === 'without' ? { shortcuts: new Map() } : {}),
        })
        const session = await ort.InferenceSession.create(bytes, {
          ...{ intraOpNumThreads: 1, interOpNumThreads: 1, graphOptimizationLevel: 'basic' },
        }).catch((error: Error) => expect.fail(`${each.title}: ${error.message}`))
        const feeds = manifest.inputs.map(({ name, shape }) => {
          const data = (dtype === 'float32' ? Float32Array : Float64Array).from(each.feeds[name]!)
          return [name, new ort.Tensor(dtype, data, shape)]
        })
        const got = await session.run(Object.fromEntries(feeds))
        const wanted = expected(each)
        manifest.outputs.forEach(({ name, tensor = name }, k) => {
          compare(each, k, got[tensor].data, wanted[k]!, DTYPES[dtype])
        })
        await session.release()
      }
    },
    900_000,
  )
})
