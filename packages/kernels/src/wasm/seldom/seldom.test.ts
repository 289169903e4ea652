// A page without `linkEveryOp`: each op is compiled as with it, or is refused and told so.
import { apply, defineOp, Graph, opName } from '@backprove/graph'
import { afterEach, expect, test } from 'vitest'
import { compile } from '../../compile.ts'
import { lines } from '../../needed.ts'
import type { SeldomKernelName } from '../../plan/families.ts'
import { cases } from '../../testing/cases/all.ts'
import { type OpName, prepare } from '../../testing/cases/case.ts'
import { ownFormula } from '../backend/formulas.ts'
import { seldomKernels } from '../backend/kernels.ts'
import { seldom } from '../elementwise/formula.ts'
import { linkEveryOp } from './seldom.ts'

afterEach(linkEveryOp)

function unlink(): void {
  delete lines.known
  delete seldomKernels.of
  delete ownFormula.of
  delete seldom.functions
  delete seldom.power
}

const refused: Readonly<
  Record<SeldomKernelName | 'sin' | 'cos' | 'erf' | 'power' | 'pow' | 'norm', true>
> = {
  ...{ medianPool2d: true, medianPool2dInput: true, medianPool2dGather: true },
  ...{ maxPool2dGather: true, l2Pool2d: true, maxInput: true, maxGather: true, cumsum: true },
  ...{
    argmax: true,
    gather: true,
    gatherInput: true,
    sin: true,
    cos: true,
    erf: true,
    power: true,
    pow: true,
  },
  ...{ norm: true },
}

test.each(Object.keys(cases) as OpName[])('%s without the link', (name) => {
  const met = new Set<string>()
  for (const each of cases[name]) {
    const { node, feeds } = prepare(each)
    linkEveryOp()
    const whole = compile([node], { dtype: 'float32' })
    unlink()
    let bare: typeof whole
    try {
      bare = compile([node], { dtype: 'float32' })
    } catch (error) {
      expect(String(error)).toMatch(
        /^CompileError: compile: .+ is not in this bundle; call linkEveryOp\(\) of @/,
      )
      met.add('refused')
      continue
    }
    expect(bare.explain().steps).toEqual(whole.explain().steps)
    expect(bare.run(feeds)).toEqual(whole.run(feeds))
    met.add('compiled')
  }
  expect(met.has('refused'), [...met].join()).toBe(name in refused)
})

test('an op of one’s own is refused by its name, entry by entry or not', () => {
  const cube = defineOp<'x'>({
    ...{ name: 'cube', operands: { x: '…' }, line: 'y = x x x', traits: { elementwise: true } },
    ...{ vjp: { x: null }, latex: () => ({ text: 'x^3', binds: 'atom' }) },
  })
  const total = defineOp<'x'>({
    ...{ name: 'total', operands: { x: 'N' }, axes: () => '', line: 'y = Σ_n x_n' },
    ...{ vjp: { x: null }, latex: () => ({ text: 'S', binds: 'atom' }) },
  })
  expect(opName(cube)).toBeUndefined()
  const x = new Graph().input('x', [3])
  unlink()
  for (const op of [cube, total]) {
    const message = `compile: ${op.name} is not in this bundle; call linkEveryOp()`
    expect(() => compile([apply(op, [x])])).toThrow(message)
  }
  linkEveryOp()
  expect(compile([apply(cube, [x])]).run({ x: [1, 2, 3] })[0]).toEqual(new Float32Array([1, 8, 27]))
})
