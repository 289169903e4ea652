// The command as a person uses it: a module and its manifest from each kind of model, and back.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromOnnx } from '@backprove/interop'
import { bookCnn, load } from '@backprove/nn'
import { afterAll, describe, expect, it } from 'vitest'
import { recorded as run } from '../testing/recorded.ts'

const folder = mkdtempSync(join(tmpdir(), 'backprove-export-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string): string => join(folder, name)
const json = (name: string) => JSON.parse(readFileSync(at(name), 'utf8'))

describe('export', () => {
  it('writes the training step, its manifest and the numbers to start from', async () => {
    const args = ['--to', 'stablehlo', '--batch', '4', '--optimizer', 'adam', '-o', at('book.mlir')]
    const { code, text } = await run(['export', 'bookCnn', ...args])
    expect(code).toBe(0)
    expect(text).toContain('the training step')
    expect(readFileSync(at('book.mlir'), 'utf8')).toContain('func.func public @main')
    const { inputs, outputs } = json('book.manifest.json')
    const names = (list: { name: string; role: string }[], role: string) =>
      list.filter((each) => each.role === role).map(({ name }) => name)
    expect(names(inputs, 'batch')).toEqual(['x', 't'])
    expect(names(outputs, 'state').sort()).toEqual(names(inputs, 'state').sort())
    expect(Object.keys(load(at('book.safetensors')).model.values)).toEqual(
      Object.keys(bookCnn().values),
    )
  })

  it('writes the gradients of a network in text as ONNX, which view reads again', async () => {
    writeFileSync(at('net.txt'), 'x_i: input 3\nw_i: parameter 3\ny_i = x * w\nC = sum(y * y)\n')
    expect((await run(['export', at('net.txt'), '--to', 'onnx', '-o', at('net.onnx')])).code).toBe(
      0,
    )
    const model = fromOnnx(new Uint8Array(readFileSync(at('net.onnx'))))
    expect(Object.keys(model.outputs)).toEqual(['cost', 'gradient of w'])
    expect((await run(['view', at('net.onnx'), '-o', at('net.html')])).code).toBe(0)
    expect(existsSync(at('net.html'))).toBe(true)
  })

  it('says in one sentence what cannot be', async () => {
    const wrong = async (...args: string[]) => {
      const { code, errors } = await run(['export', ...args])
      expect(code).toBe(2)
      return errors
    }
    expect(await wrong('bookCnn')).toContain('--to')
    expect(await wrong('bookCnn', '--to', 'tensorflow')).toContain('stablehlo')
    writeFileSync(at('broken.onnx'), 'not a model')
    expect(await wrong(at('broken.onnx'), '--to', 'onnx')).toContain('this is no ONNX model')
    expect(await wrong(at('net.txt'), '--to', 'onnx', '--what', 'step')).toContain('a net of nn')
  })
})
