// The commands as a user runs them: exit codes, output, and what a bad argument says.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { recorded as run } from '../testing/recorded.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backprove-'))
})
afterAll(() => rm(folder, { recursive: true }))

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
    expect((await run(['check', await document(book + right)])).code).toBe(0)
    const expected = `${book}${right} ${wrong} <!-- expect: refuted -->`
    expect((await run(['check', await document(expected)])).code).toBe(0)
    const { code, text } = await run(['check', await document(book + wrong)])
    expect(code).toBe(1)
    expect(text).toContain('1 not as expected')
    expect(text).toContain('sign')
  })

  it('--watch shows the report again when the document is saved, until it is ended', async () => {
    const path = await document(book + wrong)
    const end = new AbortController()
    let reports = 0
    const line = (text: string) => {
      reports += Number(text.includes('as expected'))
    }
    const outcome = run(['check', path, '--watch'], { line, signal: end.signal })
    await vi.waitUntil(() => reports === 1, 60_000)
    await document(book + right)
    await vi.waitUntil(() => reports === 2, 60_000)
    end.abort()
    expect((await outcome).code).toBe(0)
  }, 150_000)

  it('writes JSON and certificates', async () => {
    const file = join(folder, 'certificates.json')
    const path = await document(book + right)
    const { text } = await run(['check', path, '--json', '--certificates', file])
    expect(JSON.parse(text)).toMatchObject({ ok: true, entries: [{ verdict: { kind: 'proved' } }] })
    const [written] = JSON.parse(await readFile(file, 'utf8'))
    expect(written).toMatchObject({ line: 4, certificate: { kind: 'index' } })
  })

  it.each([
    [['none.md'], /no such file/],
    [['own.ts'], /own\.ts: a \.ts file is no document; check takes a document of Markdown/],
    [['a.md'], /there is no formula that claims anything; check takes/],
    [[], /missing required argument 'notes'/],
    [['a.md', '--allow', 'refuted'], /--allow takes/],
    [['a.md', '--jsn'], /Did you mean --json/],
    [['a.md', '--deadline', 'soon'], /--deadline is "soon"; it must be a number, above 0/],
  ])('%j cannot be used', async (args, reason) => {
    await document('')
    const path = join(folder, 'notes.md')
    const { code, text, errors } = await run([
      'check',
      ...args.map((each) => (each === 'a.md' ? path : each)),
    ])
    expect({ code, text }).toEqual({ code: 2, text: '' })
    expect(errors).toMatch(reason)
    expect(errors).toContain('backprove check --help')
  })
})

describe('derive', () => {
  it('prints verified steps of a network in text', async () => {
    const path = join(folder, 'network.txt')
    await writeFile(path, 'x_i: input 3\nw_i: parameter 3\ny_i = x * w\nC = sum(y * y)\n')
    const { code, text } = await run(['derive', path, '--wrt', 'w'])
    expect(code).toBe(0)
    expect(text.trim().split('\n')).toHaveLength(5)
    expect(text).toMatch(/∂C\/∂w_i = .*\n.*\n.*proved/)
    expect((await run(['derive', path, '--wrt', 'w', '--latex'])).text).toContain('\\frac')
    const { text: json } = await run(['derive', path, '--wrt', 'w', '--json'])
    expect(JSON.parse(json)).toMatchObject([{}, { before: '∂C/∂w_i' }])
  })

  it('is by every parameter unless one is named, and calls the cost by its name', async () => {
    const path = join(folder, 'cost.txt')
    await writeFile(
      path,
      'x_i: input 3\nw_i: parameter 3\nb_i: parameter 3\nJ = sum((x * w + b)^2)\n',
    )
    const { code, text } = await run(['derive', path])
    expect(code).toBe(0)
    expect(text).toMatch(/∂J\/∂w_i = [\s\S]*∂J\/∂b_i = |∂J\/∂b_i = [\s\S]*∂J\/∂w_i = /)
    const page = join(folder, 'cost.html')
    await run(['derive', path, '--wrt', 'w', '--html', page])
    expect(await readFile(page, 'utf8')).toContain('<title>∂J/∂w · cost.txt</title>')
    await writeFile(path, 'x_i: input 3\nJ = sum(x^2)\n')
    const none = await run(['derive', path])
    expect(none).toMatchObject({ code: 2, text: '' })
    expect(none.errors).toContain('no parameters; --wrt says by which: x')
  })

  it.each([
    [['bookCnn', '--wrt', 'w^G'], /w\^G/],
    [['nowhere', '--wrt', 'w'], /no such model/],
  ])('%j cannot be used', async (args, reason) => {
    const { code, errors } = await run(['derive', ...args])
    expect(code).toBe(2)
    expect(errors).toMatch(reason)
  })
})

it('derive goes through an ONNX model layer by layer', async () => {
  const model = fileURLToPath(new URL('../../../../test/interop/lenet.onnx', import.meta.url))
  const { text } = await run(['derive', model, '--wrt', 'classifier.2.weight'])
  expect(text).toMatch(/through y = log softmax\(z\^4\); proved for all sizes/)
  expect(text).toMatch(/= Σ_s a\^\{3s\}_j δ\^\{4s\}_i\n/)
  expect(text).not.toMatch(/^[?✗]/m)
})

it('an output that a file calls 9 has the letter of its layer', async () => {
  const model = new URL('../../../../test/interop/lenet.onnx', import.meta.url)
  const file = join(folder, 'numbered.onnx')
  const named = (await readFile(model, 'latin1')).replaceAll('\x01y', '\x019')
  await writeFile(file, named, 'latin1')
  const { text } = await run(['derive', file, '--wrt', 'classifier.2.weight'])
  expect(text).toContain('through a^4 = log softmax(z^4)')
  expect(text).not.toMatch(/^[?✗]/m)
})

it('check takes an ONNX model, and the formulas behind it', async () => {
  const model = fileURLToPath(new URL('../../../../test/interop/lenet.onnx', import.meta.url))
  const cost = 'C = 1/2 Σ_{n,k} (t_{nk} - y_{nk})^2'
  const good = await run(['check', model, cost, '∂C/∂y_{nk} = y_{nk} - t_{nk}'])
  expect(good.code).toBe(0)
  expect(good.text).toMatch(/✓ ∂C\/∂y_\{nk\} = .*\n {2}proved/)
  const wrong = await run(['check', model, '∂C/∂y_{nk} = t_{nk} - y_{nk}'])
  expect(wrong.code).toBe(1)
  expect(wrong.text).toContain('✗ ∂C')
  const none = await run(['check', model])
  expect(none).toMatchObject({ code: 2, text: '' })
  expect(none.errors).toContain('Its arrays: x [2, 1, 12, 12]')
})
