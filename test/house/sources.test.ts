// How a source file of this repository looks: short, opened by a comment, tied to no machine.

import { execFileSync } from 'node:child_process'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { files, read, root, sources } from './sources.ts'

/** Tests and fixtures are lists of cases; a list may be longer before it should be split. */
const maxLines = (path: string): number => (/\.(test|fixture)\.ts$/.test(path) ? 300 : 260)
const maxColumns = 100

/** Data written as a module: exempt from the limits on lines and columns. */
const isData = (path: string): boolean => /[-.]data\.ts$/.test(path)

const code = sources.filter((path) => !isData(path))
const lines = (path: string): string[] => read(path).replace(/\n$/, '').split('\n')

test('a source file has at most 260 lines, a test 300', () => {
  expect(code.filter((path) => lines(path).length > maxLines(path))).toEqual([])
})

const before = String.raw`(?:return |\? |: |(?:export )?const \w+ = )?(?:String\.raw|L)?`
const after = String.raw`[gimsuy]*(?: \+|\.split\(|[,;)]*)`
const oneLiteral = new RegExp(`^\\s*${before}([/'"\`]).*\\1${after}$`)
/** One string, template or pattern to a line reads better long than cut. */
const isOneLiteral = (line: string): boolean => oneLiteral.test(line)

test(`a line has at most ${maxColumns} columns`, () => {
  const wide = code.flatMap((path) =>
    lines(path).flatMap((line, i) =>
      columns(line) > maxColumns && !isOneLiteral(line) ? [`${path}:${i + 1}`] : [],
    ),
  )
  expect(wide).toEqual([])
})

test('a source file opens by saying what it is', () => {
  const silent = sources.filter((path) => !/^(#!.*\n)?\s*\/[/*]/.test(read(path)))
  expect(silent).toEqual([])
})

test('no namespace of a module is a value, which a bundler would keep whole', () => {
  const whole = sources.flatMap((path) => {
    if (!/^packages\/(?:graph|kernels|nn)\/src\//.test(path)) return []
    const text = read(path)
    return [...text.matchAll(/^import \* as (\w+) from '\.{1,2}\//gm)].flatMap(([line, name]) => {
      const uses = text.replaceAll(line, '').match(new RegExp(`(?<![.\\w'])${name}\\b(?!\\.)`, 'g'))
      return uses && !isTest(path) ? [`${path}: ${name}`] : []
    })
  })
  expect(whole).toEqual([])
})

const isTest = (path: string): boolean => /\.(?:test|fixture)\.ts$|\/testing\//.test(path)

test('no code is made from text at run time', () => {
  const makers = sources.flatMap((path) => {
    const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest)
    const found: string[] = []
    const visit = (node: ts.Node): void => {
      const line = () => source.getLineAndCharacterOfPosition(node.pos).line + 1
      if (makesCode(node)) found.push(`${path}:${line()}`)
      ts.forEachChild(node, visit)
    }
    visit(source)
    return found
  })
  expect(makers).toEqual([])
})

test('no file names a registry or a place on some machine', () => {
  const registries = ['npmjs', 'yarnpkg'].map((host) => `registry\\.${host}`)
  const own = new URL(configuredRegistry()).hostname.replaceAll('.', '\\.')
  const homes = ['work', 'root', 'home', 'Users'].map((name) => `(?<![\\w.~@)\\]}-])/${name}/\\w`)
  const tied = new RegExp([own, ...registries, ...homes].join('|'))
  const text = files.filter((path) => !/\.(gz|png|wasm|safetensors|onnx)$/.test(path))
  const found = text.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, i) => (tied.test(line) ? [`${path}:${i + 1}`] : [])),
  )
  expect(found).toEqual([])
})

test('a lockfile holds no address', () => {
  const locks = files.filter((path) => /(^|\/)(pnpm-lock\.yaml|package-lock\.json)$/.test(path))
  expect(locks).toContain('pnpm-lock.yaml')
  expect(locks.filter((path) => /https?:\/\//.test(read(path)))).toEqual([])
})

/** Code points less combining marks: what a reader counts, formulas included. */
function columns(line: string): number {
  return [...line.replace(/\p{M}/gu, '')].length
}

/** eval(…), Function(…), new Function(…), and an import of node:vm. */
function makesCode(node: ts.Node): boolean {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const callee = node.expression
    return ts.isIdentifier(callee) && (callee.text === 'eval' || callee.text === 'Function')
  }
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    return /^(node:)?vm$/.test(node.moduleSpecifier.text)
  }
  return false
}

function configuredRegistry(): string {
  const args = ['config', 'get', 'registry', '--loglevel=error']
  return execFileSync('npm', args, { cwd: root, encoding: 'utf8' }).trim()
}
