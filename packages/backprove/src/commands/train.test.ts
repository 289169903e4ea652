// The command as a person uses it, in a pipe: trains, saves, is interrupted, goes on.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from '@backprove/nn'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recorded } from '../testing/recorded.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backprove-train-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const run = (args: string[]) => recorded(['train', ...args])

const DIGITS = ['--data', 'digits123', '--seed', '2']

test('prints the summary, the curve, the health of the units and the confusion', async () => {
  const { code, text } = await run(['bookCnn', ...DIGITS, '--epochs', '4'])
  expect(code).toBe(0)
  expect(text).toContain('P·D·m·n+P = 3·1·3·3+3')
  expect(text).toContain('434 samples to learn from, 108 held out.')
  expect(text).toMatch(/epoch 4 {2}cost 0\.\d{4}/)
  expect(text).toMatch(/sigmoid a\^F: \d+\.\d % of the values saturated/)
  expect(text).toMatch(/Held out: \d+\.\d % of 108 right/)
  expect(text).toContain('read 3')
})

test('an interrupted run, resumed, ends with the bits of the uninterrupted one', async () => {
  const whole = join(folder, 'whole.safetensors')
  const parts = join(folder, 'parts.safetensors')
  const args = ['bookCnn', ...DIGITS, '--epochs', '3', '--momentum', '0.5']
  await run([...args, '--checkpoint', whole])
  // The signal comes while the second epoch is under way.
  const interruption = new AbortController()
  const redraw = (line: string) => {
    if (line.includes('epoch 2')) interruption.abort()
  }
  const stopped = ['train', ...args, '--checkpoint', parts]
  const { code, text } = await recorded(stopped, { redraw, signal: interruption.signal })
  expect(code).toBe(130)
  expect(text).toContain(`Saved at step 29 of 84 in ${parts}`)
  expect(load(parts).step).toBe(29)
  await run([...args, '--resume', parts])
  expect(load(parts).state).toEqual(load(whole).state)
  const again = await run([...args, '--resume', parts])
  expect(again.text).toContain('There was nothing left to train.')
})

test('reads a csv, whose values it brings to 0 … 1', async () => {
  const path = join(folder, 'four.csv')
  const line = (ink: number, label: number) => [...Array(64).fill(ink), label].join()
  writeFileSync(path, `${line(16, 0)}\n${line(0, 1)}\n${line(15, 0)}\n${line(1, 1)}\n`)
  const { text } = await run(['leNet5', '--data', path, '--epochs', '2', '--held', '0'])
  expect(text).toContain('4 samples to learn from, 0 held out.')
  expect(text).toContain('1×8×8')
})

test('reads a csv with names and text labels, the label where it is said', async () => {
  const path = join(folder, 'shades.csv')
  const line = (ink: number, label: string) => [label, ...Array(64).fill(ink)].join(';')
  const head = ['shade', ...Array.from({ length: 64 }, (_, k) => `p${k}`)].join(';')
  writeFileSync(path, `${head}\n${line(16, 'dark')}\n${line(0, '"light"')}\n${line(15, 'dark')}\n`)
  const args = ['leNet5', '--data', path, '--epochs', '1', '--held', '0.4']
  const { text, code } = await run([...args, '--header', '--label', 'shade'])
  expect(code).toBe(0)
  expect(text).toMatch(/is (dark|light)/)
})

test.each([
  [['nothing', ...DIGITS], 2, 'there is no model "nothing"; it may be bookCnn'],
  [['bookCnn'], 2, "required option '--data <file>' not specified"],
  [DIGITS, 2, "missing required argument 'model'"],
  [['bookCnn', ...DIGITS, '--epochs', 'x'], 2, '--epochs is "x"; it must be a number'],
  [
    ['bookCnn', ...DIGITS, '--optimizer', 'lion'],
    2,
    'Allowed choices are sgd, rmsprop, adagrad, adamw, adam',
  ],
  [['bookCnn', '--data', 'absent.csv'], 2, 'absent.csv'],
  [['bookCnn', ...DIGITS, '--resume', 'absent'], 2, 'absent'],
  [['bookCnn', ...DIGITS, '--epochs', '0'], 2, '--epochs is "0"'],
  [['bookCnn', ...DIGITS, '--rate', '-1'], 2, '--rate is "-1"; it must be a number, at least 0'],
  [['bookCnn', ...DIGITS, '--momentum', '1'], 2, 'at least 0 and below 1'],
  [['bookCnn', '--data', 'digit123'], 2, 'no such file or folder; is digits123 meant?'],
  [['bookCnn', ...DIGITS, '--checkpoint', '/no/such/x'], 2, 'there is no folder /no/such'],
])('%j is refused before anything is printed', async (args, code, reason) => {
  const outcome = await run(args)
  expect(outcome).toMatchObject({ code, text: '' })
  expect(outcome.errors).toContain(reason)
})

test('another network is not resumed, and nothing is printed before that is said', async () => {
  const path = join(folder, 'book.safetensors')
  await run(['bookCnn', ...DIGITS, '--epochs', '1', '--checkpoint', path])
  const { code, text, errors } = await run(['leNet5', ...DIGITS, '--resume', path])
  expect({ code, text }).toEqual({ code: 1, text: '' })
  expect(errors).toMatch(/the checkpoint/)
})

test('--json is one document', async () => {
  const { text } = await run(['bookCnn', ...DIGITS, '--epochs', '2', '--json'])
  expect(JSON.parse(text)).toMatchObject({ samples: 434, held: 108, step: 56, interrupted: false })
  expect(JSON.parse(text).costs).toHaveLength(2)
})

test('predict: what a checkpoint says of each sample, with precision and recall', async () => {
  const path = join(folder, 'answers.safetensors')
  await run(['bookCnn', ...DIGITS, '--epochs', '3', '--optimizer', 'rmsprop', '--checkpoint', path])
  const args = ['predict', path, '--data', 'digits123']
  const { code, text } = await recorded([...args, '--limit', '2', '--threads', '2'])
  expect(code).toBe(0)
  expect(text).toMatch(/sample +is +read +output/)
  expect(text).toContain('… and 540 more; --limit 542 shows all.')
  expect(text).toMatch(/\d+\.\d % of 542 right/)
  expect(text).toMatch(/class +precision +recall/)
  const { text: json } = await recorded([...args, '--json'])
  expect(JSON.parse(json).predictions).toHaveLength(542)
  const wrong = await recorded(['predict', 'bookCnn', '--data', 'digits123'])
  expect(wrong).toMatchObject({ code: 2 })
  expect(wrong.errors).toContain('bookCnn is no checkpoint')
})
