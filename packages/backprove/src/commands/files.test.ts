// Files that are none, folders, bytes that are no text: each command says so in words, never in
// those of the system, and without a line of its own code.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, expect, it, vi } from 'vitest'
import { recorded as run } from '../testing/recorded.ts'

const folder = mkdtempSync(join(tmpdir(), 'backprove-files-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)
for (const name of ['dir', 'dir.md', 'dir.onnx', 'dir.safetensors']) mkdirSync(at(name))
const bytes = Uint8Array.from({ length: 300 }, (_, k) => (k * 89 + 128) % 256)
for (const name of ['bin.md', 'bin.json', 'bin.onnx']) writeFileSync(at(name), bytes)
for (const [name, text] of Object.entries({
  'net.txt': 'x: input 3\nhello\n',
  'list.json': '[1]',
  'other.json': '{"a":1}',
  'empty.md': '',
  'notes.md': '```network\nbookCnn\n```\n$x = x$\n',
})) {
  writeFileSync(at(name), text)
}
const book = ['bookCnn', '--wrt', 'w^F']

it.each<[string[], RegExp]>([
  [['check', 'dir'], /dir: it is a folder/],
  [['check', 'dir.md'], /dir\.md: it is a folder/],
  [['check', 'bin.md'], /bin\.md: this is no text; a document is a file of text, in UTF-8/],
  [['check', 'bin.onnx'], /this is no ONNX model: [^\n]*\n[^/]*--help/],
  [['check', 'list.json', 'x'], /list\.json: graph document: document \[1\] is not an object/],
  [['check', 'notes.md', '--certificates', 'dir'], /dir: it is a folder; give the name of a file/],
  [['check', 'notes.md', '--certificates', 'no/x'], /no\/x: there is no folder .*no\n/],
  [['derive', 'bin.json', '--wrt', 'w'], /bin\.json: this is no text/],
  [['derive', 'other.json', '--wrt', 'w'], /format is not "backprove-graph"\n[^/]*--help/],
  [['derive', 'dir.onnx', '--wrt', 'w'], /dir\.onnx: it is a folder/],
  [['derive', 'net.txt', '--wrt', 'w'], /net\.txt: line 2: A line of a network is/],
  [['derive', 'notes.md', '--wrt', 'w'], /notes\.md: a document is no network/],
  [['derive', 'bookcnn', '--wrt', 'w'], /bookcnn: there is no such model or file; is bookCnn/],
  [['derive', 'bookCnn', '--wrt', 'C'], /--wrt C is the cost itself/],
  [['derive', ...book, '--latex', '--json'], /'--latex' cannot be used with option '--json'/],
  [['derive', ...book, '--html', 'dir'], /dir: it is a folder/],
  [['view', 'bin.md'], /bin\.md: this is no text/],
  [['view', 'bookCnn', '--notes', 'empty.md'], /there is no formula that claims anything/],
  [['view', 'bookCnn', '-o', 'no/x.html'], /there is no folder/],
  [['export', 'bookCnn', '--to', 'onnx', '-o', 'dir'], /dir: it is a folder/],
  [
    ['predict', 'no.safetensors', '--data', 'digits123'],
    /no\.safetensors.* no such file or folder/,
  ],
  [['train', 'no.safetensors', '--data', 'digits123'], /no\.safetensors.* no such file or folder/],
  [['predict', 'dir.safetensors', '--data', 'digits123'], /it is a folder; a checkpoint is a file/],
  [['view', 'dir.safetensors'], /dir\.safetensors: it is a folder; a checkpoint is a file/],
  [['train', 'bookCnn', '--data', 'digits123', '--resume', 'dir'], /dir: it is a folder; a chec/],
  [['check', '-', '--watch'], /--watch looks at a file; standard input is read once/],
  [['train', 'bookCnn', '--data', 'no.csv'], /no\.csv: there is no such file or folder/],
  [['help', 'nope'], /there is no command "nope"; there are demo, check/],
])('%j', async (args, reason) => {
  const isPath = /^(?:dir|bin|net|list|other|empty|notes|no\/)/
  const given = args.map((each, k) => (k > 0 && isPath.test(each) ? at(each) : each))
  const { code, text, errors } = await run(args[0] === 'help' ? args : given)
  expect(errors).toMatch(reason)
  expect({ code, text }).toEqual({ code: 2, text: '' })
  expect(errors).not.toMatch(/ENOENT|EISDIR|\n {4}at |TypeError/)
})

it('a document may be UTF-16, as some editors write it', async () => {
  const text = '\ufeff```network\nbookCnn\n```\n$z^F = x *valid w^F + b^F$\n'
  writeFileSync(at('wide.md'), Buffer.from(text, 'utf16le'))
  const { code, text: report } = await run(['check', at('wide.md'), '--strict'])
  expect({ code, proved: /proved/.test(report) }).toEqual({ code: 0, proved: true })
})

it('a ready-made net is checked by its name', async () => {
  const { code, text } = await run(['check', 'bookCnn', "δ^O_n = (a^O_n - t_n) a'(z^O_n)"])
  expect({ code, proved: /proved/.test(text) }).toEqual({ code: 0, proved: true })
})

it('- is what is piped in', async () => {
  const text = '```network\nbookCnn\n```\n$z^F = x *valid w^F + b^F$\n'
  const piped = vi.spyOn(process, 'stdin', 'get')
  piped.mockReturnValue(Readable.from([Buffer.from(text)]) as unknown as typeof process.stdin)
  const { code, text: report } = await run(['check', '-', '--strict'])
  piped.mockRestore()
  expect({ code, proved: /proved/.test(report) }).toEqual({ code: 0, proved: true })
})
