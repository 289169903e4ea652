// Random whole networks against PyTorch in float64: the cost, every gradient, a Hessian–vector
// product; by the interpreter and by both kinds of kernels.

import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { evaluate } from '@backprove/graph'
import { compile } from '@backprove/kernels'
import { expect, test } from 'vitest'
import { recorded } from './recipe.ts'

const hasTorch = (python: string): boolean =>
  spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0
const python = [process.env.PYTHON ?? 'python3', '/usr/bin/python3'].find(hasTorch)
if (!python) console.log('PyTorch is not compared with: no python3 here has the module torch.')

interface Answer {
  readonly cost: number
  readonly gradients: readonly (readonly number[])[]
  readonly products: readonly (readonly number[])[]
}

const networks = Number(process.env.NETWORKS ?? 60)

test.skipIf(!python)(
  `${networks} random networks agree with PyTorch to 1e-9`,
  () => {
    const all = Array.from({ length: networks }, (_, k) => recorded(k + 1))
    const input = all.map(({ recipe }) => JSON.stringify(recipe)).join('\n')
    const script = fileURLToPath(new URL('evaluate.py', import.meta.url))
    const { stdout, stderr } = spawnSync(python!, [script], {
      input,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    })
    const answers = stdout.split('\n').filter(Boolean)
    expect(answers.length, stderr).toBe(all.length)
    all.forEach(({ outputs, feeds, recipe }, k) => {
      const { cost, gradients, products } = JSON.parse(answers[k]!) as Answer
      const expected = [[cost], ...gradients, ...products]
      const engines = {
        interpreter: evaluate(outputs, feeds),
        js: compile([...outputs], { dtype: 'float64', backend: 'js' }).run(feeds),
        wasm: compile([...outputs], { dtype: 'float64', backend: 'wasm' }).run(feeds),
      }
      for (const [engine, got] of Object.entries(engines)) {
        got.forEach((values, n) => {
          const scale = Math.max(1e-3, ...expected[n]!.map(Math.abs))
          const worst = Math.max(...expected[n]!.map((value, i) => Math.abs(value - values[i]!)))
          expect(values.length).toBe(expected[n]!.length)
          const what = `${engine}, network ${k + 1}, output ${n}: ${JSON.stringify(recipe.layers)}`
          expect(worst / scale, what).toBeLessThan(1e-9)
        })
      }
    })
  },
  300_000,
)
