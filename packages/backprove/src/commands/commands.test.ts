// The commands as a user runs them: exit codes, output, and what a bad argument says.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Screen } from '../terminal/screen.ts'
import { check } from './check.ts'
import { derive } from './derive.ts'
import { UsageError } from './usage.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backprove-'))
})
afterAll(() => rm(folder, { recursive: true }))

const recording = () => {
  const lines: string[] = []
  const plain = (text: string) => text
  const screen: Screen = {
    interactive: false,
    columns: 80,
    line: (text = '') => void lines.push(text),
    redraw: () => {},
    settle: () => {},
    bold: plain,
    dim: plain,
    good: plain,
    bad: plain,
  }
  return { lines, screen }
}

const run = async (command: typeof check, ...args: string[]) => {
  const { lines, screen } = recording()
  return { code: await command(args, screen), text: lines.join('\n') }
}

const document = async (text: string) => {
  const path = join(folder, 'notes.md')
  await writeFile(path, text)
  return path
}

const book = '```network\nbookCnn\n```\n'
const right = "$\\delta_n^O = (a_n^O - t_n) a'(z_n^O)$"
const wrong = "$\\delta_n^O = (t_n - a_n^O) a'(z_n^O)$"

describe('check', () => {
  it('exits 0 when every verdict is as expected, and 1 when some is not', async () => {
    expect((await run(check, await document(book + right))).code).toBe(0)
    const expected = `${book}${right} ${wrong} <!-- expect: refuted -->`
    expect((await run(check, await document(expected))).code).toBe(0)
    const { code, text } = await run(check, await document(book + wrong))
    expect(code).toBe(1)
    expect(text).toContain('1 not as expected')
    expect(text).toContain('sign')
  })

  it('--watch shows the report again when the document is saved, until it is ended', async () => {
    const path = await document(book + wrong)
    const { lines, screen } = recording()
    const end = new AbortController()
    const code = check([path, '--watch'], screen, () => end.signal)
    const reports = () => lines.filter((each) => each.includes('as expected')).length
    await vi.waitUntil(() => reports() === 1, 20_000)
    await document(book + right)
    await vi.waitUntil(() => reports() === 2, 20_000)
    end.abort()
    expect(await code).toBe(0)
  }, 60_000)

  it('writes JSON and certificates', async () => {
    const file = join(folder, 'certificates.json')
    const path = await document(book + right)
    const { text } = await run(check, path, '--json', '--certificates', file)
    expect(JSON.parse(text)).toMatchObject({ ok: true, entries: [{ verdict: { kind: 'proved' } }] })
    const [written] = JSON.parse(await readFile(file, 'utf8'))
    expect(written).toMatchObject({ line: 4, certificate: { kind: 'index' } })
  })

  it.each([
    [['none.md'], /no such file/],
    [[], /one document/],
    [['a.md', '--allow', 'refuted'], /--allow takes/],
    [['a.md', '--colour'], /colour/],
    [['a.md', '--deadline', 'soon'], /milliseconds/],
  ])('%j cannot be used', async (args, reason) => {
    await document('')
    const failure = run(
      check,
      ...args.map((each) => (each === 'a.md' ? join(folder, 'notes.md') : each)),
    )
    await expect(failure).rejects.toBeInstanceOf(UsageError)
    await expect(failure).rejects.toThrow(reason)
  })
})

describe('derive', () => {
  it('prints verified steps of a network in text', async () => {
    const path = join(folder, 'network.txt')
    await writeFile(path, 'x_i: input 3\nw_i: parameter 3\ny_i = x * w\nC = sum(y * y)\n')
    const { code, text } = await run(derive, path, '--wrt', 'w')
    expect(code).toBe(0)
    expect(text.split('\n')).toHaveLength(4)
    expect(text).toMatch(/∂C\/∂w_i = .*\n.*proved/)
    expect((await run(derive, path, '--wrt', 'w', '--latex')).text).toContain('\\frac')
  })

  it.each([
    [['bookCnn', '--wrt', 'w^G'], /w\^G/],
    [['nowhere', '--wrt', 'w'], /no such model/],
    [['bookCnn'], /--wrt/],
  ])('%j cannot be used', async (args, reason) => {
    await expect(run(derive, ...args)).rejects.toThrow(reason)
  })
})
