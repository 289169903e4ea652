// What an exported module says: its names, roles and shapes, and what is refused.

import {
  Graph,
  grad,
  mul,
  NameError,
  OptionError,
  sigmoid,
  squaredError,
  sub,
} from '@backprove/graph'
import { adam, bookCnn, recordStep, sgd } from '@backprove/nn'
import { describe, expect, it } from 'vitest'
import { ExportError, moduleOfStep, toOnnx, toStableHLO } from './index.ts'
import { defineOpFor, runningSum } from './testing-op.ts'

function line() {
  const graph = new Graph()
  const x = graph.input('x', [4, 2])
  const w = graph.parameter('w', [2])
  const cost = squaredError(sigmoid(mul(x, w)), graph.input('t', [4, 2]))
  return { cost, w, next: sub(w, mul(graph.input('rate', []), grad(cost, w))) }
}

describe.each([
  ['toStableHLO', toStableHLO],
  ['toOnnx', toOnnx],
] as const)('%s', (_, to) => {
  it('tells names, shapes, roles and schedules', () => {
    const { cost, next } = line()
    const { manifest } = to(
      { cost, w: next },
      {
        roles: { w: 'state', x: 'batch', t: 'batch', rate: 'schedule' },
        schedules: { rate: { kind: 'constant', value: 0.5 } },
      },
    )
    expect(manifest.inputs).toEqual([
      { name: 'x', shape: [4, 2], dtype: 'float32', role: 'batch' },
      { name: 'w', shape: [2], dtype: 'float32', role: 'state' },
      { name: 't', shape: [4, 2], dtype: 'float32', role: 'batch' },
      {
        ...{ name: 'rate', shape: [], dtype: 'float32', role: 'schedule' },
        schedule: { kind: 'constant', value: 0.5 },
      },
    ])
    expect(manifest.outputs).toEqual([
      { name: 'cost', shape: [], dtype: 'float32', role: 'output' },
      { name: 'w', tensor: 'next w', shape: [2], dtype: 'float32', role: 'state' },
    ])
  })

  it('is the same module again', () => {
    expect(to({ cost: line().cost })).toEqual(to({ cost: line().cost }))
  })

  it('refuses what does not fit, by name', () => {
    const { cost, next } = line()
    const w = { w: 'state' } as const
    expect(() => to({ cost }, { roles: { v: 'batch' } })).toThrow(NameError)
    expect(() => to({ cost }, { roles: w })).toThrow('"w" [2] has no next value')
    expect(() => to({ w: cost }, { roles: w })).toThrow('the output of its name is []')
    expect(() => to({ cost, w: next }, { roles: { x: 'Batch' as 'batch' } })).toThrow(OptionError)
    expect(() => to({ cost }, { dtype: 'float16' as 'float32' })).toThrow('it may be float32')
    expect(() => to({ cost }, { type: 'float64' } as object)).toThrow('there is no option "type"')
    expect(() => to({})).toThrow('there are no outputs')
    expect(() => to(cost as unknown as { y: typeof cost })).toThrow('outputs are given by name')
    expect(() => to({ cost: 3 as unknown as typeof cost })).toThrow('3 is not a node')
    expect(() => to({ a: cost, b: line().cost })).toThrow('of another graph')
  })

  it('names the op, the node and the line of code where a line cannot be exported', () => {
    const x = new Graph().input('x', [4])
    const y = runningSum(x).as('running')
    expect(() => to({ y })).toThrow(ExportError)
    expect(() => to({ y })).toThrow(/the op runningSum of "running" \[4\].* range of k/)
    expect(() => to({ y })).toThrow('export.test.ts')
  })

  it('exports an op of a user by its line', () => {
    const x = new Graph().input('x', [4])
    const { manifest } = to({ y: defineOpFor('y_i = x_i / (1 + |x_i|)', 'softsign')(x) })
    expect(manifest.outputs[0]!.shape).toEqual([4])
  })

  it('knows the laws of the schedules of a recorded step', () => {
    const { outputs, ...options } = moduleOfStep(recordStep(bookCnn(), adam(), 2))
    const { manifest } = to(outputs, options)
    const scheduled = manifest.inputs.filter(({ role }) => role === 'schedule')
    expect(Object.fromEntries(scheduled.map(({ name, schedule }) => [name, schedule]))).toEqual({
      'adam.mean': { kind: 'correction', decay: 0.9 },
      'adam.square': { kind: 'correction', decay: 0.999 },
      rate: { kind: 'constant', value: 1e-3 },
    })
    const states = (list: typeof manifest.outputs) =>
      list.filter(({ role }) => role === 'state').map(({ name }) => name)
    expect(states(manifest.inputs).sort()).toEqual(states(manifest.outputs).sort())
  })

  it('writes drunningSum the numbers of a schedule that follows no law', () => {
    const step = recordStep(bookCnn(), sgd({ rate: (k) => 1 / (1 + k) }), 2)
    const { outputs, ...options } = moduleOfStep(step, 3)
    const { manifest } = to(outputs, options)
    expect(manifest.inputs.find(({ name }) => name === 'rate')!.schedule).toEqual([1, 1 / 2, 1 / 3])
  })
})

it('writes constants as the bytes of their numbers, and each operation once', () => {
  const x = new Graph().input('x', [2])
  const third = mul(x, 1 / 3)
  const { mlir } = toStableHLO({ a: mul(third, third), b: third }, { dtype: 'float64' })
  expect(mlir).toContain('dense<"0x555555555555D53F"> : tensor<f64>')
  expect(mlir.match(/stablehlo\.multiply/g)).toHaveLength(2)
  expect(mlir).toContain('// %arg0 is x')
})
