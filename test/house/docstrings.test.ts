// Every export of every package says what it is: what an editor shows when the pointer rests on it.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

/** The sources of what a package exports, but for the site, which nobody installs. */
const entries = globSync('packages/*/package.json').flatMap((path) => {
  const { exports = {}, private: isPrivate } = JSON.parse(readFileSync(path, 'utf8'))
  const sources: string[] = isPrivate ? [] : Object.values(exports)
  return sources.filter((source) => source.endsWith('.ts')).map((each) => join(dirname(path), each))
})

const { config } = ts.readConfigFile('tsconfig.base.json', ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.')
const program = ts.createProgram(entries, { ...options, noEmit: true })
const checker = program.getTypeChecker()

function undocumented(entry: string): string[] {
  const source = program.getSourceFile(resolve(entry))!
  const module = checker.getSymbolAtLocation(source)
  return (module ? checker.getExportsOfModule(module) : [])
    .filter((exported) => {
      const isAlias = exported.flags & ts.SymbolFlags.Alias
      const meant = isAlias ? checker.getAliasedSymbol(exported) : exported
      // A namespace has its text at the line that exports it.
      const [line] = exported.declarations ?? []
      const isNamespace = line !== undefined && ts.isNamespaceExport(line)
      const said = isNamespace ? ts.getJSDocCommentsAndTags(line.parent) : []
      return meant.getDocumentationComment(checker).length + said.length === 0
    })
    .map(({ name }) => `${entry}: ${name}`)
}

test('every export has a text that an editor shows', () => {
  expect(entries.length).toBeGreaterThan(7)
  expect(entries.flatMap(undocumented)).toEqual([])
})

test('an export without one is found', () => {
  const file = program.getSourceFile(resolve(entries[0]!))
  expect(file).toBeDefined()
  const text = '/** A. */ export const a = 1; export const b = 2'
  const source = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest, true)
  const host = { ...ts.createCompilerHost({}), getSourceFile: () => source }
  const own = ts.createProgram(['x.ts'], { noLib: true }, host).getTypeChecker()
  const found = own.getExportsOfModule(own.getSymbolAtLocation(source)!)
  expect(found.map((each) => each.getDocumentationComment(own).length > 0)).toEqual([true, false])
})
